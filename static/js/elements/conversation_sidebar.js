/** <conversation-sidebar>: the list beside the page, and what is done with what is in it. The work is
 * done by the modules of `#sidebar`; this joins them.
 *
 * Refreshes itself on `conversations-changed` at the document and says `titles` there afterwards. */
import { walkWhenOpen } from "#lib/popovers"
import { afterPause } from "#lib/scheduling"
import { listenForUndo } from "#lib/undoing"
import { changeAloud, changeWithUndo, offerCarried } from "#sidebar/changing"
import { Drawer } from "#sidebar/drawer"
import { List } from "#sidebar/list"
import { listenForLongPress } from "#sidebar/long_press"
import { Menu } from "#sidebar/menu"
import { News } from "#sidebar/news"
import { Renaming } from "#sidebar/renaming"
import { Selecting } from "#sidebar/selecting"

const PAUSE = 250
const STALE = 60_000

/** @typedef {import("#sidebar/changing").Deed} Deed */

export class ConversationSidebar extends HTMLElement {
  #refreshSoon = afterPause(() => this.#refresh(), PAUSE)
  #refreshedAt = Date.now()
  #list = /** @type {List} */ (/** @type {unknown} */ (null))
  #news = /** @type {News} */ (/** @type {unknown} */ (null))
  #drawer = /** @type {Drawer} */ (/** @type {unknown} */ (null))
  #renaming = /** @type {Renaming} */ (/** @type {unknown} */ (null))
  #selecting = /** @type {Selecting} */ (/** @type {unknown} */ (null))
  #menu = /** @type {Menu} */ (/** @type {unknown} */ (null))

  connectedCallback() {
    if (this.#list) return
    this.#list = new List(this.#part("[data-list]"))
    this.#drawer = new Drawer(this)
    this.#renaming = new Renaming(this.#list, /** @type {HTMLDialogElement} */ (this.#part("[data-dialog=rename]")))
    this.#selecting = new Selecting(this, this.#list, (deed, ids) => changeWithUndo(deed, ids, this.current))
    this.#menu = new Menu(this.#part("#conversation-menu"), (deed, subject) => this.#obey(deed, subject))
    walkWhenOpen(this.#part("#my-menu"))
    this.#list.markCurrent()
    this.#news = new News(this.#list, () => this.current)
    this.#listen()
    listenForLongPress(this, (entry) => this.#openMenu(entry))
    this.#watchEnd()
    listenForUndo()
    offerCarried()
  }

  /** The conversation of this page, or "". */
  get current() {
    return /^\/c\/([0-9a-f-]{36})\/$/.exec(location.pathname)?.[1] ?? ""
  }

  #listen() {
    document.addEventListener("conversations-changed", () => this.#refreshSoon())
    document.addEventListener("click", (event) => this.#clicked(event))
    document.addEventListener("keydown", (event) => this.#pressed(event))
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Date.now() - this.#refreshedAt > STALE) this.#refresh()
    })
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.#refresh()
    })
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const toggle = /** @type {HTMLElement | null} */ (target.closest("[data-sidebar]"))
    const opener = /** @type {HTMLElement | null} */ (target.closest("[data-menu-for]"))
    const more = target.closest("[data-more]")
    if (toggle) this.#drawer.toggle(toggle.dataset.sidebar === "show", toggle)
    else if (opener) this.#menu.open(opener, this.#list.entry(opener.dataset.menuFor ?? ""))
    else if (more && this.contains(more)) this.#showMore(more, event)
    else if (this.#drawer.isOpen && this.#leavesDrawer(target, event)) this.#drawer.close()
  }

  /** The scrim, the page that is there already, and what opens above the page close the drawer.
   * @param {Element} target @param {MouseEvent} event */
  #leavesDrawer(target, event) {
    const isHere = !!target.closest(".entry__link[aria-current]") && !event.defaultPrevented
    if (isHere) event.preventDefault()
    // Not by `closest`: a toast is gone from the page when its button has been pressed.
    const stays = event.composedPath().some((one) => one === this || (one instanceof Element && one.matches("toast-stack, dialog")))
    return isHere || !!target.closest("[data-palette]") || !stays
  }

  /** @param {HTMLElement} entry */
  #openMenu(entry) {
    const opener = /** @type {HTMLElement | null} */ (entry.querySelector("[data-menu-for]"))
    if (opener && !this.#selecting.isOn) this.#menu.open(opener, entry)
  }

  /** F2 renames the row that has the focus, else the conversation of this page.
   * @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== "F2" || event.defaultPrevented || document.querySelector("dialog[open]")) return
    const entry = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".entry"))
    const conversation = entry?.dataset.conversation ?? this.current
    if (!conversation) return
    event.preventDefault()
    this.#renaming.begin(conversation, this.#titleOf(conversation))
  }

  /** @param {string} deed @param {import("#sidebar/menu").Subject} subject */
  #obey(deed, { conversation, opener, inList }) {
    if (deed === "rename") this.#renaming.begin(conversation, this.#titleOf(conversation))
    else if (deed === "select") this.#selecting.start(conversation)
    else if (["pin", "unpin", "archive", "unarchive", "trash"].includes(deed)) {
      this.#do(/** @type {Deed} */ (deed), conversation, inList)
    } else {
      document.dispatchEvent(new CustomEvent("conversation-menu", { detail: { do: deed, conversation, opener } }))
    }
  }

  /** @param {Deed} deed @param {string} id @param {boolean} inList */
  async #do(deed, id, inList) {
    const place = this.#list.order.indexOf(id)
    const stays = deed === "pin" || deed === "unpin"
    const done = await (stays ? changeAloud(deed, id) : changeWithUndo(deed, [id], this.current))
    if (!done) return
    if (!inList) return
    await this.#refresh()
    if (!stays && !this.#list.entry(id)) this.#list.focusAt(place)
  }

  /** @param {Element} more @param {MouseEvent} [event] */
  async #showMore(more, event) {
    event?.preventDefault()
    if (!(await this.#list.lengthen(more.getAttribute("href") ?? ""))) return
    this.#refreshed()
  }

  async #refresh() {
    const before = this.#list.states
    if (!(await this.#list.refresh())) return
    this.#refreshed()
    this.#news.heard(before)
  }

  #refreshed() {
    this.#refreshedAt = Date.now()
    this.#selecting.refreshed()
    this.#watchEnd()
    document.dispatchEvent(new CustomEvent("titles", { detail: (/** @type {string} */ id) => this.#titleOf(id) }))
  }

  /** Whoever scrolls to the end of the list finds it longer. */
  #watchEnd() {
    const more = this.#list.root.querySelector("[data-more]")
    if (!more) return
    const watcher = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) return
      watcher.disconnect()
      this.#showMore(more)
    }, { root: this.querySelector(".side__list"), rootMargin: "200px" })
    watcher.observe(more)
  }

  /** @param {string} id */
  #titleOf(id) {
    return this.#list.titleOf(id) || (id === this.current ? (document.querySelector("h1")?.textContent ?? "") : "")
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector))
  }
}

customElements.define("conversation-sidebar", ConversationSidebar)
