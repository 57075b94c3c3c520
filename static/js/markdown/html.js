/** Tokens to HTML. Tags that a model writes are shown as text, but for four harmless ones without
 * attributes; pictures from elsewhere become a link that names their host, so that nothing is
 * asked of a foreign server until a person does. What comes out is sanitised once more. */
import { gettext, interpolate } from "#lib/words"
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

/** The address, if it is one a person may be sent to. @param {string} address */
export function safeAddress(address) {
  try {
    const url = new URL(address)
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

marked.use({
  renderer: {
    heading({ tokens, depth }) {
      const level = Math.max(depth, HIGHEST_HEADING)
      return `<h${level} class="heading-${depth}">${this.parser.parseInline(tokens)}</h${level}>`
    },
    code({ text, lang }) {
      const language = (lang ?? "").trim().split(/\s/)[0].replace(/[^\w+#.-]/g, "").slice(0, 40)
      const kind = language ? ` class="language-${escape(language)}"` : ""
      return `<pre><code${kind}>${escape(text)}</code></pre>`
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
      const words = interpolate(gettext("Picture on %(host)s, not loaded"), { host: new URL(address).host })
      return linkTo(address, `${escape(text ? `${text} – ` : "")}${escape(words)}`, "", "remote")
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
    { name: "math", renderer: ({ text, display }) => math(text, display) },
    { name: "mathBlock", renderer: ({ text }) => `<div class="math">${math(text, true)}</div>` },
  ],
})

/** @param {string} href @param {string} inside HTML @param {string} title @param {string} [kind] */
function linkTo(href, inside, title, kind = "link") {
  const address = safeAddress(href)
  if (!address) return inside
  const hint = title ? ` title="${escape(title)}"` : ""
  return `<a class="${kind}" href="${escape(address)}"${hint} target="_blank" rel="noopener noreferrer nofollow">${inside}</a>`
}

/** @param {string} source @param {boolean} display */
function math(source, display) {
  return `<code class="${display ? "math__source math__source--display" : "math__source"}">${escape(source)}</code>`
}

/** @param {import("marked").Token} block @returns {string} */
export function htmlOf(block) {
  return marked.parser([block])
}
