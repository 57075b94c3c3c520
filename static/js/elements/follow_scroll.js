/** <follow-scroll>: shows the end while something is written there, or stays where somebody reads;
 * #chat/scroll_state decides which. Says `following` (detail: whether it does) when that changes. */
import { watchGestures } from "#chat/gestures"
import { anchorIn, fromTop } from "#chat/place"
import { after, FOLLOWING } from "#chat/scroll_state"

/** @type {Record<"PageUp" | "PageDown" | "Home" | "End", number>} */
const WAYS = { PageUp: -0.9, PageDown: 0.9, Home: -1, End: 1 }
const SETTLING = 5

export class FollowScroll extends HTMLElement {
  #state = FOLLOWING
  /** Where the view stood when it was last looked at, and how far it could go. */
  #top = 0
  #room = 0
  #isPressed = () => false
  /** @type {object | undefined} */
  #held
  /** @type {ResizeObserver | undefined} */
  #grown

  connectedCallback() {
    this.addEventListener("scroll", () => this.#scrolled(), { passive: true })
    this.#isPressed = watchGestures(this, (heading) => this.#headed(heading))
    document.addEventListener("keydown", (event) => this.#borrow(event))
    this.#grown = new ResizeObserver((changes) => this.#settle(changes.some(({ target }) => target === this)))
    this.#grown.observe(this)
    for (const child of this.children) this.#grown.observe(child)
    this.toggleAttribute("data-following", true)
    this.#toEnd()
  }

  disconnectedCallback() {
    this.#grown?.disconnect()
  }

  get isFollowing() {
    return this.#state.mode === "following"
  }

  /** Something was written since somebody began to read elsewhere. */
  get hasNews() {
    return this.#state.hasNews
  }

  /** Pixels to the end. */
  get gap() {
    return this.scrollHeight - this.clientHeight - this.scrollTop
  }

  /** Go to the end and stay there. */
  follow() {
    this.#held = undefined
    this.#take({ what: "follow" })
    this.#toEnd()
  }

  /** Something was written at the end. */
  written() {
    this.#take({ what: "news" })
  }

  /** Show this element so many pixels below the upper edge, and stay there.
   * @param {Element} element @param {number} offset */
  readAt(element, offset) {
    this.#take({ what: "read" })
    this.#hold({ element, offset, frames: SETTLING })
  }

  /** Keep what is read where it is while `change` does something to the page above or around it.
   * @param {() => void} change */
  keepPlace(change) {
    const anchor = anchorIn(this, /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-message]")]))
    const before = anchor ? fromTop(anchor, this) : 0
    change()
    if (this.isFollowing) this.#toEnd()
    else if (anchor?.isConnected) this.#to(this.scrollTop + fromTop(anchor, this) - before)
  }

  /** What comes into view gets its true height there, which may be another than was thought: look
   * again for some frames, unless somebody moves on.
   * @param {{element: Element, offset: number, frames: number}} held */
  #hold(held) {
    this.#held = held
    if (held.element.isConnected) this.#to(this.scrollTop + fromTop(held.element, this) - held.offset)
    const again = { ...held, frames: held.frames - 1 }
    if (again.frames > 0) requestAnimationFrame(() => this.#held === held && this.#hold(again))
  }

  /** @param {import("#chat/scroll_state").Heading} heading */
  #headed(heading) {
    this.#held = undefined
    this.#take({ what: "gesture", heading, gap: this.gap, above: this.scrollTop, at: performance.now() })
    if (heading === "end") this.#toEnd()
  }

  #scrolled() {
    const moved = this.scrollTop - this.#top
    const room = this.scrollHeight - this.clientHeight
    const settled = room === this.#room
    this.#look()
    if (this.#isPressed() && moved) this.#headed(moved < 0 ? "up" : "down")
    this.#take({ what: "scroll", moved, gap: this.gap, settled, at: performance.now() })
  }

  /** The layout is another. What somebody writes in here stays in sight when a keyboard takes its
   * room, and nothing pulls the view away from it. @param {boolean} isResized */
  #settle(isResized) {
    const field = document.activeElement?.closest("form")
    if (!field || !this.contains(field)) return this.isFollowing ? this.#toEnd() : this.#look()
    if (isResized) field.scrollIntoView({ block: "nearest" })
    this.#look()
  }

  /** Keys that move by a page or to either end work while nothing has the focus, and while one writes
   * as far as the box has no use for them. @param {KeyboardEvent} event */
  #borrow(event) {
    const way = WAYS[/** @type {"End"} */ (event.key)]
    if (!way || event.defaultPrevented || event.altKey || event.metaKey || event.shiftKey) return
    const isPage = event.key.startsWith("Page")
    if ((isPage && event.ctrlKey) || !isFree(/** @type {HTMLElement} */ (event.target), isPage)) return
    event.preventDefault()
    this.#headed(event.key === "End" ? "end" : way < 0 ? "up" : "down")
    this.scrollBy({ top: way * (isPage ? this.clientHeight : this.scrollHeight), behavior: "instant" })
  }

  #toEnd() {
    this.#to(this.scrollHeight)
  }

  /** @param {number} top */
  #to(top) {
    this.scrollTo({ top, behavior: "instant" })
    this.#look()
  }

  #look() {
    this.#top = this.scrollTop
    this.#room = this.scrollHeight - this.clientHeight
  }

  /** @param {import("#chat/scroll_state").ScrollEvent} event */
  #take(event) {
    const before = this.#state
    this.#state = after(before, event)
    if (this.#state.mode === before.mode && this.#state.hasNews === before.hasNews) return
    this.toggleAttribute("data-following", this.isFollowing)
    this.dispatchEvent(new CustomEvent("following", { bubbles: true, detail: this.isFollowing }))
  }
}

/** @param {HTMLElement} target @param {boolean} isPage */
function isFree(target, isPage) {
  if (target.id !== "message") return target === document.body
  const box = /** @type {HTMLTextAreaElement} */ (target)
  return isPage ? box.scrollHeight <= box.clientHeight + 1 : box.value === ""
}

customElements.define("follow-scroll", FollowScroll)
