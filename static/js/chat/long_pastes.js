/** A long paste becomes a file, and may become text again, and a file again. Until the server has
 * it, this tab keeps it; what the server will not have goes into the box, unless that cannot bear so much. */
import { toast } from "#elements/toast_stack"
import { recallInTab, rememberInTab } from "#lib/storage"
import { gettext } from "#lib/words"

/** @typedef {import("#chat/uploads").Upload} Upload
 * @typedef {import("#chat/uploads").Uploads} Uploads */

export class LongPastes {
  #uploads
  #field
  #line
  #name
  /** What was put into the box last, in place of a file. */
  #text = ""
  /** What became a file last, until something is typed: undoing brings it back. @type {Upload | null} */
  #latest = null
  /** @type {WeakSet<Upload>} */
  #known = new WeakSet()

  /** @param {Uploads} uploads @param {HTMLTextAreaElement} field @param {HTMLElement} line that offers the
   *  way back @param {string} place where it is written */
  constructor(uploads, field, line, place) {
    this.#uploads = uploads
    this.#field = field
    this.#line = line
    this.#name = `pasted.${place}`
    line.querySelector("button")?.addEventListener("click", () => this.#asFile())
    field.addEventListener("input", (event) => this.#look(/** @type {InputEvent} */ (event)))
    field.addEventListener("keydown", (event) => this.#undo(event))
    for (const text of this.#recalled()) uploads.addText(text)
    for (const upload of uploads.list) this.#known.add(upload)
    uploads.addEventListener("change", () => this.#changed())
  }

  /** Into the box, where the cursor is. @param {Upload} upload */
  async asText(upload) {
    const text = upload.text || (upload.stored ? await textOf(upload.stored.url) : "")
    if (!text) return
    this.#write(text)
    this.#text = text
    this.#line.hidden = false
    this.#uploads.remove(upload)
  }

  /** @param {KeyboardEvent} event */
  #undo(event) {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z"
    const upload = this.#latest
    if (!isUndo || event.isComposing || !upload?.fitsBox || !this.#uploads.list.includes(upload)) return
    event.preventDefault()
    this.asText(upload)
  }

  get isOffering() {
    return !this.#line.hidden
  }

  /** @param {string} text typed as by a person, so that it can be undone */
  #write(text) {
    this.#field.focus()
    if (!document.execCommand?.("insertText", false, text)) {
      this.#field.setRangeText(text, this.#field.selectionStart, this.#field.selectionEnd, "end")
      this.#field.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }

  #asFile() {
    const text = this.#text
    const at = this.#field.value.indexOf(text)
    this.#forget()
    if (at < 0) return
    this.#field.focus()
    this.#field.setSelectionRange(at, at + text.length)
    if (!document.execCommand?.("delete")) this.#field.setRangeText("")
    this.#uploads.addText(text)
  }

  /** Undone, it is a file again; changed, it is a text like any other. @param {InputEvent} event */
  #look(event) {
    this.#latest = null
    if (!this.#text || this.#field.value.includes(this.#text)) return
    const text = this.#text
    this.#forget()
    if (event.inputType === "historyUndo") this.#uploads.addText(text)
    this.#latest = null
  }

  #forget() {
    this.#text = ""
    this.#line.hidden = true
  }

  #changed() {
    const come = this.#uploads.list.filter((upload) => upload.text && !this.#known.has(upload))
    for (const upload of come) this.#known.add((this.#latest = upload))
    const lost = this.#uploads.list.find(({ state, text, mayRetry, fitsBox }) => text && fitsBox && state === "refused" && !mayRetry)
    if (lost) return this.#giveBack(lost)
    const waiting = this.#uploads.list.filter(({ state }) => state !== "ready").flatMap(({ text }) => text || [])
    rememberInTab(this.#name, waiting.length ? JSON.stringify(waiting) : "")
  }

  /** @param {Upload} upload */
  #giveBack(upload) {
    this.#write(upload.text)
    this.#uploads.remove(upload)
    toast(`${upload.words} ${gettext("It was pasted as text.")}`)
  }

  /** @returns {string[]} */
  #recalled() {
    return JSON.parse(recallInTab(this.#name) ?? "[]")
  }
}

/** @param {string} address */
async function textOf(address) {
  const response = await fetch(address)
  return response.ok ? response.text() : ""
}
