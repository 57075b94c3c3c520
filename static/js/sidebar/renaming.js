/** Giving a conversation another name: in its row, or in a dialog where no row can be seen. What is
 * wrong with a name is said beside it, and what was typed stays. */
import { compositionGuard } from "#lib/keys"
import { post, RequestRefused } from "#lib/requests"
import { clone } from "#lib/templates"
import { gettext } from "#lib/words"

/** @typedef {import("#sidebar/list").List} List */

export class Renaming {
  #list
  #dialog
  #conversation = ""

  /** @param {List} list @param {HTMLDialogElement} dialog */
  constructor(list, dialog) {
    this.#list = list
    this.#dialog = dialog
    const { field, error } = partsOf(dialog)
    new Keys(field, () => this.#saveDialog(field, error), () => dialog.close())
    dialog.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#saveDialog(field, error)
    })
    dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close())
  }

  /** @param {string} id @param {string} title as it is now */
  begin(id, title) {
    const entry = this.#list.entry(id)
    if (entry?.querySelector("a")?.checkVisibility?.({ visibilityProperty: true })) this.#inRow(entry, id, title)
    else this.#inDialog(id, title)
  }

  /** @param {HTMLElement} entry @param {string} id @param {string} title */
  #inRow(entry, id, title) {
    if (entry.matches(".entry--renaming")) return
    const form = /** @type {HTMLElement} */ (clone("entry-field"))
    const { field, error } = partsOf(form)
    field.value = title
    entry.append(form)
    entry.classList.add("entry--renaming")
    field.focus()
    field.select()
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true // Removing a field that has the focus blurs it.
      this.#end(entry, form)
    }
    const save = async (/** @type {boolean} */ leaving) => {
      if (isOver || field.readOnly) return
      const wanted = field.value.trim()
      if (wanted === title || (leaving && !wanted)) return end()
      if (await this.#save(id, wanted, field, error)) end()
    }
    new Keys(field, () => save(false), end)
    form.addEventListener("submit", (event) => event.preventDefault())
    field.addEventListener("blur", () => {
      if (!this.#list.root.hasAttribute("data-moving") && document.hasFocus()) save(true)
    })
  }

  /** @param {HTMLElement} entry @param {HTMLElement} form */
  #end(entry, form) {
    const hadFocus = form.contains(document.activeElement)
    entry.classList.remove("entry--renaming")
    form.remove()
    if (hadFocus) entry.querySelector("a")?.focus()
    document.dispatchEvent(new CustomEvent("conversations-changed"))
  }

  /** @param {string} id @param {string} title */
  #inDialog(id, title) {
    const { field, error } = partsOf(this.#dialog)
    this.#conversation = id
    field.value = title
    showError(error, field, "")
    this.#dialog.showModal()
    field.select()
  }

  /** @param {HTMLInputElement} field @param {HTMLElement} error */
  async #saveDialog(field, error) {
    if (await this.#save(this.#conversation, field.value.trim(), field, error)) this.#dialog.close()
  }

  /** @param {string} id @param {string} title @param {HTMLInputElement} field @param {HTMLElement} error */
  async #save(id, title, field, error) {
    if (!title) {
      showError(error, field, gettext("Name: it must not be empty."))
      return false
    }
    field.readOnly = true
    try {
      const response = await post(`/c/${id}/rename/`, { title })
      if (!response.ok) throw new RequestRefused(gettext("The server could not do this. Try again."))
    } catch (problem) {
      const isRefused = problem instanceof RequestRefused
      showError(error, field, isRefused ? problem.message : gettext("The server cannot be reached. Try again."))
      return false
    } finally {
      field.readOnly = false
    }
    this.#list.retitle(id, title)
    document.dispatchEvent(new CustomEvent("conversations-changed"))
    return true
  }
}

/** Enter saves and Escape gives up, but for an input method that uses them itself. */
class Keys {
  /** @param {HTMLInputElement} field @param {() => void} save @param {() => void} giveUp */
  constructor(field, save, giveUp) {
    const composing = compositionGuard(field)
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return
      event.stopPropagation()
      // While a word is composed its own keys must not close a dialog or send a form.
      if (composing(event)) return event.key === "Enter" ? event.preventDefault() : undefined
      event.preventDefault()
      if (event.key === "Enter") save()
      else giveUp()
    })
  }
}

/** @param {Element} form */
function partsOf(form) {
  return {
    field: /** @type {HTMLInputElement} */ (form.querySelector("[name=title]")),
    error: /** @type {HTMLElement} */ (form.querySelector("[role=alert]")),
  }
}

/** @param {HTMLElement} error @param {HTMLInputElement} field @param {string} words */
function showError(error, field, words) {
  error.textContent = words
  error.hidden = !words
  field.setAttribute("aria-invalid", String(!!words))
}
