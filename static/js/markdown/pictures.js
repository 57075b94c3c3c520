/** Loads one picture from elsewhere, after a person asked for it.
 *
 * The page itself may show no foreign picture. A frame without an origin shows this one: its own
 * content policy names this address and no other, and it sends no referrer. */
import { gettext } from "#lib/words"
import { Frame } from "#markdown/frame"

const TALLEST = 480

/** @param {HTMLElement} place `.picture` */
export function load(place) {
  const address = place.dataset.source ?? ""
  const name = place.querySelector("a")?.textContent || gettext("Picture")
  const button = /** @type {HTMLButtonElement} */ (place.querySelector("button"))
  button.disabled = true
  const query = new URLSearchParams({ address })
  const frame = new Frame(`/frames/picture/?${query}`, name, "picture__frame", place)
  frame.hear(({ width, height, failed }) => {
    if (failed === true) fail(frame, button)
    else if (Number(width) > 0 && Number(height) > 0) fit(frame.element, button, Number(width), Number(height))
  })
}

/** @param {HTMLIFrameElement} frame @param {HTMLElement} button @param {number} width @param {number} height */
function fit(frame, button, width, height) {
  const scale = Math.min(1, TALLEST / height)
  frame.style.inlineSize = `${Math.round(width * scale)}px`
  frame.style.aspectRatio = `${width} / ${height}`
  button.hidden = true
}

/** @param {Frame} frame @param {HTMLButtonElement} button */
function fail(frame, button) {
  frame.element.remove()
  button.disabled = false
  const words = button.querySelector("span")
  if (words) words.textContent = gettext("The image could not be loaded. Try again")
}
