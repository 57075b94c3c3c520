/** What the buttons of a message do. Each says one command; the answer comes as a frame. */
import { copy } from "#lib/clipboard"
import { newId } from "#lib/ids"
import { placeBeside } from "#lib/popovers"
import { post, readNodes } from "#lib/requests"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"
import { isDoubtful } from "#chat/commands"
import { openEditor } from "#chat/editing"

/** @typedef {import("#elements/chat_room").ChatRoom} ChatRoom */

/** @type {Record<string, (room: ChatRoom, message: HTMLElement, button: HTMLButtonElement) => void>} */
const ACTIONS = {
  copy: (_room, message) => copyWithWord(answerOf(message)),
  "copy-code": (_room, _message, button) => copyWithWord(codeBeside(button)),
  edit: (room, message) => openEditor(room, message),
  "edit-question": (room, message) => {
    const question = room.log.message(message.dataset.parent ?? "")
    if (question) openEditor(room, question)
  },
  regenerate: (room, message, button) => command(room, button, { do: "regenerate", message: id(message), ...room.choices }),
  continue: (room, message, button) => command(room, button, { do: "continue", message: id(message) }),
  "answer-now": (room, message, button) => answerNow(room, message, button),
  version: (room, _message, button) => showVersion(room, button),
}

/** @param {ChatRoom} room @param {MouseEvent} event */
export function act(room, event) {
  const button = /** @type {HTMLButtonElement | null} */ (
    /** @type {Element} */ (event.target).closest("button[data-action]")
  )
  const message = /** @type {HTMLElement | null} */ (button?.closest("article.message") ?? null)
  const action = ACTIONS[button?.dataset.action ?? ""]
  if (button && message && action) action(room, message, button)
}

/** Usage opens beside the line that names it. @param {Event} event */
export function placeDetails(event) {
  const details = event.target
  if (!(details instanceof HTMLElement) || !details.matches(".details:popover-open")) return
  const opener = document.querySelector(`[popovertarget="${CSS.escape(details.id)}"]`)
  if (opener) placeBeside(details, opener)
}

/** The text of a message without thinking: as it was typed, or as Markdown.
 * @param {HTMLElement} message */
export function answerOf(message) {
  const texts = [...message.querySelectorAll(".message__text")]
  return texts.map((text) => ("source" in text ? text.source : (text.textContent ?? ""))).join("")
}

/** @param {HTMLElement} message */
const id = (message) => message.dataset.message

/** @param {ChatRoom} room @param {HTMLButtonElement} button @param {{do: string, [key: string]: any}} words */
function command(room, button, words) {
  const id = button.dataset.command ?? newId()
  button.disabled = true
  room.commands.obey({ ...words, id }, (frame) => {
    button.disabled = false
    if (isDoubtful(frame)) button.dataset.command = id
    else delete button.dataset.command
  })
}

/** A reply that answers already needs no telling: that is what was wished.
 * @param {ChatRoom} room @param {HTMLElement} message @param {HTMLButtonElement} button */
function answerNow(room, message, button) {
  button.hidden = true
  const { generation } = message.dataset
  room.commands.tell({ do: "answer_now", id: newId(), generation }, (frame) => {
    button.hidden = frame.code === "conflict"
    return button.hidden
  })
}

/** The line broke, and nobody knows what was heard of what is said only once.
 * @param {HTMLElement} room */
export function offerAgain(room) {
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (room.querySelectorAll("[data-action=answer-now]"))
  for (const button of buttons) button.hidden = false
}

/** @param {string} text */
async function copyWithWord(text) {
  toast((await copy(text)) ? gettext("Copied") : gettext("The browser does not allow copying here."))
}

/** @param {HTMLElement} button */
function codeBeside(button) {
  return button.closest(".code")?.querySelector("pre")?.textContent ?? ""
}

/** @param {ChatRoom} room @param {HTMLButtonElement} button */
async function showVersion(room, button) {
  button.disabled = true
  try {
    const message = button.dataset.version ?? ""
    const path = await readNodes(await post(`/c/${room.conversation}/leaf/`, { message }))
    room.showPath(path)
    room.log.message(message)?.querySelector(/** @type {any} */ (`[aria-label="${button.getAttribute("aria-label")}"]`))?.focus()
  } catch {
    button.disabled = false
    toast(gettext("The server cannot be reached. Try again."))
  }
}
