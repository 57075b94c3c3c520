/** Small parts of an answer that are more than a tag: formulas, pictures from elsewhere, marks of
 * notes, tables. Each is made from a sanitised element that holds its source. */
import { gettext, interpolate } from "#lib/words"
import { icon } from "#lib/icon"

/** Longer formulas are broken themselves. */
const UNBROKEN = 24
const CLOSING = /^[,.;:!?)\]%\u2019\u201d\u2026\u3001\u3002\u300b\u300d\u300f\u3011\uff01\uff05\uff09\uff0c\uff1a\uff1b\uff1f]+/

/** A short formula in a line, with the marks that close it: browsers break a line even before a comma
 * where something drawn stands. @param {Element} code */
export function formula(code) {
  const place = sourceOf(code)
  if (code.matches(".is-open, .formula--display") || (code.textContent ?? "").length > UNBROKEN) return place
  const together = document.createElement("span")
  together.className = "together"
  together.append(place)
  const next = code.nextSibling
  const marks = next instanceof Text ? (CLOSING.exec(next.data)?.[0] ?? "") : ""
  if (next instanceof Text && marks) {
    next.deleteData(0, marks.length)
    together.append(marks)
  }
  return together
}

/** Shows its source until it is drawn. @param {Element} code */
function sourceOf(code) {
  const place = document.createElement("span")
  place.className = code.className
  place.dataset.source = code.textContent ?? ""
  place.textContent = code.textContent
  place.dir = "ltr"
  if (code.matches(".formula--display")) {
    place.tabIndex = 0
    place.setAttribute("role", "group")
    place.setAttribute("aria-label", gettext("Formula"))
  }
  return place
}

/** A picture on a foreign host: its description as a link, and a button that loads this one.
 * @param {Element} link */
export function picture(link) {
  const place = document.createElement("span")
  place.className = "picture"
  const address = link.getAttribute("href") ?? ""
  place.dataset.source = address
  const button = document.createElement("button")
  button.type = "button"
  button.className = "button button--line button--small"
  button.dataset.block = "picture"
  const words = document.createElement("span")
  words.textContent = interpolate(gettext("Load image from %(host)s"), { host: new URL(address).host })
  button.append(icon("image", "small"), words)
  if (!link.textContent) link.textContent = gettext("Picture")
  place.append(link.cloneNode(true), button)
  return place
}

/** Leads to its note, and in the note back to where it is mentioned. @param {Element} mark */
export function noteMark(mark) {
  const label = mark.textContent ?? ""
  const isNote = !!mark.parentElement?.matches(".note")
  const button = document.createElement("button")
  button.type = "button"
  button.dataset.block = isNote ? "note-back" : "note"
  const words = isNote ? gettext("Back from note %(label)s") : gettext("Note %(label)s")
  button.setAttribute("aria-label", interpolate(words, { label }))
  button.textContent = label
  const place = document.createElement("sup")
  place.className = "note-mark"
  place.append(button)
  return place
}

/** Letters; a Chinese sign is as wide as two. */
const SHORT = 12
const LONG = 24
const WIDE_SIGN = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/g

/** Wide tables scroll by themselves, by keyboard too. Their columns stay as wide as reading needs:
 * what is short is not broken, what is long gets a fair width. @param {Element} table */
export function scroller(table) {
  const frame = document.createElement("div")
  frame.className = "table"
  frame.tabIndex = 0
  frame.setAttribute("role", "group")
  frame.setAttribute("aria-label", gettext("Table"))
  frame.append(table.cloneNode(true))
  for (const cell of frame.querySelectorAll("td, th")) measure(cell)
  return frame
}

/** The class stands first among the attributes, as it does in a cell that is drawn before anybody
 * knows how its column is aligned. @param {Element} cell */
function measure(cell) {
  const words = cell.textContent ?? ""
  const width = words.length + (words.match(WIDE_SIGN)?.length ?? 0)
  const align = cell.getAttribute("align")
  cell.removeAttribute("align")
  cell.className = width <= SHORT ? "is-short" : width > LONG ? "is-long" : "is-medium"
  if (align) cell.setAttribute("align", align)
}
