/** Undo for what was just done: a button in a message that stays ten seconds, and Ctrl+Z as long. */
import { gettext, interpolate } from "#lib/words"

const STAYS = 10_000

/** @type {{undo: () => void, leave: () => void} | null} */
let pending = null

/** Only the last thing can be undone by the keyboard; every message keeps its own button.
 * @param {string} words what was done @param {() => void} undo
 * @param {{stays?: number, left?: () => void}} [more] */
export function offerUndo(words, undo, { stays = STAYS, left } = {}) {
  const offer = { undo, leave: () => {} }
  pending = offer
  const over = () => {
    if (pending === offer) pending = null
  }
  const detail = {
    words,
    action: { label: gettext("Undo"), run: undo },
    spoken: interpolate(gettext("%(words)s. Ctrl+Z undoes it."), { words }),
    stays,
    shown: (/** @type {() => void} */ leave) => {
      offer.leave = leave
    },
    left: () => {
      over()
      left?.()
    },
  }
  document.dispatchEvent(new CustomEvent("toast", { detail }))
}

/** Undo what can be undone. False: there is nothing. */
export function undoLast() {
  const offer = pending
  if (!offer) return false
  offer.undo()
  offer.leave()
  return true
}

/** Ctrl+Z, unless somebody is writing: there it takes back letters. */
export function listenForUndo() {
  document.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
    if (!isUndo || event.key.toLowerCase() !== "z" || event.defaultPrevented || isWriting(event.target)) return
    if (undoLast()) event.preventDefault()
  })
}

/** @param {EventTarget | null} target */
function isWriting(target) {
  if (target instanceof HTMLInputElement && ["checkbox", "radio", "button"].includes(target.type)) return false
  return !!(/** @type {HTMLInputElement} */ (target).value)
}
