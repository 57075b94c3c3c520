/** Which way a block of an answer is read. An answer in Arabic has English in it, and the other way
 * round: every block goes its own way, and a technical term at its beginning does not turn it. */

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g
const LATIN = /[A-Za-z\u00c0-\u024f]/g
/** Of the letters of a block, so many from right to left make it one. */
const SHARE = 0.3

/** @param {Element} block code in it says nothing about its language */
export function isRightToLeft(block) {
  if (!block.textContent?.match(RIGHT_TO_LEFT)) return false
  const words = /** @type {Element} */ (block.cloneNode(true))
  for (const code of words.querySelectorAll("code, pre, [data-source]")) code.remove()
  const text = words.textContent ?? ""
  const [right, latin] = [RIGHT_TO_LEFT, LATIN].map((letters) => text.match(letters)?.length ?? 0)
  return right > 0 && right >= SHARE * (right + latin)
}
