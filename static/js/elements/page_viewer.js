/** <page-viewer>: a page of a document beside the talk, with the passage that an answer rests on
 * marked. Arrows turn pages, Escape closes; focus returns to where it came from. */
import { passageBefore } from "#chat/passages"
import { counted, placeOf } from "#chat/units"
import { compositionGuard } from "#lib/keys"
import { offerButtons } from "#lib/offering"
import { fetchNodes } from "#lib/requests"
import { gettext, interpolate } from "#lib/words"

export class PageViewer extends HTMLElement {
  #file = ""
  #name = ""
  #page = 1
  #count = 1
  #unit = ""
  #find = ""
  /** The page one came for: only there a passage is looked for. */
  #cited = 0

  connectedCallback() {
    this.#dialog.addEventListener("keydown", (event) => this.#key(event))
    this.#dialog.addEventListener("click", (event) => this.#clicked(event))
    const composing = compositionGuard(this.#jump)
    this.#jump.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !composing(event)) this.#jumped(event)
    })
    this.#jump.addEventListener("input", () => this.#jump.setCustomValidity(""))
    this.#picture.addEventListener("load", () => this.#showPicture(true))
    this.#picture.addEventListener("error", () => this.#showPicture(false))
  }

  /** @param {HTMLAnchorElement} link a citation, or a document that goes along */
  open(link) {
    const { file = "", name = "", page = "1", pages = "1", unit = "" } = link.dataset
    this.#unit = unit
    this.#file = file
    this.#name = name
    this.#count = Math.max(1, Number(pages), Number(page))
    this.#find = link.matches(".cite") ? passageBefore(link) : ""
    this.#cited = Number(page)
    this.#part("[data-name]").textContent = name
    this.#dialog.setAttribute("aria-label", name || gettext("Document"))
    this.#part("[data-download]").setAttribute("href", `/files/${file}/?download`)
    this.#jump.hidden = this.#count === 1
    this.#jump.placeholder = gettext("Go to…")
    this.#jump.setAttribute("aria-label", interpolate(gettext("Go to number (1–%(count)s)"), { count: this.#count }))
    this.#jump.value = ""
    this.#choose("text")
    this.#dialog.showModal()
    this.#show(Number(page))
  }

  /** @param {number} page */
  #show(page) {
    if (page < 1 || page > this.#count) return
    this.#page = page
    const number = placeOf(this.#unit, page, this.#count)
    this.#part("[data-count]").textContent = number
    offerButtons([[this.#button("[data-before]"), page > 1], [this.#button("[data-after]"), page < this.#count]], this.#button("[data-close]"))
    this.#picture.alt = [this.#name, number].join(gettext(", "))
    this.#read(page)
  }

  /** Digits of any width, as an input method types them. @param {KeyboardEvent} event */
  #jumped(event) {
    event.preventDefault()
    const page = Number(this.#jump.value.normalize("NFKC").trim() || NaN)
    if (Number.isInteger(page) && page >= 1 && page <= this.#count) {
      this.#jump.value = ""
      this.#text.focus()
      return this.#show(page)
    }
    const words = gettext("There are %(counted)s: type a number from 1 to %(count)s.")
    this.#jump.setCustomValidity(interpolate(words, { counted: counted(this.#unit, this.#count), count: this.#count }))
    this.#jump.reportValidity()
    this.#jump.select()
  }

  /** @param {number} page */
  async #read(page) {
    const find = page === this.#cited ? this.#find : ""
    this.#text.setAttribute("aria-busy", "true")
    const nodes = await fetchNodes(`${this.#address}?${new URLSearchParams(find ? { find } : {})}`).catch(() => null)
    if (page !== this.#page) return
    this.#text.removeAttribute("aria-busy")
    this.#fill(nodes)
    this.#text.scrollTop = 0
    this.#text.querySelector("mark")?.scrollIntoView({ block: "center" })
  }

  /** @param {DocumentFragment | null} nodes see templates/files/_page.html */
  #fill(nodes) {
    const paper = /** @type {HTMLElement | null | undefined} */ (nodes?.querySelector(".paper"))
    const body = paper?.querySelector(".paper__body")
    for (const look of body?.querySelectorAll(".paper__look") ?? []) look.remove()
    const label = paper?.querySelector(".paper__label")?.textContent ?? ""
    if (label && label !== String(this.#page)) this.#part("[data-count]").append(` · ${label}`)
    this.#text.replaceChildren(body ?? gettext("This page cannot be shown. Download the file to read it."))
    this.#see(paper?.dataset.picture ?? "")
    const isEmpty = !this.#text.textContent?.trim()
    this.#part("[data-body]").toggleAttribute("data-wordless", isEmpty)
  }

  /** @param {string} address of how the page looks, "" where nobody knows */
  #see(address) {
    this.#showPicture(false)
    this.#picture.removeAttribute("src")
    if (address.startsWith("/files/")) this.#picture.src = address
  }

  /** @param {boolean} isThere */
  #showPicture(isThere) {
    this.#part("[data-body]").toggleAttribute("data-pictured", isThere)
  }

  /** Where there is room for one of them. @param {string} shown */
  #choose(shown) {
    this.#part("[data-body]").dataset.shown = shown
    for (const tab of this.querySelectorAll("[data-show]")) {
      tab.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (tab).dataset.show === shown))
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const isRightToLeft = getComputedStyle(this).direction === "rtl" ? -1 : 1
    /** @type {Record<string, number>} */
    const pages = {
      ArrowLeft: this.#page - isRightToLeft,
      ArrowRight: this.#page + isRightToLeft,
      Home: 1,
      End: this.#count,
    }
    if (event.target === this.#jump) return
    const page = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey ? undefined : pages[event.key]
    if (page === undefined) return
    event.preventDefault()
    if (page !== this.#page) this.#show(page)
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const shown = /** @type {HTMLElement | null} */ (target.closest("[data-show]"))?.dataset.show
    if (shown) this.#choose(shown)
    else if (target.closest("[data-before]")) this.#show(this.#page - 1)
    else if (target.closest("[data-after]")) this.#show(this.#page + 1)
    else if (target.closest("[data-close]") || target === this.#dialog) this.#dialog.close()
  }

  get #address() {
    return `/files/${this.#file}/pages/${this.#page}/`
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.#part("dialog"))
  }

  get #jump() {
    return /** @type {HTMLInputElement} */ (this.#part("[data-jump]"))
  }

  get #text() {
    return this.#part("[data-text]")
  }

  get #picture() {
    return /** @type {HTMLImageElement} */ (this.#part("[data-picture]"))
  }

  /** @param {string} selector */
  #button(selector) {
    return /** @type {HTMLButtonElement} */ (this.#part(selector))
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector))
  }
}

customElements.define("page-viewer", PageViewer)
