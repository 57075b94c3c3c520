/** Pages of documents that an answer names by their marks: `[1:3]`, `[1:3, 2:5]`, `【1:3-4】`.
 *
 * A mark becomes a link only where the answer's notice says that this page was read, so a time of
 * day or a proportion stays as it is written. What leads there is loaded with a click.
 * @typedef {import("#chat/documents").ReadFile} ReadFile
 * @typedef {Map<number, ReadFile>} Sources by the number of the document
 * @typedef {{file: ReadFile, first: number, last: number}} Citation */
import { gettext, interpolate } from "#lib/words"

const MARK = /[[【［]([^[\]【】［］\n]{3,120})[\]】］]/g
const ITEM = /^(?:(\d{1,4})\s*[:：]\s*)?(?:pp?\.?\s*)?(\d{1,6})(?:\s*[-–—~～]\s*(?:\d{1,4}\s*[:：]\s*)?(\d{1,6}))?$/i
const BETWEEN = /\s*[,，;；、]\s*/
const NOT_INSIDE = "a, button, pre, code, .formula, .raw"
const LONGEST_NAME = 24
/** Where marks are none: `list[1:3]`. */
const CODE = /(^ {0,3}(?:`{3,}|~{3,})[\s\S]*?(?:^ {0,3}(?:`{3,}|~{3,}) *$|(?![\s\S]))|`[^`\n]+`)/m

/** @type {WeakMap<Element, {told: string, sources: Sources}>} */
const known = new WeakMap()

/** What the answer around `element` was read from. @param {Element} element @returns {Sources} */
export function sourcesOf(element) {
  const notices = /** @type {HTMLElement[]} */ ([...(element.closest("article")?.querySelectorAll("[data-files]") ?? [])])
  const told = notices.map(({ dataset }) => dataset.files ?? "").join("\n")
  const before = known.get(element)
  if (before?.told === told) return before.sources
  const sources = new Map(notices.flatMap(filesIn).map((file) => [file.number, file]))
  known.set(element, { told, sources })
  return sources
}

/** @param {HTMLElement} notice @returns {ReadFile[]} */
function filesIn({ dataset }) {
  try {
    return JSON.parse(dataset.files ?? "[]")
  } catch {
    return []
  }
}

/** The text in pieces: as it is, or what it cites.
 * @param {string} text @param {Sources} sources @returns {(string | Citation)[]} */
export function pieces(text, sources) {
  /** @type {(string | Citation)[]} */
  const found = []
  let at = 0
  for (const match of text.matchAll(MARK)) {
    const cited = citationsIn(match[1], sources)
    if (!cited) continue
    if (match.index > at) found.push(text.slice(at, match.index))
    found.push(...cited)
    at = match.index + match[0].length
  }
  if (at < text.length) found.push(text.slice(at))
  return found
}

/** Null where one of them leads nowhere: then all of it stays as it is written.
 * @param {string} inside @param {Sources} sources */
function citationsIn(inside, sources) {
  /** @type {Citation[]} */
  const cited = []
  for (const item of inside.trim().split(BETWEEN)) {
    const match = ITEM.exec(item)
    const file = match?.[1] ? sources.get(Number(match[1])) : cited.at(-1)?.file
    if (!match || !file) return null
    const first = Number(match[2])
    const last = Math.max(first, Number(match[3] ?? first))
    if (!wasRead(file, first)) return null
    cited.push({ file, first, last: lastRead(file, first, last) })
  }
  return cited
}

/** @param {ReadFile} file @param {number} page */
const wasRead = (file, page) => file.pages.some(([first, last]) => first <= page && page <= last)

/** @param {ReadFile} file @param {number} first @param {number} last */
function lastRead(file, first, last) {
  let page = first
  while (page < last && wasRead(file, page + 1)) page += 1
  return page
}

/** Make links of what is cited in these blocks. @param {Element[]} blocks @param {Sources} sources */
export function cite(blocks, sources) {
  if (!sources.size) return
  for (const block of blocks) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    /** @type {Text[]} */
    const texts = []
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode))
    for (const text of texts) if (!text.parentElement?.closest(NOT_INSIDE)) replace(text, sources)
  }
}

/** @param {Text} text @param {Sources} sources */
function replace(text, sources) {
  const found = pieces(text.data, sources)
  if (found.every((piece) => typeof piece === "string")) return
  text.replaceWith(...found.map((piece) => (typeof piece === "string" ? piece : chip(piece, sources.size > 1))))
}

/** @param {Citation} citation @param {boolean} isOneOfMany */
function chip(citation, isOneOfMany) {
  const { file, first } = citation
  const link = document.createElement("a")
  link.className = "cite"
  link.href = `/files/${file.id}/pages/${first}/`
  link.dataset.page = String(first)
  link.dataset.file = file.id
  link.dataset.name = file.name
  link.dataset.pages = String(file.page_count)
  link.dataset.unit = file.unit ?? ""
  link.title = fullName(citation)
  link.setAttribute("aria-label", link.title)
  link.textContent = isOneOfMany ? `${short(file.name)} ${place(citation)}` : place(citation)
  return link
}

/** `p. 3`, or what a sheet is called. @param {Citation} citation */
function place({ file, first, last }) {
  const label = file.labels?.[first]
  if (label) return label
  const pages = first === last ? String(first) : `${first}–${last}`
  return interpolate(file.unit === "slide" ? gettext("slide %(numbers)s") : gettext("p. %(pages)s"), { pages, numbers: pages })
}

/** @param {Citation} citation */
const fullName = (citation) => interpolate(gettext("%(name)s, %(page)s"), { name: citation.file.name, page: place(citation) })

/** @param {string} name */
function short(name) {
  const stem = name.replace(/\.\w{1,5}$/, "")
  return stem.length > LONGEST_NAME ? `${stem.slice(0, LONGEST_NAME - 1)}…` : stem
}

/** The Markdown for elsewhere: `[report.pdf, p. 3]`. @param {string} text @param {Sources} sources */
export function readable(text, sources) {
  if (!sources.size) return text
  return text.split(CODE).map((part, place) => (place % 2 ? part : said(part, sources))).join("")
}

/** @param {string} text @param {Sources} sources */
function said(text, sources) {
  return pieces(text, sources).map((piece) => (typeof piece === "string" ? piece : `[${fullName(piece)}]`)).join("")
}
