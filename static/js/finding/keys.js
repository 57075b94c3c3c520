/** Hears the keyboard on every page. What a shortcut does is loaded when the first one is pressed. */
import { isMac, pressed } from "#finding/shortcuts"

const mac = isMac()

document.addEventListener("keydown", (event) => {
  const shortcut = mayBeOne(event) ? pressed(event, mac) : null
  if (!shortcut || !isFor(shortcut, event)) return
  event.preventDefault()
  if (!event.repeat) run(shortcut.id)
})

document.addEventListener("click", (event) => {
  const opener = /** @type {Element} */ (event.target).closest?.("[data-palette], [data-sheet]")
  if (!opener || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  run(opener.matches("[data-palette]") ? "search" : "sheet")
})

for (const hint of mac ? document.querySelectorAll("[data-palette] kbd") : []) hint.textContent = "⌘ K"

/** @param {string} id */
async function run(id) {
  const { DEEDS } = await import("#finding/deeds")
  DEEDS[id]?.()
}

/** @param {KeyboardEvent} event */
function mayBeOne(event) {
  if (document.documentElement.dataset.shortcuts === "off" || event.defaultPrevented) return false
  if (event.isComposing || event.keyCode === 229) return false
  return !document.querySelector("dialog[open], [aria-modal=true]")
}

/** @param {import("#finding/shortcuts").Shortcut} shortcut @param {KeyboardEvent} event */
function isFor(shortcut, event) {
  if (shortcut.needs && !document.querySelector(shortcut.needs)) return false
  const field = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.(FIELDS))
  if (!field) return true
  if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Escape") return false
  if (field.id !== "message") return !!shortcut.anywhere
  // On a Mac these move by paragraphs, which is of use as soon as there is one.
  return !(mac && /^Arrow/.test(event.key) && /** @type {HTMLTextAreaElement} */ (field).value)
}

const FIELDS = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]"
