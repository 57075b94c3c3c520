/** Files that go along with a message, as they are told and counted. */
import { gettext, interpolate, ngettext } from "#lib/words"

/** @typedef {{attachments?: import("#chat/uploads").Stored[]}} Message */

/** The ids that the server is told. @param {Message} message */
export const filesOf = ({ attachments = [] }) => attachments.map(({ id }) => id)

/** Say in a chip above the composer what goes along. @param {HTMLElement} chip @param {Message} message */
export function showCount(chip, { attachments = [] }) {
  const place = /** @type {HTMLElement | null} */ (chip.querySelector("[data-count]"))
  if (!place || !attachments.length) return
  place.hidden = false
  place.append(kindsCounted(attachments))
}

/** `2 pictures, 1 document`. @param {{kind?: string}[]} files */
export function kindsCounted(files) {
  const number = (/** @type {string} */ kind) => files.filter((file) => (file.kind ?? "image") === kind).length
  const said = [
    say(number("image"), (count) => ngettext("%(count)s picture", "%(count)s pictures", count)),
    say(number("document"), (count) => ngettext("%(count)s document", "%(count)s documents", count)),
    say(number("video"), (count) => ngettext("%(count)s film", "%(count)s films", count)),
    say(number("audio"), (count) => ngettext("%(count)s recording", "%(count)s recordings", count)),
  ]
  return said.filter(Boolean).join(gettext(", "))
}

/** @param {number} count @param {(count: number) => string} words */
const say = (count, words) => (count ? interpolate(words(count), { count }) : "")
