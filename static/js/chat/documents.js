/** What was read of documents, in words, while an answer streams; the twin of the server's, tested
 * with the same cases.
 * @typedef {{number: number, id: string, name: string, page_count: number, pages: [number, number][],
 *   unseen?: [number, number][], cut?: [number, number][], labels?: Record<string, string>,
 *   unit?: string}} ReadFile `unit`: what its pages are, where that is another word */
import { counted, numbers, places } from "#chat/units"
import { gettext, interpolate } from "#lib/words"

/** @param {{[key: string]: any, files?: ReadFile[], again?: boolean}} part */
export function readWords({ files = [], again }) {
  if (!files.length || again) return ""
  const isRead = files.some(({ pages, unseen }) => pages.length || unseen?.length)
  const words = isRead ? gettext("Read: %(documents)s") : gettext("Not read: %(documents)s")
  return interpolate(words, { documents: files.map(readOf).join(gettext("; ")) })
}

/** @param {ReadFile} file */
function readOf({ name, page_count: count, pages, unseen = [], cut = [], unit = "" }) {
  const about = { name, count, counted: counted(unit, count), places: places(unit, pages) }
  return interpolate(wordsFor(count, pages, unseen), about) + cutOf(cut, unit) + unseenOf(unseen)
}

/** @param {number} count @param {[number, number][]} pages @param {[number, number][]} unseen */
function wordsFor(count, pages, unseen) {
  const given = [...pages, ...unseen].reduce((sum, [first, last]) => sum + last - first + 1, 0)
  if (!pages.length && !unseen.length) return gettext("%(name)s – nothing of it fitted")
  if (!pages.length) return gettext("%(name)s – no page")
  if (given < count) return gettext("%(name)s – %(places)s of %(count)s: the rest did not fit")
  if (unseen.length) return gettext("%(name)s – %(places)s of %(count)s")
  return count > 1 ? gettext("%(name)s – all %(counted)s") : gettext("%(name)s – %(counted)s")
}

/** @param {[number, number][]} cut @param {string} unit */
function cutOf(cut, unit) {
  return cut.length ? interpolate(gettext(" (only the beginning of %(places)s)"), { places: places(unit, cut) }) : ""
}

/** @param {[number, number][]} unseen */
function unseenOf(unseen) {
  const words = gettext(" (scanned, and not shown to the model: %(pages)s)")
  return unseen.length ? interpolate(words, { pages: numbers(unseen) }) : ""
}
