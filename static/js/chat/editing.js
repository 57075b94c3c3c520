/** Changing a question where it stands. The changed one becomes a new version, answered anew. */
import { compositionGuard, enterSends, isSendingEnter } from "#lib/keys"
import { newId } from "#lib/ids"
import { recall, remember } from "#lib/storage"
import { clone } from "#lib/templates"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"
import { filesOf } from "#chat/attached"
import { Attaching } from "#chat/attaching"
import { isDoubtful } from "#chat/commands"

/** @typedef {import("#chat/uploads").Stored} Stored
 * @typedef {{text: string, isOpen: boolean, attachments?: Stored[]}} Change of a question, kept in the browser
 * @typedef {{message: HTMLElement, form: HTMLFormElement, field: HTMLTextAreaElement, attaching: Attaching}} Editor */

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
  const changed = recall(name(message), closed)
  field.value = changed.text || (text.textContent ?? "")
  message.dataset.editing = ""
  text.after(form)
  const editor = { message, form, field, attaching: attachingOf(message, form, () => keep(editor, true)) }
  editor.attaching.replace(changed.attachments ?? attachedTo(message))
  if (changed.text) keep(editor, true)
  wire(room, editor)
  return field
}

/** @param {HTMLElement} message @param {HTMLFormElement} form @param {() => void} keepIt */
function attachingOf(message, form, keepIt) {
  return new Attaching(form, {
    changed: (isOther) => isOther && keepIt(),
    hold: (words) => showError(form, words),
    place: () => name(message),
  })
}

/** What went along with the question. @param {HTMLElement} message @returns {Stored[]} */
const attachedTo = (message) => JSON.parse(message.dataset.attachments ?? "[]")

/** @param {Editor} editor @param {boolean} isOpen */
function keep({ message, field, attaching }, isOpen) {
  remember(name(message), { text: field.value, attachments: attaching.stored, isOpen })
}

/** @param {import("#elements/chat_room").ChatRoom} room @param {Editor} editor */
function wire(room, editor) {
  const { message, form, field } = editor
  const composing = compositionGuard(field)
  const submit = () => ask(room, editor)
  field.enterKeyHint = enterSends() ? "send" : "enter"
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submit()
  })
  field.addEventListener("input", () => keep(editor, true))
  field.addEventListener("keydown", (event) => {
    const isLeaving = event.key === "Escape" && !composing(event)
    if (isLeaving) putAside(editor)
    else if (isSendingEnter(event, composing)) submit()
    else return
    event.preventDefault()
  })
  form.querySelector("[data-action=cancel-edit]")?.addEventListener("click", () => {
    remember(name(message), null)
    close(message)
  })
}

/** Close it; a change is not lost by a key. @param {Editor} editor */
function putAside(editor) {
  const { message, field, attaching } = editor
  const isOtherText = field.value !== message.querySelector(".message__text")?.textContent
  const isChanged = isOtherText || String(filesOf({ attachments: attaching.stored })) !== String(filesOf({ attachments: attachedTo(message) }))
  if (isChanged) keep(editor, false)
  else remember(name(message), null)
  close(message)
  if (isChanged) toast(gettext("Your change is kept. Edit shows it again."))
}

/** @param {import("#elements/chat_room").ChatRoom} room @param {Editor} editor */
function ask(room, editor) {
  const { message, form, attaching } = editor
  const text = editor.field.value
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"))
  if (button.disabled || (!text.trim() && attaching.isEmpty)) return
  if (attaching.mustWait()) return attaching.whenThere(() => form.isConnected && ask(room, editor))
  button.disabled = true
  const attachments = filesOf({ attachments: attaching.stored })
  const said = JSON.stringify([text, attachments])
  const again = form.dataset.doubtful === said ? form.dataset.command : undefined
  const id = (form.dataset.command = again ?? newId())
  forgetWhenAsked(message, form)
  const command = { do: "edit", id, message: message.dataset.message, text, attachments, ...room.choices }
  room.commands.obey(command, (frame) => {
    button.disabled = false
    if (isDoubtful(frame)) form.dataset.doubtful = said
    else delete form.dataset.doubtful
    showError(form, frame.message)
    return true
  })
}

/** @param {HTMLFormElement} form @param {string} words */
function showError(form, words) {
  const line = /** @type {HTMLElement} */ (form.querySelector(".composer__error"))
  const place = line.querySelector("span")
  if (place) place.textContent = words
  line.hidden = !words
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
