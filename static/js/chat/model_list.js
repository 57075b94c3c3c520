/** The list of models while it is open: what is active, what the field leaves, what keys do.
 *
 * Focus stays on the field, or on the list where there is none; the active option is told by
 * `aria-activedescendant`. */
import { compositionGuard } from "#lib/keys"

const TYPED_TOGETHER = 700

export class ModelList {
  #list
  #field
  #choose
  #none
  /** @type {HTMLElement | null} */
  #active = null
  #typed = { text: "", at: -Infinity }

  /** @param {HTMLElement} popover @param {(option: HTMLElement) => void} choose */
  constructor(popover, choose) {
    this.#list = /** @type {HTMLElement} */ (popover.querySelector("[role=listbox]"))
    this.#field = popover.querySelector("input")
    this.#none = /** @type {HTMLElement | null} */ (popover.querySelector("[data-none]"))
    this.#choose = choose
    const composing = compositionGuard(this.#field ?? this.#list)
    popover.addEventListener("keydown", (event) => this.#pressed(event, composing))
    this.#field?.addEventListener("input", () => this.filter(this.#field?.value ?? ""))
    this.#list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]")
      if (option instanceof HTMLElement) choose(option)
    })
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll("[role=option]")])
  }

  get #shown() {
    return this.options.filter((option) => !option.hidden)
  }

  /** Everything is there again; the chosen model is active. */
  begin() {
    if (this.#field) this.#field.value = ""
    this.filter("")
    this.#show(this.options.find(isChosen) ?? this.#shown[0])
    const quietField = this.#field && matchMedia("(pointer: coarse)").matches
    ;(quietField ? this.#list : (this.#field ?? this.#list)).focus()
  }

  /** From the top on, if it is to be seen from there; else in the middle, so that nothing is half
   * cut off above what looks like the beginning. @param {HTMLElement | undefined} option */
  #show(option) {
    this.#list.scrollTop = 0
    this.activate(option)
    if (this.#list.scrollTop) option?.scrollIntoView({ block: "center" })
  }

  /** Leave what has every word of the text in its name; a name nobody lists can be used as it is.
   * @param {string} text */
  filter(text) {
    const words = simple(text).split(" ").filter(Boolean)
    const name = text.trim()
    let isListed = false
    for (const option of this.options) {
      if ("own" in option.dataset) continue
      const { model = "", title = "" } = option.dataset
      isListed ||= simple(name) === simple(model) || simple(name) === simple(title)
      option.hidden = !words.every((word) => `${simple(model)} ${simple(title)}`.includes(word))
    }
    this.#offerName(isListed ? "" : name)
    for (const group of this.#list.querySelectorAll("[role=group]")) {
      /** @type {HTMLElement} */ (group).hidden = !group.querySelector("[role=option]:not([hidden])")
    }
    if (this.#none) this.#none.hidden = this.#shown.length > 0
    this.activate(this.#nearest(name))
  }

  /** The one that is called just so, else the one with the least beside what is typed.
   * @param {string} name */
  #nearest(name) {
    const excess = (/** @type {HTMLElement} */ { dataset }) =>
      simple(name) === simple(dataset.model ?? "") ? 0 : simple(dataset.title ?? "").length
    const listed = this.#shown.filter((option) => !("own" in option.dataset))
    if (!name || !listed.length) return this.#shown[0]
    return listed.reduce((best, option) => (excess(option) < excess(best) ? option : best))
  }

  /** A name that nobody lists becomes an option like the others.
   * @param {string} name @returns {HTMLElement | undefined} none where the list is closed */
  add(name) {
    const own = this.options.find((option) => "own" in option.dataset)
    const option = /** @type {HTMLElement | undefined} */ (own?.cloneNode(true))
    if (!own || !option) return undefined
    delete option.dataset.own
    option.id = `model-named-${this.options.length}`
    option.hidden = false
    option.dataset.model = option.dataset.title = name
    const title = option.querySelector("b")
    if (title) title.textContent = name
    own.before(option)
    return option
  }

  /** @param {HTMLElement | undefined} option */
  activate(option) {
    this.#active?.removeAttribute("data-active")
    this.#active = option ?? null
    option?.setAttribute("data-active", "")
    for (const element of [this.#field, this.#list]) element?.setAttribute("aria-activedescendant", option?.id ?? "")
    option?.scrollIntoView?.({ block: "nearest" })
  }

  /** @param {string} name */
  #offerName(name) {
    const own = this.options.find((option) => "own" in option.dataset)
    if (!own) return
    own.hidden = !/^[\w.:/@+-]{1,100}$/.test(name)
    own.dataset.model = own.dataset.title = name
    const place = own.querySelector("[data-own-name]")
    if (place) place.textContent = name
  }

  /** @param {KeyboardEvent} event @param {(event: KeyboardEvent) => boolean} composing */
  #pressed(event, composing) {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return
    const shown = this.#shown
    const at = this.#active ? shown.indexOf(this.#active) : -1
    const isField = event.target === this.#field
    /** @type {Record<string, () => number>} */
    const moves = {
      ArrowDown: () => (at + 1) % shown.length,
      ArrowUp: () => (at <= 0 ? shown.length : at) - 1,
      PageDown: () => Math.min(at + 6, shown.length - 1),
      PageUp: () => Math.max(at - 6, 0),
      ...(isField ? {} : { Home: () => 0, End: () => shown.length - 1 }),
    }
    if (event.key === "Enter" || (event.key === " " && !isField)) this.#accept(event)
    else if (moves[event.key]) {
      event.preventDefault()
      if (shown.length) this.activate(shown[moves[event.key]()])
    } else if (!isField && event.key.length === 1) this.#typeAhead(event)
  }

  /** @param {KeyboardEvent} event */
  #accept(event) {
    event.preventDefault()
    if (this.#active && !this.#active.hidden) this.#choose(this.#active)
  }

  /** The next model whose name begins with, or holds, what is typed in one go.
   * @param {KeyboardEvent} event */
  #typeAhead(event) {
    const isSame = event.timeStamp - this.#typed.at < TYPED_TOGETHER
    this.#typed = { text: (isSame ? this.#typed.text : "") + event.key, at: event.timeStamp }
    const wanted = simple(this.#typed.text)
    const named = this.#shown.map((option) => ({ option, title: simple(option.dataset.title ?? "") }))
    const found = named.find(({ title }) => title.startsWith(wanted)) ?? named.find(({ title }) => title.includes(wanted))
    if (found) this.activate(found.option)
  }
}

/** @param {HTMLElement} option */
function isChosen(option) {
  return option.getAttribute("aria-selected") === "true"
}

/** Without what people leave out: capitals, dashes. @param {string} text */
function simple(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[-_‑]+/g, "").trim()
}
