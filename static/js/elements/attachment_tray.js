/** <attachment-tray>: shows what goes along with the next message, see #chat/attaching. Says
 * `attachments` when something about it has changed, `not-yet` when it is not to be sent by itself. */
import { announce } from "#chat/announcing"
import { Blindness } from "#chat/blindness"
import { Uploads } from "#chat/uploads"
import { load } from "#chat/photos"
import { gettext, interpolate } from "#lib/words"
import { clone } from "#lib/templates"
import { toastError } from "#elements/toast_stack"

/** @typedef {import("#chat/uploads").Upload} Upload */

const KILO = 1024

export class AttachmentTray extends HTMLElement {
  uploads = new Uploads()
  /** @type {Map<Upload, HTMLElement>} */
  #chips = new Map()
  /** @type {Map<Upload, string>} addresses of what is not yet on the server */
  #previews = new Map()

  connectedCallback() {
    const blindness = new Blindness(/** @type {HTMLElement} */ (this.querySelector("[data-blind]")))
    this.uploads.addEventListener("change", () => {
      this.#draw()
      blindness.show(this.uploads.ready.length > 0)
    })
    this.querySelector("[data-not-yet]")?.addEventListener("click", () => {
      this.dispatchEvent(new CustomEvent("not-yet"))
      this.#form.querySelector("textarea")?.focus()
    })
  }

  /** The message is sent as soon as everything is there. @param {boolean} isAwaited */
  set isAwaited(isAwaited) {
    const line = /** @type {HTMLElement} */ (this.querySelector("[data-awaited]"))
    line.hidden = !isAwaited
    if (isAwaited) announce(line.querySelector("span")?.textContent ?? "")
  }

  #draw() {
    for (const [upload, chip] of this.#chips) {
      if (!this.uploads.list.includes(upload)) this.#forget(upload, chip)
    }
    const chips = this.uploads.list.map((upload) => this.#chips.get(upload) ?? this.#make(upload))
    this.uploads.list.forEach((upload, place) => this.#show(upload, /** @type {HTMLElement} */ (chips[place])))
    chips.forEach((chip, place) => this.#list.children[place] === chip || this.#list.insertBefore(chip, this.#list.children[place] ?? null))
    this.hidden = this.uploads.list.length === 0
    this.dispatchEvent(new CustomEvent("attachments"))
  }

  /** @param {Upload} upload */
  #make(upload) {
    const chip = /** @type {HTMLElement} */ (clone("attachment"))
    chip.querySelector("[data-remove]")?.addEventListener("click", () => this.#remove(upload))
    chip.querySelector("[data-retry]")?.addEventListener("click", () => this.uploads.retry(upload))
    const image = /** @type {HTMLImageElement} */ (chip.querySelector("img"))
    image.addEventListener("error", () => (image.hidden = true))
    if (!upload.stored) image.src = this.#preview(upload)
    chip.querySelector("[data-mark]")?.addEventListener("click", () => this.#mark(upload, chip))
    this.#chips.set(upload, chip)
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
    if (upload.state === "refused" && chip.dataset.state !== "refused") announce(interpolate(gettext("%(name)s: %(reason)s"), { name: upload.name, reason: upload.words }))
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
    const mark = /** @type {HTMLElement} */ (chip.querySelector("[data-mark]"))
    mark.hidden = upload.state !== "ready" || (!!upload.stored?.origin.marks && !upload.unmarked)
    mark.setAttribute("aria-label", interpolate(gettext("Mark on %(name)s"), { name: upload.name }))
    if (upload.stored && chip.dataset.file !== upload.stored.id) this.#useStored(upload, chip)
  }

  /** What a browser cannot show, such as HEIC, it can show once the server has remade it.
   * @param {Upload} upload @param {HTMLElement} chip */
  #useStored(upload, chip) {
    const image = /** @type {HTMLImageElement} */ (chip.querySelector("img"))
    chip.dataset.file = upload.stored?.id
    image.hidden = false
    image.src = upload.stored?.thumbnail ?? ""
    this.#release(upload)
  }

  /** Draw on it; the marked copy goes along in its place. @param {Upload} upload @param {HTMLElement} chip */
  async #mark(upload, chip) {
    try {
      const marker = /** @type {import("#elements/photo_marker").PhotoMarker} */ (await load("photo-marker"))
      const marked = await marker.mark((upload.unmarked ?? upload.stored)?.url ?? "")
      if (marked) this.uploads.mark(upload, new File([marked.blob], upload.name, { type: marked.blob.type }), marked.marks)
    } catch {
      toastError()
    }
    const button = /** @type {HTMLElement} */ (chip.querySelector("[data-mark]"))
    ;(button.hidden ? this.#form.querySelector("textarea") : button)?.focus()
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

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector("ul"))
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
  return `${width} × ${height} px, ${weight(size)}`
}

/** @param {number} size */
function weight(size) {
  const kilo = Math.max(1, Math.round(size / KILO))
  return kilo < KILO ? `${kilo} kB` : `${(kilo / KILO).toFixed(1)} MB`
}

customElements.define("attachment-tray", AttachmentTray)
