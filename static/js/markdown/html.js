/** Tokens to HTML. Tags that a model writes are shown as text, but for four harmless ones without
 * attributes; pictures from elsewhere become a link, so that nothing is asked of a foreign server
 * until a person does. What comes out is sanitised, and only then made into what it stands for. */
import { safeAddress } from "#markdown/addresses"
import { marked } from "#markdown/grammar"

const KEPT_TAGS = /^<\/?(?:br|sub|sup|kbd)\s*\/?>$/i
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** The page has h1 and each message an h2, so an answer's own headings begin at h3; looks still
 * tell # from ##. */
const HIGHEST_HEADING = 3

/** @param {string} text */
export function escape(text) {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[/** @type {"&"} */ (sign)])
}

marked.use({
  renderer: {
    heading({ tokens, depth }) {
      const level = Math.max(depth, HIGHEST_HEADING)
      return `<h${level} class="heading-${depth}">${this.parser.parseInline(tokens)}</h${level}>`
    },
    code({ text, lang, raw, codeBlockStyle }) {
      const language = (lang ?? "").trim().split(/\s/)[0].replace(/[^\w+#.-]/g, "").slice(0, 40)
      const kind = language ? ` class="language-${escape(language)}"` : ""
      const state = codeBlockStyle === "indented" || isClosed(raw) ? "" : ' class="is-open"'
      return `<pre${state}><code${kind}>${escape(text)}</code></pre>`
    },
    html({ text, raw, block }) {
      if (KEPT_TAGS.test(raw.trim())) return raw.trim()
      return block ? `<p class="raw">${escape(text.replace(/\n+$/, ""))}</p>` : escape(raw)
    },
    link({ href, title, tokens }) {
      const inside = this.parser.parseInline(tokens)
      return linkTo(href, inside, title ?? "")
    },
    image({ href, text }) {
      const address = safeAddress(href)
      if (!address || address.startsWith("mailto:")) return escape(text)
      return linkTo(address, escape(text), "", "remote")
    },
    listitem(item) {
      const kind = item.task ? ' class="task"' : ""
      return `<li${kind}>${this.parser.parse(item.tokens)}</li>\n`
    },
    checkbox({ checked }) {
      return checked ? "☑ " : "☐ "
    },
  },
  extensions: [
    { name: "math", renderer: ({ text, display, isOpen }) => formula(text, display, isOpen) },
    { name: "mathBlock", renderer: ({ text, isOpen }) => `<div class="math">${formula(text, true, isOpen)}</div>` },
    { name: "noteMark", renderer: ({ label }) => `<sup class="note-mark">${label}</sup>` },
    {
      name: "note",
      renderer({ label, tokens }) {
        return `<div class="note"><sup class="note-mark">${label}</sup><div>${this.parser.parse(tokens ?? [])}</div></div>`
      },
    },
    {
      name: "fold",
      renderer({ summary, tokens }) {
        const title = this.parser.parseInline(summary)
        return `<details class="fold"><summary>${title}</summary>${this.parser.parse(tokens ?? [])}</details>`
      },
    },
    { name: "giant", renderer: ({ text }) => `<p class="raw">${escape(text.replace(/\n+$/, ""))}</p>` },
  ],
})

/** @param {string} href @param {string} inside HTML @param {string} title @param {string} [kind] */
function linkTo(href, inside, title, kind = "link") {
  const address = safeAddress(href)
  if (!address) return inside
  const hint = title ? ` title="${escape(title)}"` : ""
  return `<a class="${kind}" href="${escape(address)}"${hint} target="_blank" rel="noopener noreferrer nofollow">${inside}</a>`
}

/** @param {string} source @param {boolean} display @param {boolean} isOpen */
function formula(source, display, isOpen) {
  const kinds = ["formula", ...(display ? ["formula--display"] : []), ...(isOpen ? ["is-open"] : [])]
  return `<code class="${kinds.join(" ")}">${escape(source)}</code>`
}

/** Whether a fence has its last line. @param {string} raw */
function isClosed(raw) {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
  const lines = raw.replace(/\n+$/, "").split("\n")
  return !!fence && lines.length > 1 && closes(lines[lines.length - 1], fence)
}

/** @param {string} line @param {string} fence its opening marks */
export function closes(line, fence) {
  const marks = /^ {0,3}([`~]+) *$/.exec(line)?.[1] ?? ""
  return marks.startsWith(fence)
}

/** @param {import("marked").Token} block @returns {string} */
export function htmlOf(block) {
  return marked.parser([block])
}
