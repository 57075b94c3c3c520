/** The questions that wait on the server, as a list above the composer: the same in every tab. */
import { write } from "#chat/chips"
import { heldIn, pausedWords, showQueue } from "#chat/queue_words"
import { newId } from "#lib/ids"
import { announce } from "#lib/saying"
import { clone } from "#lib/templates"
import { gettext } from "#lib/words"

export class Waiting {
  #list
  #channel
  #composer

  /** @param {HTMLElement} list @param {import("#chat/channel").Channel} channel
   *  @param {import("#elements/chat_composer").ChatComposer} composer */
  constructor(list, channel, composer) {
    this.#list = list
    this.#channel = channel
    this.#composer = composer
  }

  /** It waits behind an answer. @param {string} message
   *  @param {{text: string, attachments?: import("#chat/uploads").Stored[]}} sent */
  add(message, sent) {
    if (this.#item(message)) return
    const item = clone("waiting")
    if (!item) return
    item.dataset.waiting = message
    item.dataset.attachments = JSON.stringify(sent.attachments ?? [])
    write(item, sent)
    this.#list.insertBefore(item, this.#list.querySelector("[data-unsent]"))
    showQueue(this.#composer)
  }

  /** It waits no more: it is being answered, or was taken back. @param {string} message */
  remove(message) {
    const item = this.#item(message)
    if (item) this.#leave(item)
  }

  /** What was pressed goes away under the focus: the next line has it, or the box; on touch screens
   * the box would raise the keyboard. @param {HTMLElement} item */
  #leave(item) {
    const pressed = /** @type {HTMLElement | null} */ (item.contains(document.activeElement) ? document.activeElement : null)
    const next = item.nextElementSibling ?? item.previousElementSibling
    item.remove()
    showQueue(this.#composer)
    const action = pressed?.dataset.action
    if (!action) return
    if (action === "unqueue") announce(gettext("Taken back, and not sent"))
    const button = /** @type {HTMLElement | null | undefined} */ (next?.querySelector(`[data-action="${action}"]`))
    if (button) button.focus()
    else if (!matchMedia("(pointer: coarse)").matches) this.#composer.focus()
  }

  /** The server pauses them when the answer before them was stopped. */
  hold() {
    for (const item of this.#list.querySelectorAll("[data-waiting]")) item.toggleAttribute("data-held", true)
    showQueue(this.#composer)
  }

  /** Make the list the server's. What stays is the same chip, so that it can be pressed.
   * @param {Element} list */
  reconcile(list) {
    const before = heldIn(this.#composer).length
    const wanted = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-waiting]"))
    const kept = [...wanted].map((item) => brought(this.#item(item.dataset.waiting ?? ""), item))
    for (const item of this.#list.querySelectorAll("[data-waiting]")) {
      if (!kept.includes(/** @type {HTMLElement} */ (item))) item.remove()
    }
    kept.forEach((item, place) => {
      const there = this.#list.children[place] ?? null
      if (there !== item) this.#list.insertBefore(item, there)
    })
    showQueue(this.#composer)
    const held = heldIn(this.#composer).length
    if (held > before) announce(pausedWords(held))
  }

  /** @param {string} action @param {HTMLElement} item */
  act(action, item) {
    const message = item.dataset.waiting ?? ""
    if (action === "unqueue") this.#channel.tell({ do: "unqueue", message })
    if (action === "send-now") this.#channel.obey({ do: "send_now", id: newId(), message })
    if (action === "edit-waiting") this.#edit(item, message)
  }

  /** Its words are in the box before the server gives them up. @param {HTMLElement} item
   *  @param {string} message */
  #edit(item, message) {
    const attachments = JSON.parse(item.dataset.attachments || "[]")
    this.#composer.putBack({ text: item.querySelector("span")?.textContent ?? "", attachments })
    item.hidden = true
    this.#channel.tell({ do: "unqueue", message })
  }

  /** @param {string} message */
  #item(message) {
    const item = this.#list.querySelector(`[data-waiting="${CSS.escape(message)}"]`)
    return /** @type {HTMLElement | null} */ (item)
  }
}

/** @param {HTMLElement | null} known @param {HTMLElement} item as the server has it */
function brought(known, item) {
  if (!known) return item
  known.toggleAttribute("data-held", item.hasAttribute("data-held"))
  return known
}
