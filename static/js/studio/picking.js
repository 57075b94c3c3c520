/** A dialog in which somebody chooses among what was made. */
import { fetchNodes } from "#lib/requests"
import { toastError } from "#elements/toast_stack"

/** @typedef {import("#chat/uploads").Stored} Stored */

const PAUSE = 200

/** @type {Promise<unknown> | undefined} */
let style

/** What was chosen, in the order it was chosen; nothing where the dialog was left.
 * @param {{kind?: string}} [wanted] @returns {Promise<Stored[]>} */
export async function pickFromGallery({ kind = "" } = {}) {
  const dialog = await opened(kind)
  return dialog ? new Picker(dialog, kind).result : []
}

/** @param {string} kind */
async function opened(kind) {
  try {
    const nodes = await fetchNodes(`/studio/pick/?kind=${kind}`)
    const dialog = /** @type {HTMLDialogElement} */ (nodes.querySelector("dialog"))
    document.body.append(dialog)
    await (style ??= styled(dialog.dataset.style ?? ""))
    dialog.showModal()
    return dialog
  } catch {
    toastError()
    return null
  }
}

/** @param {string} address */
function styled(address) {
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = address
  const end = new Promise((resolve) => {
    for (const name of ["load", "error"]) link.addEventListener(name, resolve)
  })
  document.head.append(link)
  return end
}

class Picker {
  /** @type {Map<string, Stored>} */
  #chosen = new Map()

  /** @param {HTMLDialogElement} dialog @param {string} kind */
  constructor(dialog, kind) {
    this.dialog = dialog
    this.kind = kind
    this.take = /** @type {HTMLButtonElement} */ (dialog.querySelector("[data-take]"))
    /** @type {Promise<Stored[]>} */
    this.result = new Promise((resolve) => dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(dialog.returnValue === "take" ? [...this.#chosen.values()] : [])
    }))
    dialog.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)))
    const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"))
    let pause = 0
    const search = () => {
      clearTimeout(pause)
      pause = window.setTimeout(() => this.#search(field.value), PAUSE)
    }
    field.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) search()
    })
    field.addEventListener("compositionend", search)
  }

  /** @param {Element} target */
  #clicked(target) {
    if (target === this.dialog || target.closest("[data-close]")) return this.dialog.close()
    if (target.closest("[data-take]")) return this.dialog.close("take")
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-told]"))
    if (!button) return
    /** @type {Stored} */
    const told = JSON.parse(button.dataset.told ?? "{}")
    if (!this.#chosen.delete(told.id)) this.#chosen.set(told.id, told)
    this.#mark()
  }

  #mark() {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.dialog.querySelectorAll("[data-told]"))) {
      button.ariaPressed = String(this.#chosen.has(JSON.parse(button.dataset.told ?? "{}").id))
    }
    this.take.disabled = !this.#chosen.size
  }

  /** @param {string} words */
  async #search(words) {
    try {
      const nodes = await fetchNodes(`/studio/pick/?${new URLSearchParams({ kind: this.kind, q: words })}`)
      const found = nodes.querySelector("[data-offered]")
      if (found) this.dialog.querySelector("[data-offered]")?.replaceWith(found)
      this.#mark()
    } catch {
      toastError()
    }
  }
}
