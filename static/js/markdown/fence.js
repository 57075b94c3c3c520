/** The fast way through long code: while a fence is open, new text is appended and nothing else. */
import { closes } from "#markdown/html"

const OPENER = /^(`{3,}|~{3,})[^\n]*\n/
const MAYBE_CLOSER = /^ {0,3}[`~]*[ \t]*$/

export class OpenFence {
  #marks
  /** @type {Text} */
  #text
  /** @type {number} */
  #start
  /** @type {number} */
  #line

  /** The open fence at `from`, drawn as `element`, if there is one.
   * @param {string} source @param {number} from @param {Element | undefined} element */
  static at(source, from, element) {
    const opener = OPENER.exec(source.slice(from, from + 500))
    const code = element?.matches(".code.is-open") ? element.querySelector("code") : null
    return opener && code ? new OpenFence(code, opener[1], from + opener[0].length, source) : null
  }

  /** @param {Element} code @param {string} marks @param {number} start @param {string} source */
  constructor(code, marks, start, source) {
    this.#marks = marks
    this.#text = code.ownerDocument.createTextNode("")
    this.#start = start
    this.#line = start
    code.replaceChildren(this.#text)
    this.grow(source)
  }

  /** Append what is new. False when the fence is closed: then the usual way decides.
   * @param {string} source */
  grow(source) {
    const end = Math.max(source.lastIndexOf("\n") + 1, this.#line)
    for (const line of source.slice(this.#line, end).split("\n")) {
      if (closes(line, this.#marks)) return false
    }
    this.#line = end
    const shown = MAYBE_CLOSER.test(source.slice(end)) ? end : source.length
    const from = this.#start + this.#text.length
    if (shown > from) this.#text.appendData(source.slice(from, shown))
    return true
  }
}
