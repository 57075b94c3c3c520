/** The Markdown we read: GitHub's, plus Chinese bold, mathematics in its three spellings, and web
 * addresses that end where Chinese begins. One lexer for the whole project. */
import { Marked, Tokenizer } from "marked"
import { chineseStrong } from "#markdown/chinese"
import { blockMath, inlineMath } from "#markdown/math"

const CHINESE_OR_SPACE = /[\s<\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]/

const marked = new Marked({
  gfm: true,
  extensions: [chineseStrong, inlineMath, blockMath],
  tokenizer: {
    /** @this {Tokenizer} @param {string} source */
    url(source) {
      const end = source.search(CHINESE_OR_SPACE)
      return Tokenizer.prototype.url.call(this, end < 0 ? source : source.slice(0, end))
    },
  },
})

/** Blocks of a text, whose `raw` joined are the text. `links` holds its reference definitions.
 * @param {string} text */
export function blocksOf(text) {
  return marked.lexer(text)
}

/** Line ends as the lexer counts them. @param {string} text */
export function withPlainLineEnds(text) {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd")
}

export { marked }
