/** HTML pages and SVG pictures that a model wrote. They are shown as code, on every screen, since
 * nothing that a model wrote runs by itself; a button shows them at work, in a frame that can reach
 * neither this page nor the network. */
import { gettext, interpolate, ngettext } from "#lib/words"
import { icon } from "#lib/icon"

const PAGE = /<!doctype html|<(?:html|head|body|script|style|canvas)[\s>]/i
const PICTURE = /<svg[\s>]/i
const SIZEABLE = 600
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi
/** Those that stand in titles; what else there is stays as it is written.
 * @type {Record<string, string>} */
const ENTITIES = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", hellip: "…", middot: "·", bull: "•",
  copy: "©", times: "×",
}

/** @param {string} language @param {string} source */
export function isArtifact(language, source) {
  if (language === "svg") return PICTURE.test(source)
  if (language === "html") return PAGE.test(source) || source.length >= SIZEABLE
  return language === "xml" && /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/i.test(source)
}

/** @param {string} language */
export function isPicture(language) {
  return language !== "html"
}

/** @param {string} source @param {string} language @param {Element[]} buttons */
export function artifactHead(source, language, buttons) {
  const head = document.createElement("div")
  head.className = "artifact__head"
  head.append(icon(isPicture(language) ? "image" : "code"), words(source, language), previewButton(), sourceButton(), ...buttons)
  return head
}

/** What a page calls itself, or what it is. @param {string} source @param {string} language */
export function titleOf(source, language) {
  const title = /<title>([^<]{1,200})<\/title>/i.exec(source)?.[1].replace(ENTITY, signOf).replace(/\s+/g, " ").trim()
  return title || (isPicture(language) ? gettext("SVG picture") : gettext("HTML page"))
}

/** @param {string} written @param {string} [decimal] @param {string} [hex] @param {string} [name] */
function signOf(written, decimal, hex, name = "") {
  const code = decimal ? Number(decimal) : parseInt(hex ?? "", 16)
  if (code > 0x1f && code <= 0x10ffff) return String.fromCodePoint(code)
  return ENTITIES[name] ?? written
}

/** @param {string} source @param {string} language */
function words(source, language) {
  const text = document.createElement("div")
  text.className = "artifact__words"
  const title = document.createElement("b")
  title.dir = "auto"
  title.textContent = titleOf(source, language)
  const kind = document.createElement("span")
  const lines = source.replace(/\n$/, "").split("\n").length
  const size = interpolate(
    ngettext("%(kind)s, %(lines)s line", "%(kind)s, %(lines)s lines", lines),
    { kind: language.toUpperCase(), lines },
  )
  kind.textContent = isPicture(language) ? size : `${size} · ${gettext("runs only in the preview")}`
  text.append(title, kind)
  return text
}

function previewButton() {
  const button = newButton("preview", "button--primary", gettext("Preview"))
  button.setAttribute("aria-haspopup", "dialog")
  return button
}

function sourceButton() {
  const button = newButton("source", "button--quiet", gettext("Source"))
  button.setAttribute("aria-expanded", "true")
  return button
}

/** @param {string} block what it does @param {string} look @param {string} words */
function newButton(block, look, words) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = `button ${look} button--small`
  button.dataset.block = block
  button.textContent = words
  return button
}
