/** The menu of one conversation, opened by its row or by the bar above the transcript. */
import { giveFocusBack, placeBeside, walk } from "#lib/popovers"

/** @typedef {{conversation: string, opener: HTMLElement, inList: boolean}} Subject */

export class Menu {
  #menu
  /** @type {Subject | null} */
  #subject = null

  /** `obey` hears what was chosen. @param {HTMLElement} menu
   *  @param {(deed: string, subject: Subject) => void} obey */
  constructor(menu, obey) {
    this.#menu = menu
    menu.addEventListener("click", (event) => {
      const item = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-do]"))
      if (!item || !this.#subject) return
      const subject = this.#subject
      menu.hidePopover()
      obey(item.dataset.do ?? "", subject)
    })
    menu.addEventListener("keydown", (event) => this.#pressed(event))
    menu.addEventListener("toggle", (event) => {
      const isOpen = /** @type {ToggleEvent} */ (event).newState === "open"
      this.#subject?.opener.setAttribute("aria-expanded", String(isOpen))
    })
    giveFocusBack(menu, () => this.#subject?.opener)
  }

  /** @param {HTMLElement} opener @param {HTMLElement | null} entry its row, if it is in the list */
  open(opener, entry) {
    const facts = entry?.dataset ?? opener.dataset
    const isPinned = "pinned" in facts
    const isArchived = "archived" in opener.dataset
    this.#subject = { conversation: opener.dataset.menuFor ?? "", opener, inList: !!opener.closest(".entry") }
    this.#show({ pin: !isPinned, unpin: isPinned, archive: !isArchived, unarchive: isArchived, select: this.#subject.inList })
    this.#menu.showPopover()
    placeBeside(this.#menu, opener)
    this.#items[0]?.focus()
  }

  /** @param {Record<string, boolean>} fits */
  #show(fits) {
    for (const [deed, isShown] of Object.entries(fits)) {
      const item = /** @type {HTMLElement | null} */ (this.#menu.querySelector(`[data-do="${deed}"]`))
      if (item) item.hidden = !isShown
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    walk(event, this.#items)
  }

  get #items() {
    const all = /** @type {NodeListOf<HTMLElement>} */ (this.#menu.querySelectorAll("[role=menuitem]"))
    return [...all].filter((item) => !item.hidden)
  }
}
