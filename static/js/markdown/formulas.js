/** Formulas are drawn by KaTeX, which is loaded with its style and fonts for the first of them.
 * Once it is here a formula is drawn before its block is seen, so that nothing flickers. */
import { later } from "#lib/later"

/** @type {((place: HTMLElement) => void) | undefined} */
let draw

/** @param {HTMLElement[]} places `.formula` elements with their source */
export function drawFormulas(places) {
  if (!places.length) return
  if (draw) places.forEach(draw)
  else later(() => drawWhenLoaded(places))
}

/** @param {HTMLElement[]} places */
async function drawWhenLoaded(places) {
  const katex = await import("#markdown/katex").catch(() => null)
  if (!katex) return
  await katex.styled
  draw = katex.draw
  for (const place of places) later(() => katex.draw(place))
}
