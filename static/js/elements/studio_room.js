/** <studio-room>: the form of the studio and the wall of what it asked for. It is a form and works
 * without this; here it stays on its page, fills placeholders in place, and counts the seconds. */
import { readNodes, RequestRefused } from "#lib/requests"
import { compositionGuard, isSendingEnter } from "#lib/keys"
import { gettext, interpolate } from "#lib/words"
import { toastError } from "#elements/toast_stack"
import { bring, takeDropped } from "#studio/bringing"
import { entriesOf, keep, kept } from "#studio/form_draft"
import { Improver } from "#studio/improving"
import { announce, ask, isSecondPress, Jobs } from "#studio/jobs"
import { Leading } from "#studio/leading"
import { previewFilms } from "#studio/previewing"

/** What has the focus when the fields are there anew, by what was changed. @type {Record<string, string>} */
const AFTER = { kind: "[name=kind]:checked", model: "[name=model]", pictures: "[name=upload], [data-remove-picture]" }

/** @typedef {import("#studio/form_draft").Entries} Entries */

export class StudioRoom extends HTMLElement {
  #model = ""
  #fields = 0
  /** The words that were asked for last: other ones are another wish, however soon. */
  #asked = ""

  connectedCallback() {
    this.jobs = new Jobs(this.#wall, (batch) => this.#add(batch), () => this.leading?.draw())
    const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-running]"))
    this.leading = button ? new Leading(button, this.#wall, () => this.jobs?.moving ?? []) : null
    this.leading?.draw()
    const form = this.#form
    this.improver = new Improver(form, { address: form.dataset.improve ?? "" })
    form.addEventListener("submit", (event) => this.#submitted(event))
    form.addEventListener("change", (event) => this.#changed(/** @type {HTMLInputElement} */ (event.target)))
    form.addEventListener("input", () => this.#noted())
    this.#takeEnter(form)
    this.addEventListener("click", (event) => this.#clicked(event))
    takeDropped(form, (files) => this.#bring(files))
    this.#takeUp([...(this.#upload?.files ?? [])])
  }

  /** @param {File[]} early were chosen before this script was there */
  async #takeUp(early) {
    if (location.search || !kept().length) {
      this.improver?.forget()
      this.#drawn()
    } else await this.#restore()
    if (this.#upload) this.#upload.value = ""
    if (early.length) this.#bring(early)
  }

  get #upload() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("[name=upload]"))
  }

  /** @param {HTMLFormElement} form */
  #takeEnter(form) {
    const composing = compositionGuard(form)
    form.addEventListener("keydown", (event) => {
      if (!(event.target instanceof HTMLTextAreaElement) || !isSendingEnter(event, composing)) return
      event.preventDefault()
      form.requestSubmit()
    })
  }

  /** What was typed before a reload. */
  async #restore() {
    const entries = kept()
    const typed = entries.find(([name]) => name === "prompt")?.[1] ?? ""
    this.improver?.restore()
    await this.#refill(entries, { typed })
  }

  /** One press is one wish: until its answer is there, further ones are the same.
   * @param {SubmitEvent} event */
  async #submitted(event) {
    event.preventDefault()
    const button = /** @type {HTMLButtonElement} */ (this.#form.querySelector("button[type=submit]"))
    const words = this.#prompt?.value ?? ""
    const isAgain = isSecondPress(this.#form) && words === this.#asked
    if (button.ariaDisabled || isAgain) return
    this.#asked = words
    button.ariaDisabled = "true"
    this.#refuse("")
    try {
      const batch = await ask(this.#form.action, new FormData(this.#form))
      this.#renew(batch)
      const place = batch.querySelector("[data-batch]")
      this.#add(batch)
      // Who sent it by Enter, or writes on already, stays where the words are.
      if (place?.isConnected && event.submitter && words === this.#prompt?.value) this.leading?.bring(place)
      announce(gettext("Being made"))
    } catch (error) {
      if (error instanceof RequestRefused && error.message) this.#refuse(error.message)
      else toastError()
    } finally {
      button.ariaDisabled = null
    }
  }

  /** @param {DocumentFragment} batch */
  #add(batch) {
    const first = batch.querySelector("[data-batch]")
    if (first && this.#wall.querySelector(`[data-batch="${first.getAttribute("data-batch")}"]`)) return
    this.#wall.querySelector("[data-empty]")?.remove()
    this.#wall.prepend(batch)
    this.#wall.scrollTop = 0
    this.jobs?.tick()
  }

  /** @param {HTMLInputElement} field */
  #changed(field) {
    if (field.name === "kind" || field.name === "model") this.#refields(field.name)
    else if (field.name === "upload") {
      const files = [...(field.files ?? [])]
      field.value = ""
      this.#bring(files)
    }
  }

  /** Another model offers other fields; what it understands stays, and the rest is said.
   * @param {string} changed @param {string[]} [pictures] that were added */
  async #refields(changed, pictures = []) {
    const entries = entriesOf(this.#form).filter(([name]) => name !== "model" || changed !== "kind")
    for (const id of pictures) entries.push(["picture", id])
    await this.#refill([...entries, ["was", this.#model]], { focus: AFTER[changed] })
  }

  /** The fields as the server lays them out for these entries. What was typed goes no way but into
   * the form again: it is too long for an address. @param {Entries} entries
   * @param {{focus?: string, typed?: string}} how */
  async #refill(entries, { focus, typed = this.#prompt?.value ?? "" }) {
    const number = ++this.#fields
    const query = new URLSearchParams(entries.filter(([name]) => name !== "prompt"))
    try {
      const response = await fetch(`${this.#form.dataset.fields}?${query}`, { headers: { Accept: "text/html" } })
      const nodes = await readNodes(response)
      if (number !== this.#fields) return
      const command = this.#command?.value
      this.#inner.replaceChildren(nodes)
      if (command && this.#command) this.#command.value = command
      if (this.#prompt && !this.#prompt.value) this.#prompt.value = typed
      else if (this.#prompt?.value !== typed) this.improver?.forget()
      this.#drawn()
      const field = /** @type {HTMLElement | null} */ (focus ? this.#form.querySelector(focus) : null)
      field?.focus()
    } catch {
      toastError()
    }
  }

  /** The fields are there, or there anew. */
  #drawn() {
    const model = /** @type {HTMLSelectElement | null} */ (this.#form.querySelector("[name=model]"))
    this.#model = model?.value ?? ""
    for (const button of this.#form.querySelectorAll("[data-pick]")) button.removeAttribute("hidden")
    const said = [...this.#form.querySelectorAll("[data-changes] li")].map((line) => line.textContent)
    if (said.length) announce(said.join(". "))
    this.improver?.draw()
    this.#noted()
  }

  /** The next press is another command. @param {DocumentFragment} batch */
  #renew(batch) {
    const next = /** @type {HTMLElement | null} */ (batch.querySelector("[data-next]"))
    if (this.#command) this.#command.value = next?.dataset.next ?? ""
  }

  /** @param {File[]} files */
  async #bring(files) {
    this.#refuse("")
    this.#inner.toggleAttribute("aria-busy", true)
    const ids = await bring(files, (words) => this.#refuse(words))
    this.#inner.toggleAttribute("aria-busy", false)
    const refusal = this.#form.querySelector("[data-refusal]")?.textContent ?? ""
    if (ids.length) await this.#refields("pictures", ids)
    if (refusal) this.#refuse(refusal)
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-begin]"))
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      this.#begin(link)
    } else if (target.closest("[data-remove-picture]")) {
      target.closest("figure")?.remove()
      this.#refields("pictures")
    } else if (target.closest("[data-pick]")) this.#pick()
  }

  /** A link that leads here fills the form without leaving the page. @param {HTMLAnchorElement} link */
  async #begin(link) {
    const entries = /** @type {Entries} */ ([...new URL(link.href).searchParams])
    await this.#refill(entries, { focus: "[name=prompt]" })
    this.#form.scrollIntoView({ block: "start" })
  }

  async #pick() {
    const { pickFromGallery } = await import("#studio/picking")
    const chosen = await pickFromGallery({ kind: "image" })
    if (chosen.length) await this.#refields("pictures", chosen.map(({ id }) => id))
  }

  /** What is typed is counted, what is chosen is priced, and both are kept for a reload. */
  #noted() {
    const prompt = this.#prompt
    const place = /** @type {HTMLElement | null} */ (this.#form.querySelector("[data-count]"))
    if (prompt && place) {
      place.textContent = interpolate("%(count)s / %(most)s", { count: prompt.value.length.toLocaleString(), most: Number(prompt.dataset.most).toLocaleString() })
      place.classList.toggle("prompt__count--over", prompt.value.length > Number(prompt.dataset.most))
    }
    this.#copy("[name=count]:checked", "ordered", "[data-ordered]:not(input)")
    this.#copy("[name=count]:checked", "amount", "[data-amount]:not(input)")
    this.#copy("[name=size]:checked", "said", "[data-size]")
    keep(this.#form)
  }

  /** @param {string} from @param {string} name @param {string} to */
  #copy(from, name, to) {
    const words = /** @type {HTMLElement | null} */ (this.#form.querySelector(from))?.dataset[name]
    const place = this.#form.querySelector(to)
    if (words && place) place.textContent = words
  }

  /** @param {string} words */
  #refuse(words) {
    const place = /** @type {HTMLElement | null} */ (this.#form.querySelector("[data-refusal]"))
    if (!place) return
    place.textContent = words
    place.hidden = !words
  }

  get #prompt() {
    return this.#form.querySelector("textarea")
  }

  get #command() {
    return /** @type {HTMLInputElement | null} */ (this.#form.querySelector("[name=command]"))
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector(".studio__form"))
  }

  get #inner() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-inner]"))
  }

  get #wall() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-wall]"))
  }
}

// In the gallery as well, which has no form.
previewFilms()
customElements.define("studio-room", StudioRoom)
