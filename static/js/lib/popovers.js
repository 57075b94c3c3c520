/** Puts what opens beside what opened it, inside the window. */

const GAP = 4
const EDGE = 8
/** What a click elsewhere closes, too. */
const OPEN = ":is([popover=''], [popover=auto]):popover-open"

/** Whoever goes on by the Tab key leaves what is open: it would lie over where the focus is. */
export function closeWhenLeft() {
  document.addEventListener("focusin", ({ target }) => {
    for (const popover of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(OPEN))) {
      const place = /** @type {Element} */ (target)
      const isOpener = !!place.closest(`[popovertarget="${CSS.escape(popover.id)}"]`)
      if (!isOpener && !popover.contains(place)) popover.hidePopover()
    }
  })
}

/** `data-covered` on the page's frame while something is open: a style that looks for it by itself
 * would have the browser look again at every change of the page. */
export function tellCovered() {
  const frame = document.querySelector(".app")
  if (!frame) return
  const look = (/** @type {boolean} */ isOpening) => {
    frame.toggleAttribute("data-covered", isOpening || !!frame.querySelector(":popover-open"))
  }
  document.addEventListener("beforetoggle", ({ target, newState }) => {
    if (newState === "open" && /** @type {Element} */ (target).matches(".app [popover]")) look(true)
  }, { capture: true })
  document.addEventListener("toggle", ({ target }) => {
    if (/** @type {Element} */ (target).matches(".app [popover]")) look(false)
  }, { capture: true })
}

/** Whether there is something open that Escape closes first. */
export function isAnyOpen() {
  return !!document.querySelector(`${OPEN}, dialog[open]`)
}

/** Whoever taps beside what is open gets the focus back to what opened it, unless they pressed
 * something: else it would be nowhere. @param {HTMLElement} popover @param {() => HTMLElement | undefined} opener */
export function giveFocusBack(popover, opener) {
  let isClosing = false
  const give = () => {
    if (isClosing && document.activeElement === document.body) opener()?.focus({ preventScroll: true })
  }
  popover.addEventListener("toggle", (event) => {
    isClosing = /** @type {ToggleEvent} */ (event).newState === "closed"
    give()
  })
  // The mouse that browsers make of a finger takes the focus away after that.
  document.addEventListener("click", give)
  document.addEventListener("pointerdown", () => (isClosing = false))
}

/** Arrows, Home and End go through what a menu offers, round and round, a letter to what begins with it.
 * Tab leaves it from where it was opened.
 * @param {KeyboardEvent} event @param {HTMLElement[]} entries */
export function walk(event, entries) {
  const { key, altKey, ctrlKey, metaKey } = event
  if (altKey || ctrlKey || metaKey) return
  if (key === "Tab") return void (/** @type {HTMLElement | null} */ (entries[0]?.closest("[popover]"))?.hidePopover())
  const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  const places = { ArrowDown: at + 1, ArrowUp: Math.max(at, 0) - 1, Home: 0, End: -1 }
  const place = places[/** @type {"Home"} */ (key)]
  const next = key in places ? entries.at(place % entries.length) : beginningWith(key, [...entries.slice(at + 1), ...entries])
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** @param {string} key @param {HTMLElement[]} entries */
function beginningWith(key, entries) {
  if (key.trim().length !== 1) return undefined
  const named = (/** @type {HTMLElement} */ entry) => (entry.ariaLabel ?? entry.textContent ?? "").trim()
  return entries.find((entry) => named(entry).toLowerCase().startsWith(key.toLowerCase()))
}

/** A menu that the browser opens: its first entry gets the focus, and arrows go on from there.
 * @param {HTMLElement} menu */
export function walkWhenOpen(menu) {
  const all = () => /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("a, button")])
  // Without scripts Tab goes through it.
  for (const entry of all()) entry.tabIndex = -1
  const entries = () => all().filter((entry) => entry.checkVisibility?.() ?? true)
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") entries()[0]?.focus()
  })
  menu.addEventListener("keydown", (event) => walk(event, entries()))
}

/** @param {HTMLElement} popover shown already, so that it has a size @param {Element} opener
 *  @param {"start" | "end"} [edge] which edges of the two are in line, as far as there is room */
export function placeBeside(popover, opener, edge = "end") {
  const { top, left, right, bottom } = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const fitsBelow = bottom + GAP + height + EDGE < innerHeight
  const block = fitsBelow ? bottom + GAP : Math.max(EDGE, top - height - GAP)
  const isLeft = (edge === "start") === (getComputedStyle(opener).direction !== "rtl")
  const inline = Math.max(EDGE, Math.min(isLeft ? left : right - width, innerWidth - width - EDGE))
  popover.style.inset = `${block}px auto auto ${inline}px`
  popover.style.margin = "0"
}
