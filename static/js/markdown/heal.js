/** Makes the unfinished end of a text presentable: for the eye only, never for the record. */

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
    .replace(/\[([^\]\n]*)\]\([^)\s]*$/, "$1")
  return closed(text)
}

/** Close code and bold that are still open, in that order of strength. @param {string} text */
function closed(text) {
  const withoutFences = text.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1[^\n]*$|(?![\s\S]))/gm, "")
  const withoutCode = withoutFences.replace(/(`+)[^`][\s\S]*?\1/g, "")
  if (/`(?=[^`]*$)/.test(withoutCode)) return `${text.replace(/`+$/, "")}${text.endsWith("`") ? "" : "`"}`
  const marks = withoutCode.match(/\*\*/g)?.length ?? 0
  if (marks % 2 === 0) return text
  if (/\*\*$/.test(text)) return text.slice(0, -2)
  return `${text.replace(/\*$/, "").replace(/\s+$/, "")}**`
}
