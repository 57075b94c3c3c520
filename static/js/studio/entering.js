/** Enter sends the studio's form, as it sends a message, but not while words are being composed. */
import { compositionGuard, isSendingEnter } from "#lib/keys"

/** @param {HTMLFormElement} form */
export function takeEnter(form) {
  const composing = compositionGuard(form)
  form.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement) || !isSendingEnter(event, composing)) return
    event.preventDefault()
    form.requestSubmit()
  })
}
