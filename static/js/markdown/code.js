/** A block of code: its language, a button that copies it, and the code, which scrolls by itself. */
import { gettext, interpolate } from "#lib/words"
import { icon } from "#lib/icon"

/** @param {Element} pre @returns {Element} */
export function codeBlock(pre) {
  const language = languageIn(pre.querySelector("code"))
  const frame = document.createElement("div")
  frame.className = "code"
  frame.append(bar(language), framed(pre, language))
  return frame
}

/** @param {string} language */
function bar(language) {
  const line = document.createElement("div")
  line.className = "code__bar"
  const name = document.createElement("b")
  name.textContent = language
  const button = document.createElement("button")
  button.type = "button"
  button.className = "icon-button icon-button--small"
  button.dataset.action = "copy-code"
  button.setAttribute("aria-label", gettext("Copy code"))
  button.append(icon("copy", "small"))
  line.append(name, button)
  return line
}

/** @param {Element} pre @param {string} language */
function framed(pre, language) {
  const copy = /** @type {HTMLElement} */ (pre.cloneNode(true))
  copy.tabIndex = 0
  copy.setAttribute("role", "region")
  const name = language ? interpolate(gettext("%(language)s code"), { language }) : gettext("Code")
  copy.setAttribute("aria-label", name)
  return copy
}

/** @param {Element | null} code */
function languageIn(code) {
  return /language-(\S+)/.exec(code?.className ?? "")?.[1] ?? ""
}
