/** Whether this tab follows when another version is chosen in another tab.
 *
 * A tab where nobody does anything follows at once. One where somebody writes, reads further up, marks
 * text or watches an answer stays where it is, and follows when that is over. What is sent from there
 * goes below what is shown there. */

/** @typedef {import("#elements/chat_room").ChatRoom} ChatRoom */

const LOOK_AGAIN = 1000

export class Standing {
  #room
  #isBehind = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /** @param {ChatRoom} room */
  constructor(room) {
    this.#room = room
  }

  /** Whether what is shown is to stay although the server now shows another line.
   * @param {ParentNode} state */
  keeps(state) {
    this.#isBehind = leadsElsewhere(this.#room, state) && isBusy(this.#room)
    clearTimeout(this.#timer)
    if (this.#isBehind) this.#timer = setTimeout(() => this.#lookAgain(), LOOK_AGAIN)
    return this.#isBehind
  }

  /** The message that what is sent now goes below, where that is not the server's own choice. */
  goOn() {
    if (!this.#isBehind) return undefined
    this.#isBehind = false
    clearTimeout(this.#timer)
    return this.#room.log.last?.dataset.message
  }

  #lookAgain() {
    if (isBusy(this.#room)) this.#timer = setTimeout(() => this.#lookAgain(), LOOK_AGAIN)
    else this.#room.catchUp()
  }
}

/** @param {ChatRoom} room @param {ParentNode} state */
function leadsElsewhere(room, state) {
  const last = room.log.last?.dataset.message
  return !!last && !state.querySelector(`article.message[data-message="${CSS.escape(last)}"]`)
}

/** @param {ChatRoom} room */
function isBusy(room) {
  const isWriting = !!room.composer.text.trim() || !!room.querySelector("[data-editing]")
  if (isWriting || document.hidden) return isWriting
  return room.log.streaming.length > 0 || isReading(room) || isMarking(room) || isAsking()
}

/** The end is out of sight. @param {ChatRoom} room */
function isReading(room) {
  return room.querySelector("[data-jump]:not([hidden])") !== null
}

/** @param {ChatRoom} room */
function isMarking(room) {
  const selection = document.getSelection()
  return !!selection && !selection.isCollapsed && room.contains(selection.anchorNode)
}

function isAsking() {
  return !!document.querySelector("dialog[open], .menu--message:popover-open, .details:popover-open")
}
