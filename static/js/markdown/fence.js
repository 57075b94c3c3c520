/** The fast way through long code: while a fence is open, new text is appended and nothing else. */

const OPENER = /^(`{3,}|~{3,})[^`\n]*\n/
const MAYBE_CLOSER = /^ {0,3}[`~]+[ \t]*$/

export class OpenFence {
  /** @type {Text} */
  #text
  /** @type {number} */
  #start
  /** @type {number} */
  #line

  /** The open fence at `from`, drawn as `element`, if there is one.
   * @param {string} source @param {number} from @param {Element | undefined} element */
  static at(source, from, element) {
    const opener = OPENER.exec(source.slice(from, from + 200))
    const code = element?.querySelector("code")
    if (!opener || !code || element?.className !== "code") return null
    return new OpenFence(code, from + opener[0].length, source)
  }

  /** @param {Element} code @param {number} start @param {string} source */
  constructor(code, start, source) {
    code.textContent = ""
    this.#text = code.ownerDocument.createTextNode("")
    code.append(this.#text)
    this.#start = start
    this.#line = start
    this.grow(source)
  }

  /** Append what is new. False when the fence may have closed: then the usual way decides.
   * @param {string} source */
  grow(source) {
    const end = source.lastIndexOf("\n") + 1
    for (const line of source.slice(this.#line, Math.max(end, this.#line)).split("\n")) {
      if (MAYBE_CLOSER.test(line)) return false
    }
    this.#line = Math.max(end, this.#line)
    const halfLine = source.slice(this.#line)
    const shown = /^ {0,3}[`~]*[ \t]*$/.test(halfLine) ? this.#line : source.length
    const from = this.#start + this.#text.length
    if (shown > from) this.#text.appendData(source.slice(from, shown))
    return true
  }
}
