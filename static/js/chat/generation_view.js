/** The parts of one generation on the screen, kept equal to the folded state. */
import { fold } from "#chat/turn_state"
import { sourceItem } from "#chat/sources"
import { noticeWords } from "#chat/notices"
import { clone } from "#lib/templates"

/** @typedef {import("#chat/turn_state").Part} Part */

export class GenerationView {
  /** @type {readonly Part[]} */
  #parts
  #element

  /** @param {HTMLElement} element `.generation`, as the server rendered it */
  constructor(element) {
    this.#element = element
    this.#parts = this.#places().map(partIn)
  }

  get parts() {
    return this.#parts
  }

  /** @param {import("#chat/turn_state").TurnEvent} event */
  apply(event) {
    const before = this.#parts
    this.#parts = fold(before, event)
    if ("new" in event) this.#append(event.new, before.length)
    else if ("withdraw" in event) this.show(this.#parts)
    else if ("add" in event) addText(this.#place(event.part), event.add)
    else this.#change(event.part)
  }

  /** Replace everything by `parts`; texts that only grew keep what is drawn.
   * @param {readonly Part[]} parts */
  show(parts) {
    parts.forEach((part, index) => this.#showAt(part, index))
    if (parts.length) this.#places().slice(parts.length).forEach((element) => element.remove())
    else this.#element.replaceChildren()
    this.#parts = parts
  }

  /** The last text is in the page: draw it whole, end what still looks alive. */
  finish() {
    for (const element of this.#places()) {
      if ("finish" in element) /** @type {any} */ (element).finish()
      if ("live" in element.dataset) /** @type {any} */ (element).end()
    }
  }

  /** @param {Part} part @param {number} index */
  #showAt(part, index) {
    const element = this.#place(index)
    if (!element) return this.#append(part, index)
    const known = partIn(element)
    if (known.kind !== part.kind) {
      element.replaceWith(elementOf(part, index))
    } else if (isText(part)) {
      const before = textIn(element)
      const after = part.text ?? ""
      if (after !== before && after.startsWith(before)) addText(element, after.slice(before.length))
      else if (after !== before) setText(element, after)
      settle(element, part)
    } else if (!part.job || element.dataset.jobOf !== part.job) {
      element.replaceWith(elementOf(part, index))
    }
  }

  /** @param {Part} part @param {number} index */
  #append(part, index) {
    this.#element.append(elementOf(part, index))
  }

  /** @param {number} index */
  #change(index) {
    const part = this.#parts[index]
    const element = this.#place(index)
    if (!element) return
    if (isText(part)) settle(element, part)
    else element.replaceWith(elementOf(part, index))
  }

  /** @param {number} index */
  #place(index) {
    return /** @type {HTMLElement | undefined} */ (this.#places()[index])
  }

  #places() {
    return /** @type {HTMLElement[]} */ ([...this.#element.children].filter((child) => child.hasAttribute("data-part")))
  }
}

/** @param {Part} part */
const isText = (part) => part.kind === "text" || part.kind === "reasoning"

/** @param {HTMLElement} element @returns {Part} */
function partIn(element) {
  const kind = element.dataset.kind ?? "unknown"
  const started = element.dataset.started ? { started: Number(element.dataset.started) } : {}
  return kind === "text" || kind === "reasoning" ? { kind, text: textIn(element), ...started } : { kind }
}

/** @param {Element} element */
function textIn(element) {
  if ("source" in element) return /** @type {any} */ (element).source
  if ("text" in element) return /** @type {any} */ (element).text
  return element.textContent ?? ""
}

/** @param {Element | undefined} element @param {string} text */
function addText(element, text) {
  if (element && "addText" in element) /** @type {any} */ (element).addText(text)
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if ("setText" in element) /** @type {any} */ (element).setText(text)
}

/** @param {HTMLElement} element @param {Part} part */
function settle(element, part) {
  const isOver = part.kind === "reasoning" && part.ended !== undefined
  if (isOver) /** @type {any} */ (element).end(part.started, part.ended)
}

/** @param {Part} part @param {number} index @returns {HTMLElement} */
function elementOf(part, index) {
  const element = clone(`part-${part.kind}`) ?? clone("part-unknown")
  if (!element) throw new Error("The page has no templates for parts.")
  element.dataset.part = String(index)
  customElements.upgrade(element)
  if (isText(part)) fillText(element, part)
  else fillOther(element, part)
  return element
}

/** @param {HTMLElement} element @param {Part} part */
function fillText(element, part) {
  if (part.started !== undefined) element.dataset.started = String(part.started)
  if (part.text) addText(element, part.text)
  settle(element, part)
}

/** @param {HTMLElement} element @param {Part} part */
async function showNotice(element, part) {
  const say = (/** @type {string} */ words) => {
    const place = element.querySelector("span")
    if (place) place.textContent = words
    element.hidden = !words
  }
  element.dataset.code = part.code
  say(noticeWords(part))
  if (!part.files) return
  element.dataset.files = JSON.stringify(part.files)
  say((await import("#chat/documents")).readWords(part))
}

/** @param {HTMLElement} element @param {Part} part */
function fillOther(element, part) {
  for (const place of element.querySelectorAll("[data-key]")) {
    place.textContent = part[/** @type {HTMLElement} */ (place).dataset.key ?? ""] ?? ""
  }
  if (part.kind === "notice") showNotice(element, part)
  if (part.kind === "media" && part.job) import("#chat/media").then(({ fill }) => fill(element, part.job))
  if (part.kind === "sources") element.replaceChildren(...(part.sources ?? []).map(sourceItem))
}
