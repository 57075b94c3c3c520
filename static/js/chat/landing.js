/** Where one comes out when a conversation is opened: at the newest message, at the one that was
 * asked for (`data-at`), or, after a reload and by the back button, where one was reading. */
import { Drawing } from "#chat/drawing"
import { followTrail, placeIn } from "#chat/place"
import { happens } from "#chat/happenings"
import { fetchNodes } from "#lib/requests"
import { recallInTab, rememberInTab } from "#lib/storage"

/** @typedef {import("#chat/place").Place} Place */

const LIT = 2600
/** How far below the upper edge the message is that one was looking for. */
const BELOW = 72

export class Landing {
  #room
  /** When one stands there. @type {Promise<void>} */
  done = Promise.resolve()

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    window.addEventListener("pagehide", () => this.#keep())
    document.addEventListener("visibilitychange", () => document.hidden && this.#keep())
    const place = isComingBack() ? recallPlace(room.conversation) : null
    if (place) this.done = this.#return(place)
    else if (room.dataset.at) this.#landOn(room.dataset.at)
  }

  /** @param {string} id */
  #landOn(id) {
    const message = this.#room.log.message(id)
    if (!message) return
    Drawing.around(message)
    this.#room.scroller.readAt(message, BELOW)
    message.tabIndex = -1
    message.focus({ preventScroll: true })
    message.toggleAttribute("data-lit", true)
    setTimeout(() => message.removeAttribute("data-lit"), LIT)
    this.#mark(message)
  }

  /** What it was found by. @param {HTMLElement} message */
  async #mark(message) {
    const { dataset, scroller } = this.#room
    if (!dataset.find) return
    const { markFound } = await import("#chat/found_words")
    markFound(message, JSON.parse(dataset.find), scroller)
  }

  /** @param {Place} place */
  async #return(place) {
    if (this.#room.log.message(place.message)) return this.#readOn(place)
    const { scroller, log, conversation } = this.#room
    scroller.toggleAttribute("data-landing", true)
    try {
      log.reconcile(await fetchNodes(pieceAround(this.#room, place.message)))
      this.#readOn(place)
      happens("path-shown", { conversation })
    } catch {
      // The newest messages are there; that is where the page has opened.
    }
    scroller.removeAttribute("data-landing")
  }

  /** @param {Place} place */
  #readOn({ message: id, trail, offset }) {
    const message = this.#room.log.message(id)
    if (!message) return
    Drawing.around(message)
    this.#room.scroller.readAt(followTrail(message, trail), offset)
  }

  /** Whoever follows comes back to the end; there is nothing to remember. */
  #keep() {
    const { scroller, log, conversation } = this.#room
    if (!conversation) return
    rememberPlace(conversation, scroller.isFollowing && log.isWhole ? null : placeIn(scroller, log.messages))
  }
}

/** @param {import("#elements/chat_room").ChatRoom} room @param {string} message */
function pieceAround({ conversation, dataset }, message) {
  const end = dataset.end ? `&end=${dataset.end}` : ""
  return `/c/${conversation}/?piece=state&at=${message}${end}`
}

function isComingBack() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"))
  return entry?.type === "reload" || entry?.type === "back_forward"
}

/** @param {string | null} conversation */
const key = (conversation) => `zaichat.place.${conversation}`

/** @param {string | null} conversation @returns {Place | null} */
function recallPlace(conversation) {
  return JSON.parse(recallInTab(key(conversation)) ?? "null")
}

/** @param {string} conversation @param {Place | null} place */
function rememberPlace(conversation, place) {
  rememberInTab(key(conversation), place ? JSON.stringify(place) : "")
}
