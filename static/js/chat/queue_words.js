/** What the composer says of its queue: whether Send now stops an answer, and what becomes of what is
 * written next. */
import { gettext, interpolate, ngettext } from "#lib/words"

const NARROW = "(max-width: 40rem)"

/** @param {HTMLElement} composer */
export function showQueue(composer) {
  const isBusy = composer.querySelector("[data-stop]:not([hidden])") !== null
  const stops = isBusy ? gettext("Stops the answer that is being written, and sends this next") : ""
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (composer.querySelectorAll("[data-action=send-now]"))) {
    button.title = stops
  }
  showPlaceholder(/** @type {HTMLTextAreaElement} */ (composer.querySelector("#message")), isBusy, heldIn(composer).length > 0)
}

/** What is paused does not hold up what is written next.
 * @param {HTMLTextAreaElement} field @param {boolean} isBusy @param {boolean} isPaused */
function showPlaceholder(field, isBusy, isPaused) {
  const words = field.dataset
  const idle = (words.placeholder ??= field.placeholder)
  const whileBusy = matchMedia(NARROW).matches ? words.placeholderNarrow : words.placeholderBusy
  field.placeholder = (isBusy ? whileBusy : isPaused && words.placeholderPaused) || idle
}

/** The questions that wait for their person. @param {Element} composer */
export function heldIn(composer) {
  return /** @type {HTMLElement[]} */ ([...composer.querySelectorAll("[data-waiting][data-held]:not([hidden])")])
}

/** @param {number} count of questions that Stop has paused */
export function pausedWords(count) {
  const words = ngettext(
    "%(count)s waiting message is paused. Press Send now beside it to go on.",
    "%(count)s waiting messages are paused. Press Send now beside one to go on.",
    count,
  )
  return interpolate(words, { count })
}
