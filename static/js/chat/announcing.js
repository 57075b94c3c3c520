/** What a screen reader hears of an answer: that it is being written, that it still is, and then the
 * answer, once. Never word by word: the transcript itself is silent. */
import { Stopped } from "#chat/stopped"
import { alarm, announce } from "#lib/saying"
import { gettext, interpolate } from "#lib/words"

export { announce }

const AGAIN = 7000
const MAX_SIGNS = 600
const SILENT = "button, svg, .katex-html, [aria-hidden=true], [hidden]"

export class Announcing {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #reminder
  /** The generation whose end was said: a line that comes back tells it again. */
  #ended = ""
  #stopped

  /** @param {HTMLElement} room */
  constructor(room) {
    this.room = room
    this.#stopped = new Stopped(room)
    document.addEventListener("answer-opened", () => this.#begin())
    document.addEventListener("answer-ended", (event) => this.#end(/** @type {CustomEvent} */ (event).detail))
    document.addEventListener("conversation-opened", () => this.#join())
    this.#join()
  }

  get #streaming() {
    return this.room.querySelector("[data-role=assistant][data-status=streaming]")
  }

  /** An answer may be on its way already when the page shows it. */
  #join() {
    if (this.#streaming) this.#begin()
  }

  #begin() {
    announce(gettext("Generating answer"))
    clearInterval(this.#reminder)
    this.#reminder = setInterval(() => this.#remind(), AGAIN)
  }

  #remind() {
    if (this.#streaming) announce(gettext("Still generating"))
    else clearInterval(this.#reminder)
  }

  /** @param {{message: string, generation: string, status: string}} how */
  #end(how) {
    const { message, generation, status } = how
    if (!this.#streaming) clearInterval(this.#reminder)
    if (this.#ended === generation) return
    this.#ended = generation
    const article = this.room.querySelector(`[data-message="${message}"]`)
    if (status === "failed") alarm(article?.querySelector(".verdict b")?.textContent ?? "")
    else if (status === "stopped") announce(this.#stopped.ended(how))
    else announce(status === "done" ? spoken(article) : endingOf(status))
  }
}

/** @param {string} status */
function endingOf(status) {
  const endings = {
    interrupted: gettext("The answer was interrupted."),
    blocked: gettext("The answer was withdrawn."),
  }
  return endings[/** @type {"blocked"} */ (status)] ?? ""
}

/** An answer as it is read out: its words without what is only drawn, and not without end.
 * @param {Element | null} article */
export function spoken(article) {
  const texts = [...(article?.querySelectorAll(".message__text") ?? [])]
  const words = shortened(texts.flatMap(blocksOf).join(" ").replace(/\s+/g, " ").trim())
  const cut = article?.querySelector(".notice[data-code=length]:not([hidden])")?.textContent?.trim()
  return cut ? `${words} ${cut}` : interpolate(gettext("Answer complete. %(words)s"), { words }).trim()
}

/** @param {Element} text */
function blocksOf(text) {
  const copy = /** @type {Element} */ (text.cloneNode(true))
  for (const silent of copy.querySelectorAll(SILENT)) silent.remove()
  for (const block of copy.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6, pre, td, th, blockquote")) block.append(" ")
  return [copy.textContent ?? ""]
}

/** @param {string} words */
function shortened(words) {
  if (words.length <= MAX_SIGNS) return words
  const cut = words.slice(0, MAX_SIGNS)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MAX_SIGNS - 40))}…`
}
