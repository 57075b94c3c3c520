/** What the pieces of a file are called: pages, sheets of a workbook, slides. The twin of the
 * server's words, see zaichat/files/units.py; "" means page. */
import { gettext, interpolate, ngettext } from "#lib/words"

const MOST_RANGES = 12

/** `3 sheets`. @param {string} unit @param {number} count */
export function counted(unit, count) {
  /** @type {Record<string, string>} */
  const words = {
    sheet: ngettext("%(count)s sheet", "%(count)s sheets", count),
    slide: ngettext("%(count)s slide", "%(count)s slides", count),
    part: ngettext("%(count)s part", "%(count)s parts", count),
  }
  return interpolate(words[unit] ?? ngettext("%(count)s page", "%(count)s pages", count), { count })
}

/** `sheets 1, 3–4`. @param {string} unit @param {[number, number][]} ranges */
export function places(unit, ranges) {
  const isOne = ranges.length === 1 && ranges[0]?.[0] === ranges[0]?.[1]
  /** @type {Record<string, string>} */
  const words = {
    sheet: isOne ? gettext("sheet %(numbers)s") : gettext("sheets %(numbers)s"),
    slide: isOne ? gettext("slide %(numbers)s") : gettext("slides %(numbers)s"),
    part: isOne ? gettext("part %(numbers)s") : gettext("parts %(numbers)s"),
  }
  const page = isOne ? gettext("page %(numbers)s") : gettext("pages %(numbers)s")
  return interpolate(words[unit] ?? page, { numbers: numbers(ranges) })
}

/** `1, 12–15`; the first few of many. @param {[number, number][]} ranges */
export function numbers(ranges) {
  const said = ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`))
  return [...said.slice(0, MOST_RANGES), ...(said.length > MOST_RANGES ? ["…"] : [])].join(gettext(", "))
}

/** `3 of 50`, with the word for it at its place in the language.
 * @param {string} unit @param {number} number @param {number} count */
export function placeOf(unit, number, count) {
  /** @type {Record<string, string>} */
  const words = {
    sheet: gettext("Sheet %(number)s of %(count)s"),
    slide: gettext("Slide %(number)s of %(count)s"),
    part: gettext("Part %(number)s of %(count)s"),
  }
  return interpolate(words[unit] ?? gettext("Page %(number)s of %(count)s"), { number, count })
}
