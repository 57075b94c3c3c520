/** Where this page is: the address of the conversation, its name in the tab and at its head. */
import { happens } from "#chat/happenings"

export class Addressing {
  #room

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    window.addEventListener("popstate", () => this.#moved())
    document.addEventListener("titles", (event) => this.#retitle(/** @type {CustomEvent} */ (event).detail))
    if (room.conversation) happens("conversation-opened", { conversation: room.conversation })
  }

  /** A new conversation gets its address, without loading. @param {string} conversation */
  adopt(conversation) {
    const room = this.#room
    history.pushState(null, "", `/c/${conversation}/`)
    room.dataset.conversation = conversation
    delete room.dataset.new
    room.composer.querySelector(".composer--large")?.classList.remove("composer--large")
    const menu = /** @type {HTMLElement | null} */ (room.querySelector("[data-current]"))
    if (menu) {
      menu.dataset.menuFor = conversation
      menu.hidden = false
    }
    happens("conversation-adopted", { conversation })
    happens("conversation-opened", { conversation })
  }

  #moved() {
    const { conversation } = this.#room
    if (location.pathname !== (conversation ? `/c/${conversation}/` : "/")) location.reload()
  }

  /** @param {(id: string) => string} titleOf */
  #retitle(titleOf) {
    const { conversation } = this.#room
    const title = conversation ? titleOf(conversation) : ""
    if (!title) return
    document.title = `${title} · ZaiChat`
    const heading = this.#room.querySelector("[data-title]")
    if (heading) heading.textContent = title
  }
}
