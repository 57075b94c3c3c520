/** What of an answer a citation stands for: the sentence before it. */

const LONGEST = 300
const BLOCK = "p, li, td, th, blockquote, dd, summary, h3, h4, h5, h6, div"
const QUOTED = /[“"„「『《]([^“”"„「」『』]{4,})[”"“」』]\s*$/
const OUTER = /^[“"„「『（(]+|["”“」』）)]+$/g
const SENTENCES = /[^.!?。！？；\n]*(?:[.!?](?!\s|$)[^.!?。！？；\n]*)*[.!?。！？；]*["”’」』)）]*/g

/** @param {Element} citation */
export function passageBefore(citation) {
  return lastSentence(textBefore(citation))
}

/** All of its block that stands before it, without other citations. @param {Element} citation */
function textBefore(citation) {
  const block = citation.closest(BLOCK)
  if (!block) return ""
  const range = citation.ownerDocument.createRange()
  range.setStart(block, 0)
  range.setEndBefore(citation)
  const copy = range.cloneContents()
  for (const other of copy.querySelectorAll("a.cite")) other.remove()
  return copy.textContent ?? ""
}

/** What is quoted right before, else the last sentence. @param {string} text */
export function lastSentence(text) {
  const quoted = QUOTED.exec(text)?.[1]
  const sentences = text.match(SENTENCES)?.filter((one) => /[\p{L}\p{N}]/u.test(one)) ?? []
  return (quoted ?? sentences.at(-1) ?? "").trim().replace(OUTER, "").slice(0, LONGEST).trim()
}
