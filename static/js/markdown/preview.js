/** Shows a page or picture that a model wrote, at work: beside the conversation, which makes room for
 * it, or instead of it where there is none. It runs in a frame without an origin and without a
 * network, and goes with its panel. */
import { icon } from "#lib/icon"
import { gettext, interpolate } from "#lib/words"
import { isPicture } from "#markdown/artifact"
import { Frame } from "#markdown/frame"
import { edge } from "#markdown/panel_edge"

/** As in the style sheet: below, the panel takes the whole window. */
const BESIDE = "(min-width: 64.01rem)"

/** @param {string} title @param {string} source @param {string} language */
export function preview(title, source, language) {
  for (const other of /** @type {NodeListOf<HTMLDialogElement>} */ (document.querySelectorAll(".preview"))) other.close()
  const dialog = document.createElement("dialog")
  dialog.className = "preview"
  dialog.setAttribute("aria-label", interpolate(gettext("Preview of %(title)s"), { title }))
  dialog.append(head(title, dialog), edge(dialog))
  document.body.append(dialog)
  begin(dialog, title, { source, isPicture: isPicture(language) })
  show(dialog)
}

/** @param {HTMLDialogElement} dialog @param {string} title @param {object} artifact */
function begin(dialog, title, artifact) {
  const frame = new Frame("/frames/artifact/", title, "preview__frame", dialog)
  frame.hear((data) => {
    // Escape pressed inside the frame is heard there alone.
    if (data.close === true) dialog.close()
    if (data.left === true) sayLeft(frame.element, () => begin(dialog, title, artifact))
  })
  frame.say(artifact)
}

/** Beside a conversation one goes on with; above it, as a dialog that takes the keyboard.
 * @param {HTMLDialogElement} dialog */
function show(dialog) {
  const isBeside = matchMedia(BESIDE)
  const place = () => {
    dialog.close()
    if (isBeside.matches) dialog.show()
    else dialog.showModal()
    tellPreviewing()
  }
  isBeside.addEventListener("change", place)
  dialog.addEventListener("close", () => {
    tellPreviewing()
    if (dialog.open) return // It only changed its place.
    isBeside.removeEventListener("change", place)
    dialog.remove()
  })
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    dialog.close()
  })
  place()
}

/** The page makes room. */
function tellPreviewing() {
  document.documentElement.toggleAttribute("data-previewing", !!document.querySelector(".preview[open]"))
}

/** What was shown went somewhere else, where it may not go. @param {Element} frame
 *  @param {() => void} again */
function sayLeft(frame, again) {
  const notice = document.createElement("div")
  notice.className = "preview__left"
  notice.setAttribute("role", "alert")
  const words = document.createElement("p")
  words.textContent = gettext("The preview tried to leave for another page, which it may not.")
  const reload = document.createElement("button")
  reload.type = "button"
  reload.className = "button button--line"
  reload.textContent = gettext("Show it again")
  reload.addEventListener("click", () => {
    notice.remove()
    again()
  })
  notice.append(words, reload)
  frame.replaceWith(notice)
}

/** @param {string} title @param {HTMLDialogElement} dialog */
function head(title, dialog) {
  const line = document.createElement("header")
  line.className = "preview__head"
  const name = document.createElement("h2")
  name.dir = "auto"
  name.textContent = title
  const close = document.createElement("button")
  close.type = "button"
  close.className = "icon-button"
  close.setAttribute("aria-label", gettext("Close preview"))
  close.append(icon("x"))
  close.addEventListener("click", () => dialog.close())
  line.append(name, close)
  return line
}
