/** When the Markdown of finished answers is drawn: the newest at once, those near the view before
 * they are seen, the rest while nothing else is to do, so that a search in the page finds words and
 * not marks. */

const AT_ONCE = 4
const NEAR = "2000px 0px"
/** Beyond so many characters the rest waits until somebody comes near. */
const MOST_IN_IDLE = 1_500_000
const SLICE = 4

/** @typedef {import("#elements/markdown_body").MarkdownBody} MarkdownBody */

export class Drawing {
  #room
  #near
  #left = MOST_IN_IDLE
  #isWaiting = false

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    for (const body of this.#undrawn().slice(-AT_ONCE)) body.show()
    this.#near = new IntersectionObserver((entries) => this.#seen(entries), { root: room.scroller, rootMargin: NEAR })
    document.addEventListener("path-shown", () => this.#watch())
    this.#watch()
  }

  /** Before somebody is taken there. @param {Element} message */
  static around(message) {
    for (const near of [message.previousElementSibling, message, message.nextElementSibling]) draw(near)
  }

  #watch() {
    this.#near.disconnect()
    const waiting = new Set(this.#undrawn().map((body) => body.closest("article")))
    for (const message of waiting) if (message) this.#near.observe(message)
    this.#soon()
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    const near = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target)
    if (!near.length) return
    for (const message of near) this.#near.unobserve(message)
    this.#room.scroller.keepPlace(() => near.forEach(draw))
  }

  #soon() {
    if (this.#isWaiting || this.#left <= 0) return
    this.#isWaiting = true
    const idle = window.requestIdleCallback ?? ((/** @type {any} */ work) => setTimeout(() => work({ timeRemaining: () => SLICE + 1 }), 200))
    idle((deadline) => {
      this.#isWaiting = false
      this.#drawWhile(() => deadline.timeRemaining() > SLICE)
    })
  }

  /** From the end up: that is the way people go. @param {() => boolean} hasTime */
  #drawWhile(hasTime) {
    const bodies = this.#undrawn()
    while (bodies.length && this.#left > 0 && hasTime()) {
      const body = /** @type {MarkdownBody} */ (bodies.pop())
      this.#left -= body.textContent?.length ?? 0
      body.show()
    }
    if (bodies.length) this.#soon()
  }

  #undrawn() {
    return /** @type {MarkdownBody[]} */ ([...this.#room.querySelectorAll("markdown-body:not(.is-drawn)")])
  }
}

/** @param {Element | null} message */
function draw(message) {
  for (const body of message?.querySelectorAll("markdown-body") ?? []) /** @type {MarkdownBody} */ (body).show()
}
