/** <kept-list>: the pages of the archive and the trash. They are forms and work without this; it
 * selects all or a range, and asks before anything is removed for good. */
import { carry, forget } from "#sidebar/changing"
import { Selection } from "#sidebar/selection"
import { recall, remember } from "#lib/storage"
import { interpolate, ngettext } from "#lib/words"

const STAYS = 10_000

export class KeptList extends HTMLElement {
  #selection = new Selection()
  #isSure = false

  connectedCallback() {
    this.#comeBack()
    if (!this.#all) return // It is empty.
    const label = this.#all.closest("label")
    if (label) label.hidden = false
    this.addEventListener("click", (event) => this.#clicked(event))
    this.#bar.addEventListener("formdata", (event) => joinIds(/** @type {FormDataEvent} */ (event).formData))
    this.addEventListener("submit", (event) => this.#submitted(/** @type {SubmitEvent} */ (event)))
    for (const box of this.#boxes) this.#selection.toggle(box.value, box.checked)
    this.#show()
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const box = /** @type {HTMLInputElement | null} */ (/** @type {Element} */ (event.target).closest("input[type=checkbox]"))
    if (!box) return
    if (box === this.#all) this.#selection.all(this.#order)
    else if (event.shiftKey) this.#selection.reach(box.value, this.#order)
    else this.#selection.toggle(box.value, box.checked)
    this.#show()
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target)
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter)
    if (form.method === "dialog" || !button) return
    const question = this.#dialog(button.dataset.sure)
    if (question && !this.#isSure) {
      event.preventDefault()
      return this.#ask(question, form, button)
    }
    this.#isSure = false
    keepPlace(this.#rows.findIndex((row) => row.contains(form)))
    const ids = new FormData(form).getAll("conversation").flatMap((value) => String(value).split(" "))
    forget()
    if ("undoable" in button.dataset && ids.length) {
      carry({ deed: "trash", ids, back: location.pathname, until: Date.now() + STAYS, isSaid: true })
    }
  }

  /** Whoever has just done something to a row goes on with the one that stands there now. */
  #comeBack() {
    const place = takePlace()
    if (place === null) return
    const row = this.#rows[Math.min(place, this.#rows.length - 1)]
    const goal = row?.querySelector(/** @type {"input"} */ ("input[type=checkbox]")) ?? document.querySelector("h1")
    if (goal?.matches("h1")) goal.tabIndex = -1
    goal?.focus()
  }

  /** @param {HTMLDialogElement} question @param {HTMLFormElement} form @param {HTMLButtonElement} button */
  #ask(question, form, button) {
    question.returnValue = ""
    const which = question.querySelector("[data-which]")
    if (which) which.textContent = form.ariaLabel ?? this.#count.textContent
    question.addEventListener("close", () => {
      this.#isSure = question.returnValue === "sure"
      if (this.#isSure) form.requestSubmit(button)
    }, { once: true })
    question.showModal()
  }

  #show() {
    const { size } = this.#selection
    for (const box of this.#boxes) box.checked = this.#selection.has(box.value)
    this.#all.checked = this.#selection.isAll(this.#order)
    this.#all.indeterminate = size > 0 && !this.#all.checked
    this.#count.textContent = size
      ? interpolate(ngettext("%(count)s selected", "%(count)s selected", size), { count: size })
      : ""
    for (const button of this.#bar.querySelectorAll("button")) button.hidden = !size
  }

  /** @param {string | undefined} name @returns {HTMLDialogElement | null} */
  #dialog(name) {
    return name ? this.querySelector(`[data-dialog="${name}"]`) : null
  }

  get #order() {
    return this.#boxes.map((box) => box.value)
  }

  /** @returns {HTMLElement[]} */
  get #rows() {
    return [...this.querySelectorAll(/** @type {"li"} */ (".kept__row"))]
  }

  /** @returns {HTMLInputElement[]} */
  get #boxes() {
    return [...this.querySelectorAll(/** @type {"input"} */ (".kept__row input[type=checkbox]"))]
  }

  get #all() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-kept-all]"))
  }

  get #count() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-kept-count]"))
  }

  get #bar() {
    return /** @type {HTMLElement} */ (this.querySelector(".kept__bar"))
  }
}

/** @param {number} place of the row; -1: what was done was done to several */
function keepPlace(place) {
  remember("kept.place", { place: Math.max(0, place), path: location.pathname })
}

function takePlace() {
  const kept = /** @type {{place: number, path: string} | null} */ (recall("kept.place", null))
  remember("kept.place", null)
  return kept?.path === location.pathname ? kept.place : null
}

/** A request holds few fields, a list may be long. @param {FormData} fields */
function joinIds(fields) {
  for (const name of ["conversation", "branch", "job"]) {
    const ids = fields.getAll(name)
    if (ids.length > 1) fields.set(name, ids.join(" "))
  }
}

customElements.define("kept-list", KeptList)
