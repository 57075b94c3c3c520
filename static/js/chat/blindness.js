/** Says beside the pictures that the chosen model cannot see them, and offers one that can. */
import { gettext, interpolate } from "#lib/words"

export class Blindness {
  #line
  #hasPictures = false

  /** @param {HTMLElement} line */
  constructor(line) {
    this.#line = line
    this.#button.addEventListener("click", () => this.#change())
    document.addEventListener("model", () => this.show(this.#hasPictures))
  }

  /** @param {boolean} hasPictures */
  show(hasPictures) {
    this.#hasPictures = hasPictures
    const { model, seeing } = this.#picker ?? {}
    this.#line.hidden = !hasPictures || !model || model.sees
    if (this.#line.hidden || !model) return
    const words = /** @type {HTMLElement} */ (this.#line.querySelector("span"))
    words.textContent = interpolate(gettext("%(model)s cannot see pictures."), { model: model.title })
    this.#button.hidden = !seeing
    this.#button.textContent = seeing ? interpolate(gettext("Switch to %(model)s"), { model: seeing.title }) : ""
  }

  #change() {
    const picker = this.#picker
    if (picker?.seeing) picker.value = picker.seeing.name
    this.#line.closest("form")?.querySelector("textarea")?.focus()
  }

  get #button() {
    return /** @type {HTMLButtonElement} */ (this.#line.querySelector("button"))
  }

  get #picker() {
    return /** @type {import("#elements/model_picker").ModelPicker | null} */ (document.querySelector("model-picker"))
  }
}
