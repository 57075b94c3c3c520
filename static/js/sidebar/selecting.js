/** Selecting several conversations: while it lasts every row has a box, and a bar says what can be
 * done with them. Shift reaches from the row before, the arrows walk, Escape ends it. */
import { gettext, interpolate, ngettext } from "#lib/words"
import { Selection } from "#sidebar/selection"

/** @typedef {import("#sidebar/list").List} List @typedef {import("#sidebar/changing").Deed} Deed */

export class Selecting {
  #side
  #list
  #change
  #selection = new Selection()
  /** @type {Element | null} */
  #opener = null

  /** @param {HTMLElement} side @param {List} list
   *  @param {(deed: Deed, ids: string[]) => Promise<boolean>} change */
  constructor(side, list, change) {
    this.#side = side
    this.#list = list
    this.#change = change
    this.#part("start").hidden = false
    side.addEventListener("click", (event) => this.#clicked(event))
    side.addEventListener("keydown", (event) => this.#pressed(event))
  }

  get isOn() {
    return "selecting" in this.#side.dataset
  }

  /** @param {string} [id] selected from the beginning */
  start(id) {
    this.#opener = document.activeElement
    this.#side.dataset.selecting = ""
    this.#bar.hidden = false
    if (id) this.#selection.toggle(id, true)
    this.#show()
    const box = (id && this.#list.entry(id)?.querySelector("input")) || this.#list.root.querySelector("input")
    box?.focus()
  }

  end() {
    delete this.#side.dataset.selecting
    this.#bar.hidden = true
    this.#selection.clear()
    this.#show()
    const back = /** @type {HTMLElement | null} */ (this.#opener)
    if (back?.isConnected && back.checkVisibility?.() !== false) back.focus()
    else this.#list.focusAt(0)
  }

  /** The list is another now. */
  refreshed() {
    if (!this.isOn) return
    this.#selection.keep(this.#list.order)
    this.#show()
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-picking]"))
    const entry = /** @type {HTMLElement | null} */ (target.closest(".entry"))
    if (button) this.#obey(button.dataset.picking ?? "")
    else if (this.isOn && entry) this.#pick(event, entry)
  }

  /** @param {MouseEvent} event @param {HTMLElement} entry */
  #pick(event, entry) {
    const id = entry.dataset.conversation ?? ""
    const isBox = /** @type {Element} */ (event.target).matches("input")
    if (!isBox) event.preventDefault()
    if (event.shiftKey) this.#selection.reach(id, this.#list.order)
    else this.#selection.toggle(id)
    entry.querySelector("input")?.focus()
    this.#show()
  }

  /** @param {string} wish */
  async #obey(wish) {
    if (wish === "start") return this.start()
    if (wish === "end") return this.end()
    if (wish === "all") {
      this.#selection.all(this.#list.order)
      return this.#show()
    }
    if (!this.#selection.size) return this.#say(gettext("Select a conversation first."))
    if (await this.#change(/** @type {Deed} */ (wish), this.#selection.ids)) this.end()
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!this.isOn || /** @type {Element} */ (event.target).matches(".entry__field")) return
    const { key } = event
    if (key === "Escape") this.end()
    else if (key === "ArrowDown" || key === "ArrowUp") this.#walk(key === "ArrowDown" ? 1 : -1, event.shiftKey)
    else if (key === "Delete") this.#obey("trash")
    else if (key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) this.#obey("all")
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  /** @param {number} step @param {boolean} reaching */
  #walk(step, reaching) {
    const { entries, order } = this.#list
    const at = entries.findIndex((entry) => entry.contains(document.activeElement))
    const next = entries[at + step]
    if (!next) return
    if (reaching && at >= 0 && !this.#selection.has(order[at])) this.#selection.toggle(order[at], true)
    if (reaching) this.#selection.reach(order[at + step], order)
    next.querySelector("input")?.focus()
    this.#show()
  }

  #show() {
    const { size } = this.#selection
    for (const entry of this.#list.entries) {
      const box = /** @type {HTMLInputElement} */ (entry.querySelector(".entry__check"))
      box.checked = this.#selection.has(entry.dataset.conversation ?? "")
      entry.classList.toggle("entry--selected", box.checked)
    }
    this.#part("all").setAttribute("aria-pressed", String(this.#selection.isAll(this.#list.order)))
    const words = interpolate(ngettext("%(count)s selected", "%(count)s selected", size), { count: size })
    if (this.isOn) this.#say(words)
  }

  /** @param {string} words */
  #say(words) {
    const count = this.#bar.querySelector("[data-picking-count]")
    if (count) count.textContent = words
    const status = document.getElementById("status")
    if (status) status.textContent = words
  }

  get #bar() {
    return /** @type {HTMLElement} */ (this.#side.querySelector("[data-picking-bar]"))
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#side.querySelector(`[data-picking="${name}"]`))
  }
}
