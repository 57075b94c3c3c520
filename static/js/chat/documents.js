/** What was read of documents, in words, while an answer streams; the twin of the server's, tested
 * with the same cases.
 * @typedef {{number: number, id: string, name: string, page_count: number, pages: [number, number][],
 *   unseen?: [number, number][], cut?: [number, number][], labels?: Record<string, string>}} ReadFile */
import { gettext, interpolate } from "#lib/words"

const MOST_RANGES = 12

/** @param {{[key: string]: any, files?: ReadFile[], again?: boolean}} part */
export function readWords({ files = [], again }) {
  if (!files.length || again) return ""
  return interpolate(gettext("Read: %(documents)s"), { documents: files.map(readOf).join(gettext("; ")) })
}

/** @param {ReadFile} file */
function readOf({ name, page_count: count, pages, unseen = [], cut = [] }) {
  const words = interpolate(wordsFor(count, pages, unseen), { name, count, pages: numbers(pages) })
  return words + cutOf(cut) + unseenOf(unseen)
}

/** @param {number} count @param {[number, number][]} pages @param {[number, number][]} unseen */
function wordsFor(count, pages, unseen) {
  const given = [...pages, ...unseen].reduce((sum, [first, last]) => sum + last - first + 1, 0)
  if (!pages.length && !unseen.length) return gettext("%(name)s – nothing of it fitted")
  if (!pages.length) return gettext("%(name)s – no page")
  if (given < count) return gettext("%(name)s – pages %(pages)s of %(count)s: the rest did not fit")
  if (unseen.length) return gettext("%(name)s – pages %(pages)s of %(count)s")
  return count > 1 ? gettext("%(name)s – all %(count)s pages") : gettext("%(name)s – 1 page")
}

/** @param {[number, number][]} cut */
function cutOf(cut) {
  return cut.length ? interpolate(gettext(" (only the beginning of page %(pages)s)"), { pages: numbers(cut) }) : ""
}

/** @param {[number, number][]} unseen */
function unseenOf(unseen) {
  const words = gettext(" (scanned, and not shown to the model: %(pages)s)")
  return unseen.length ? interpolate(words, { pages: numbers(unseen) }) : ""
}

/** @param {[number, number][]} ranges */
function numbers(ranges) {
  const said = ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`))
  return [...said.slice(0, MOST_RANGES), ...(said.length > MOST_RANGES ? ["…"] : [])].join(gettext(", "))
}
