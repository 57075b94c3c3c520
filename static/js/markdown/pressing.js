/** What the buttons inside an answer do. What only few of them need is loaded when one is pressed. */
import { languageIn, WRAP } from "#markdown/code"
import { recall, remember } from "#lib/storage"

/** @type {Record<string, (button: HTMLButtonElement) => unknown>} */
const DEEDS = {
  wrap: () => showWrapped(!recall(WRAP, false)),
  download,
  source: toggleSource,
  async preview(button) {
    const { block, source, language } = codeOf(button)
    const { preview } = await import("#markdown/preview")
    preview(block.querySelector(".artifact__words b")?.textContent ?? "", source, language)
  },
  async picture(button) {
    const { load } = await import("#markdown/pictures")
    load(/** @type {HTMLElement} */ (button.closest(".picture")))
  },
  note: (button) => goToNote(button, ".note > .note-mark > button"),
  "note-back": (button) => goToNote(button, ":not(.note) > .note-mark > button"),
}

/** @param {Event} event a click inside a text */
export function press(event) {
  const button = /** @type {HTMLButtonElement | null} */ (
    /** @type {Element} */ (event.target).closest("button[data-block]")
  )
  DEEDS[button?.dataset.block ?? ""]?.(/** @type {HTMLButtonElement} */ (button))
}

/** All code of the page wraps, or none: it is a way of reading. @param {boolean} isWrapped */
export function showWrapped(isWrapped) {
  remember(WRAP, isWrapped || null)
  document.documentElement.toggleAttribute("data-wrap-code", isWrapped)
  for (const button of document.querySelectorAll("[data-block=wrap]")) {
    button.setAttribute("aria-pressed", String(isWrapped))
  }
}

/** @param {HTMLElement} button */
function codeOf(button) {
  const block = /** @type {HTMLElement} */ (button.closest(".code"))
  const code = block.querySelector("pre > code")
  return { block, source: code?.textContent ?? "", language: languageIn(code) }
}

/** @param {HTMLElement} button */
async function download(button) {
  const { source, language } = codeOf(button)
  const { fileName } = await import("#markdown/languages")
  const link = document.createElement("a")
  link.download = fileName(language)
  link.href = URL.createObjectURL(new Blob([source.endsWith("\n") ? source : `${source}\n`], { type: "text/plain" }))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** @param {HTMLElement} button */
function toggleSource(button) {
  const { block } = codeOf(button)
  const isShown = button.getAttribute("aria-expanded") !== "true"
  button.setAttribute("aria-expanded", String(isShown))
  block.querySelector("pre")?.toggleAttribute("hidden", !isShown)
}

/** @param {HTMLElement} button @param {string} kind */
function goToNote(button, kind) {
  const text = button.closest("markdown-body")
  const marks = /** @type {NodeListOf<HTMLElement>} */ (text?.querySelectorAll(kind))
  const mark = [...marks].find((one) => one.textContent === button.textContent)
  mark?.scrollIntoView({ block: "center" })
  mark?.focus({ preventScroll: true })
}
