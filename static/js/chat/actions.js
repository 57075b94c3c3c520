/** What the buttons of a message do, and which module does it. Each says one command, whose answer
 * comes as a frame, or makes one request. */
import { newId } from "#lib/ids"
import { isDoubtful } from "#chat/commands"
import { askToDelete, askToFork } from "#chat/branching"
import { copyAnswer, copyCode, copyReport, copyWithThinking } from "#chat/copying"
import { beginMenu, endMenu, messageOf, placeOpened, walkMenu } from "#chat/message_menus"
import { fillRegenerateMenu, showMore, wishOf } from "#chat/regenerating"
import { pageBy, pageByKey } from "#chat/versions"
import { toastError } from "#elements/toast_stack"

/** @typedef {import("#elements/chat_room").ChatRoom} ChatRoom */

/** @type {Record<string, (room: ChatRoom, message: HTMLElement, button: HTMLButtonElement) => void>} */
const ACTIONS = {
  copy: (_room, message) => copyAnswer(message),
  "copy-with-thinking": (_room, message) => copyWithThinking(message),
  "copy-code": (_room, _message, button) => copyCode(button),
  "copy-report": (_room, _message, button) => copyReport(button.dataset.report ?? ""),
  edit,
  "edit-question": (room, message) => {
    const question = room.log.message(message.dataset.parent ?? "")
    if (question) edit(room, question)
  },
  retry: (room, message, button) => command(room, button, { do: "regenerate", message: id(message), ...room.choices }),
  regenerate: (room, message, button) => command(room, button, { do: "regenerate", message: id(message) }),
  "regenerate-menu": (room, message, button) => {
    beginMenu(button, message)
    fillRegenerateMenu(room, message)
  },
  "regenerate-with": (room, message, button) =>
    command(room, ownButton(message) ?? button, { do: "regenerate", message: id(message), ...wishOf(message, button) }),
  "more-models": (_room, _message, button) => {
    const menu = button.closest(".menu--message")
    if (menu) showMore(menu, true)
  },
  "message-menu": (_room, message, button) => {
    beginMenu(button, message)
    fillMessageMenu(message)
  },
  continue: (room, message, button) => command(room, button, { do: "continue", message: id(message) }),
  "answer-now": (room, message, button) => answerNow(room, message, button),
  version: (room, message, button) => pageBy(room, message, button),
  fork: (room, message) => askToFork(room, message),
  "delete-branch": (room, message) => askToDelete(room, message),
}

const KEEPS_MENU = ["more-models"]

/** @param {ChatRoom} room @param {MouseEvent} event */
export function act(room, event) {
  const button = /** @type {HTMLButtonElement | null} */ (
    /** @type {Element} */ (event.target).closest("button[data-action]")
  )
  const name = button?.dataset.action ?? ""
  const message = button && messageOf(button)
  if (!button || !message || !ACTIONS[name]) return
  if (!KEEPS_MENU.includes(name)) endMenu(button)
  ACTIONS[name](room, message, button)
}

/** Menus and pagers beside the buttons. @param {ChatRoom} room */
export function takePart(room) {
  room.addEventListener("toggle", placeOpened, { capture: true })
  room.addEventListener("keydown", walkMenu)
  room.addEventListener("keydown", (event) => pageByKey(room, event))
}

/** @param {ChatRoom} room @param {HTMLElement} message */
async function edit(room, message) {
  try {
    const { openEditor } = await import("#chat/editing")
    openEditor(room, message)
  } catch {
    toastError()
  }
}

/** @param {HTMLElement} message */
const id = (message) => message.dataset.message

/** The menu is there for every message; what waits for an answer is this one's own button.
 * @param {HTMLElement} message */
function ownButton(message) {
  return /** @type {HTMLButtonElement | null} */ (message.querySelector("button[data-action=regenerate]"))
}

/** Only what there is to do with this message. @param {HTMLElement} message */
function fillMessageMenu(message) {
  const withThinking = /** @type {HTMLElement | null} */ (
    document.querySelector("#message-menu [data-action=copy-with-thinking]")
  )
  if (withThinking) withThinking.hidden = !message.querySelector("[data-kind=reasoning]")
}

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
