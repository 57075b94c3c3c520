/** An answer that was stopped says by whom, and what has become of the questions behind it. */
import { heldIn, pausedWords } from "#chat/queue_words"
import { gettext, interpolate } from "#lib/words"

/** @typedef {{message: string, generation: string}} Ended */

export class Stopped {
  #room
  /** Those that were stopped in another window, by message. @type {Map<string, string>} */
  #elsewhere = new Map()

  /** @param {any} room with its `channel` and `sending`, as far as there are any */
  constructor(room) {
    this.#room = room
    document.addEventListener("path-shown", () => this.#mark())
  }

  /** What is said of it. @param {Ended} ended */
  ended({ message, generation }) {
    const by = this.#room.channel?.stops.by(generation)
    if (!by) {
      this.#elsewhere.set(message, generation)
      this.#mark()
      return elsewhereWords()
    }
    if (by === "send_now") return gettext("Stopped, to send the message that was waiting")
    if (by === "stop") this.#room.sending.hold()
    const held = heldIn(this.#room).length
    return held ? interpolate(gettext("Stopped. %(paused)s"), { paused: pausedWords(held) }) : gettext("Stopped")
  }

  /** The server's pieces do not know in which window somebody is. */
  #mark() {
    for (const [message, generation] of this.#elsewhere) {
      const place = this.#room.querySelector(`[data-message="${message}"][data-generation="${generation}"][data-status=stopped] .verdict > span`)
      if (place) place.textContent = elsewhereWords()
    }
  }
}

const elsewhereWords = () => gettext("Stopped in another window")
