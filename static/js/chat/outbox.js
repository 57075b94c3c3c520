/** What was sent and not yet answered. It is kept in the browser, so that a reload or a lost line
 * loses nothing: it is sent again with the same id, which the server obeys once.
 * @typedef {{id: string, conversation: string | null, text: string, model: string | null,
 *   options: Record<string, any>, refused?: string}} Unsent */
import { recall, remember } from "#lib/storage"

const NAME = "unsent"

export class Outbox {
  /** What we wrote last, for browsers that keep nothing. @type {Unsent[]} */
  #all = []

  /** What belongs to a conversation, in the order it was written. @param {string | null} conversation */
  of(conversation) {
    return this.#read().filter((unsent) => unsent.conversation === conversation)
  }

  /** @param {string} id */
  find(id) {
    return this.#read().find((unsent) => unsent.id === id)
  }

  /** @param {Unsent} unsent */
  add(unsent) {
    this.#change((all) => [...all, unsent])
  }

  /** @param {string} id */
  remove(id) {
    this.#change((all) => all.filter((unsent) => unsent.id !== id))
  }

  /** The conversation of what was written before it had one. @param {string} conversation */
  adopt(conversation) {
    this.#change((all) => all.map((unsent) => (unsent.conversation ? unsent : { ...unsent, conversation })))
  }

  /** @param {string} id @param {string} words why the server said no */
  refuse(id, words) {
    this.#change((all) => all.map((unsent) => (unsent.id === id ? { ...unsent, refused: words } : unsent)))
  }

  /** Other tabs write to the same place, so it is read anew each time. */
  #read() {
    return recall(NAME, this.#all)
  }

  /** @param {(all: Unsent[]) => Unsent[]} change */
  #change(change) {
    this.#all = change(this.#read())
    remember(NAME, this.#all)
  }
}
