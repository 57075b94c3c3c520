/** Files that go along with a message, as they are told and counted. */
import { interpolate, ngettext } from "#lib/words"

/** @typedef {{attachments?: import("#chat/uploads").Stored[]}} Message */

/** The ids that the server is told. @param {Message} message */
export const filesOf = ({ attachments = [] }) => attachments.map(({ id }) => id)

/** Say in a chip above the composer how many pictures go along. @param {HTMLElement} chip
 *  @param {Message} message */
export function showCount(chip, { attachments = [] }) {
  const place = /** @type {HTMLElement | null} */ (chip.querySelector("[data-count]"))
  if (!place || !attachments.length) return
  const count = attachments.length
  place.hidden = false
  place.append(interpolate(ngettext("%(count)s picture", "%(count)s pictures", count), { count }))
}
