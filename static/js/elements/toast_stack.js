/** <toast-stack>: short messages that leave by themselves, but not from under a pointer or the focus.
 *
 * Anybody may say `toast(words, more)`, or, without importing this,
 * `document.dispatchEvent(new CustomEvent("toast", { detail: words }))`. */
import { Countdown } from "#lib/countdown"
import { alarm, announce } from "#lib/saying"
import { gettext } from "#lib/words"

const STAYS = 5000
const PER_SIGN = 60
/** Screen readers speak of what changes in a page that they know already. */
const KNOWN = 800
/** Milliseconds: a second press belongs to the one before it. */
const TWICE = 500

/** `action` is a button, `href` makes the words a link; `spoken` is what a screen reader hears instead;
 * `shown` is given a way to take the message away, `left` is called when it has gone.
 * @typedef {{words: string, action?: {label: string, run: () => void}, href?: string, spoken?: string, stays?: number,
 *   level?: "error", shown?: (leave: () => void) => void, left?: () => void}} Toast */

export class ToastStack extends HTMLElement {
  #pressed = -Infinity
  /** Those that were there when one was pressed. @type {Set<Element | null>} */
  #moved = new Set()

  connectedCallback() {
    this.addEventListener("click", (event) => this.#guard(event), true)
    this.#standAbove(document.querySelector(".dock"))
    document.addEventListener("toast", (event) => this.#heard(/** @type {CustomEvent} */ (event).detail))
    for (const line of this.querySelectorAll(".toast")) {
      this.#leaveLater(/** @type {HTMLElement} */ (line), { words: line.textContent ?? "" })
    }
    setTimeout(() => this.#sayBrought(), KNOWN)
  }

  /** What the server wrote into the page is no change of it, and nobody would hear it. */
  #sayBrought() {
    for (const [say, lines] of /** @type {const} */ ([[alarm, "p[data-level=error]"], [announce, "p:not([data-level=error])"]])) {
      const words = [...this.querySelectorAll(lines)].map((line) => line.textContent).join(" ")
      if (words) say(words)
    }
  }

  /** Never over what is being written, however high that grows. @param {Element | null} dock */
  #standAbove(dock) {
    if (!dock) return
    const measure = () => {
      const { top, height: own } = dock.getBoundingClientRect()
      const height = own ? Math.max(0, innerHeight - top) : 0
      this.style.setProperty("--dock", `${Math.round(height)}px`)
    }
    const watcher = new ResizeObserver(measure)
    for (const part of [dock, document.body]) watcher.observe(part)
  }

  /** What moved to where something was just pressed was not meant. @param {MouseEvent} event */
  #guard(event) {
    const target = /** @type {Element} */ (event.target)
    if (performance.now() - this.#pressed < TWICE && this.#moved.has(target.closest(".toast"))) {
      event.preventDefault()
      event.stopPropagation()
    } else if (target.closest("button, a")) {
      this.#pressed = performance.now()
      this.#moved = new Set(this.children)
    }
  }

  /** @param {string | Toast} said */
  #heard(said) {
    const toast = typeof said === "string" ? { words: said } : said
    const line = lineOf(toast)
    this.append(line)
    const leave = this.#leaveLater(line, toast)
    line.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("button, a")) leave()
    })
    toast.shown?.(leave)
    announce(toast.spoken ?? toast.words)
  }

  /** @param {HTMLElement} line @param {Toast} toast */
  #leaveLater(line, toast) {
    const leave = () => {
      countdown.pause()
      if (!line.isConnected) return
      line.remove()
      toast.left?.()
      document.dispatchEvent(new CustomEvent("toast-left"))
    }
    const countdown = new Countdown(toast.stays ?? STAYS + PER_SIGN * toast.words.length, leave)
    for (const kind of ["pointerenter", "focusin"]) line.addEventListener(kind, () => countdown.pause())
    for (const kind of ["pointerleave", "focusout"]) {
      line.addEventListener(kind, () => {
        if (!line.matches(":hover, :focus-within")) countdown.resume()
      })
    }
    return leave
  }
}

/** @param {Toast} toast */
function lineOf({ words, action, href, level }) {
  const line = document.createElement("div")
  line.className = "toast"
  if (level) line.dataset.level = level
  const text = document.createElement(href ? "a" : "span")
  text.className = "toast__words"
  text.dir = "auto"
  text.textContent = words
  if (href) text.setAttribute("href", href)
  line.append(text)
  if (action) line.append(buttonOf(action))
  return line
}

/** @param {{label: string, run: () => void}} action */
function buttonOf({ label, run }) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "toast__action"
  button.textContent = label
  button.addEventListener("click", run)
  return button
}

/** @param {string} words @param {Omit<Toast, "words">} [more] */
export function toast(words, more = {}) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { words, ...more } }))
}

/** Say that the server did not do what was asked. @param {string} [words] */
export function toastError(words) {
  toast(words || gettext("The server cannot be reached. Try again."), { level: "error" })
}

customElements.define("toast-stack", ToastStack)
