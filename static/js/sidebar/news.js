/** Answers that ended: a message for one that ended elsewhere, and a word to the server about one that
 * is on the screen, so that no tab shows it as new. */
import { post } from "#lib/requests"
import { gettext, interpolate } from "#lib/words"
import { toast } from "#elements/toast_stack"

/** @typedef {import("#sidebar/list").List} List @typedef {import("#sidebar/list").State} State */

export class News {
  #list
  #current
  #isTelling = false

  /** @param {List} list @param {() => string} current the conversation of this page, or "" */
  constructor(list, current) {
    this.#list = list
    this.#current = current
    document.addEventListener("visibilitychange", () => this.read())
    document.addEventListener("answer-ended", (event) => {
      const { conversation } = /** @type {CustomEvent} */ (event).detail ?? {}
      if (conversation === current() && !list.entry(conversation)) this.#tell()
    })
    if (current() && !list.entry(current())) this.#tell()
    else this.read()
  }

  /** The list was refreshed. @param {Map<string, State>} before how it was */
  heard(before) {
    for (const [id, { state, ended, outcome }] of this.#list.states) {
      const known = before.get(id)
      if (state !== "unread" || !known || known.ended === ended) continue
      if (id !== this.#current() && !document.hidden) this.#announce(id, outcome)
    }
    this.read()
  }

  /** What is on the screen has been read, if anybody looks. */
  read() {
    const entry = this.#list.entry(this.#current())
    if (entry?.dataset.state === "unread" && !document.hidden) this.#tell(entry)
  }

  /** @param {string} id @param {string} outcome */
  #announce(id, outcome) {
    const title = this.#list.titleOf(id)
    const words = outcome === "done" ? gettext("“%(title)s” is ready") : gettext("“%(title)s” has failed")
    toast(interpolate(words, { title }), { href: `/c/${id}/` })
  }

  /** @param {HTMLElement} [entry] */
  async #tell(entry) {
    // The address of a deleted conversation shows that it is deleted, and nothing to read.
    if (this.#isTelling || !document.querySelector("chat-room")) return
    this.#isTelling = true
    try {
      const { ok } = await post(`/c/${this.#current()}/read/`, {})
      if (ok && entry) markRead(entry)
    } catch {
      // It stays new until it is read again.
    } finally {
      this.#isTelling = false
    }
  }
}

/** @param {HTMLElement} entry */
function markRead(entry) {
  delete entry.dataset.state
  delete entry.dataset.ended
  delete entry.dataset.outcome
  entry.querySelector(".dot")?.remove()
}
