/** <conversation-sidebar>: the list beside the page, as a column or a drawer; renaming and deleting.
 *
 * Refreshes itself on `conversations-changed` at the document and says `titles` there afterwards. */
import { placeBeside } from "#lib/popovers"
import { fetchNodes, post, RequestRefused } from "#lib/requests"
import { recall, remember } from "#lib/storage"
import { afterPause } from "#lib/scheduling"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

const PAUSE = 250

export class ConversationSidebar extends HTMLElement {
  #shown = ""
  #refreshSoon = afterPause(() => this.#refresh(), PAUSE)

  connectedCallback() {
    document.documentElement.toggleAttribute("data-sidebar-hidden", recall("sidebar", "shown") !== "shown")
    document.addEventListener("conversations-changed", () => this.#refreshSoon())
    document.addEventListener("click", (event) => this.#clicked(event))
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen) this.#open(false)
    })
    for (const form of this.querySelectorAll("dialog form")) {
      form.addEventListener("submit", (event) => this.#submit(/** @type {SubmitEvent} */ (event)))
    }
    this.#markCurrent()
  }

  /** Whether it is a drawer that stands open. */
  get isOpen() {
    return "open" in this.dataset
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const toggle = /** @type {HTMLElement | null} */ (target.closest("[data-sidebar]"))
    const menu = /** @type {HTMLElement | null} */ (target.closest("[data-menu-for]"))
    // A drawer that stands open carries data-open too.
    const opener = /** @type {HTMLElement | null} */ (target.closest("button[data-open]"))
    const more = target.closest("[data-more]")
    if (toggle) this.#toggle(toggle.dataset.sidebar === "show")
    else if (menu) this.#openMenu(menu)
    else if (more && this.contains(more)) this.#showMore(event, more)
    else if (opener) this.#openDialog(opener)
    else if (target.closest("[data-close]")) target.closest("dialog")?.close()
    else if (this.isOpen && !this.contains(target)) this.#open(false)
  }

  /** @param {boolean} show */
  #toggle(show) {
    if (matchMedia("(max-width: 40rem)").matches) return this.#open(show)
    document.documentElement.toggleAttribute("data-sidebar-hidden", !show)
    remember("sidebar", show ? null : "hidden")
  }

  /** @param {boolean} open */
  #open(open) {
    this.toggleAttribute("data-open", open)
    const inside = open ? this : document
    const next = inside.querySelector(open ? "[data-sidebar=hide]" : "[data-sidebar=show]")
    if (next instanceof HTMLElement) next.focus()
  }

  /** @param {HTMLElement} button */
  #openMenu(button) {
    const menu = /** @type {HTMLElement} */ (document.getElementById("conversation-menu"))
    const id = button.dataset.menuFor ?? ""
    menu.dataset.conversation = id
    menu.dataset.name = this.#titleOf(id)
    menu.showPopover()
    placeBeside(menu, button)
    menu.querySelector("button")?.focus()
  }

  /** @param {HTMLElement} button */
  #openDialog(button) {
    const menu = /** @type {HTMLElement} */ (document.getElementById("conversation-menu"))
    const { conversation = "", name = "" } = menu.dataset
    menu.hidePopover()
    const dialog = /** @type {HTMLDialogElement} */ (this.querySelector(`[data-dialog="${button.dataset.open}"]`))
    const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"))
    form.action = `/c/${conversation}/${button.dataset.open}/`
    form.dataset.conversation = conversation
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=title]"))
    if (field) field.value = name
    const place = form.querySelector("[data-name]")
    if (place) place.textContent = name
    showError(form, "")
    dialog.showModal()
    field?.select()
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault()
    const form = /** @type {HTMLFormElement} */ (event.target)
    const isDeletion = form.closest("dialog")?.dataset.dialog === "delete"
    try {
      const response = await post(form.action, new FormData(form))
      if (!response.ok) throw new RequestRefused(gettext("The server could not do this. Try again."))
    } catch (error) {
      const words = error instanceof RequestRefused ? error.message : gettext("The server cannot be reached. Try again.")
      return showError(form, words)
    }
    form.closest("dialog")?.close()
    if (isDeletion && location.pathname.includes(form.dataset.conversation ?? "?")) location.assign("/")
    else if (isDeletion) toast(gettext("Deleted"))
    this.#refresh()
  }

  /** @param {MouseEvent} event @param {Element} more */
  #showMore(event, more) {
    event.preventDefault()
    this.#shown = more.getAttribute("href") ?? ""
    this.#refresh()
  }

  async #refresh() {
    const list = /** @type {HTMLElement} */ (this.querySelector("[data-list]"))
    try {
      list.replaceChildren(await fetchNodes((list.dataset.list ?? "") + this.#shown))
    } catch {
      return // It is refreshed at the next change or page.
    }
    this.#markCurrent()
    document.dispatchEvent(new CustomEvent("titles", { detail: (/** @type {string} */ id) => this.#titleOf(id) }))
  }

  #markCurrent() {
    for (const link of this.querySelectorAll("a[href]")) {
      const isHere = link.getAttribute("href") === location.pathname
      if (isHere) link.setAttribute("aria-current", "page")
      else link.removeAttribute("aria-current")
    }
  }

  /** @param {string} id */
  #titleOf(id) {
    const link = this.querySelector(`a[href$="/c/${CSS.escape(id)}/"] .entry__title`)
    return link?.textContent ?? document.querySelector("h1")?.textContent ?? ""
  }
}

/** @param {HTMLFormElement} form @param {string} words */
function showError(form, words) {
  const line = /** @type {HTMLElement | null} */ (form.querySelector(".field__error"))
  if (!line) return
  line.textContent = words
  line.hidden = !words
}

customElements.define("conversation-sidebar", ConversationSidebar)
