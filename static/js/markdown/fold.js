/** `<details>` with Markdown inside. It is one block up to the tag that closes it, however many
 * blank lines it has; until then it reaches to the end. */

const OPENER = /^ {0,3}<details(?: open)?>[ \t]*\n?(?:\s*<summary>([\s\S]*?)<\/summary>[ \t]*\n?)?/i
const TAG = /<(\/?)details(?: open)?>[ \t]*\n?/gi

/** @type {import("marked").TokenizerAndRendererExtension} */
export const fold = {
  name: "fold",
  level: "block",
  start(source) {
    const match = /\n {0,3}<details(?: open)?>/i.exec(source)
    return match ? match.index + 1 : undefined
  },
  tokenizer(source) {
    const open = OPENER.exec(source)
    if (!open) return undefined
    const { inner, raw } = upToItsEnd(source, open[0].length)
    return {
      type: "fold",
      raw,
      summary: this.lexer.inline((open[1] ?? "").trim(), []),
      tokens: this.lexer.blockTokens(`${inner.trim()}\n`, []),
    }
  },
}

/** @param {string} source @param {number} from */
function upToItsEnd(source, from) {
  let depth = 1
  for (const tag of source.slice(from).matchAll(TAG)) {
    depth += tag[1] ? -1 : 1
    if (depth > 0) continue
    const end = from + tag.index
    return { inner: source.slice(from, end), raw: source.slice(0, end + tag[0].length) }
  }
  return { inner: source.slice(from), raw: source }
}
