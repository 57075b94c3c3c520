/** The Markdown we read: GitHub's, plus emphasis beside Chinese, mathematics in its three spellings, notes,
 * blocks that fold, and web addresses that end where Chinese begins. One lexer for the project. */
import { Lexer, Marked, Tokenizer } from "marked"
import { chineseMarkers, emStrongMask } from "#markdown/chinese"
import { fold } from "#markdown/fold"
import { blockMath, inlineMath, withPipesEscaped } from "#markdown/math"
import { note, noteMark } from "#markdown/notes"

/** @typedef {Record<string, {href: string, title?: string}>} Links */

const CHINESE_OR_SPACE = /[\s<\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]/

/** A block longer than this is shown as it is written, since to read it as Markdown would hold up
 * the page; code may be longer, and so may blocks of many small pieces. */
export const GIANT = 20_000
const GIANT_OF_PIECES = 100_000
const OF_PIECES = ["list", "table", "blockquote", "fold"]

const marked = new Marked({
  gfm: true,
  hooks: { emStrongMask },
  extensions: [inlineMath, blockMath, note, noteMark, fold],
  tokenizer: {
    ...chineseMarkers,
    /** @this {Tokenizer} @param {string} source */
    url(source) {
      const end = source.search(CHINESE_OR_SPACE)
      return Tokenizer.prototype.url.call(this, end < 0 ? source : source.slice(0, end))
    },
    /** @this {Tokenizer} @param {string} source */
    table(source) {
      const masked = withPipesEscaped(source)
      const table = Tokenizer.prototype.table.call(this, masked)
      if (table && masked !== source) table.raw = firstLines(source, table.raw)
      return table
    },
  },
})

/** Blocks of a text, whose `raw` joined are the text.
 * @param {string} text @param {Links} [links] what is defined elsewhere in it */
export function blocksOf(text, links = {}) {
  return text.length > GIANT ? withoutGiants(text, links) : lexed(text, links)
}

/** @param {string} text @param {Links} links @returns {import("marked").Token[]} */
function lexed(text, links) {
  return orPlain(text, () => lexer(links).lex(text))
}

/** Quotations in quotations, thousands deep, are more than a reader of them can follow: the text itself.
 * @param {string} text @param {() => import("marked").Token[]} read @returns {import("marked").Token[]} */
function orPlain(text, read) {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return [{ type: "giant", raw: text, text }]
  }
}

/** @param {string} text @param {Links} links @returns {import("marked").Token[]} */
function withoutGiants(text, links) {
  return orPlain(text, () => lexer(links).blockTokens(text, []))
    .flatMap((block) => {
      const most = OF_PIECES.includes(block.type) ? GIANT_OF_PIECES : GIANT
      if (block.raw.length <= most) return lexed(block.raw, links)
      return block.type === "code" ? [block] : [{ type: "giant", raw: block.raw, text: block.raw }]
    })
}

/** @param {Links} links */
function lexer(links) {
  const one = new Lexer(marked.defaults)
  Object.assign(one.tokens.links, links)
  return one
}

/** What these blocks define for others, the first definition of a name first.
 * @param {import("marked").Token[]} blocks @returns {Links} */
export function linksIn(blocks) {
  /** @type {Links} */
  const found = {}
  marked.walkTokens(blocks, (token) => {
    if (token.type === "def") found[token.tag] ??= { href: token.href, title: token.title }
    if (token.type === "note") found[`^${token.label}`] ??= { href: "" }
  })
  return found
}

/** As many lines of `source` as `raw` has. @param {string} source @param {string} raw */
function firstLines(source, raw) {
  const count = raw.split("\n").length - 1
  let end = 0
  for (let line = 0; line < count; line += 1) end = source.indexOf("\n", end) + 1
  if (raw.endsWith("\n")) return source.slice(0, end)
  const next = source.indexOf("\n", end)
  return next < 0 ? source : source.slice(0, next)
}

/** Line ends as the lexer counts them. @param {string} text */
export function withPlainLineEnds(text) {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd")
}

export { marked }
