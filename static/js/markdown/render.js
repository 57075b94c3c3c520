/** The one place where a model's text becomes elements of the page. A block is rendered the same
 * whether it has just settled while streaming or is part of a finished text. */
import DOMPurify from "dompurify"
import { codeBlock } from "#markdown/code"
import { gettext } from "#lib/words"
import { htmlOf } from "#markdown/html"

const ALLOWED = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: [
    "p", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol",
    "li", "table", "thead", "tbody", "tr", "th", "td", "a", "br", "hr", "sub", "sup", "kbd", "div",
  ],
  ALLOWED_ATTR: ["href", "title", "class", "start", "rel", "target", "align"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ADD_URI_SAFE_ATTR: ["start", "rel", "target", "align"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
}

/** @param {import("marked").Token[]} blocks @returns {Element[]} */
export function elementsOf(blocks) {
  return blocks.flatMap(elementsOfBlock)
}

/** @param {import("marked").Token} block @returns {Element[]} */
function elementsOfBlock(block) {
  if (block.type === "space" || block.type === "def") return []
  const html = htmlOf(block)
  const fragment = /** @type {DocumentFragment} */ (
    /** @type {unknown} */ (DOMPurify.sanitize(wrapped(html), ALLOWED))
  )
  for (const pre of [...fragment.querySelectorAll("pre")]) pre.replaceWith(codeBlock(pre))
  for (const table of [...fragment.querySelectorAll("table")]) table.replaceWith(scroller(table))
  return [...fragment.children]
}

/** A block that is bare text or a kept tag still needs an element around it. @param {string} html */
function wrapped(html) {
  return /^\s*<(?!a\b|br|sub|sup|kbd|code|strong|em|del)/.test(html) ? html : `<p>${html}</p>`
}

/** Wide tables scroll by themselves, by keyboard too. @param {Element} table */
function scroller(table) {
  const frame = table.ownerDocument.createElement("div")
  frame.className = "table"
  frame.tabIndex = 0
  frame.setAttribute("role", "region")
  frame.setAttribute("aria-label", gettext("Table"))
  const copy = table.cloneNode(true)
  frame.append(copy)
  return frame
}
