/** <attachment-tray>: shows what goes along with the next message, see #chat/attaching. Says
 * `attachments` when something about it has changed, `not-yet` when it is not to be sent by itself. */
import { announce } from "#chat/announcing"
import { openAttachMenu } from "#chat/attach_menu"
import { Blindness } from "#chat/blindness"
import { Chip } from "#chat/chip"
import { LongPastes } from "#chat/long_pastes"
import { sendByRequest } from "#chat/upload_requests"
import { Uploads } from "#chat/uploads"
import { load } from "#chat/photos"
import { toastError } from "#elements/toast_stack"

/** @typedef {import("#chat/uploads").Upload} Upload */

export class AttachmentTray extends HTMLElement {
  uploads = new Uploads(sendByRequest)
  #pastes = /** @type {LongPastes} */ (/** @type {unknown} */ (null))
  /** @type {Map<Upload, Chip>} */
  #chips = new Map()

  /** Show what comes from now on. @param {string} place where it is written */
  begin(place) {
    this.uploads = new Uploads(sendByRequest, JSON.parse(this.dataset.limits ?? "{}"))
    const blindness = new Blindness(this.#part("[data-blind]"))
    this.uploads.addEventListener("change", () => {
      this.#draw()
      blindness.show(this.uploads.ready)
    })
    document.addEventListener("model", () => this.#draw())
    this.#pastes = new LongPastes(this.uploads, this.#field, this.#part("[data-as-file]"), place)
    this.#field.addEventListener("input", () => this.#hideIfEmpty())
    this.querySelector("[data-not-yet]")?.addEventListener("click", () => {
      this.dispatchEvent(new CustomEvent("not-yet"))
      this.#field.focus()
    })
    return this.uploads
  }

  /** The message is sent as soon as everything is there. @param {boolean} isAwaited */
  set isAwaited(isAwaited) {
    const line = this.#part("[data-awaited]")
    line.hidden = !isAwaited
    if (isAwaited) announce(line.querySelector("span")?.textContent ?? "")
  }

  /** The ways to attach something. @param {HTMLElement} opener */
  choose(opener) {
    openAttachMenu(opener, {
      files: (files) => this.uploads.add(files),
      pick: () => /** @type {HTMLInputElement | null} */ (this.#form.querySelector(".composer__files"))?.click(),
      address: (address) => this.#fetch(address),
      gallery: () => this.#pick(),
    })
  }

  /** What was made goes along as it is kept; nothing is sent anew. */
  async #pick() {
    const { pickFromGallery } = await import("#studio/picking")
    const known = new Set(this.uploads.ready.map(({ id }) => id))
    const chosen = (await pickFromGallery()).filter(({ id }) => !known.has(id))
    if (chosen.length) this.uploads.replace([...this.uploads.ready, ...chosen])
    this.#field.focus()
  }

  #draw() {
    for (const [upload, chip] of this.#chips) {
      if (this.uploads.list.includes(upload)) continue
      chip.remove()
      this.#chips.delete(upload)
    }
    const list = this.#part("ul")
    /** @type {HTMLElement | undefined} */
    let told
    this.uploads.list.forEach((upload, place) => {
      const before = this.#chips.get(upload)?.element.dataset.state
      const chip = this.#chips.get(upload) ?? this.#make(upload)
      chip.show()
      const there = list.children[place] ?? null
      if (there !== chip.element) list.insertBefore(chip.element, there)
      const isRefused = upload.state === "refused" && before !== "refused"
      if (isRefused || (!before && !told)) told = chip.element
    })
    this.#hideIfEmpty()
    // What comes, and above all what cannot come, is not left beyond the edge of a phone.
    told?.scrollIntoView?.({ block: "nearest", inline: "nearest" })
    this.dispatchEvent(new CustomEvent("attachments"))
  }

  #hideIfEmpty() {
    this.#part("ul").hidden = this.uploads.list.length === 0
    this.hidden = this.uploads.list.length === 0 && !this.#pastes?.isOffering
  }

  /** @param {Upload} upload */
  #make(upload) {
    const chip = new Chip(upload, (deed) => this.#do(deed, upload))
    this.#chips.set(upload, chip)
    return chip
  }

  /** @param {import("#chat/chip").Deed} deed @param {Upload} upload */
  #do(deed, upload) {
    if (deed === "mark") return this.#mark(upload)
    if (deed === "as-text") return this.#pastes.asText(upload)
    if (deed === "fetch") this.#takeOut(upload.address)
    const place = this.uploads.list.indexOf(upload)
    if (deed === "remove") this.uploads.remove(upload)
    else this.uploads.retry(upload)
    this.#goOn(place)
  }

  /** To the message; where that would raise a keyboard over half of the screen, to the chip that is
   * in this place now. @param {number} place */
  #goOn(place) {
    if (!matchMedia("(pointer: coarse)").matches) return this.#field.focus()
    const next = this.uploads.list[place] ?? this.uploads.list.at(-1)
    const button = next ? this.#chips.get(next)?.button("remove") : this.#form.querySelector("[data-attach]")
    if (button instanceof HTMLElement) button.focus()
  }

  /** The address was meant as its picture; words around it stay. @param {string} address */
  #takeOut(address) {
    if (this.#field.value.trim() !== address) return
    this.#field.focus()
    this.#field.select()
    if (!document.execCommand?.("delete")) this.#field.setRangeText("")
  }

  /** @param {string} address */
  #fetch(address) {
    this.uploads.offer(address)
    const upload = this.uploads.list.find((one) => one.address === address && one.state === "offered")
    if (upload) this.uploads.retry(upload)
    this.#field.focus()
  }

  /** Draw on it; the marked copy goes along in its place. @param {Upload} upload */
  async #mark(upload) {
    try {
      const marker = /** @type {import("#elements/photo_marker").PhotoMarker} */ (await load("photo-marker"))
      const marked = await marker.mark((upload.unmarked ?? upload.stored)?.url ?? "")
      if (marked) this.uploads.mark(upload, new File([marked.blob], upload.name, { type: marked.blob.type }), marked.marks)
    } catch {
      toastError()
    }
    const button = this.#chips.get(upload)?.button("mark")
    ;(button && !button.hidden ? button : this.#field).focus()
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.closest("form"))
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.#form.querySelector("textarea"))
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector))
  }
}

customElements.define("attachment-tray", AttachmentTray)
