/** A question that is not asked yet, as a chip above the composer. */
import { kindsCounted, showCount } from "#chat/attached"

const SAID = 60

/** Its words, what goes along, and what its buttons are about – by the files where there are no words –
 * for those who do not see it beside them. @param {HTMLElement} chip as cloned
 * @param {{text: string, attachments?: import("#chat/uploads").Stored[]}} question */
export function write(chip, question) {
  const { text = "", attachments = [] } = question
  const place = chip.querySelector("span")
  if (place) place.textContent = text
  const words = text.slice(0, 4 * SAID).replace(/\s+/g, " ").trim() || kindsCounted(attachments)
  const beginning = words.length > SAID ? `${words.slice(0, SAID - 1)}…` : words
  for (const button of chip.querySelectorAll("[aria-label]")) {
    button.setAttribute("aria-label", `${button.getAttribute("aria-label")}${beginning}`)
  }
  showCount(chip, question)
}
