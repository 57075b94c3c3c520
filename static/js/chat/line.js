/** The line to the server as a person sees it: a notice while it is broken, and a look whether it
 * lives whenever the device says that something changed. */
import { offerAgain } from "#chat/actions"
import { fetchNodes } from "#lib/requests"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

const PATIENCE = 2000

export class Line {
  #room
  #channel
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    this.#channel = room.channel
    this.#channel.addEventListener("ready", () => this.#ready())
    this.#channel.addEventListener("lost", (event) => this.#lost(/** @type {CustomEvent} */ (event).detail))
    this.#channel.addEventListener("signedout", () => location.reload())
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#channel.check()
    })
    window.addEventListener("online", () => {
      this.#showOffline(!this.#channel.isReady)
      this.#channel.check()
    })
    window.addEventListener("offline", () => this.#showOffline(true))
  }

  #ready() {
    this.#showOffline(false)
    document.documentElement.dataset.ready = ""
  }

  /** @param {{reason: string, attempt?: number}} detail */
  #lost({ reason, attempt = 0 }) {
    if (reason === "too-many" && attempt < 2) toast(gettext("ZaiChat is open in too many tabs. Close some of them."))
    offerAgain(this.#room)
    this.#patience ??= setTimeout(() => this.#showOffline(true), PATIENCE)
    // A server that forgot us refuses the socket without saying why; a page says it by a redirect.
    if (attempt === 2) fetchNodes("/sidebar/").catch(() => undefined)
  }

  /** @param {boolean} isOffline */
  #showOffline(isOffline) {
    clearTimeout(this.#patience)
    this.#patience = undefined
    const notice = /** @type {HTMLElement | null} */ (this.#room.querySelector("[data-offline]"))
    if (notice) notice.hidden = !isOffline
  }
}
