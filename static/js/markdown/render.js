/** The one place where a model's text becomes elements of the page. A block is rendered the same
 * whether it has just settled while streaming or is part of a finished text. */
import DOMPurify from "dompurify"
import { codeBlock } from "#markdown/code"
import { isRightToLeft } from "#markdown/direction"
import { htmlOf } from "#markdown/html"
import { formula, noteMark, picture, scroller } from "#markdown/pieces"

const ALLOWED = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: [
    "p", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol",
    "li", "table", "thead", "tbody", "tr", "th", "td", "a", "br", "hr", "sub", "sup", "kbd", "div",
    "details", "summary",
  ],
  ALLOWED_ATTR: ["href", "title", "class", "start", "rel", "target", "align"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ADD_URI_SAFE_ATTR: ["start", "rel", "target", "align"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
}

/** What sanitised elements stand for. They are made anew, since only here may they have buttons. */
/** @type {[string, (element: Element) => Element][]} */
const PIECES = [
  ["pre", codeBlock],
  ["table", scroller],
  ["code.formula", formula],
  ["a.remote", picture],
  ["sup.note-mark", noteMark],
]

/** @param {import("marked").Token[]} blocks @returns {Element[]} */
export function elementsOf(blocks) {
  const html = blocks.map(htmlOfBlock).join("")
  if (!html) return []
  const fragment = /** @type {DocumentFragment} */ (
    /** @type {unknown} */ (DOMPurify.sanitize(html, ALLOWED))
  )
  for (const [found, make] of PIECES) {
    for (const element of [...fragment.querySelectorAll(found)]) element.replaceWith(make(element))
  }
  for (const block of fragment.children) {
    if (isRightToLeft(block)) block.setAttribute("dir", "rtl")
  }
  return [...fragment.children]
}

/** A block that is bare text or a kept tag still needs an element around it.
 * @param {import("marked").Token} block */
function htmlOfBlock(block) {
  if (block.type === "space" || block.type === "def") return ""
  const html = htmlOf(block)
  return /^\s*<(?!a\b|br|sub|sup|kbd|code|strong|em|del)/.test(html) ? html : `<p>${html}</p>`
}
