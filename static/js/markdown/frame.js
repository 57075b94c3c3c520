/** A frame of ours without an origin: it has no cookies, no storage and no way into this page. It
 * says that it is ready, and is then told what to do. */

export class Frame {
  element
  /** @type {unknown[]} */
  #unsaid = []
  #isReady = false

  /** @param {string} address @param {string} title @param {string} kind @param {Element} parent */
  constructor(address, title, kind, parent) {
    this.element = document.createElement("iframe")
    this.element.setAttribute("sandbox", "allow-scripts")
    this.element.referrerPolicy = "no-referrer"
    this.element.className = kind
    this.element.title = title
    this.hear((data) => {
      if (data.ready === true) this.#begin()
    })
    this.element.src = address
    parent.append(this.element)
  }

  window = () => this.element.contentWindow

  /** @param {unknown} words */
  say(words) {
    // A frame without an origin has none that could be named.
    if (this.#isReady) this.window()?.postMessage(words, "*")
    else this.#unsaid.push(words)
  }

  /** What the frame says, as long as it is in the page. Whoever else says something is not heard.
   * @param {(data: Record<string, unknown>) => void} listen */
  hear(listen) {
    /** @param {MessageEvent} event */
    const heard = ({ source, data }) => {
      if (source === this.window() && source && data && typeof data === "object") listen(data)
      else if (!this.element.isConnected && this.element.src) removeEventListener("message", heard)
    }
    addEventListener("message", heard)
  }

  #begin() {
    this.#isReady = true
    for (const words of this.#unsaid.splice(0)) this.say(words)
  }
}
