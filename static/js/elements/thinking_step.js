/** <thinking-step>: a piece of thinking. While it grows it shows its seconds and its last words. */
import { gettext, interpolate } from "#lib/words"

const PEEK = 240
const LONGEST_CREDIBLE = 3600

export class ThinkingStep extends HTMLElement {
  #since = 0
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking

  connectedCallback() {
    if (!this.isLive || this.#ticking) return
    this.#since = startOf(Number(this.dataset.started))
    this.#ticking = setInterval(() => this.#tick(), 1000)
    this.#peek()
    this.#tick()
  }

  disconnectedCallback() {
    clearInterval(this.#ticking)
    this.#ticking = undefined
  }

  get isLive() {
    return "live" in this.dataset
  }

  get text() {
    return this.#body.textContent ?? ""
  }

  /** @param {string} text */
  addText(text) {
    const body = this.#body
    if (body.firstChild instanceof Text) body.firstChild.appendData(text)
    else body.textContent = text
    if (this.isLive) this.#peek()
  }

  /** @param {string} text */
  setText(text) {
    this.#body.textContent = text
    if (this.isLive) this.#peek()
  }

  /** It is over; times are the server's, in seconds. @param {number} [started] @param {number} [ended] */
  end(started, ended) {
    delete this.dataset.live
    this.disconnectedCallback()
    const name = this.querySelector(".step__name")
    if (name) name.textContent = thoughtFor(started, ended)
  }

  get #body() {
    return /** @type {Element} */ (this.querySelector(".step__body"))
  }

  #tick() {
    const seconds = Math.floor((Date.now() - this.#since) / 1000)
    const time = this.querySelector(".step__time")
    if (time && seconds > 0) time.textContent = interpolate(gettext("%(seconds)s s"), { seconds })
  }

  #peek() {
    const line = this.querySelector(".thinking__peek span")
    if (line) line.textContent = this.text.slice(-PEEK).replace(/\s+/g, " ")
  }
}

/** When the thinking began by this device's clock; a clock that is far off counts from now.
 * @param {number} started Unix seconds by the server's clock */
function startOf(started) {
  const age = Date.now() / 1000 - started
  return age >= 0 && age < LONGEST_CREDIBLE ? started * 1000 : Date.now()
}

/** @param {number} [started] @param {number} [ended] */
export function thoughtFor(started, ended) {
  if (started === undefined || ended === undefined) return gettext("Thought")
  const seconds = Math.max(1, Math.round(ended - started))
  if (seconds < 60) return interpolate(gettext("Thought for %(seconds)s s"), { seconds })
  const values = { minutes: Math.floor(seconds / 60), seconds: seconds % 60 }
  return interpolate(gettext("Thought for %(minutes)s min %(seconds)s s"), values)
}

customElements.define("thinking-step", ThinkingStep)
