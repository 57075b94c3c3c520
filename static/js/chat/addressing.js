/** Where this page is: the address of the conversation, its name in the tab and at its head. */
import { bring, take } from "#chat/crossing"
import { happens } from "#chat/happenings"

const FIRST_TITLE = 60
const SITE = "ZaiChat"

export class Addressing {
  #room
  #title = document.title.replace(/ · ZaiChat$/, "")
  /** An answer was being written, or has ended, while nobody looked. */
  #mark = ""

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    if (!room.conversation) take()
    window.addEventListener("popstate", () => this.#moved())
    document.addEventListener("titles", (event) => this.#retitle(/** @type {CustomEvent} */ (event).detail))
    for (const name of ["answer-opened", "answer-ended", "path-shown"]) {
      document.addEventListener(name, () => this.#paint())
    }
    document.addEventListener("visibilitychange", () => this.#paint())
    if (room.conversation) happens("conversation-opened", { conversation: room.conversation })
  }

  /** A new conversation gets its address, without loading, and its first words as its name.
   * @param {string} conversation @param {string} [question] */
  adopt(conversation, question) {
    const room = this.#room
    history.pushState(null, "", `/c/${conversation}/`)
    bring(conversation)
    room.dataset.conversation = conversation
    delete room.dataset.new
    room.closest(".app")?.classList.remove("app--new")
    room.composer.querySelector(".composer--large")?.classList.remove("composer--large")
    const menu = /** @type {HTMLElement | null} */ (room.querySelector("[data-current]"))
    if (menu) {
      menu.dataset.menuFor = conversation
      menu.hidden = false
    }
    if (question) this.#name(question.split(/\s+/).join(" ").trim().slice(0, FIRST_TITLE))
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
    if (title) this.#name(title)
  }

  /** @param {string} title */
  #name(title) {
    this.#title = title
    const heading = /** @type {HTMLElement | null} */ (this.#room.querySelector("h1[data-title]"))
    if (heading) {
      heading.textContent = title
      heading.hidden = false
    }
    this.#paint()
  }

  #paint() {
    const isWriting = this.#room.log.streaming.length > 0
    if (!document.hidden) this.#mark = ""
    else if (isWriting) this.#mark = "● "
    else if (this.#mark) this.#mark = "✓ "
    document.title = `${this.#mark}${this.#title} · ${SITE}`
  }
}
