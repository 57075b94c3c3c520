/** What was sent and not yet answered. It is kept in the browser, so that a reload or a lost line
 * loses nothing: it is sent again with the same id, which the server obeys once. What begins a
 * conversation belongs to the tab it was written in.
 * @typedef {{id: string, conversation: string | null, tab?: string, below?: string, text: string, model: string | null,
 *   options: Record<string, any>, setup?: object, attachments?: import("#chat/uploads").Stored[], refused?: string,
 *   said?: boolean}} Unsent `said`: a server may have heard it */
import { recall, remember } from "#lib/storage"

const NAME = "unsent"

export class Outbox {
  /** What we wrote last, for browsers that keep nothing. @type {Unsent[]} */
  #all = []
  #tab

  /** @param {string} tab the name of this one */
  constructor(tab) {
    this.#tab = tab
  }

  /** What belongs to a conversation, or to a new one in this tab, in the order it was written.
   * @param {string | null} conversation */
  of(conversation) {
    return this.#read().filter((unsent) => unsent.conversation === conversation && (conversation || this.#isOurs(unsent)))
  }

  /** What was to begin a conversation in tabs that are gone. @param {Set<string>} present tabs */
  leftBehind(present) {
    return this.#read().filter(
      (unsent) => !unsent.conversation && !this.#isOurs(unsent) && !present.has(unsent.tab ?? ""),
    )
  }

  /** What another tab left behind belongs to this one. @param {string} id */
  takeOver(id) {
    this.#change((all) => all.map((unsent) => (unsent.id === id ? { ...unsent, tab: this.#tab } : unsent)))
  }

  /** @param {string} id */
  find(id) {
    return this.#read().find((unsent) => unsent.id === id)
  }

  /** @param {Unsent} unsent */
  add(unsent) {
    const place = unsent.conversation ? {} : { tab: this.#tab }
    this.#change((all) => [...all, { ...unsent, ...place }])
  }

  /** @param {string} id */
  remove(id) {
    this.#change((all) => all.filter((unsent) => unsent.id !== id))
  }

  /** The conversation of what was written here before it had one. @param {string} conversation */
  adopt(conversation) {
    this.#change((all) =>
      all.map((unsent) => (!unsent.conversation && this.#isOurs(unsent) ? { ...unsent, conversation } : unsent)),
    )
  }

  /** @param {string} id @param {string} words why the server said no */
  refuse(id, words) {
    this.#change((all) => all.map((unsent) => (unsent.id === id ? { ...unsent, refused: words } : unsent)))
  }

  /** @param {string} id */
  said(id) {
    this.#change((all) => all.map((unsent) => (unsent.id === id ? { ...unsent, said: true } : unsent)))
  }

  /** @param {Unsent} unsent */
  #isOurs(unsent) {
    return unsent.tab === this.#tab
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
