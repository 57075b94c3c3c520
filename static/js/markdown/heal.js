/** Makes the unfinished end of a text presentable: for the eye only, never for the record. */
import { blocksOf, GIANT } from "#markdown/grammar"
import { withFormulaClosed } from "#markdown/math"

const MAY_STAND_OPEN = /```|~~~|\$\$|\\\[/

/** The blocks of an unfinished text.
 * @param {string} tail Markdown from the last settled block on
 * @param {import("#markdown/grammar").Links} links */
export function healedBlocks(tail, links) {
  if (tail.length > GIANT) return blocksOf(tail, links)
  if (MAY_STAND_OPEN.test(tail)) {
    const blocks = blocksOf(tail, links)
    if (endsVerbatim(blocks)) return blocks
  }
  return blocksOf(healed(tail), links)
}

/** Whether the last thing in these blocks is code or mathematics, in lists and quotes too.
 * @param {any[] | undefined} blocks @returns {boolean} */
function endsVerbatim(blocks) {
  const last = blocks?.findLast((block) => block.type !== "space")
  if (!last) return false
  if (last.type === "code" || last.type === "mathBlock") return true
  return ["list", "list_item", "blockquote", "fold", "note"].includes(last.type) && endsVerbatim(last.items ?? last.tokens)
}

/** @param {string} tail Markdown from the last settled block on */
export function healed(tail) {
  const start = tail.lastIndexOf("\n\n") + 1
  return tail.slice(0, start) + healedBlock(tail.slice(start))
}

/** @param {string} block */
function healedBlock(block) {
  const text = block
    .replace(/(^|\n) {0,3}(?:-+|=+|[*_]{1,2}|\+|#{1,6}|`{1,2}|~{1,2}|\d+[.)]) *$/, "$1")
    .replace(/<\/?[a-zA-Z][^>\n]*$/, "")
    .replace(/!\[[^\]\n]*(?:\](?:\([^)\s]*)?)?$/, "")
    .replace(/\[\^[\w-]*$/, "")
    .replace(/[[【]\d{1,3}[:：][\d\s,:;–-]*$/, "")
    .replace(/\[([^\]\n]*)\]\([^)\s]*$/, "$1")
  return closed(text)
}

/** Close code, formulas and bold that are still open, in that order of strength.
 * @param {string} text */
function closed(text) {
  const withoutFences = text.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1[^\n]*$|(?![\s\S]))/gm, "")
  const withoutCode = withoutFences.replace(/(`+)[^`][\s\S]*?\1/g, "")
  if (/`(?=[^`]*$)/.test(withoutCode)) return `${text.replace(/`+$/, "")}${text.endsWith("`") ? "" : "`"}`
  const formula = withFormulaClosed(text)
  if (formula !== text) return formula
  const marks = withoutCode.match(/\*\*/g)?.length ?? 0
  if (marks % 2 === 0) return text
  if (/\*\*$/.test(text)) return text.slice(0, -2)
  return `${text.replace(/\*$/, "").replace(/\s+$/, "")}**`
}
