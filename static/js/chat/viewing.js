/** Looking at another version of the conversation than the stored one: `data-end` on the room names
 * the last message of what is looked at. It is over when the person goes on from there. */

export class Viewing {
  #room
  #hasGoneOn = false

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    room.addEventListener("following", (event) => {
      if (/** @type {CustomEvent} */ (event).detail && room.log.isWhole) this.#leaveMessage()
    })
    document.addEventListener("answer-opened", (event) => {
      if (/** @type {CustomEvent} */ (event).detail.isMine) this.over()
    })
  }

  get end() {
    return this.#room.dataset.end
  }

  /** The message that what is sent next goes below; what follows that finds its place by itself. */
  goOn() {
    const below = this.#hasGoneOn ? undefined : this.end
    this.#hasGoneOn = true
    return below
  }

  over() {
    delete this.#room.dataset.end
    const notice = /** @type {HTMLElement | null} */ (this.#room.querySelector("[data-view]"))
    if (notice) notice.hidden = true
    this.#leaveMessage()
  }

  /** The address names the message one came for until one has gone elsewhere. */
  #leaveMessage() {
    const query = this.end ? `?end=${this.end}` : ""
    if (location.search !== query) history.replaceState(history.state, "", location.pathname + query)
  }
}
