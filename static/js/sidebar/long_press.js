/** A finger that rests on a row opens its menu, as a right click elsewhere would; where the browser
 * says nothing of that by itself, the time counts. */

const RESTS = 500
const JITTER = 10

/** @param {HTMLElement} side @param {(row: HTMLElement) => void} open */
export function listenForLongPress(side, open) {
  let timer = 0
  let from = { x: 0, y: 0 }
  let isOpened = false
  const stop = () => clearTimeout(timer)

  side.addEventListener("touchstart", ({ touches, target }) => {
    const row = rowOf(target)
    stop()
    isOpened = false
    if (!row || touches.length > 1) return
    from = { x: touches[0].clientX, y: touches[0].clientY }
    timer = window.setTimeout(() => {
      isOpened = true
      open(row)
    }, RESTS)
  }, { passive: true })
  side.addEventListener("touchmove", ({ touches: [{ clientX, clientY }] }) => {
    if (Math.hypot(clientX - from.x, clientY - from.y) > JITTER) stop()
  }, { passive: true })
  // What is let go over the row, or over the menu that has come there, is no press of its own.
  side.addEventListener("touchend", (event) => {
    stop()
    if (isOpened && event.cancelable) event.preventDefault()
  })
  side.addEventListener("touchcancel", stop)
  // The browser's own menu of a link would lie over ours.
  side.addEventListener("contextmenu", (event) => {
    if (/** @type {PointerEvent} */ (event).pointerType === "touch" && rowOf(event.target)) event.preventDefault()
  })
}

/** @param {EventTarget | null} target */
function rowOf(target) {
  const link = /** @type {Element} */ (target).closest(".entry__link")
  return /** @type {HTMLElement | null} */ (link?.closest(".entry:not(.entry--renaming)") ?? null)
}
