/** A block of code: a line with its language and what can be done with it, and the code, which
 * scrolls by itself. Diagrams and artifacts are code too, with something to look at above it. */
import { gettext, interpolate } from "#lib/words"
import { icon } from "#lib/icon"
import { recall } from "#lib/storage"
import { artifactHead, isArtifact } from "#markdown/artifact"

export const WRAP = "wrap-code"

/** @param {Element} pre @returns {Element} */
export function codeBlock(pre) {
  const language = languageIn(pre.querySelector("code"))
  const frame = document.createElement("div")
  const isOpen = pre.classList.contains("is-open")
  frame.className = isOpen ? "code is-open" : "code"
  const code = framed(pre, language)
  if (!isOpen && language === "mermaid") frame.append(...diagram(frame, code))
  else if (!isOpen && isArtifact(language, code.textContent ?? "")) frame.append(...artifact(frame, code, language))
  else frame.append(bar(language, wrapButton(), copyButton(), downloadButton()), code)
  return frame
}

/** What the code is written in. @param {Element | null} code `<code>` */
export function languageIn(code) {
  return /language-(\S+)/.exec(code?.className ?? "")?.[1].toLowerCase() ?? ""
}

/** Until there is a picture its source stands open. @param {Element} frame @param {Element} code */
function diagram(frame, code) {
  frame.classList.add("diagram")
  const picture = document.createElement("div")
  picture.className = "diagram__picture"
  picture.hidden = true
  const source = document.createElement("details")
  source.className = "diagram__source"
  source.open = true
  const summary = document.createElement("summary")
  summary.textContent = gettext("Source")
  source.append(summary, code)
  return [bar(gettext("Diagram"), copyButton(), downloadButton()), picture, source]
}

/** @param {Element} frame @param {Element} code @param {string} language */
function artifact(frame, code, language) {
  frame.classList.add("artifact")
  return [artifactHead(code.textContent ?? "", language, [copyButton(), downloadButton()]), code]
}

/** @param {string} label @param {Element[]} buttons */
function bar(label, ...buttons) {
  const line = document.createElement("div")
  line.className = "code__bar"
  const name = document.createElement("b")
  name.textContent = label
  line.append(name, ...buttons)
  return line
}

function wrapButton() {
  const button = iconButton("wrap", gettext("Wrap lines"))
  button.dataset.block = "wrap"
  button.setAttribute("aria-pressed", String(recall(WRAP, false)))
  return button
}

/** The page's own handler of copying does it. */
function copyButton() {
  const button = iconButton("copy", gettext("Copy code"))
  button.dataset.action = "copy-code"
  return button
}

function downloadButton() {
  const button = iconButton("save", gettext("Download code"))
  button.dataset.block = "download"
  return button
}

/** @param {string} drawing @param {string} name */
function iconButton(drawing, name) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "icon-button icon-button--small"
  button.setAttribute("aria-label", name)
  button.title = name
  button.append(icon(drawing, "small"))
  return button
}

/** @param {Element} pre @param {string} language */
function framed(pre, language) {
  const copy = /** @type {HTMLElement} */ (pre.cloneNode(true))
  copy.removeAttribute("class")
  copy.tabIndex = 0
  copy.dir = "ltr"
  copy.setAttribute("role", "group")
  const name = language ? interpolate(gettext("%(language)s code"), { language }) : gettext("Code")
  copy.setAttribute("aria-label", name)
  return copy
}
