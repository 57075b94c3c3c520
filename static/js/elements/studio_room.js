/** <studio-room>: the form of the studio and the wall of what it asked for. It is a form and works
 * without this; here it stays on its page, fills placeholders in place, and counts the seconds. */
import { readNodes, RequestRefused } from "#lib/requests"
import { gettext, interpolate } from "#lib/words"
import { toastError } from "#elements/toast_stack"
import { agreeAgain, disagreeing } from "#studio/agreeing"
import { bring, takeDropped } from "#studio/bringing"
import { takeEnter } from "#studio/entering"
import { entriesOf, keep, kept, keptPrompt } from "#studio/form_draft"
import { Improver } from "#studio/improving"
import { announce, ask, isSecondPress, Jobs } from "#studio/jobs"
import { Leading } from "#studio/leading"
import { previewFilms } from "#studio/previewing"
import { showSums } from "#studio/summing"

/** What has the focus when the fields are there anew, by what was changed. @type {Record<string, string>} */
const AFTER = { kind: "[name=kind]:checked", model: "[name=model]", pictures: "[name=upload], [data-remove-picture]" }

/** @typedef {import("#studio/form_draft").Entries} Entries */

export class StudioRoom extends HTMLElement {
  #model = ""
  #fields = 0
  /** Fields are on their way; false: they did not arrive. @type {Promise<boolean> | undefined} */
  #filling
  /** What was typed before is not in the form yet, and must not be written over. */
  #isRestoring = false
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
    form.addEventListener("input", () => this.#typed())
    window.addEventListener("pageshow", () => this.#comeBack())
    takeEnter(form)
    this.addEventListener("click", (event) => this.#clicked(event))
    takeDropped(form, (files) => this.#bring(files))
    this.#takeUp([...(this.#upload?.files ?? [])])
  }

  /** @param {File[]} early were chosen before this script was there */
  async #takeUp(early) {
    if (location.search || !kept().length) {
      this.improver?.forget()
      this.#drawn()
      this.#takeFromAddress()
      this.#agree()
    } else await this.#restore()
    if (this.#upload) this.#upload.value = ""
    if (early.length) this.#bring(early)
  }

  /** What the address says begins the form once; what becomes of it is kept, and comes back. */
  #takeFromAddress() {
    if (location.search && kept().length) history.replaceState(history.state, "", location.pathname)
  }

  /** Browsers select again what was selected before, over the fields of something else. */
  #agree() {
    const changed = disagreeing(this.#form)
    if (changed && !this.#filling) this.#refields(changed)
  }

  #comeBack() {
    if (this.#isRestoring && !this.#filling) this.#restore()
    else this.#agree()
  }

  #typed() {
    if (!this.#filling) this.#isRestoring = false
    this.#noted()
  }

  /** What was typed before a reload. */
  async #restore() {
    this.#isRestoring = true
    this.improver?.restore()
    await this.#refill(kept(), {})
  }

  /** One press is one wish: until its answer is there, further ones are the same.
   * @param {SubmitEvent} event */
  async #submitted(event) {
    event.preventDefault()
    const button = /** @type {HTMLButtonElement} */ (this.#form.querySelector("button[type=submit]"))
    const words = this.#prompt?.value ?? ""
    const isAgain = isSecondPress(this.#form) && words === this.#asked
    if (button.ariaDisabled || isAgain) return
    button.ariaDisabled = "true"
    this.#agree()
    if (this.#filling && !(await this.#filling)) return void (button.ariaDisabled = null)
    await this.#order(button, !!event.submitter)
  }

  /** What is paid for is what is shown. @param {HTMLButtonElement} button @param {boolean} isPressed */
  async #order(button, isPressed) {
    const words = (this.#asked = this.#prompt?.value ?? "")
    this.#refuse("")
    try {
      const batch = await ask(this.#form.action, new FormData(this.#form))
      this.#renew(batch)
      const place = batch.querySelector("[data-batch]")
      this.#add(batch)
      // Who sent it by Enter, or writes on already, stays where the words are.
      if (place?.isConnected && isPressed && words === this.#prompt?.value) this.leading?.bring(place)
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
   * @param {{focus?: string}} how */
  async #refill(entries, how) {
    const number = ++this.#fields
    const filling = (this.#filling = this.#fetched(entries, how, number))
    const isThere = await filling
    if (number !== this.#fields) return
    this.#filling = undefined
    if (!isThere) agreeAgain(this.#form)
  }

  /** @param {Entries} entries @param {{focus?: string}} how @param {number} number
   * @returns {Promise<boolean>} whether the newest ones are there */
  async #fetched(entries, { focus }, number) {
    const query = new URLSearchParams(entries.filter(([name]) => name !== "prompt"))
    try {
      const response = await fetch(`${this.#form.dataset.fields}?${query}`, { headers: { Accept: "text/html" } })
      const nodes = await readNodes(response)
      if (number === this.#fields) this.#fill(nodes, focus)
    } catch {
      if (number === this.#fields) return this.#fail()
    }
    return number === this.#fields || (this.#filling ?? true)
  }

  #fail() {
    toastError()
    return false
  }

  /** @param {DocumentFragment} nodes @param {string} [focus] */
  #fill(nodes, focus) {
    const command = this.#command?.value
    const typed = this.#prompt?.value || (this.#isRestoring ? keptPrompt() : "")
    this.#inner.replaceChildren(nodes)
    if (command && this.#command) this.#command.value = command
    if (this.#prompt && !this.#prompt.value) this.#prompt.value = typed
    else if (this.#prompt?.value !== typed) this.improver?.forget()
    this.#isRestoring = false
    this.#drawn()
    const field = /** @type {HTMLElement | null} */ (focus ? this.#form.querySelector(focus) : null)
    field?.focus()
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
    showSums(this.#form)
    if (!this.#isRestoring) keep(this.#form)
  }

  /** @param {string} words */
  #refuse(words) {
    const place = /** @type {HTMLElement | null} */ (this.#form.querySelector("[data-refusal]"))
    if (!place) return
    place.textContent = words
    place.hidden = !words
  }

  get #upload() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("[name=upload]"))
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
