/** The list of conversations as the server has it, taken over without disturbing whoever uses it:
 * focus, scrolling, a name being typed and what is selected all stay. */
import morphdom from "morphdom"
import { fetchNodes } from "#lib/requests"

/** What a row says about its conversation. @typedef {{state: string, ended: string, outcome: string}} State */

export class List {
  #root
  #shown = ""
  #asked = 0

  /** @param {HTMLElement} root its `data-list` is the address of what is in it */
  constructor(root) {
    this.#root = root
  }

  get root() {
    return this.#root
  }

  /** @returns {HTMLElement[]} */
  get entries() {
    return [...this.#root.querySelectorAll(/** @type {"li"} */ (".entry"))]
  }

  /** The ids in the order they are shown. */
  get order() {
    return this.entries.map((entry) => entry.dataset.conversation ?? "")
  }

  /** @param {string} id @returns {HTMLElement | null} */
  entry(id) {
    return id ? this.#root.querySelector(`.entry[data-conversation="${CSS.escape(id)}"]`) : null
  }

  /** @param {string} id */
  titleOf(id) {
    return this.entry(id)?.querySelector(".entry__title")?.textContent ?? ""
  }

  /** @param {string} id @param {string} title */
  retitle(id, title) {
    const place = this.entry(id)?.querySelector(".entry__title")
    if (place) place.textContent = title
  }

  /** @returns {Map<string, State>} */
  get states() {
    return new Map(this.entries.map((entry) => [entry.dataset.conversation ?? "", stateOf(entry)]))
  }

  /** Ask for a longer list. @param {string} shown a query, `?shown=100` */
  async lengthen(shown) {
    const before = this.#shown
    this.#shown = shown
    const done = await this.refresh()
    if (!done) this.#shown = before
    return done
  }

  /** False when nothing came, or something newer is on its way. */
  async refresh() {
    const asked = ++this.#asked
    try {
      const fresh = await fetchNodes((this.#root.dataset.list ?? "") + this.#shown)
      if (asked !== this.#asked) return false
      this.take(fresh)
      return true
    } catch {
      return false // It is refreshed at the next change or page.
    }
  }

  /** @param {DocumentFragment} fresh */
  take(fresh) {
    const wanted = /** @type {HTMLElement} */ (this.#root.cloneNode(false))
    wanted.append(fresh)
    const focused = this.#focused()
    this.#root.toggleAttribute("data-moving", true)
    morphdom(this.#root, wanted, { childrenOnly: true, getNodeKey: keyOf, onBeforeElUpdated: mayChange })
    focused()
    this.#root.removeAttribute("data-moving")
    this.markCurrent()
  }

  /** Say which row is the page that is shown; a new chat that began is new no more. */
  markCurrent() {
    const rows = this.#root.querySelectorAll("a.entry__link")
    for (const link of [...rows, ...document.querySelectorAll(".side__link--new")]) {
      const isHere = link.getAttribute("href") === location.pathname
      if (isHere) link.setAttribute("aria-current", "page")
      else link.removeAttribute("aria-current")
    }
  }

  /** Whoever has the focus in the list gets it back, or their neighbour when they are gone. */
  #focused() {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || !this.#root.contains(at)) return () => {}
    const place = this.entries.indexOf(/** @type {HTMLElement} */ (at.closest(".entry")))
    return () => {
      if (document.activeElement === at) return
      if (at.isConnected) return at.focus({ preventScroll: true })
      this.focusAt(place)
    }
  }

  /** The row at this place, else the last, else the list itself. @param {number} place */
  focusAt(place) {
    const { entries } = this
    const next = entries[Math.min(Math.max(place, 0), entries.length - 1)]?.querySelector("a")
    const target = next ?? /** @type {HTMLElement | null} */ (this.#root.closest("[tabindex]"))
    target?.focus({ preventScroll: !next })
  }
}

/** @param {HTMLElement} entry @returns {State} */
function stateOf({ dataset: { state = "", ended = "", outcome = "" } }) {
  return { state, ended, outcome }
}

/** @param {Node} node */
function keyOf(node) {
  if (!(node instanceof HTMLElement)) return undefined
  const { conversation, group } = node.dataset
  if (node.matches(".entry")) return `entry ${conversation}`
  return group ? `group ${group}` : node.id || undefined
}

/** @param {Element} from @param {Element} to */
function mayChange(from, to) {
  if (from.matches(".entry--renaming")) return false
  if (from.matches(".entry__check")) {
    const [box, fresh] = /** @type {HTMLInputElement[]} */ ([from, to])
    fresh.checked = box.checked
  }
  return !from.isEqualNode(to)
}
