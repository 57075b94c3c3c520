/** Where a button goes away under the focus, the focus goes to the message box, as after sending: what
 * is typed next must not go nowhere. On touch screens it would raise the keyboard, and stays away. */

const GOES_AWAY = ["answer-opened", "answer-ended", "path-shown", "toast-left"]

export class KeepingFocus {
  /** @type {Element | null} */
  #last = null

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    document.addEventListener("focusin", (event) => (this.#last = /** @type {Element} */ (event.target)))
    for (const name of GOES_AWAY) {
      document.addEventListener(name, () => requestAnimationFrame(() => this.#catch(room)))
    }
    room.addEventListener("stop", () => requestAnimationFrame(() => this.#catch(room)))
  }

  /** @param {import("#elements/chat_room").ChatRoom} room */
  #catch(room) {
    const isLost = document.activeElement === document.body && this.#last && !isThere(this.#last)
    if (!isLost || matchMedia("(pointer: coarse)").matches || document.querySelector("dialog[open]")) return
    room.composer.focus()
  }
}

/** @param {Element} element */
function isThere(element) {
  return element.isConnected && element.getClientRects().length > 0
}
