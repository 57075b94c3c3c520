/** <context-gauge>: how full the model's window is, and what the conversation cost so far. It looks
 * at the messages when an answer ends, when others are shown, and when the model changes. */
import { costs, fullness, tokensUsed } from "#chat/window_use"
import { placeBeside } from "#lib/popovers"
import { gettext, interpolate } from "#lib/words"

const NANO = 1e9
const LOOK_AGAIN = ["answer-ended", "path-shown", "answer-opened", "model"]

export class ContextGauge extends HTMLElement {
  /** What every answer cost that was ever on this page. @type {Map<string, number>} */
  #costs = new Map()
  /** What the others cost. */
  #earlier = 0

  connectedCallback() {
    this.#see()
    this.#earlier = Number(this.dataset.spent ?? 0) - this.#spent
    for (const name of LOOK_AGAIN) document.addEventListener(name, this)
    this.#popover.addEventListener("toggle", (event) => {
      const isOpen = /** @type {ToggleEvent} */ (event).newState === "open"
      if (!isOpen) return
      placeBeside(this.#popover, this.#button)
      this.#popover.focus() // It holds nothing to press, and is heard all the same.
    })
    this.#show()
  }

  disconnectedCallback() {
    for (const name of LOOK_AGAIN) document.removeEventListener(name, this)
  }

  handleEvent() {
    this.#see()
    this.#show()
  }

  get #messages() {
    return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".log > article.message")])
  }

  get #spent() {
    return [...this.#costs.values()].reduce((sum, cost) => sum + cost, 0)
  }

  #see() {
    for (const [message, cost] of costs(this.#messages)) this.#costs.set(message, cost)
  }

  #show() {
    const model = /** @type {import("#elements/model_picker").ModelPicker | null} */ (document.querySelector("model-picker"))?.model
    const used = tokensUsed(this.#messages)
    this.hidden = used === 0 || !model
    if (!model || this.hidden) return
    const { percent, state } = fullness(used, model)
    this.dataset.state = state
    const words = interpolate(gettext("%(percent)s%"), { percent })
    this.#say("[data-percent]", words)
    this.#button.setAttribute("aria-label", `${this.dataset.label}${words}`)
    this.#button.title = this.#button.getAttribute("aria-label") ?? ""
    this.querySelector(".gauge__used")?.setAttribute("stroke-dasharray", `${percent} 100`)
    this.#say("[data-used]", tokens(used))
    this.#say("[data-window]", tokens(model.context))
    this.#say("[data-free]", tokens(model.context - model.room))
    this.#showSpent(this.#earlier + this.#spent)
  }

  /** @param {number} nano */
  #showSpent(nano) {
    const { currency = "" } = this.dataset
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-spent-name], [data-spent-value]"))) {
      place.hidden = !currency || nano <= 0
    }
    if (currency) this.#say("[data-spent-value]", money(nano / NANO, currency))
  }

  /** @param {string} place @param {string} words */
  #say(place, words) {
    const element = this.querySelector(place)
    if (element) element.textContent = words
  }

  get #button() {
    return /** @type {HTMLElement} */ (this.querySelector("button"))
  }

  get #popover() {
    return /** @type {HTMLElement} */ (this.querySelector("[popover]"))
  }
}

/** @param {number} count */
function tokens(count) {
  return interpolate(gettext("%(count)s tokens"), { count: new Intl.NumberFormat(language()).format(Math.round(count)) })
}

/** With as many digits as it takes to show that it was not free. @param {number} amount @param {string} currency */
function money(amount, currency) {
  const digits = amount >= 0.01 ? 2 : 6
  const how = { style: "currency", currency, currencyDisplay: "narrowSymbol", minimumFractionDigits: 2, maximumFractionDigits: digits }
  return new Intl.NumberFormat(language(), /** @type {Intl.NumberFormatOptions} */ (how)).format(amount)
}

function language() {
  return document.documentElement.lang || "en"
}

customElements.define("context-gauge", ContextGauge)
