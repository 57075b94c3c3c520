/** How a question that the server does not have yet looks: on its way, waiting for a line, refused. */
import { gettext } from "#lib/words"

/** @param {HTMLElement} item */
export const isRefused = (item) => item.dataset.state === "refused"

/** @param {HTMLElement} item @param {string} words @param {boolean} [isSure] nobody will answer it */
export function showRefusal(item, words, isSure = true) {
  item.dataset.state = "refused"
  note(item, words)
  for (const button of item.querySelectorAll("button")) {
    button.hidden = !isSure && button.dataset.action === "take-back"
  }
}

/** `isAway`: there is no line; `isSaid`: a server may have heard it, so that nobody can say whether it
 * would be answered after it was taken back.
 * @param {HTMLElement} item @param {{isAway: boolean, isSaid: boolean}} how */
export function showWaiting(item, { isAway, isSaid }) {
  item.dataset.state = isAway ? "away" : "slow"
  note(item, isAway ? gettext("Waiting for the connection") : gettext("Sending…"))
  for (const button of item.querySelectorAll("button")) {
    button.hidden = !isAway || isSaid || button.dataset.action === "resend"
  }
}

/** @param {HTMLElement} item @param {string} words */
function note(item, words) {
  const small = /** @type {HTMLElement | null} */ (item.querySelector("small[data-note]"))
  if (!small) return
  small.textContent = words
  small.hidden = false
}
