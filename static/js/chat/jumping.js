/** "Jump to latest": there while somebody reads elsewhere and the end is out of sight, with a dot
 * once something was written there. */
import { NEAR } from "#chat/scroll_state"
import { oncePerFrame } from "#lib/scheduling"

export class Jumping {
  #room
  #pill
  #look = oncePerFrame(() => this.#show())

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    this.#pill = /** @type {HTMLElement} */ (room.querySelector("[data-jump]"))
    this.#pill.addEventListener("click", () => this.#jump())
    room.scroller.addEventListener("scroll", () => this.#look.wish(), { passive: true })
    room.addEventListener("following", () => this.#show())
    room.channel.addEventListener("events", () => this.#written())
    document.addEventListener("answer-opened", () => this.#written())
    document.addEventListener("path-shown", () => this.#look.wish())
    document.addEventListener("answer-ended", () => this.#look.wish())
    this.#show()
  }

  #written() {
    this.#room.scroller.written()
    if (!this.#room.scroller.isFollowing) this.#look.wish()
  }

  #jump() {
    if (this.#room.log.isWhole) this.#room.scroller.follow()
    else this.#room.showNewest()
    this.#room.composer.focus()
  }

  #show() {
    const { scroller, log } = this.#room
    this.#pill.hidden = log.isWhole && (scroller.isFollowing || !this.#isEndBelow())
    this.#pill.toggleAttribute("data-news", scroller.hasNews)
    this.#room.closest(".app")?.toggleAttribute("data-jumps", !this.#pill.hidden)
  }

  /** The room that is kept below a short answer is not something to jump to. */
  #isEndBelow() {
    const pieces = [...(this.#room.log.last?.children ?? [])]
    const end = Math.max(...pieces.map((piece) => piece.getBoundingClientRect().bottom))
    return end > this.#room.scroller.getBoundingClientRect().bottom + NEAR
  }
}
