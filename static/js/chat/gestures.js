/** What people do to move a view: wheel, finger, keys, a pressed mouse. Layout does none of these. */

/** @typedef {import("#chat/scroll_state").Heading} Heading */

const JITTER = 3
/** @type {Record<string, Heading>} */
const KEYS = { ArrowUp: "up", PageUp: "up", Home: "up", ArrowDown: "down", PageDown: "down", End: "end" }
const FIELDS = "input, textarea, select, [contenteditable]"
const PRESSED_BY_SPACE = "a, button, summary"

/** Says where somebody heads in `view`. Gives back whether a mouse is held down in it: a bar that is
 * dragged and a text that is being marked move the view without further words.
 * @param {HTMLElement} view @param {(heading: Heading) => void} headed */
export function watchGestures(view, headed) {
  /** @param {Event} event @param {Heading} heading */
  const tell = (event, heading) => {
    if (!isTakenInside(/** @type {Element} */ (event.target), view, heading)) headed(heading)
  }
  view.addEventListener("wheel", (event) => {
    if (event.deltaY && !event.ctrlKey) tell(event, event.deltaY < 0 ? "up" : "down")
  }, { passive: true })
  view.addEventListener("keydown", (event) => {
    const heading = headingOf(event)
    if (heading) tell(event, heading)
  })
  watchFinger(view, tell)
  return watchMouse(view)
}

/** @param {KeyboardEvent} event @returns {Heading | undefined} */
export function headingOf(event) {
  const target = /** @type {Element} */ (event.target)
  if (event.defaultPrevented || event.isComposing || target.closest(FIELDS)) return undefined
  if (event.key !== " ") return KEYS[event.key]
  if (target.closest(PRESSED_BY_SPACE)) return undefined
  return event.shiftKey ? "up" : "down"
}

/** @param {HTMLElement} view @param {(event: Event, heading: Heading) => void} tell */
function watchFinger(view, tell) {
  let from = 0
  view.addEventListener("touchstart", (event) => { from = event.touches[0].clientY }, { passive: true })
  view.addEventListener("touchmove", (event) => {
    if (event.touches.length > 1) return
    const way = event.touches[0].clientY - from
    if (Math.abs(way) < JITTER) return
    from += way
    tell(event, way > 0 ? "up" : "down")
  }, { passive: true })
}

/** @param {HTMLElement} view @returns {() => boolean} */
function watchMouse(view) {
  let isDown = false
  view.addEventListener("pointerdown", (event) => { isDown = event.pointerType === "mouse" })
  // Some browsers swallow the release over a scroll bar; the next move of a free mouse tells.
  for (const name of ["pointerup", "pointercancel", "pointermove", "blur"]) {
    window.addEventListener(name, (event) => {
      if (!(event instanceof PointerEvent) || event.type !== "pointermove" || event.buttons === 0) isDown = false
    }, { passive: true })
  }
  return () => isDown
}

/** Whether something that scrolls by itself, inside the view, takes the movement.
 * @param {Element} target @param {HTMLElement} view @param {Heading} heading */
function isTakenInside(target, view, heading) {
  for (let element = /** @type {Element | null} */ (target); element && element !== view; element = element.parentElement) {
    const room = element.scrollHeight - element.clientHeight
    if (room < 1) continue
    const left = heading === "up" ? element.scrollTop : room - element.scrollTop
    if (left >= 1 && /auto|scroll/.test(getComputedStyle(element).overflowY)) return true
  }
  return false
}
