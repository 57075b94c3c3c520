/** Says beside the files what of them the chosen model cannot see, what becomes of that, and offers a
 * model that can. */
import { gettext, interpolate } from "#lib/words"

/** @typedef {import("#chat/uploads").Stored} Stored */

export class Blindness {
  #line
  /** @type {Stored[]} */
  #files = []

  /** @param {HTMLElement} line */
  constructor(line) {
    this.#line = line
    this.#button.addEventListener("click", () => this.#change())
    document.addEventListener("model", () => this.show(this.#files))
  }

  /** @param {Stored[]} files that go along */
  show(files) {
    this.#files = files
    const { model, seeing } = this.#picker ?? {}
    const words = unseenWords(files)
    this.#line.hidden = !words || !model || model.sees
    if (this.#line.hidden || !model) return
    const place = /** @type {HTMLElement} */ (this.#line.querySelector("span"))
    place.textContent = interpolate(words, { model: model.title })
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

/** @param {Stored[]} files */
export function unseenWords(files) {
  const has = (/** @type {string} */ kind) => files.some((file) => file.kind === kind)
  if (has("image") && has("video")) return gettext("%(model)s cannot see pictures or films. It does not take a question with them.")
  if (has("image")) return gettext("%(model)s cannot see pictures. It does not take a question with them.")
  if (has("video")) return gettext("%(model)s cannot see films. It does not take a question with them.")
  const isScanned = files.some(({ origin }) => (origin.scanned ?? 0) > 0)
  return isScanned ? gettext("%(model)s cannot see scanned pages. It reads the rest, and is told that they are there.") : ""
}
