/** The sidebar as a column that can be hidden, and on a phone as a drawer above everything else. */
import { isAnyOpen } from "#lib/popovers"
import { recall, remember } from "#lib/storage"
import { swipes } from "#sidebar/swiping"

const NARROW = "(max-width: 40rem)"
const STOPS = "a[href], button:not(:disabled, [tabindex='-1']), input, [tabindex='0']"

export class Drawer {
  #side
  /** @type {HTMLElement | null} */
  #opener = null
  /** The phone's own way back, where the browser lends it. @type {{destroy: () => void, onclose: unknown} | undefined} */
  #back

  /** @param {HTMLElement} side */
  constructor(side) {
    this.#side = side
    document.documentElement.toggleAttribute("data-sidebar-hidden", recall("sidebar", "shown") !== "shown")
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen || event.defaultPrevented || isAnyOpen()) return
      event.preventDefault()
      this.close()
    })
    side.addEventListener("keydown", (event) => {
      if (event.key === "Tab" && this.isOpen) this.#goRound(event)
    })
    matchMedia(NARROW).addEventListener("change", () => this.isOpen && this.close())
    swipes(side, { isNarrow: () => matchMedia(NARROW).matches, open: () => this.open(), close: () => this.close() })
  }

  /** Whether it is a drawer that stands open. */
  get isOpen() {
    return "open" in this.#side.dataset
  }

  /** @param {boolean} show @param {HTMLElement} opener */
  toggle(show, opener) {
    if (matchMedia(NARROW).matches) return show ? this.open(opener) : this.close()
    document.documentElement.toggleAttribute("data-sidebar-hidden", !show)
    remember("sidebar", show ? null : "hidden")
    this.#focus(show ? "hide" : "show")
  }

  /** @param {HTMLElement} [opener] gets the focus back */
  open(opener) {
    this.#opener = opener ?? null
    this.#set(true)
    this.#focus("hide")
  }

  close() {
    if (!this.isOpen) return
    const hadFocus = this.#side.contains(document.activeElement)
    this.#set(false)
    if (!hadFocus) return
    if (this.#opener?.isConnected) this.#opener.focus()
    else this.#focus("show")
  }

  /** While it is open nothing behind it can be reached, by a finger, the keyboard or a screen reader.
   * @param {boolean} open */
  #set(open) {
    this.#side.toggleAttribute("data-open", open)
    this.#lendBack(open)
    const inside = this.#side.querySelector(".side__in")
    inside?.setAttribute("role", open ? "dialog" : "complementary")
    inside?.toggleAttribute("aria-modal", open)
    if (open) inside?.setAttribute("aria-modal", "true")
    for (const other of this.#side.parentElement?.children ?? []) {
      if (other !== this.#side) other.toggleAttribute("inert", open)
    }
    document.querySelector(".skip")?.toggleAttribute("inert", open)
  }

  /** Back closes the drawer instead of leaving the page. @param {boolean} open */
  #lendBack(open) {
    this.#back?.destroy()
    this.#back = undefined
    const Watcher = /** @type {any} */ (window).CloseWatcher
    if (!open || !Watcher) return
    this.#back = new Watcher()
    if (this.#back) this.#back.onclose = () => this.close()
  }

  /** Behind the last stop of the keyboard comes the first. @param {KeyboardEvent} event */
  #goRound(event) {
    const all = /** @type {NodeListOf<HTMLElement>} */ (this.#side.querySelectorAll(STOPS))
    const stops = [...all].filter((stop) => stop.checkVisibility({ visibilityProperty: true }))
    const [end, start] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
    if (document.activeElement !== end) return
    event.preventDefault()
    start?.focus()
  }

  /** @param {"hide" | "show"} which button */
  #focus(which) {
    const inside = which === "hide" ? this.#side : document
    const button = /** @type {HTMLElement | null} */ (inside.querySelector(`[data-sidebar=${which}]`))
    button?.focus({ preventScroll: true })
  }
}
