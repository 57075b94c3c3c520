/** Mathematics as models write it: `\( \)`, `$ $` inside a line, `\[ \]`, `$$ $$` on their own.
 *
 * The source is kept as it is, so that Markdown neither eats its backslashes nor takes its
 * underscores for emphasis. A block that is not closed yet reaches to the end: it stays open while
 * it streams. Prices are not mathematics: a `$` opens only before a sign that is no space, closes
 * only after one, and never before a digit. */

const INLINE = [/^\\\(([^\n]+?)\\\)/, /^\\\[([^\n]+?)\\\]/, /^\$\$([^$\n]+?)\$\$/, /^\$(?![\s$])([^$\n]*?[^\s$\\])\$(?![\d$])/]
const OPENERS = ["\\(", "\\[", "$"]
const BLOCKS = [
  [/^ {0,3}\$\$/, /\$\$[ \t]*(?:\n|$)/],
  [/^ {0,3}\\\[/, /\\\][ \t]*(?:\n|$)/],
]

/** @type {import("marked").TokenizerAndRendererExtension} */
export const inlineMath = {
  name: "math",
  level: "inline",
  start(source) {
    const places = OPENERS.map((opener) => source.indexOf(opener)).filter((at) => at >= 0)
    return places.length ? Math.min(...places) : undefined
  },
  tokenizer(source) {
    for (const pattern of INLINE) {
      const match = pattern.exec(source)
      if (match) {
        const display = source.startsWith("\\[") || source.startsWith("$$")
        return { type: "math", raw: match[0], text: match[1].trim(), display }
      }
    }
    return undefined
  },
}

/** @type {import("marked").TokenizerAndRendererExtension} */
export const blockMath = {
  name: "mathBlock",
  level: "block",
  start(source) {
    const match = /(?:^|\n) {0,3}(?:\$\$|\\\[)/.exec(source)
    return match ? match.index + (match[0].startsWith("\n") ? 1 : 0) : undefined
  },
  tokenizer(source) {
    for (const [opener, closer] of BLOCKS) {
      const open = opener.exec(source)
      if (!open) continue
      const rest = source.slice(open[0].length)
      const close = closer.exec(rest)
      const inner = close ? rest.slice(0, close.index) : rest
      const raw = close ? source.slice(0, open[0].length + close.index + close[0].length) : source
      return { type: "mathBlock", raw, text: inner.trim(), closed: !!close }
    }
    return undefined
  },
}
