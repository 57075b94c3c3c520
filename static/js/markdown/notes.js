/** Footnotes: `[^1]` in the text, `[^1]: what it says` where it was written. A number is a mark at
 * once; a name is one when its note is known, since `[^a-z]` also says something else. */

const MARK = /^\[\^([\w-]{1,40})\](?!:)/
const NOTE = /^ {0,3}\[\^([\w-]{1,40})\]:[ \t]*([^\n]*(?:\n+(?: {2,}|\t)[^\n]*[^\s][^\n]*)*)(?:\n+|$)/

/** @type {import("marked").TokenizerAndRendererExtension} */
export const noteMark = {
  name: "noteMark",
  level: "inline",
  start: (source) => place(source, "[^"),
  tokenizer(source) {
    const match = MARK.exec(source)
    if (!match) return undefined
    const isKnown = /^\d{1,3}$/.test(match[1]) || `^${match[1]}` in this.lexer.tokens.links
    return isKnown ? { type: "noteMark", raw: match[0], label: match[1] } : undefined
  },
}

/** @type {import("marked").TokenizerAndRendererExtension} */
export const note = {
  name: "note",
  level: "block",
  start(source) {
    const match = /\n {0,3}\[\^[\w-]+\]:/.exec(source)
    return match ? match.index + 1 : undefined
  },
  tokenizer(source) {
    const match = NOTE.exec(source)
    if (!match) return undefined
    const text = match[2].replace(/\n(?: {1,4}|\t)/g, "\n")
    return {
      type: "note",
      raw: match[0],
      label: match[1],
      tokens: this.lexer.blockTokens(text, []),
    }
  },
}

/** @param {string} source @param {string} sign */
function place(source, sign) {
  const at = source.indexOf(sign)
  return at < 0 ? undefined : at
}
