/** Pulling a sheet down, off a phone's screen: it follows the finger, and goes when it was pulled far
 * enough, or flung. What scrolls in it scrolls first. */

const DECIDED = 8
const ENOUGH = 0.3
/** Pixels in a millisecond. */
const FLUNG = 0.5
const NARROW = "(max-width: 40rem)"
const SHEET = ":is([popover=''], [popover=auto]):popover-open"

/** @typedef {{sheet: HTMLElement, x: number, y: number, at: number, moved: number, decided: boolean}} Pull */

/** @type {Pull | null} */
let pull = null

export function watchSheets() {
  document.addEventListener("touchstart", began, { passive: true })
  for (const name of ["touchend", "touchcancel"]) document.addEventListener(name, ended)
}

/** @param {TouchEvent} event */
function began({ touches, target, timeStamp }) {
  const sheet = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(SHEET))
  letGo()
  if (!sheet || touches.length > 1 || !matchMedia(NARROW).matches || hasRoomAbove(/** @type {Element} */ (target), sheet)) return
  pull = { sheet, x: touches[0].clientX, y: touches[0].clientY, at: timeStamp, moved: 0, decided: false }
  // Not passive, so that the browser does not take the finger for one that scrolls.
  sheet.addEventListener("touchmove", moved, { passive: false })
}

/** @param {TouchEvent} event */
function moved(event) {
  if (!pull) return
  const [across, down] = [event.touches[0].clientX - pull.x, event.touches[0].clientY - pull.y]
  if (!pull.decided && Math.hypot(across, down) < DECIDED) return
  if (!pull.decided && (event.touches.length > 1 || down < Math.abs(across))) return letGo()
  pull.decided = true
  pull.moved = Math.max(0, down)
  if (event.cancelable) event.preventDefault()
  pull.sheet.style.translate = `0 ${pull.moved}px`
}

/** @param {Event} event */
function ended({ type, timeStamp }) {
  if (!pull) return
  const { sheet, at, moved: way, decided } = pull
  const isAway = way > ENOUGH * sheet.offsetHeight || way / Math.max(1, timeStamp - at) > FLUNG
  const isLeaving = decided && type === "touchend" && isAway
  letGo()
  if (isLeaving) sheet.hidePopover()
}

function letGo() {
  pull?.sheet.removeEventListener("touchmove", moved)
  pull?.sheet.style.removeProperty("translate")
  pull = null
}

/** @param {Element} target @param {Element} sheet */
function hasRoomAbove(target, sheet) {
  for (let at = /** @type {Element | null} */ (target); at; at = at === sheet ? null : at.parentElement) {
    if (at.scrollTop > 0 || at.matches("input, textarea, select")) return true
  }
  return false
}
