/** Shows a page or picture that a model wrote, at work, beside the conversation; on a phone instead
 * of it. It runs in a frame without an origin and without a network, and goes with its dialog. */
import { icon } from "#lib/icon"
import { gettext, interpolate } from "#lib/words"
import { isPicture } from "#markdown/artifact"
import { Frame } from "#markdown/frame"

/** @param {string} title @param {string} source @param {string} language */
export function preview(title, source, language) {
  const dialog = document.createElement("dialog")
  dialog.className = "preview"
  dialog.setAttribute("aria-label", interpolate(gettext("Preview of %(title)s"), { title }))
  dialog.append(head(title, dialog))
  document.body.append(dialog)
  dialog.addEventListener("close", () => dialog.remove())
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close()
  })
  const frame = new Frame("/frames/artifact/", title, "preview__frame", dialog)
  // Escape pressed inside the frame is heard there alone.
  frame.hear((data) => {
    if (data.close === true) dialog.close()
  })
  frame.say({ source, isPicture: isPicture(language) })
  dialog.showModal()
}

/** @param {string} title @param {HTMLDialogElement} dialog */
function head(title, dialog) {
  const line = document.createElement("header")
  line.className = "preview__head"
  const name = document.createElement("h2")
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
