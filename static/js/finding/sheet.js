/** The sheet of shortcuts, made from their table. */
import { galleryKeys } from "#finding/gallery_keys"
import { caps, isMac, shortcuts } from "#finding/shortcuts"
import { icon } from "#lib/icon"
import { gettext } from "#lib/words"

export function openSheet() {
  const dialog = sheet()
  dialog.addEventListener("close", () => dialog.remove())
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target)
    if (target === dialog || target.closest("[data-close]")) dialog.close()
  })
  dialog.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "/") dialog.close()
  })
  document.body.append(dialog)
  dialog.showModal()
}

function sheet() {
  const dialog = /** @type {HTMLDialogElement} */ (made("dialog", "dialog sheet"))
  dialog.setAttribute("aria-labelledby", "sheet-title")
  dialog.toggleAttribute("autofocus", true) // Not the button that closes it.
  const title = made("h2", "", gettext("Keyboard shortcuts"))
  title.id = "sheet-title"
  const close = made("button", "icon-button icon-button--small")
  close.setAttribute("type", "button")
  close.setAttribute("aria-label", gettext("Close"))
  close.dataset.close = ""
  close.append(icon("x"))
  const groups = made("div", "sheet__groups")
  groups.append(...[...shortcuts(), galleryKeys()].map(section))
  const off = /** @type {HTMLAnchorElement} */ (made("a", "", gettext("Switch them off in the settings")))
  off.href = "/settings/#general"
  dialog.append(withChildren("header", "sheet__head", title, close), groups, withChildren("p", "sheet__foot", off))
  return dialog
}

/** @param {import("#finding/shortcuts").Group} group */
function section({ title, shortcuts }) {
  const list = made("dl", "")
  for (const { words, keys } of shortcuts) {
    const ways = keys.map((combination) => withChildren("span", "keys", ...caps(combination, isMac()).map(cap)))
    list.append(withChildren("div", "sheet__row", made("dt", "", words), withChildren("dd", "", ...ways)))
  }
  return withChildren("section", "sheet__group", made("h3", "", title), list)
}

/** @param {string} key */
const cap = (key) => made("kbd", "", key)

/** @param {string} tag @param {string} name @param {string} [words] */
function made(tag, name, words = "") {
  const element = document.createElement(tag)
  if (name) element.className = name
  element.textContent = words
  return element
}

/** @param {string} tag @param {string} name @param {...Element} children */
function withChildren(tag, name, ...children) {
  const element = made(tag, name)
  element.append(...children)
  return element
}
