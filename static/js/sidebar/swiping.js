/** Swiping a drawer in from its side of the screen and out again; it follows the finger. The very edge
 * belongs to the browser or the system on many phones, so a wide strip counts. */

const STRIP = 0.35
const DECIDED = 10
const ENOUGH = 0.3

/** @typedef {{isNarrow: () => boolean, open: () => void, close: () => void}} Drawer */

/** @param {HTMLElement} side @param {Drawer} drawer */
export function swipes(side, drawer) {
  /** @type {{x: number, y: number, opening: boolean, moved: number, decided: boolean} | null} */
  let swipe = null
  const sign = () => (getComputedStyle(side).direction === "rtl" ? -1 : 1)
  const isOpen = () => "open" in side.dataset

  document.addEventListener("touchstart", ({ touches, target }) => {
    swipe = null
    if (touches.length !== 1 || !drawer.isNarrow() || usesSwipes(/** @type {Element} */ (target))) return
    const [{ clientX: x, clientY: y }] = touches
    const fromEdge = sign() > 0 ? x : innerWidth - x
    if (isOpen() || fromEdge < STRIP * innerWidth) swipe = { x, y, opening: !isOpen(), moved: 0, decided: false }
  }, { passive: true })

  document.addEventListener("touchmove", ({ touches }) => {
    if (!swipe) return
    const [across, down] = [touches[0].clientX - swipe.x, touches[0].clientY - swipe.y]
    if (!swipe.decided && Math.hypot(across, down) < DECIDED) return
    if (!swipe.decided && Math.abs(down) > Math.abs(across)) return void (swipe = null)
    swipe.decided = true
    const { width } = side.getBoundingClientRect()
    const way = across * sign() * (swipe.opening ? 1 : -1)
    swipe.moved = Math.max(0, Math.min(1, way / width))
    follow(side, swipe.opening ? swipe.moved : 1 - swipe.moved, sign())
  }, { passive: true })

  const end = () => {
    if (!swipe?.decided) return
    const { opening, moved } = swipe
    swipe = null
    letGo(side)
    if (moved < ENOUGH) return
    if (opening) drawer.open()
    else drawer.close()
  }
  document.addEventListener("touchend", end)
  document.addEventListener("touchcancel", end)
}

/** Whether a swipe there has a meaning of its own: in a field, or in what scrolls sideways.
 * @param {Element} target */
function usesSwipes(target) {
  if (target.closest("input, textarea, dialog, [popover]")) return true
  for (let at = /** @type {Element | null} */ (target); at; at = at.parentElement) {
    if (at.scrollWidth > at.clientWidth && /auto|scroll/.test(getComputedStyle(at).overflowX)) return true
  }
  return false
}

/** @param {HTMLElement} side @param {number} part how much of it is in view @param {number} sign */
function follow(side, part, sign) {
  side.style.transition = "none"
  side.style.visibility = "visible"
  side.style.translate = `${(part - 1) * 100 * sign}% 0`
}

/** @param {HTMLElement} side */
function letGo(side) {
  for (const name of ["transition", "visibility", "translate"]) side.style.removeProperty(name)
}
