/** Where an enlarged picture stands: how much larger, and how far it was moved, in pixels from the
 * middle of its stage. Pure, so that fingers, wheels and keys do the same.
 * @typedef {{scale: number, x: number, y: number}} Place */

export const MOST = 8
/** So many pixels of a finger mean something. */
const SWIPE = 60
const PULL = 100
/** @type {Place} */
export const WHOLE = { scale: 1, x: 0, y: 0 }

/** Enlarged by `factor`, so that the point (px, py) of the stage stays where it is.
 * @param {Place} place @param {number} factor @param {number} px @param {number} py @returns {Place} */
export function zoomed(place, factor, px, py) {
  const scale = Math.min(MOST, Math.max(1, place.scale * factor))
  if (scale === 1) return WHOLE
  const grown = scale / place.scale
  return { scale, x: px - (px - place.x) * grown, y: py - (py - place.y) * grown }
}

/** Moved, but never so far that the picture leaves the stage.
 * @param {Place} place @param {number} dx @param {number} dy
 * @param {{width: number, height: number}} picture its size at scale 1 @returns {Place} */
export function moved(place, dx, dy, picture) {
  const [mostX, mostY] = [picture.width, picture.height].map((size) => (size * (place.scale - 1)) / 2)
  return { ...place, x: within(place.x + dx, mostX), y: within(place.y + dy, mostY) }
}

/** Where a whole picture follows a finger to: to either side, or down.
 * @param {{x: number, y: number}} swiped */
export function carried({ x, y }) {
  return Math.abs(x) >= Math.abs(y) ? { x, y: 0 } : { x: 0, y: Math.max(0, y) }
}

/** What was meant by it: the picture before or after this one, or away with it.
 * @param {{x: number, y: number}} swiped @returns {"before" | "after" | "away" | null} */
export function wayOf(swiped) {
  const { x, y } = carried(swiped)
  if (y >= PULL) return "away"
  if (Math.abs(x) < SWIPE) return null
  return x < 0 ? "after" : "before"
}

/** @param {number} value @param {number} most */
function within(value, most) {
  return Math.min(most, Math.max(-most, value))
}
