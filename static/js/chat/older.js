/** Messages before and after those on the page. They come by themselves when one scrolls near them;
 * what is read stays where it is. The links remain for those who press them. */
import { happens } from "#chat/happenings"
import { fetchNodes } from "#lib/requests"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

const NEAR = "1200px 0px"

export class Older {
  #room
  #near
  #isLoading = false

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    this.#near = new IntersectionObserver((entries) => this.#seen(entries), { root: room.scroller, rootMargin: NEAR })
    room.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a[data-older], a[data-later]")
      if (!link) return
      event.preventDefault()
      this.#show(link, true)
    })
    document.addEventListener("path-shown", () => this.#watch())
    window.addEventListener("online", () => this.#watch())
    this.#watch()
  }

  /** Look anew: what is near already is told at once. */
  #watch() {
    this.#near.disconnect()
    for (const link of this.#room.querySelectorAll("a[data-older], a[data-later]")) this.#near.observe(link)
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    const near = entries.find((entry) => entry.isIntersecting)
    if (near) this.#show(near.target, false)
  }

  /** @param {Element} link @param {boolean} isWished somebody waits for it, and wants to know */
  async #show(link, isWished) {
    if (this.#isLoading) return
    this.#isLoading = true
    const { scroller, log, conversation } = this.#room
    try {
      const path = await fetchNodes(link.getAttribute("href") ?? "")
      if (!link.isConnected) return
      if (link.hasAttribute("data-older")) scroller.keepPlace(() => log.prepend(path))
      else scroller.keepPlace(() => log.append(path))
      happens("path-shown", { conversation })
    } catch {
      if (isWished) toast(gettext("The server cannot be reached. Try again."))
    } finally {
      this.#isLoading = false
    }
  }
}
