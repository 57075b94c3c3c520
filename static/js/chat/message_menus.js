/** Menus of a message: one of each kind on the page, filled for the message whose button opens it.
 *
 * The browser opens and closes them (`popovertarget`); this knows for which message, puts them
 * beside their button, and lets arrow keys walk through them. */
import { placeBeside, walk } from "#lib/popovers"

/** @type {{message: HTMLElement, opener: HTMLElement} | null} */
let opened = null

/** The message an entry of a menu is about. @param {Element} entry */
export function messageOf(entry) {
  const message = entry.closest(".menu--message") ? opened?.message : entry.closest("article.message")
  return /** @type {HTMLElement | null} */ (message ?? null)
}

/** A button is about to open a menu. @param {HTMLElement} opener @param {HTMLElement} message */
export function beginMenu(opener, message) {
  opened = { message, opener }
}

/** Close it; the focus goes back to where it came from.  @param {Element} entry */
export function endMenu(entry) {
  const menu = /** @type {HTMLElement | null} */ (entry.closest(".menu--message"))
  if (menu?.matches(":popover-open")) menu.hidePopover()
}

/** Everything that opens beside what named it. @param {Event} event `toggle` */
export function placeOpened(event) {
  const popover = event.target
  if (!(popover instanceof HTMLElement)) return
  const isOpen = popover.matches(":popover-open")
  if (popover.matches(".details") && isOpen) placeDetails(popover)
  if (popover.matches(".menu--message")) showMenu(popover, isOpen)
}

/** @param {KeyboardEvent} event */
export function walkMenu(event) {
  const menu = /** @type {Element} */ (event.target).closest?.(".menu--message")
  if (menu) walk(event, entriesOf(menu))
}

/** @param {Element} menu */
function entriesOf(menu) {
  const entries = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("button")])
  return entries.filter((entry) => !entry.hidden && !entry.closest("[hidden]"))
}

/** @param {HTMLElement} details */
function placeDetails(details) {
  const opener = document.querySelector(`[popovertarget="${CSS.escape(details.id)}"]`)
  if (opener) placeBeside(details, opener)
}

/** @param {HTMLElement} menu @param {boolean} isOpen */
function showMenu(menu, isOpen) {
  if (!opened) return
  opened.message.toggleAttribute("data-menu-open", isOpen)
  opened.opener.setAttribute("aria-expanded", String(isOpen))
  if (!isOpen) return
  placeBeside(menu, opened.opener, "start")
  entriesOf(menu)[0]?.focus()
}
