/** <thinking-step>: a piece of thinking. While it grows it shows its seconds and its last words, or,
 * opened, all of it. Whether it stands open is the person's setting (`data-thinking-shown` on <html>:
 * closed, live, open) until they open or close it by hand. It never moves what somebody reads. */
import { watchGestures } from "#chat/gestures"
import { after, FOLLOWING } from "#chat/scroll_state"
import { serverTime } from "#lib/clock"
import { languageOf } from "#lib/language"
import { oncePerFrame } from "#lib/scheduling"
import { gettext, interpolate } from "#lib/words"

const PEEK = 240

export class ThinkingStep extends HTMLElement {
  #tail = ""
  #isTouched = false
  #view = FOLLOWING
  #paint = oncePerFrame(() => this.#show())
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking

  connectedCallback() {
    if (!this.isLive || this.#ticking) return
    this.#tail = this.text.slice(-PEEK)
    this.#ticking = setInterval(() => this.#tick(), 1000)
    this.#followInside()
    this.#show()
    this.#tick()
  }

  disconnectedCallback() {
    clearInterval(this.#ticking)
    this.#ticking = undefined
  }

  get isLive() {
    return "live" in this.dataset
  }

  get text() {
    return this.#body.textContent ?? ""
  }

  /** @param {string} text */
  addText(text) {
    const body = this.#body
    if (body.firstChild instanceof Text) body.firstChild.appendData(text)
    else body.textContent = text
    this.#grown(this.#tail + text)
  }

  /** @param {string} text */
  setText(text) {
    this.#body.textContent = text
    this.#tail = text.slice(-PEEK)
    this.#show()
  }

  /** It is over; times are the server's, in seconds. @param {number} [started] @param {number} [ended] */
  end(started, ended) {
    delete this.dataset.live
    this.disconnectedCallback()
    const name = this.querySelector(".step__name")
    if (name) name.textContent = thoughtFor(started, ended)
    const language = languageOf(this.text)
    if (language) this.#body.lang = language
    this.#fold()
  }

  /** @param {string} tail */
  #grown(tail) {
    this.#tail = tail.slice(-PEEK)
    if (this.isLive) this.#paint.wish()
  }

  /** What stood open only while it was written is folded, unless somebody is busy in it. */
  #fold() {
    const details = this.#details
    const isWished = document.documentElement.dataset.thinkingShown === "live"
    if (!isWished || !details.open || this.#isTouched || this.#isRead()) return
    const scroller = /** @type {import("#elements/follow_scroll").FollowScroll | null} */ (this.closest("follow-scroll"))
    if (scroller) scroller.keepPlace(() => { details.open = false })
    else details.open = false
  }

  #isRead() {
    const selection = getSelection()
    const isMarked = !!selection && !selection.isCollapsed && this.#body.contains(selection.anchorNode)
    return isMarked || this.#body.contains(document.activeElement) || this.#view.mode === "reading"
  }

  /** The opened body shows its end, unless somebody scrolls up in it. */
  #followInside() {
    const body = this.#body
    const gap = () => body.scrollHeight - body.clientHeight - body.scrollTop
    watchGestures(body, (heading) => {
      this.#view = after(this.#view, { what: "gesture", heading, gap: gap(), above: body.scrollTop, at: performance.now() })
    })
    body.addEventListener("scroll", () => {
      if (this.#view.mode === "reading" && gap() <= 1) this.#view = FOLLOWING
    }, { passive: true })
    this.#details.addEventListener("toggle", () => this.#show())
    this.querySelector("summary")?.addEventListener("click", () => { this.#isTouched = true })
  }

  #tick() {
    const seconds = Math.floor(serverTime() - Number(this.dataset.started ?? serverTime()))
    const time = this.querySelector(".step__time")
    if (time && seconds > 0) time.textContent = duration(seconds)
  }

  #show() {
    const line = this.querySelector(".thinking__peek span")
    if (line) line.textContent = this.#tail.replace(/\s+/g, " ")
    this.#body.lang ||= languageOf(this.#tail)
    if (this.isLive && this.#details.open && this.#view.mode === "following") this.#body.scrollTop = this.#body.scrollHeight
  }

  get #body() {
    return /** @type {HTMLElement} */ (this.querySelector(".step__body"))
  }

  get #details() {
    return /** @type {HTMLDetailsElement} */ (this.querySelector("details"))
  }
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return interpolate(gettext("%(seconds)s s"), { seconds })
  return interpolate(gettext("%(minutes)s min %(seconds)s s"), { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
}

/** @param {number} [started] @param {number} [ended] */
export function thoughtFor(started, ended) {
  if (started === undefined || ended === undefined) return gettext("Thought")
  const seconds = Math.max(1, Math.round(ended - started))
  if (seconds < 60) return interpolate(gettext("Thought for %(seconds)s s"), { seconds })
  const values = { minutes: Math.floor(seconds / 60), seconds: seconds % 60 }
  return interpolate(gettext("Thought for %(minutes)s min %(seconds)s s"), values)
}

customElements.define("thinking-step", ThinkingStep)
