/** How much can be sent at once, and how near a text is to that. */
import { gettext } from "#lib/words"

const NEAR = 0.9

/** How many characters a text is longer than the limit, or less than 1.
 * @param {string} text @param {number} limit */
export function tooMuch(text, limit) {
  return text.length <= limit ? 0 : [...text].length - limit
}

/** Tell in `line` how many of the characters are used, once it matters.
 * @param {HTMLElement} line @param {string} text @param {number} limit */
export function showLength(line, text, limit) {
  line.hidden = text.length < NEAR * limit
  if (line.hidden) return
  const count = [...text].length
  line.textContent = `${inFigures(count)} / ${inFigures(limit)}`
  line.classList.toggle("is-danger", count > limit)
}

/** @param {string} text @param {number} limit */
export function refusal(text, limit) {
  return gettext("The message has {count} characters; at most {limit} can be sent.")
    .replace("{count}", inFigures([...text].length))
    .replace("{limit}", inFigures(limit))
}

/** @param {number} number */
const inFigures = (number) => number.toLocaleString(document.documentElement.lang || "en")
