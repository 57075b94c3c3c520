/** Bold beside Chinese punctuation. CommonMark closes `**注意：**请` only before a space, since the
 * marker stands between a punctuation mark and a letter; Chinese writes no spaces. */

const STRONG = /^\*\*(?![\s*])((?:[^*\n]|\*(?!\*))+?)\*\*(?!\*)/
const PUNCTUATION_FIRST = /^[\p{P}\p{S}]/u
const PUNCTUATION_LAST = /[\p{P}\p{S}]$/u
const CHINESE = /[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]/

/** @type {import("marked").TokenizerAndRendererExtension} */
export const chineseStrong = {
  name: "strong",
  level: "inline",
  start: (source) => {
    const at = source.indexOf("**")
    return at < 0 ? undefined : at
  },
  tokenizer(source) {
    const match = STRONG.exec(source)
    if (!match || !needsHelp(match[1], source[match[0].length] ?? "")) return undefined
    return {
      type: "strong",
      raw: match[0],
      text: match[1],
      tokens: this.lexer.inlineTokens(match[1]),
    }
  },
}

/** @param {string} inside @param {string} next */
function needsHelp(inside, next) {
  if (/\s$/.test(inside)) return false
  const edges = PUNCTUATION_FIRST.test(inside) || PUNCTUATION_LAST.test(inside)
  return edges && (CHINESE.test(next) || CHINESE.test(inside))
}
