/** `**bold**`, `*emphasis*` and `~~gone~~` beside Chinese. CommonMark closes `**注意：**请` only before
 * a space, since the marker stands between a punctuation mark and a letter; Chinese writes no spaces.
 * So markers are looked for in a copy of the text in which such punctuation is a letter. */
import { Tokenizer } from "marked"

const SIGN = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f"
const WIDE = "\u3001-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6"
/** Quotes, dashes and dots that other languages have too. */
const SHARED = "\u2014\u2018-\u201d\u2026\u00b7"

/** Punctuation -> a letter. A marker `_` is left alone: within a word it means nothing.
 * @type {[RegExp, string][]} */
const MASKS = [
  [new RegExp(`(?<!_)(?:[${WIDE}]|(?<=[${SIGN}${WIDE}])[${SHARED}]|[${SHARED}](?=[${SIGN}${WIDE}]))(?!_)`, "gu"), "一"],
  [new RegExp(`(?<=[${SIGN}](?:\\*{1,3}|~{1,2}))(?![*~_])[\\p{P}\\p{S}]`, "gu"), "a"],
  [new RegExp(`(?![*~_])[\\p{P}\\p{S}](?<![*~_])(?=(?:\\*{1,3}|~{1,2})[${SIGN}])`, "gu"), "a"],
]

/** As long as the text. @param {string} text */
export const emStrongMask = (text) =>
  MASKS.reduce((masked, [found, letter]) => masked.replace(found, (sign) => letter.repeat(sign.length)), text)

/** While places are looked for nothing is read at them. */
const SILENT = /** @type {any} */ ({ inlineTokens: () => [] })

export const chineseMarkers = {
  /** @this {Tokenizer} @param {string} source @param {string} masked @param {string} [before] */
  emStrong(source, masked, before = "") {
    return placed(this, Tokenizer.prototype.emStrong, source, masked, before)
  },
  /** @this {Tokenizer} @param {string} source @param {string} masked @param {string} [before] */
  del(source, masked, before = "") {
    return placed(this, Tokenizer.prototype.del, source, masked, before)
  },
}

/** What `find` finds in the masked text, with the words of the true one.
 * @param {Tokenizer} tokenizer @param {(source: string, masked: string, before?: string) => any} find
 * @param {string} source @param {string} masked @param {string} before */
function placed(tokenizer, find, source, masked, before) {
  const { lexer } = tokenizer
  const at = masked.length - source.length
  tokenizer.lexer = SILENT
  const found = find.call(tokenizer, masked.slice(at), masked, before && masked.slice(at - 1, at))
  tokenizer.lexer = lexer
  if (!found) return undefined
  const raw = source.slice(0, found.raw.length)
  const marker = (raw.length - found.text.length) / 2
  const text = raw.slice(marker, raw.length - marker)
  return { ...found, raw, text, tokens: lexer.inlineTokens(text) }
}
