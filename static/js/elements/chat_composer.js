/** <chat-composer>: where one writes. It keeps the draft, says `compose` (detail: text, options)
 * and `stop`; what happens then is the room's business. */
import { compositionGuard, isSendingEnter } from "#lib/keys"
import { recall, remember } from "#lib/storage"

const MAX_TEXT = 100_000

export class ChatComposer extends HTMLElement {
  #isBusy = false

  connectedCallback() {
    const composing = compositionGuard(this.#field)
    this.#field.addEventListener("keydown", (event) => {
      if (!isSendingEnter(event, composing)) return
      event.preventDefault()
      this.#submit()
    })
    this.#field.addEventListener("input", () => this.#changed())
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#submit()
    })
    this.#stop.addEventListener("click", () => this.#emit("stop"))
    for (const toggle of this.#toggles) toggle.addEventListener("click", () => this.#press(toggle))
    this.#recallToggles()
    this.#restoreDraft()
    if (matchMedia("(pointer: fine)").matches) this.#field.focus()
  }

  /** Where the draft is kept: of which conversation. */
  get place() {
    return this.closest("chat-room")?.getAttribute("data-conversation") || "new"
  }

  get text() {
    return this.#field.value
  }

  set text(text) {
    this.#field.value = text
    this.#changed()
  }

  get options() {
    const thinking = /** @type {import("#elements/thinking_control").ThinkingControl} */ (this.querySelector("thinking-control"))
    return {
      thinking: thinking.value,
      web_search: isOn(this.#toggle("web_search")),
    }
  }

  /** An answer is being written: it can be stopped; what is sent waits. @param {boolean} busy */
  set busy(busy) {
    if (busy === this.#isBusy) return
    this.#isBusy = busy
    this.#stop.hidden = !busy
    const idle = (this.#field.dataset.placeholder ??= this.#field.placeholder)
    this.#field.placeholder = busy ? (this.#field.dataset.placeholderBusy ?? idle) : idle
    this.#changed()
  }

  focus() {
    this.#field.focus()
  }

  /** @param {string} text */
  begin(text) {
    this.text = text
    this.#field.focus()
    this.#field.setSelectionRange(text.length, text.length)
  }

  /** @param {string} words empty: nothing is wrong */
  showError(words) {
    const line = /** @type {HTMLElement} */ (this.querySelector(":scope > .composer__error"))
    const place = line.querySelector("span")
    if (place) place.textContent = words
    line.hidden = !words
  }

  /** The draft moves with a conversation that has just got its address. */
  moveDraft() {
    remember("draft.new", null)
    this.#keepDraft()
  }

  #submit() {
    const text = this.text
    if (!text.trim()) return
    this.showError("")
    this.text = ""
    this.#emit("compose", { text, options: this.options })
  }

  #changed() {
    const isEmpty = !this.text.trim()
    this.#send.disabled = isEmpty
    this.#send.hidden = isEmpty && this.#isBusy
    this.#field.maxLength = MAX_TEXT
    this.#keepDraft()
  }

  #keepDraft() {
    remember(`draft.${this.place}`, this.text)
  }

  #restoreDraft() {
    const draft = this.text || recall(`draft.${this.place}`, "")
    this.text = draft
  }

  /** @param {HTMLButtonElement} toggle */
  #press(toggle) {
    toggle.setAttribute("aria-pressed", String(!isOn(toggle)))
    remember(`option.${toggle.dataset.option}`, isOn(toggle))
  }

  #recallToggles() {
    for (const toggle of this.#toggles) {
      const on = recall(`option.${toggle.dataset.option}`, isOn(toggle))
      toggle.setAttribute("aria-pressed", String(on))
    }
  }

  /** @param {string} name @param {any} [detail] */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector(":scope > form"))
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("#message"))
  }

  get #send() {
    return /** @type {HTMLButtonElement} */ (this.#form.querySelector("[type=submit]"))
  }

  get #stop() {
    return /** @type {HTMLButtonElement} */ (this.#form.querySelector("[data-stop]"))
  }

  get #toggles() {
    return /** @type {HTMLButtonElement[]} */ ([...this.#form.querySelectorAll("[data-option]")])
  }

  /** @param {string} name */
  #toggle(name) {
    return /** @type {HTMLButtonElement} */ (this.#form.querySelector(`[data-option="${name}"]`))
  }
}

/** @param {Element} toggle */
function isOn(toggle) {
  return toggle.getAttribute("aria-pressed") === "true"
}

customElements.define("chat-composer", ChatComposer)
