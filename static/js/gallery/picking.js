/** Several pictures and films at once: which, and what is done to them. */
import { Selection } from "#sidebar/selection"
import { offerUndo } from "#lib/undoing"
import { post, RequestRefused, token } from "#lib/requests"
import { interpolate, ngettext } from "#lib/words"
import { isSomethingOpen } from "#lib/keys"
import { toast, toastError } from "#elements/toast_stack"

/** @typedef {import("#elements/media_wall").MediaWall} MediaWall */

export class Picking {
  #selection = new Selection()
  #wall

  /** @param {MediaWall} wall */
  constructor(wall) {
    this.#wall = wall
    this.#bar.addEventListener("click", (event) => this.#pressed(/** @type {Element} */ (event.target)))
    this.#dialog.addEventListener("close", () => this.#intoAlbum())
    document.addEventListener("keydown", (event) => this.#key(event))
  }

  get size() {
    return this.#selection.size
  }

  /** @param {string} id */
  has(id) {
    return this.#selection.has(id)
  }

  /** @param {string} id @param {boolean} isRange from the one touched last up to this one */
  pick(id, isRange) {
    if (isRange) this.#selection.reach(id, this.#order)
    else this.#selection.toggle(id)
    this.#show()
  }

  /** By Shift and an arrow. @param {number} from @param {number} to */
  reach(from, to) {
    const order = this.#order
    if (!this.has(order[from])) this.#selection.toggle(order[from], true)
    for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1) this.#selection.toggle(order[at], true)
    this.#show()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {Element} */ (event.target)
    if (isSomethingOpen() || target.closest("input, textarea, select")) return
    if ((event.ctrlKey || event.metaKey) && event.key === "a") {
      event.preventDefault()
      this.#selection.all(this.#order)
      this.#show()
    } else if (this.size && event.key === "Escape") {
      this.#end()
    } else if (this.size && event.key === "Delete") {
      this.#trash()
    }
  }

  /** @param {Element} target */
  #pressed(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-pick]"))
    const deeds = /** @type {Record<string, () => void>} */ ({
      star: () => this.#star(),
      album: () => this.#dialog.showModal(),
      zip: () => this.#zip(),
      trash: () => this.#trash(),
      end: () => this.#end(),
    })
    deeds[button?.dataset.pick ?? ""]?.()
  }

  /** All of them get a star; where all have one, all lose it. */
  async #star() {
    const rows = this.#wall.rows.filter(([id]) => this.has(id))
    const isOn = rows.every((row) => row[7])
    if (!(await this.#do({ do: isOn ? "unstar" : "star" }))) return
    for (const row of rows) row[7] = isOn ? 0 : 1
    this.#end()
  }

  #trash() {
    const ids = this.#selection.ids
    this.#end()
    putAway(this.#wall, ids)
  }

  async #intoAlbum() {
    const form = /** @type {HTMLFormElement} */ (this.#dialog.querySelector("form"))
    if (this.#dialog.returnValue !== "put") return
    this.#dialog.returnValue = ""
    const said = new FormData(form)
    const fields = { do: "album", album: String(said.get("album") ?? ""), name: String(said.get("name") ?? "") }
    const count = this.size
    if (!(await this.#do(fields))) return
    toast(interpolate(ngettext("%(count)s put into the album", "%(count)s put into the album", count), { count }))
    form.reset()
    this.#end()
  }

  /** A download is no page: the browser stays here. */
  #zip() {
    const form = document.createElement("form")
    form.method = "post"
    form.action = this.#wall.dataset.zip ?? ""
    form.hidden = true
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token(), job: this.#selection.ids.join(" ") })) {
      const field = document.createElement("input")
      Object.assign(field, { name, value })
      form.append(field)
    }
    document.body.append(form)
    form.submit()
    form.remove()
  }

  /** @param {Record<string, string>} fields */
  #do(fields) {
    return change(this.#wall, { ...fields, job: this.#selection.ids.join(" ") })
  }

  #end() {
    this.#selection.clear()
    this.#show()
  }

  /** Forget what is in the gallery no more. */
  keep() {
    this.#selection.keep(this.#order)
    this.#show()
  }

  #show() {
    const { size } = this
    this.#bar.hidden = !size
    for (const place of [this.#wall, this.#wall.closest(".app")]) place?.toggleAttribute("data-picking", !!size)
    const count = /** @type {HTMLElement} */ (this.#bar.querySelector("[data-pick-count]"))
    count.textContent = interpolate(ngettext("%(count)s selected", "%(count)s selected", size), { count: size })
    this.#wall.remark()
  }

  get #order() {
    return this.#wall.rows.map(([id]) => id)
  }

  get #bar() {
    return /** @type {HTMLElement} */ (document.querySelector("[data-pick-bar]"))
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (document.querySelector("[data-album-dialog]"))
  }
}

/** @param {MediaWall} wall @param {Record<string, string>} fields @returns {Promise<boolean>} whether it was done */
async function change(wall, fields) {
  try {
    const response = await post(wall.dataset.several ?? "", fields)
    if (response.ok) return true
    toastError()
  } catch (error) {
    toastError(error instanceof RequestRefused ? error.message : "")
  }
  return false
}

/** Into the trash, with a way back. @param {MediaWall} wall @param {string[]} ids */
async function putAway(wall, ids) {
  if (!(await change(wall, { do: "trash", job: ids.join(" ") }))) return
  const taken = wall.take(ids)
  const words = ngettext("%(count)s moved to trash", "%(count)s moved to trash", ids.length)
  offerUndo(interpolate(words, { count: ids.length }), async () => {
    if (await change(wall, { do: "restore", job: ids.join(" ") })) wall.give(taken)
  })
}
