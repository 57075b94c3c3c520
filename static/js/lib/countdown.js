/** A wait that can be held up: what was left of it goes on afterwards. */

export class Countdown {
  #left
  #done
  #since = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {number} wait in ms @param {() => void} done */
  constructor(wait, done) {
    this.#left = wait
    this.#done = done
    this.resume()
  }

  pause() {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#left -= Date.now() - this.#since
  }

  resume() {
    if (this.#timer !== undefined) return
    this.#since = Date.now()
    this.#timer = setTimeout(this.#done, Math.max(0, this.#left))
  }
}
