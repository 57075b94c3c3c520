/** Puts what opens beside what opened it, inside the window. */

const GAP = 4
const EDGE = 8

/** @param {HTMLElement} popover shown already, so that it has a size @param {Element} opener */
export function placeBeside(popover, opener) {
  const { top, right, bottom } = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const fitsBelow = bottom + GAP + height + EDGE < innerHeight
  const block = fitsBelow ? bottom + GAP : Math.max(EDGE, top - height - GAP)
  const inline = Math.max(EDGE, Math.min(right - width, innerWidth - width - EDGE))
  popover.style.inset = `${block}px auto auto ${inline}px`
  popover.style.margin = "0"
}
