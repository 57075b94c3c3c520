/** Messages before those on the page, put above them without moving what is read. */
import { happens } from "#chat/happenings"
import { fetchNodes } from "#lib/requests"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

export class Older {
  #room

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    room.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a[data-older]")
      if (!link) return
      event.preventDefault()
      this.#show(link)
    })
  }

  /** @param {Element} link */
  async #show(link) {
    const { scroller, log, conversation } = this.#room
    try {
      const path = await fetchNodes(link.getAttribute("href") ?? "")
      scroller.keepPlace(() => log.prepend(path))
      happens("path-shown", { conversation })
    } catch {
      toast(gettext("The server cannot be reached. Try again."))
    }
  }
}
