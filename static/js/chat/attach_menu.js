/** The ways to attach something, as a menu: the first entry has the focus, so that a second Enter picks. */
import { clone } from "#lib/templates"
import { placeBeside, walk } from "#lib/popovers"
import { compositionGuard } from "#lib/keys"

/** @typedef {{files: (files: File[]) => void, address: (address: string) => void, pick: () => void, gallery: () => void}} Does */

/** @param {HTMLElement} opener @param {Does} does */
export function openAttachMenu(opener, does) {
  const menu = /** @type {HTMLElement} */ (clone("attach-menu"))
  opener.after(menu)
  menu.addEventListener("click", (event) => chosen(/** @type {Element} */ (event.target), menu, does))
  menu.addEventListener("keydown", (event) => walk(event, entriesOf(menu)))
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return
    opener.setAttribute("aria-expanded", "false")
    setTimeout(() => menu.remove())
  })
  const camera = /** @type {HTMLInputElement} */ (menu.querySelector("input"))
  camera.addEventListener("change", () => {
    does.files([...(camera.files ?? [])])
    menu.hidePopover()
  })
  camera.addEventListener("cancel", () => menu.hidePopover())
  menu.showPopover()
  placeBeside(menu, opener, "start")
  opener.setAttribute("aria-expanded", "true")
  entriesOf(menu)[0]?.focus()
}

/** @param {Element} target @param {HTMLElement} menu @param {Does} does */
function chosen(target, menu, does) {
  const way = /** @type {HTMLElement | null} */ (target.closest("[data-way]"))?.dataset.way
  if (!way) return
  if (way === "files") does.pick()
  if (way === "camera") return menu.querySelector("input")?.click()
  menu.hidePopover()
  if (way === "gallery") does.gallery()
  if (way === "link") askForLink(does.address)
}

/** @param {HTMLElement} menu */
function entriesOf(menu) {
  const entries = /** @type {NodeListOf<HTMLElement>} */ (menu.querySelectorAll("[role=menuitem]"))
  return [...entries].filter((entry) => getComputedStyle(entry).display !== "none")
}

/** @param {(address: string) => void} tell */
function askForLink(tell) {
  const dialog = /** @type {HTMLDialogElement} */ (clone("link-dialog"))
  const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"))
  const composing = compositionGuard(field)
  document.body.append(dialog)
  dialog.addEventListener("close", () => dialog.remove())
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close())
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && composing(event)) event.preventDefault()
  })
  dialog.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault()
    dialog.close()
    tell(field.value.trim())
  })
  dialog.showModal()
}
