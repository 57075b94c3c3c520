/** A new question goes near the top of the view, and its answer grows into the room below it: the
 * newest answer is made at least so high that this is where the end of the page leads. */

const ABOVE = 16
/** Of a long question this much of the view is shown, its last lines. */
const MOST_OF_VIEW = 0.4

export class MakingRoom {
  #room
  /** @type {string | undefined} the answer that has room */
  #answer
  #changed = new ResizeObserver(() => this.#measure())

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    this.#changed.observe(room.scroller)
    document.addEventListener("answer-opened", (event) => this.#opened(/** @type {CustomEvent} */ (event).detail))
    document.addEventListener("path-shown", () => this.#measure())
    const newest = room.log.last
    if (newest && room.log.streaming.includes(newest)) this.#give(newest.dataset.message)
  }

  /** @param {{message: string, isMine: boolean}} answer */
  #opened({ message, isMine }) {
    const { log, scroller } = this.#room
    const isNewest = log.last?.dataset.message === message
    if (!isNewest || !(isMine || scroller.isFollowing)) return
    if (!log.last?.querySelector("[data-part]")) this.#give(message)
    scroller.follow()
  }

  /** @param {string | undefined} message */
  #give(message) {
    this.#answer = message
    for (const other of /** @type {NodeListOf<HTMLElement>} */ (this.#room.querySelectorAll("[data-roomy]"))) {
      other.removeAttribute("data-roomy")
      other.style.minBlockSize = ""
    }
    this.#changed.disconnect()
    this.#changed.observe(this.#room.scroller)
    const question = this.#room.log.message(message ?? "")?.previousElementSibling
    if (question) this.#changed.observe(question)
    this.#measure()
  }

  #measure() {
    const { log, scroller } = this.#room
    const answer = log.message(this.#answer ?? "")
    if (!answer || answer !== log.last) return
    const column = /** @type {Element} */ (scroller.firstElementChild).getBoundingClientRect()
    const { top, bottom } = answer.getBoundingClientRect()
    const question = answer.previousElementSibling?.getBoundingClientRect()
    const gap = question ? top - question.bottom : 0
    const shown = Math.min(question?.height ?? 0, MOST_OF_VIEW * scroller.clientHeight)
    const room = scroller.clientHeight - ABOVE - shown - gap - (column.bottom - bottom)
    // As a property that is inherited it would have everything below it styled again.
    answer.style.minBlockSize = `${Math.max(0, Math.floor(room))}px`
    answer.toggleAttribute("data-roomy", true)
  }
}
