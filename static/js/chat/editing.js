/** Changing a question where it stands. The changed one becomes a new version, answered anew. */
import { compositionGuard, isSendingEnter } from "#lib/keys"
import { newId } from "#lib/ids"
import { clone } from "#lib/templates"
import { isDoubtful } from "#chat/commands"

/** @param {import("#elements/chat_room").ChatRoom} room @param {HTMLElement} message */
export function openEditor(room, message) {
  if (message.querySelector(".editor")) return
  const form = /** @type {HTMLFormElement | null} */ (clone("editor"))
  const text = message.querySelector(".message__text")
  if (!form || !text) return
  const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"))
  field.value = text.textContent ?? ""
  message.dataset.editing = ""
  text.after(form)
  wire(room, message, form, field)
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

/** @param {import("#elements/chat_room").ChatRoom} room @param {HTMLElement} message
 *  @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
function wire(room, message, form, field) {
  const composing = compositionGuard(field)
  const submit = () => ask(room, message, form, field.value)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submit()
  })
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !composing(event)) close(message)
    if (!isSendingEnter(event, composing)) return
    event.preventDefault()
    submit()
  })
  form.querySelector("[data-action=cancel-edit]")?.addEventListener("click", () => close(message))
}

/** @param {import("#elements/chat_room").ChatRoom} room @param {HTMLElement} message
 *  @param {HTMLFormElement} form @param {string} text */
function ask(room, message, form, text) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"))
  if (!text.trim() || button.disabled) return
  button.disabled = true
  const again = form.dataset.doubtful === text ? form.dataset.command : undefined
  const id = (form.dataset.command = again ?? newId())
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

/** @param {HTMLElement} message */
function close(message) {
  message.querySelector(".editor")?.remove()
  delete message.dataset.editing
  const button = /** @type {HTMLElement | null} */ (message.querySelector("[data-action=edit]"))
  button?.focus()
}
