/** The conversation as the server has it, fetched when something happened in another tab. */
import { fetchNodes } from "#lib/requests"
import { afterPause } from "#lib/scheduling"

const SETTLING = 1200

export class CatchingUp {
  #fetch
  #show
  #failed
  /** How often this tab was told by its own socket, and when last. */
  #told = 0
  #toldAt = -Infinity
  #asked = 0
  #soon = afterPause(() => this.now(), SETTLING)

  /** @param {() => Promise<DocumentFragment> | null} ask for the state of what is shown
   *  @param {(state: DocumentFragment) => void} show @param {(error: unknown) => void} failed */
  constructor(ask, show, failed) {
    this.#fetch = ask
    this.#show = show
    this.#failed = failed
  }

  /** This tab has just been told by itself: a hint is probably about the same. */
  told() {
    this.#told += 1
    this.#toldAt = Date.now()
  }

  /** Something happened. The tab where it did knows already, and looks again when all is quiet. */
  hinted() {
    if (Date.now() - this.#toldAt < SETTLING) this.#soon()
    else this.now()
  }

  /** A state that was overtaken on its way is not shown: it would take away what is newer. */
  async now() {
    const asked = (this.#asked += 1)
    const told = this.#told
    try {
      const state = await this.#fetch()
      if (!state || asked !== this.#asked) return
      if (told === this.#told) this.#show(state)
      else this.#soon()
    } catch (error) {
      this.#failed(error)
    }
  }
}

/** @param {string | null} conversation
 *  @param {string} [end] of the path, where it is not the stored one */
export function stateOf(conversation, end) {
  const path = end ? `&end=${end}` : ""
  return conversation ? fetchNodes(`/c/${conversation}/?piece=state${path}`) : null
}
