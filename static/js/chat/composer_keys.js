/** What the keys do in the message box. */
import { compositionGuard, enterSends, isSendingEnter, isSomethingOpen } from "#lib/keys"

/** @param {HTMLTextAreaElement} field
 *  @param {{submit: () => void, stop: () => boolean, editLast: () => boolean}} does `stop` and
 *    `editLast` say whether there was anything to do */
export function listenToKeys(field, does) {
  const composing = compositionGuard(field)
  field.enterKeyHint = enterSends() ? "send" : "enter"
  field.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || composing(event)) return
    if (isMeant(event, field, does, composing)) event.preventDefault()
  })
  stopFromAnywhere(field, does.stop)
}

/** Escape stops wherever the focus is, unless it is meant for something nearer: this comes after all
 * that listens to the document.
 * @param {HTMLTextAreaElement} field @param {() => boolean} stop */
function stopFromAnywhere(field, stop) {
  field.ownerDocument.defaultView?.addEventListener("keydown", (event) => {
    const { key, ctrlKey, altKey, shiftKey, metaKey, defaultPrevented } = event
    if (key !== "Escape" || ctrlKey || altKey || shiftKey || metaKey || defaultPrevented) return
    const isInField = /** @type {Element} */ (event.target).matches?.("input, textarea, select")
    if (field.isConnected && !isInField && !isSomethingOpen() && stop()) event.preventDefault()
  })
}

/** @param {KeyboardEvent} event @param {HTMLTextAreaElement} field
 *  @param {Parameters<typeof listenToKeys>[1]} does @param {(event: KeyboardEvent) => boolean} composing */
function isMeant(event, field, does, composing) {
  if (isSendingEnter(event, composing)) {
    if (!event.repeat) does.submit()
    return true
  }
  if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false
  if (event.key === "Escape") return !isSomethingOpen() && does.stop()
  return event.key === "ArrowUp" && field.value === "" && does.editLast()
}
