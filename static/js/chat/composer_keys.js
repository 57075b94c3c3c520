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
