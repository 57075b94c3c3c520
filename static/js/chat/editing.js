/** Changing a question where it stands. The changed one becomes a new version, answered anew. */
import { compositionGuard, enterSends, isSendingEnter } from "#lib/keys"
import { newId } from "#lib/ids"
import { recall, remember } from "#lib/storage"
import { clone } from "#lib/templates"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"
import { isDoubtful } from "#chat/commands"

/** @typedef {{text: string, isOpen: boolean}} Change of a question, kept in the browser */

/** @param {import("#elements/chat_room").ChatRoom} room @param {HTMLElement} message */
export function openEditor(room, message) {
  const field = showEditor(room, message)
  field?.focus()
  field?.setSelectionRange(field.value.length, field.value.length)
}

/** What was being changed before a reload stands open again. @param {import("#elements/chat_room").ChatRoom} room */
export function reopenEditors(room) {
  for (const message of room.log.messages) {
    if (message.dataset.role === "user" && recall(name(message), closed).isOpen) showEditor(room, message)
  }
}

/** @type {Change} */
const closed = { text: "", isOpen: false }

/** @param {HTMLElement} message */
const name = (message) => `edit.${message.dataset.message}`

/** @param {import("#elements/chat_room").ChatRoom} room @param {HTMLElement} message */
function showEditor(room, message) {
  if (message.querySelector(".editor")) return
  const form = /** @type {HTMLFormElement | null} */ (clone("editor"))
  const text = message.querySelector(".message__text")
  if (!form || !text) return
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"))
  const changed = recall(name(message), closed).text
  if (changed) remember(name(message), { text: changed, isOpen: true })
  field.value = changed || (text.textContent ?? "")
  message.dataset.editing = ""
  text.after(form)
  wire(room, message, form, field)
  return field
}

/** @param {import("#elements/chat_room").ChatRoom} room @param {HTMLElement} message
 *  @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
function wire(room, message, form, field) {
  const composing = compositionGuard(field)
  const submit = () => ask(room, message, form, field.value)
  field.enterKeyHint = enterSends() ? "send" : "enter"
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submit()
  })
  field.addEventListener("input", () => remember(name(message), { text: field.value, isOpen: true }))
  field.addEventListener("keydown", (event) => {
    const isLeaving = event.key === "Escape" && !composing(event)
    if (isLeaving) putAside(message, field.value)
    else if (isSendingEnter(event, composing)) submit()
    else return
    event.preventDefault()
  })
  form.querySelector("[data-action=cancel-edit]")?.addEventListener("click", () => {
    remember(name(message), null)
    close(message)
  })
}

/** Close it; a change is not lost by a key. @param {HTMLElement} message @param {string} text */
function putAside(message, text) {
  const isChanged = text !== message.querySelector(".message__text")?.textContent
  remember(name(message), isChanged ? { text, isOpen: false } : null)
  close(message)
  if (isChanged) toast(gettext("Your change is kept. Edit shows it again."))
}

/** @param {import("#elements/chat_room").ChatRoom} room @param {HTMLElement} message
 *  @param {HTMLFormElement} form @param {string} text */
function ask(room, message, form, text) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"))
  const isEmpty = !text.trim() && !message.querySelector(".photos")
  if (isEmpty || button.disabled) return
  button.disabled = true
  const again = form.dataset.doubtful === text ? form.dataset.command : undefined
  const id = (form.dataset.command = again ?? newId())
  forgetWhenAsked(message, form)
  const command = { do: "edit", id, message: message.dataset.message, text, options: room.choices.options }
  room.commands.obey(command, (frame) => {
    button.disabled = false
    if (isDoubtful(frame)) form.dataset.doubtful = text
    else delete form.dataset.doubtful
    const line = /** @type {HTMLElement | null} */ (form.querySelector(".composer__error"))
    const place = line?.querySelector("span")
    if (line && place) {
      place.textContent = frame.message
      line.hidden = false
    }
    return true
  })
}

/** The change is a version of its own now. @param {HTMLElement} message @param {HTMLFormElement} form */
function forgetWhenAsked(message, form) {
  const asked = () => {
    if (form.isConnected) return
    remember(name(message), null)
    document.removeEventListener("answer-opened", asked)
  }
  document.addEventListener("answer-opened", asked)
}

/** @param {HTMLElement} message */
function close(message) {
  message.querySelector(".editor")?.remove()
  delete message.dataset.editing
  const button = /** @type {HTMLElement | null} */ (message.querySelector("[data-action=edit]"))
  button?.focus()
}
