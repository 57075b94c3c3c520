/** A question that is not asked yet, as a chip above the composer. */
import { showCount } from "#chat/attached"

const SAID = 60

/** Its words, what goes along, and what its buttons are about for those who do not see it beside
 * them. @param {HTMLElement} chip as cloned
 * @param {{text: string, attachments?: import("#chat/uploads").Stored[]}} question */
export function write(chip, question) {
  const { text = "" } = question
  const place = chip.querySelector("span")
  if (place) place.textContent = text
  const words = text.slice(0, 4 * SAID).replace(/\s+/g, " ").trim()
  const beginning = words.length > SAID ? `${words.slice(0, SAID - 1)}…` : words
  for (const button of chip.querySelectorAll("[aria-label]")) {
    button.setAttribute("aria-label", `${button.getAttribute("aria-label")}${beginning}`)
  }
  showCount(chip, question)
}
