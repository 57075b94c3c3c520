/** Mathematics as models write it: `\( \)`, `$ $` inside a line, `\[ \]`, `$$ $$` on their own.
 *
 * The source is kept as it is, so that Markdown neither eats its backslashes nor takes its
 * underscores for emphasis. A block that is not closed yet reaches to the end: it stays open while
 * it streams. Prices are not mathematics: a `$` opens only before a sign that is no space, closes
 * only after one, and never before a digit; nor does it open before an amount and a word. */

const INLINE = [/^\\\(([^\n]+?)\\\)/, /^\\\[([^\n]+?)\\\]/, /^\$\$([^$\n]+?)\$\$/, /^\$(?!\s|\$|\d[\d.,]*(?:\s+[a-z]{2}|\s*[\u4e00-\u9fff]))([^$\n]*?[^\s$\\])\$(?![\d$])/i]
const OPENERS = ["\\(", "\\[", "$"]
const BLOCKS = [
  [/^ {0,3}\$\$/, /\$\$[ \t]*(?:\n|$)/],
  [/^ {0,3}\\\[/, /\\\][ \t]*(?:\n|$)/],
]
/** An opener whose formula is still being written; `$` counts only before what begins a formula. */
const UNFINISHED = [/\\\((?:(?!\\\)).)*$/, /\\\[(?:(?!\\\]).)*$/, /\$\$[^$\n]*\$?$/, /\$(?=[\\A-Za-z({])[^$\n]*$/]

/** Longer than any formula: what goes on beyond is text whose author forgot to close it. */
const LONGEST = 8_000

/** Ends a formula that is shown before it is closed. */
const OPEN_END = "\uE000\\)"

/** A line may hold a formula with `|` in it, which would end the cell of a table. */
const IN_CELL = /\\\((?:(?!\\\)).)+\\\)|\$\$[^$\n]+\$\$|\$(?![\s\d$])[^$\n]*?[^\s$\\]\$(?![\d$])/g
const BARE_PIPE = /(?<!\\)\|/g

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
        const isOpen = match[0].endsWith(OPEN_END)
        const text = isOpen ? match[1].slice(0, -1) : match[1].trim()
        return { type: "math", raw: match[0], text, display, isOpen }
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
    const match = /\n {0,3}(?:\$\$|\\\[)/.exec(source)
    return match ? match.index + 1 : undefined
  },
  tokenizer(source) {
    for (const [opener, closer] of BLOCKS) {
      const open = opener.exec(source)
      if (!open) continue
      const rest = source.slice(open[0].length, LONGEST)
      const close = closer.exec(rest)
      if (!close && source.length > LONGEST) return undefined
      const inner = close ? rest.slice(0, close.index) : rest
      const raw = close ? source.slice(0, open[0].length + close.index + close[0].length) : source
      return { type: "mathBlock", raw, text: inner.trim(), isOpen: !close }
    }
    return undefined
  },
}

/** Close a formula at the end of `text` for the eye: it is shown as it is being written, and its
 * signs do nothing else meanwhile. @param {string} text a block without open code */
export function withFormulaClosed(text) {
  const line = text.slice(text.lastIndexOf("\n") + 1)
  const places = UNFINISHED.map((pattern) => line.search(pattern)).filter((at) => at >= 0 && !isInside(line, at))
  if (!places.length) return text
  const at = text.length - line.length + Math.min(...places)
  const inside = text.slice(at).replace(/^(?:\\[([]|\$\$?)/, "")
  return `${text.slice(0, at)}\\(${inside.replaceAll("\\)", "")}${OPEN_END}`
}

/** Whether `at` is inside code or a finished formula. @param {string} line @param {number} at */
function isInside(line, at) {
  const pieces = line.matchAll(/`[^`]*`|\\\(.+?\\\)|\$\$[^$]+\$\$|\$(?![\s$])[^$]*?[^\s$\\]\$(?![\d$])/g)
  return [...pieces].some(({ index, 0: piece }) => index <= at && at < index + piece.length)
}

/** The same lines, with every `|` inside a formula escaped. @param {string} table */
export function withPipesEscaped(table) {
  return table.replace(IN_CELL, (formula) => formula.replace(BARE_PIPE, "\\|"))
}
