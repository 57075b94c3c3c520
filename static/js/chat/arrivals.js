/** Frames, heard in the order in which they come. HTML in them is made into nodes by something that is
 * loaded with the first; what comes behind that frame waits meanwhile. */
import { cleaner } from "#lib/cleaner"

const AGAIN = 1000
const TRIES = 3

/** A frame's `nodes` are made of its `html`. @typedef {{html?: string, nodes?: DocumentFragment, [key: string]: any}} Frame */

export class Arrivals {
  #hear
  /** @type {Frame[]} */
  #waiting = []
  /** @type {import("#lib/cleaner").Cleaner | undefined} */
  #cleaner
  #isLoading = false

  /** @param {(frame: Frame) => void} hear */
  constructor(hear) {
    this.#hear = hear
  }

  /** @param {Frame} frame */
  take(frame) {
    this.#waiting.push(frame)
    if (!this.#isLoading) this.#workOff()
  }

  #workOff() {
    while (this.#waiting.length) {
      const { html } = this.#waiting[0]
      if (html && !this.#cleaner) return void this.#load()
      const frame = /** @type {Frame} */ (this.#waiting.shift())
      this.#hear(html && this.#cleaner ? { ...frame, nodes: this.#cleaner.nodesFrom(html) } : frame)
    }
  }

  /** The line is there, so a file that does not come is likely gone: the page has a newer one.
   * @param {number} [tries] */
  async #load(tries = TRIES) {
    this.#isLoading = true
    try {
      this.#cleaner = await cleaner()
    } catch {
      if (tries === 1) return location.reload()
      return void setTimeout(() => this.#load(tries - 1), AGAIN)
    }
    this.#isLoading = false
    this.#workOff()
  }
}
