/** <attachment-tray>: what goes along with the next message. Files come by picking, pasting and
 * dropping anywhere on the page. Says `attachments` when what will be sent has changed. */
import { Uploads } from "#chat/uploads"
import { gettext, interpolate } from "#lib/words"
import { clone } from "#lib/templates"

/** @typedef {import("#chat/uploads").Upload} Upload */

const MEGA = 1024 * 1024

export class AttachmentTray extends HTMLElement {
  uploads = new Uploads()
  /** @type {Map<Upload, HTMLElement>} */
  #chips = new Map()
  /** @type {Map<Upload, string>} addresses of what is not yet on the server */
  #previews = new Map()
  #dragged = 0

  connectedCallback() {
    this.uploads.addEventListener("change", () => this.#draw())
    this.#picker.addEventListener("change", () => {
      this.uploads.add(this.#picker.files ?? [])
      this.#picker.value = ""
    })
    this.#form.querySelector("[data-attach]")?.addEventListener("click", () => this.#picker.click())
    this.#form.addEventListener("paste", (event) => this.#pasted(event))
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
      document.addEventListener(name, (event) => this.#drag(/** @type {DragEvent} */ (event)))
    }
    const kept = this.querySelector("script")?.textContent
    if (kept) this.uploads.restore(JSON.parse(kept))
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const files = event.clipboardData?.files ?? []
    if (!files.length) return
    event.preventDefault()
    this.uploads.add(files)
  }

  /** @param {DragEvent} event */
  #drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.#dragged += { dragenter: 1, dragleave: -1 }[event.type] ?? 0
    if (event.type === "drop") {
      this.#dragged = 0
      this.uploads.add(event.dataTransfer.files)
    }
    this.#target.hidden = this.#dragged <= 0
  }

  #draw() {
    for (const [upload, chip] of this.#chips) {
      if (!this.uploads.list.includes(upload)) this.#forget(upload, chip)
    }
    for (const upload of this.uploads.list) this.#show(upload, this.#chips.get(upload) ?? this.#make(upload))
    this.hidden = this.uploads.list.length === 0
    this.dispatchEvent(new CustomEvent("attachments", { bubbles: true }))
  }

  /** @param {Upload} upload */
  #make(upload) {
    const chip = /** @type {HTMLElement} */ (clone("attachment"))
    chip.querySelector("[data-remove]")?.addEventListener("click", () => this.#remove(upload))
    chip.querySelector("[data-retry]")?.addEventListener("click", () => this.uploads.retry(upload))
    const image = /** @type {HTMLImageElement} */ (chip.querySelector("img"))
    image.addEventListener("error", () => (image.hidden = true))
    image.src = upload.stored?.thumbnail ?? this.#preview(upload)
    this.#chips.set(upload, chip)
    this.#list.append(chip)
    return chip
  }

  /** @param {Upload} upload */
  #preview(upload) {
    const address = URL.createObjectURL(/** @type {File} */ (upload.file))
    this.#previews.set(upload, address)
    return address
  }

  /** @param {Upload} upload @param {HTMLElement} chip */
  #show(upload, chip) {
    chip.dataset.state = upload.state
    const [name, note] = [chip.querySelector("b"), chip.querySelector("small")]
    if (name) name.textContent = upload.name
    if (note) note.textContent = noteOf(upload)
    const bar = /** @type {HTMLProgressElement} */ (chip.querySelector("progress"))
    bar.hidden = upload.state !== "sending"
    bar.value = upload.progress
    chip.querySelector("[data-remove]")?.setAttribute("aria-label", interpolate(gettext("Remove %(name)s"), { name: upload.name }))
    const retry = /** @type {HTMLElement} */ (chip.querySelector("[data-retry]"))
    retry.hidden = !(upload.state === "refused" && upload.mayRetry)
    if (upload.stored && this.#previews.has(upload)) this.#useStored(upload, chip)
  }

  /** What a browser cannot show, such as HEIC, it can show once the server has remade it.
   * @param {Upload} upload @param {HTMLElement} chip */
  #useStored(upload, chip) {
    const image = /** @type {HTMLImageElement} */ (chip.querySelector("img"))
    image.hidden = false
    image.src = upload.stored?.thumbnail ?? ""
    this.#release(upload)
  }

  /** @param {Upload} upload */
  #remove(upload) {
    this.uploads.remove(upload)
    this.#form.querySelector("textarea")?.focus()
  }

  /** @param {Upload} upload @param {HTMLElement} chip */
  #forget(upload, chip) {
    chip.remove()
    this.#chips.delete(upload)
    this.#release(upload)
  }

  /** @param {Upload} upload */
  #release(upload) {
    URL.revokeObjectURL(this.#previews.get(upload) ?? "")
    this.#previews.delete(upload)
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.closest("form"))
  }

  get #picker() {
    return /** @type {HTMLInputElement} */ (this.#form.querySelector("input[type=file]"))
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector("ul"))
  }

  get #target() {
    return /** @type {HTMLElement} */ (document.querySelector("[data-drop-target]"))
  }
}

/** One line about how it stands. @param {Upload} upload */
export function noteOf(upload) {
  if (upload.state === "refused") return upload.words
  if (upload.state === "waiting") return gettext("Waiting…")
  if (upload.state === "sending") return sendingNote(upload.progress)
  return upload.stored ? madeOf(upload.stored) : ""
}

/** @param {number} progress */
function sendingNote(progress) {
  if (progress >= 1) return gettext("Preparing…")
  return interpolate(gettext("Uploading %(percent)s %"), { percent: Math.round(progress * 100) })
}

/** @param {import("#chat/uploads").Stored} stored */
function madeOf({ width, height, origin, size }) {
  const [before, after] = [Math.max(origin.width ?? 0, origin.height ?? 0), Math.max(width, height)]
  if (origin.is_animated) return gettext("First frame of the animation")
  if (before > after) return `${before} → ${after} px`
  return `${width} × ${height} px, ${(size / MEGA).toFixed(1)} MB`
}

customElements.define("attachment-tray", AttachmentTray)
