/** Formulas are drawn by KaTeX, which is loaded with its style and fonts for the first of them.
 * Once it is here a formula is drawn before its block is seen, so that nothing flickers, unless there
 * are so many that the page would stand still. */
import { later } from "#lib/later"

/** How long formulas are drawn at once, in milliseconds. */
const TURN = 12

/** @type {((place: HTMLElement) => void) | undefined} */
let draw

/** @param {HTMLElement[]} places `.formula` elements with their source */
export function drawFormulas(places) {
  if (!places.length) return
  if (draw) drawAll(draw, places)
  else later(() => drawWhenLoaded(places))
}

/** @param {(place: HTMLElement) => void} draw @param {HTMLElement[]} places */
function drawAll(draw, places) {
  const until = performance.now() + TURN
  for (const place of places) {
    if (performance.now() < until) draw(place)
    else later(() => draw(place))
  }
}

/** @param {HTMLElement[]} places */
async function drawWhenLoaded(places) {
  const katex = await import("#markdown/katex").catch(() => null)
  if (!katex) return
  await katex.styled
  draw = katex.draw
  for (const place of places) later(() => katex.draw(place))
}
