/** <thinking-control>: whether the model thinks before it answers, and how hard. It shows what the
 * chosen model can be told, and keeps the wish for models that can be told more. */
import { placeBeside } from "#lib/popovers"
import { recall, remember } from "#lib/storage"
import { toast } from "#elements/toast_stack"

const EFFORTS = ["low", "medium", "high", "max"]

/** @typedef {Pick<import("#elements/model_picker").Model, "thinking" | "efforts" | "isKnown">} Thinker */

export class ThinkingControl extends HTMLElement {
  #isWished = true
  #effort = ""
  /** @type {Thinker} */
  #model = { thinking: "auto", efforts: [], isKnown: true }

  connectedCallback() {
    this.#isWished = recall("option.thinking", true)
    this.#effort = recall("option.effort", "")
    this.#toggle.addEventListener("click", () => this.#pressed())
    this.#menu.addEventListener("change", () => this.#effortChosen())
    this.#menu.addEventListener("click", (event) => {
      // Arrow keys also "click" a radio button, without a position; they must not close the list.
      if (event.detail > 0 && /** @type {Element} */ (event.target).closest("label")) this.#menu.hidePopover()
    })
    this.#menu.addEventListener("keydown", (event) => this.#menuKey(event))
    this.#menu.addEventListener("toggle", (event) => this.#menuToggled(/** @type {ToggleEvent} */ (event)))
    document.addEventListener("model", this)
    const picker = /** @type {import("#elements/model_picker").ModelPicker | null} */ (document.querySelector("model-picker"))
    if (picker?.model) this.model = picker.model
    else this.#show()
  }

  disconnectedCallback() {
    document.removeEventListener("model", this)
  }

  /** @param {Event} event */
  handleEvent(event) {
    this.model = /** @type {CustomEvent} */ (event).detail
  }

  /** @param {Thinker} model what is known of the one that will answer */
  set model(model) {
    this.#model = model
    this.#show()
  }

  /** The word for `options.thinking` of a command. */
  get value() {
    const { thinking } = this.#model
    if (thinking === "none") return "auto"
    if (thinking !== "forced" && !this.#isWished) return "off"
    return this.#usedEffort || (thinking === "forced" ? "auto" : "on")
  }

  /** @param {string} value as in `options.thinking`; "auto" wishes nothing */
  set value(value) {
    if (value === "auto") return
    this.#isWished = value !== "off"
    if (value !== "off") this.#effort = EFFORTS.includes(value) ? value : ""
    this.#show()
  }

  get #usedEffort() {
    return this.#model.efforts.includes(this.#effort) ? this.#effort : ""
  }

  #pressed() {
    const why = this.#why
    if (this.#isFixed) return toast(why)
    this.#isWished = !this.#isWished
    remember("option.thinking", this.#isWished)
    this.#changed()
  }

  #effortChosen() {
    const chosen = /** @type {HTMLInputElement | null} */ (this.#menu.querySelector("input:checked"))
    this.#effort = chosen?.value ?? ""
    remember("option.effort", this.#effort)
    this.#changed()
  }

  #changed() {
    this.#show()
    this.dispatchEvent(new CustomEvent("thinking", { bubbles: true, detail: this.value }))
  }

  /** Enter chooses; it must not send the message that the list belongs to. @param {KeyboardEvent} event */
  #menuKey(event) {
    if (event.key !== "Enter") return
    event.preventDefault()
    this.#menu.hidePopover()
  }

  /** @param {ToggleEvent} event */
  #menuToggled(event) {
    this.#more.setAttribute("aria-expanded", String(event.newState === "open"))
    if (event.newState === "open") {
      const chosen = /** @type {HTMLElement | null} */ (this.#menu.querySelector("input:checked"))
      placeBeside(this.#menu, this.#more, "start")
      chosen?.focus()
    } else if (this.#menu.contains(document.activeElement) || document.activeElement === document.body) this.#more.focus()
  }

  /** Whether pressing changes nothing: the model cannot think, or cannot be kept from it. */
  get #isFixed() {
    return this.#model.thinking === "none" || this.#model.thinking === "forced"
  }

  get #why() {
    const { thinking, isKnown } = this.#model
    return (isKnown ? this.dataset[thinking] : this.dataset.unknown) ?? ""
  }

  #show() {
    const { thinking, efforts } = this.#model
    const isOn = thinking === "forced" || (thinking !== "none" && this.#isWished)
    const toggle = this.#toggle
    toggle.setAttribute("aria-pressed", String(isOn))
    if (this.#isFixed) toggle.setAttribute("aria-disabled", "true")
    else toggle.removeAttribute("aria-disabled")
    toggle.title = this.#why
    const why = this.querySelector("[data-why]")
    if (why) why.textContent = this.#why
    this.#more.hidden = !isOn || efforts.length === 0
    this.#showEffort()
  }

  #showEffort() {
    const { efforts } = this.#model
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.#menu.querySelectorAll("input"))) {
      const label = /** @type {HTMLElement | null} */ (input.closest("label"))
      if (label) label.hidden = input.value !== "" && !efforts.includes(input.value)
      input.disabled = !!label?.hidden
      input.checked = input.value === this.#usedEffort
    }
    const word = this.#menu.querySelector("input:checked")?.closest("label")?.querySelector("b")?.textContent ?? ""
    const place = this.#more.querySelector("[data-effort]")
    if (place) place.textContent = word
    this.#more.setAttribute("aria-label", `${this.#more.dataset.label}${word}`)
  }

  get #toggle() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("[data-thinking-toggle]"))
  }

  get #more() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("[popovertarget]"))
  }

  get #menu() {
    return /** @type {HTMLElement} */ (this.querySelector("[popover]"))
  }
}

customElements.define("thinking-control", ThinkingControl)
