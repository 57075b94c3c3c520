/** Enter means "do it" only when nobody is composing a word with it. */

/** Safari ends a composition before it reports the Enter that ended it; that Enter carries key
 * code 229 or comes within a moment of `compositionend`.
 * @param {HTMLElement} field */
export function compositionGuard(field) {
  let endedAt = -Infinity
  field.addEventListener("compositionend", (event) => {
    endedAt = event.timeStamp
  })
  /** @param {KeyboardEvent} event */
  return (event) =>
    event.isComposing || event.keyCode === 229 || event.timeStamp - endedAt < 30
}

/** Whether this Enter sends: not with Shift, not while composing, not on a touch keyboard.
 * @param {KeyboardEvent} event @param {(event: KeyboardEvent) => boolean} composing */
export function isSendingEnter(event, composing) {
  if (event.key !== "Enter" || event.shiftKey || event.altKey || composing(event)) return false
  return event.ctrlKey || event.metaKey || !matchMedia("(pointer: coarse)").matches
}
