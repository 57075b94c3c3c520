/** Copying: an answer as Markdown and, for documents, with its formatting; details for a bug report. */
import { copy, copyRich, copyWhenKnown } from "#lib/clipboard"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

/** What is on the screen for hands and readers only. */
const NOT_TEXT = "button, svg, iframe, [hidden], [aria-hidden=true], .visually-hidden, .code__bar, .katex-html"

/** The text of a message without thinking: as it was typed, or as Markdown.
 * @param {HTMLElement} message */
export function answerOf(message) {
  return textsOf(message).map(sourceOf).join("")
}

/** The same with what was thought before it, as quotes. @param {HTMLElement} message */
export function answerWithThinking(message) {
  const parts = /** @type {NodeListOf<HTMLElement>} */ (message.querySelectorAll(".message__text, thinking-step"))
  const pieces = [...parts].map((part) => (part.matches("thinking-step") ? quoted(thoughtOf(part)) : sourceOf(part)))
  return pieces.map((piece) => piece.trim()).filter(Boolean).join("\n\n")
}

/** @param {HTMLElement} message */
export async function copyAnswer(message) {
  const text = answerOf(message)
  const isDrawn = message.dataset.role === "assistant"
  say(isDrawn ? await copyRich(text, htmlOf(message)) : await copy(text))
}

/** @param {HTMLElement} message */
export async function copyWithThinking(message) {
  say(await copy(answerWithThinking(message)))
}

/** @param {HTMLElement} button */
export async function copyCode(button) {
  say(await copy(button.closest(".code")?.querySelector("pre")?.textContent ?? ""))
}

/** What is known of an answer, without a word of it. @param {string} address */
export async function copyReport(address) {
  const report = fetch(address).then((response) => {
    if (!response.ok) throw new Error(String(response.status))
    return response.text()
  })
  say(await copyWhenKnown(report))
}

/** The drawn text as simple HTML: what a word processor takes over, and nothing that acts.
 * @param {HTMLElement} message */
export function htmlOf(message) {
  const box = document.createElement("div")
  for (const text of textsOf(message)) {
    if ("show" in text) /** @type {any} */ (text).show()
    box.append(...[...text.childNodes].map((node) => node.cloneNode(true)))
  }
  showFormulasAsText(box)
  for (const cited of box.querySelectorAll("a.cite")) cited.replaceWith(`[${cited.getAttribute("title")}]`)
  for (const element of box.querySelectorAll(NOT_TEXT)) element.remove()
  for (const element of box.querySelectorAll("*")) bare(element)
  return new XMLSerializer().serializeToString(box)
}

/** @param {HTMLElement} message */
function textsOf(message) {
  return /** @type {HTMLElement[]} */ ([...message.querySelectorAll(".message__text")])
}

/** @param {Element} text */
function sourceOf(text) {
  const { readable, source, textContent } = /** @type {any} */ (text)
  return String(readable ?? source ?? textContent ?? "")
}

/** @param {Element} step */
function thoughtOf(step) {
  return "text" in step ? String(step.text) : (step.querySelector(".step__body")?.textContent ?? "")
}

/** @param {string} text */
function quoted(text) {
  return text.trim().replace(/^/gm, "> ")
}

/** A formula is many small boxes on the screen; elsewhere its source says more. @param {HTMLElement} box */
function showFormulasAsText(box) {
  for (const formula of box.querySelectorAll(".katex")) {
    const source = formula.querySelector("annotation")?.textContent
    if (source) formula.replaceWith(source)
  }
}

const KEPT = ["href", "start", "colspan", "rowspan", "align"]

/** @param {Element} element */
function bare(element) {
  for (const { name } of [...element.attributes]) {
    if (!KEPT.includes(name)) element.removeAttribute(name)
  }
}

/** @param {boolean} worked */
function say(worked) {
  toast(worked ? gettext("Copied") : gettext("The browser does not allow copying here."))
}
