/** Enter means "do it" only when nobody is composing a word with it. */

const SAFARIS_MOMENT = 30

/** Safari ends a composition before it reports the Enter that ended it; that Enter carries key
 * code 229 or comes within a moment of `compositionend`.
 * @param {EventTarget} field */
export function compositionGuard(field) {
  let endedAt = -Infinity
  field.addEventListener("compositionend", (event) => {
    endedAt = event.timeStamp
  })
  /** @param {KeyboardEvent} event */
  return (event) =>
    event.isComposing || event.keyCode === 229 || event.timeStamp - endedAt < SAFARIS_MOMENT
}

/** Keep an Enter that ends a word from sending the form it is written in; for every field.
 * @param {Document} page */
export function guardForms(page) {
  const composing = compositionGuard(page)
  page.addEventListener("keydown", (event) => {
    const isInField = event.target instanceof HTMLInputElement
    if (isInField && event.key === "Enter" && composing(event)) event.preventDefault()
  })
}

/** Whether Enter alone sends here: not on a touch keyboard, and not where a person chose Ctrl+Enter. */
export function enterSends() {
  if (document.documentElement.dataset.sendKey === "ctrl_enter") return false
  return !matchMedia("(pointer: coarse)").matches
}

/** Whether this Enter sends: not with Shift, not while composing. With Ctrl or Cmd it always does.
 * @param {KeyboardEvent} event @param {(event: KeyboardEvent) => boolean} composing */
export function isSendingEnter(event, composing) {
  if (event.key !== "Enter" || event.shiftKey || event.altKey || composing(event)) return false
  return event.ctrlKey || event.metaKey || enterSends()
}

/** Whether Escape means something that lies above the page. */
export function isSomethingOpen() {
  return !!document.querySelector("dialog[open], [popover]:popover-open")
}
