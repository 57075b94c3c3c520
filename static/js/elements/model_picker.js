/** <model-picker>: which model answers. It keeps the button's name and the list's mark right, closes
 * the list after a choice, and says `model` (detail: what is known of it) when another is chosen. */
import { ModelList } from "#chat/model_list"

/** @typedef {{name: string, title: string, thinking: string, efforts: string[], context: number,
 *   room: number, isKnown: boolean, sees: boolean, films: number}} Model */

/** What a model may be trusted with that nobody has described. */
const CAUTIOUS = { context: 16_000, room: 11_904 }

export class ModelPicker extends HTMLElement {
  /** @type {ModelList | undefined} */
  #list

  connectedCallback() {
    const popover = this.#popover
    if (!popover) return
    const list = (this.#list = new ModelList(popover, (option) => this.#chosenByHand(option)))
    popover.addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") list.begin()
      else this.#button?.focus()
    })
  }

  get value() {
    return this.#chosen?.dataset.model ?? null
  }

  /** @param {string | null} name a model that is not listed is taken where names can be typed */
  set value(name) {
    if (!name || name === this.value) return
    const option = this.#listed(name) ?? this.#list?.add(name)
    if (option) this.#choose(option)
  }

  /** @returns {Model} what is known of the chosen one */
  get model() {
    const { model = "", title = "", thinking = "none", efforts = "", context, room, known, sees, films } = this.#chosen?.dataset ?? {}
    return {
      name: model,
      title,
      thinking,
      efforts: efforts.split(" ").filter(Boolean),
      context: Number(context ?? CAUTIOUS.context),
      room: Number(room ?? CAUTIOUS.room),
      isKnown: !!known,
      sees: !!sees,
      films: Number(films ?? 0),
    }
  }

  /** The first that can look at pictures. */
  get seeing() {
    const option = this.#list?.options.find(({ dataset }) => dataset.sees)
    return option && { name: option.dataset.model ?? "", title: option.dataset.title ?? "" }
  }

  get thinking() {
    return /** @type {any} */ (this.model.thinking)
  }

  /** @param {HTMLElement} option */
  #chosenByHand(option) {
    const { model = "" } = option.dataset
    if ("own" in option.dataset) this.value = model
    else this.#choose(option)
    this.#popover?.hidePopover()
  }

  /** @param {string} name */
  #listed(name) {
    return this.#list?.options.find((option) => !("own" in option.dataset) && option.dataset.model === name)
  }

  /** @param {HTMLElement} option */
  #choose(option) {
    for (const each of this.#list?.options ?? []) each.setAttribute("aria-selected", String(each === option))
    const title = option.dataset.title ?? ""
    const place = this.querySelector("[data-chosen]")
    if (place) place.textContent = title
    this.#button?.setAttribute("aria-label", `${this.#button.dataset.label}${title}`)
    this.dispatchEvent(new CustomEvent("model", { bubbles: true, detail: this.model }))
  }

  get #button() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".picker__button"))
  }

  get #popover() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[popover]"))
  }

  get #chosen() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[role=option][aria-selected=true]"))
  }
}

customElements.define("model-picker", ModelPicker)
