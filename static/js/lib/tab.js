/** Which tab this is, and which others are there.
 *
 * While the page is there its name is held in memory alone, and in sessionStorage only between two
 * pages: a duplicated tab copies sessionStorage, and must not get the name as well. */
import { newId } from "#lib/ids"
import { rememberInTab, takeInTab } from "#lib/storage"

const KEY = "zaichat.tab"

export class Tab {
  name = takeInTab(KEY) ?? newId()
  #isHeld = false

  constructor() {
    window.addEventListener("pagehide", () => rememberInTab(KEY, this.name))
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) takeInTab(KEY)
    })
  }

  /** From now on, until this page goes, others know that it is there. Browsers without locks
   * (pages not served over https) know of no others. */
  hold() {
    if (this.#isHeld) return
    this.#isHeld = true
    locks()?.request(`${KEY}.${this.name}`, () => new Promise(() => undefined)).catch(() => undefined)
  }

  /** The names of the tabs that hold theirs. @returns {Promise<Set<string>>} */
  async present() {
    const { held = [] } = (await locks()?.query()) ?? {}
    return new Set(held.map(({ name = "" }) => name.slice(KEY.length + 1)))
  }
}

function locks() {
  return globalThis.navigator?.locks
}
