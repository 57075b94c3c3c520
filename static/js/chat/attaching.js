/** What goes along with the message that is being written. Files come by picking, pasting and
 * dropping anywhere on the page; what shows them is loaded when there is one.
 * @typedef {import("#chat/uploads").Stored} Stored
 * @typedef {{changed: (isOther: boolean) => void, hold: (words: string) => void}} Writer `changed`:
 *   isOther when other files would be sent now */
import { gettext } from "#lib/words"
import { toastError } from "#elements/toast_stack"

export class Attaching {
  #form
  #writer
  #element
  /** @type {import("#chat/uploads").Uploads | null} */
  #uploads = null
  /** Before there are uploads. @type {Stored[]} */
  #kept = []
  #coming = 0
  #known = ""
  #dragged = 0
  /** Of the message that is sent when everything is there. @type {object | null} */
  #wait = null

  /** @param {HTMLFormElement} form @param {Writer} writer */
  constructor(form, writer) {
    this.#form = form
    this.#writer = writer
    this.#element = /** @type {import("#elements/attachment_tray").AttachmentTray} */ (form.querySelector("attachment-tray"))
    this.#element.addEventListener("attachments", () => this.#tell())
    this.#element.addEventListener("not-yet", () => this.cancel())
    this.#listen()
    const kept = this.#element.querySelector("script")?.textContent
    if (kept) this.replace(JSON.parse(kept))
  }

  /** What the server has of it, in order. */
  get stored() {
    return this.#uploads?.ready ?? this.#kept
  }

  get isBusy() {
    return this.#coming > 0 || !!this.#uploads?.isBusy
  }

  get isEmpty() {
    return !this.isBusy && !this.stored.length
  }

  /** What was kept stands in place of what is there. @param {Stored[]} stored */
  replace(stored) {
    this.#kept = stored
    this.#known = idsOf(stored)
    if (this.#uploads) this.#uploads.replace(stored)
    else if (stored.length) this.#load()
  }

  /** It goes with the message that is sent now. What was refused stays in sight. */
  take() {
    const { stored } = this
    this.replace([])
    return stored
  }

  /** Send when everything is there; not if something was refused meanwhile: the question may have
   * been about it. @param {() => void} send */
  async whenThere(send) {
    if (this.#wait) return
    const wait = (this.#wait = {})
    const uploads = await this.#load()
    if (!uploads || this.#wait !== wait) return
    this.#element.isAwaited = true
    const before = uploads.refused
    await uploads.settled()
    if (this.#wait !== wait) return
    this.cancel()
    if (uploads.refused > before) this.#writer.hold(gettext("A file was not taken, so nothing is sent yet. Send again to ask without it."))
    else send()
  }

  /** Do not send by itself. Whether it would have been. */
  cancel() {
    const wasAwaited = !!this.#wait
    this.#wait = null
    if (this.#uploads) this.#element.isAwaited = false
    return wasAwaited
  }

  #listen() {
    const picker = /** @type {HTMLInputElement} */ (this.#form.querySelector("input[type=file]"))
    this.#form.querySelector("[data-attach]")?.addEventListener("click", () => picker.click())
    picker.addEventListener("change", () => {
      this.#add([...(picker.files ?? [])])
      picker.value = ""
    })
    this.#form.addEventListener("paste", (event) => this.#pasted(event))
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
      document.addEventListener(name, (event) => this.#drag(/** @type {DragEvent} */ (event)))
    }
  }

  /** Office programs put a picture of copied cells and paragraphs beside their text: text is meant.
   * @param {ClipboardEvent} event */
  #pasted(event) {
    const { files = [], types = [] } = event.clipboardData ?? {}
    const isText = types.includes("text/html") && types.includes("text/plain")
    if (!files.length || isText) return
    event.preventDefault()
    this.#add([...files])
  }

  /** @param {DragEvent} event */
  #drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.#dragged += { dragenter: 1, dragleave: -1 }[event.type] ?? 0
    if (event.type === "drop") {
      this.#dragged = 0
      this.#add([...event.dataTransfer.files])
    }
    const target = /** @type {HTMLElement} */ (document.querySelector("[data-drop-target]"))
    target.hidden = this.#dragged <= 0
  }

  /** @param {File[]} files */
  async #add(files) {
    this.#coming += 1
    this.#tell()
    const uploads = await this.#load()
    this.#coming -= 1
    uploads?.add(files)
    this.#tell()
  }

  async #load() {
    try {
      await import("#elements/attachment_tray")
    } catch {
      return toastError()
    }
    if (!this.#uploads) {
      this.#uploads = this.#element.uploads
      this.#uploads.replace(this.#kept)
    }
    return this.#uploads
  }

  #tell() {
    const ids = idsOf(this.stored)
    const isOther = ids !== this.#known
    this.#known = ids
    this.#writer.changed(isOther)
  }
}

/** @param {Stored[]} stored */
const idsOf = (stored) => stored.map(({ id }) => id).join()
