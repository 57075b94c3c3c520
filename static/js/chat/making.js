/** The composer's way to a picture or a film: what is sent next is made instead of answered. */
import { styled } from "#chat/photos"
import { clone } from "#lib/templates"
import { placeBeside, walk } from "#lib/popovers"

/** @param {HTMLElement} opener */
export function openMakeMenu(opener) {
  const menu = /** @type {HTMLElement} */ (clone("make-menu"))
  const form = /** @type {HTMLFormElement} */ (opener.closest("form"))
  opener.after(menu)
  menu.addEventListener("click", (event) => {
    const entry = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-make]"))
    if (!entry) return
    menu.hidePopover()
    wish(form, entry)
  })
  const entries = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role=menuitem]")])
  menu.addEventListener("keydown", (event) => walk(event, entries))
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return
    opener.setAttribute("aria-expanded", "false")
    setTimeout(() => menu.remove())
  })
  menu.showPopover()
  placeBeside(menu, opener, "start")
  opener.setAttribute("aria-expanded", "true")
  menu.querySelector("button")?.focus()
}

/** @param {HTMLFormElement} form @param {HTMLElement} entry */
function wish(form, entry) {
  drop(form)
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"))
  const note = /** @type {HTMLElement} */ (clone("making-note"))
  const words = note.querySelector("span")
  if (words) words.textContent = entry.dataset.words ?? ""
  form.dataset.make = entry.dataset.make
  styled("attachment").then(() => field.before(note))
  note.querySelector("button")?.addEventListener("click", () => {
    drop(form)
    field.focus()
  })
  form.closest("chat-composer")?.addEventListener("compose", () => drop(form), { once: true })
  field.focus()
}

/** @param {HTMLFormElement} form */
function drop(form) {
  delete form.dataset.make
  form.querySelector("[data-making]")?.remove()
}
