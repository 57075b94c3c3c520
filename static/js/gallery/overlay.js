/** The viewer above the gallery, with an address and a place in the browser's history. It is no modal
 * dialog, so that what can be undone is said above it; all else rests meanwhile. */
import "#elements/media_viewer"

/** @typedef {import("#elements/media_wall").MediaWall} MediaWall
 * @typedef {import("#elements/media_viewer").MediaViewer} MediaViewer */

const ONE = /^\/gallery\/([0-9a-f-]{36})\/$/

export class Overlay {
  #wall
  #title = document.title
  /** The one that was looked at last. */
  #last = ""

  /** @param {MediaWall} wall */
  constructor(wall) {
    this.#wall = wall
    this.#viewer.below = { wall, leave: () => history.back() }
    addEventListener("popstate", () => this.#moved())
  }

  /** @param {string} id */
  open(id) {
    this.#show(`/gallery/${id}/${this.#wall.query}`, true)
  }

  /** @param {string} address @param {boolean} isNew */
  #show(address, isNew) {
    if (!this.#dialog.open) this.#dialog.show()
    this.#rest(true)
    this.#viewer.load(address, isNew)
  }

  #moved() {
    if (ONE.test(location.pathname)) return this.#show(location.href, false)
    if (!this.#dialog.open) return
    this.#last = /** @type {HTMLElement | null} */ (this.#viewer.querySelector("[data-job]"))?.dataset.job ?? ""
    this.#dialog.close()
    this.#rest(false)
    this.#viewer.replaceChildren()
    document.title = this.#title
    const index = this.#wall.rows.findIndex(([id]) => id === this.#last)
    if (index >= 0) this.#wall.focusOn(index)
  }

  /** @param {boolean} isOn */
  #rest(isOn) {
    const others = [...(this.#dialog.parentElement?.children ?? []), ...document.querySelectorAll("conversation-sidebar, #sidebar")]
    for (const other of others) if (other !== this.#dialog) other.toggleAttribute("inert", isOn)
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (document.querySelector("dialog.viewing-above"))
  }

  get #viewer() {
    return /** @type {MediaViewer} */ (this.#dialog.querySelector("media-viewer"))
  }
}
