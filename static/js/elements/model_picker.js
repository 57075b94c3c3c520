/** <model-picker>: which model answers. Radio buttons in a popover do the work; this keeps the
 * button's name right and closes the list after a choice. Says `model` when it changes. */

export class ModelPicker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.#show())
    this.addEventListener("click", (event) => {
      const chosen = /** @type {Element} */ (event.target).closest("label")
      // Arrow keys also "click" a radio button, without a position; they must not close the list.
      if (chosen && event.detail > 0) this.#list?.hidePopover()
    })
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.#list?.matches(":popover-open")) {
        event.preventDefault()
        this.#list.hidePopover()
      }
    })
    this.#list?.addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") this.#chosen?.focus()
      else this.#button?.focus()
    })
  }

  get value() {
    return this.#chosen?.value ?? null
  }

  get thinking() {
    return /** @type {any} */ (this.#chosen?.dataset.thinking ?? "auto")
  }

  #show() {
    const title = this.#chosen?.dataset.title ?? ""
    const place = this.querySelector("[data-chosen]")
    if (place) place.textContent = title
    this.#button?.setAttribute("aria-label", `${this.#button.dataset.label}: ${title}`)
    this.dispatchEvent(new CustomEvent("model", { bubbles: true }))
  }

  get #button() {
    return /** @type {HTMLElement | null} */ (this.querySelector(".picker__button"))
  }

  get #list() {
    return /** @type {HTMLElement | null} */ (this.querySelector("[popover]"))
  }

  get #chosen() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector("input:checked"))
  }
}

customElements.define("model-picker", ModelPicker)
