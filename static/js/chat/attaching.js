/** What goes along with the message that is being written. Files come by picking, pasting and
 * dropping anywhere on the page; what shows them is loaded when there is one.
 * @typedef {import("#chat/uploads").Stored} Stored
 * @typedef {{changed: (isOther: boolean) => void, hold: (words: string) => void, place: () => string}} Writer
 *   `changed`: isOther when other files would be sent now; `place`: where it is written, for what
 *   this tab keeps */
import { styled } from "#chat/photos"
import { recallInTab } from "#lib/storage"
import { gettext } from "#lib/words"
import { toastError } from "#elements/toast_stack"

/** Characters of a paste that still go into the box. */
const SHORT = 2000
const PICTURE = /^https?:\/\/\S+\.(?:jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?)(?:[?#]\S*)?$/i

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
  /** Of the message that is sent when everything is there. @type {object | null} */
  #wait = null

  /** @param {HTMLFormElement} form @param {Writer} writer */
  constructor(form, writer) {
    this.#form = form
    this.#writer = writer
    this.#element = /** @type {import("#elements/attachment_tray").AttachmentTray} */ (form.querySelector("attachment-tray"))
    this.#element.addEventListener("attachments", () => this.#tell())
    this.#element.addEventListener("not-yet", () => this.cancel())
    this.#element.addEventListener("hold", (event) => writer.hold(/** @type {CustomEvent} */ (event).detail))
    this.#listen()
    const kept = this.#element.querySelector("script")?.textContent
    if (kept) this.replace(JSON.parse(kept))
    if (recallInTab(`pasted.${writer.place()}`)) this.#load()
  }

  /** What the server has of it, in order. */
  get stored() {
    return this.#uploads?.ready ?? this.#kept
  }

  get isBusy() {
    return this.#coming > 0 || !!this.#uploads?.isBusy
  }

  /** Whether the question that is sent now must wait: for files on their way, and for those that
   * a broken line kept back, which are tried once more. */
  mustWait() {
    this.#uploads?.retryBroken()
    return this.isBusy
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
    this.#uploads?.forgetOffers()
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
    const button = /** @type {HTMLElement} */ (this.#form.querySelector("[data-attach]"))
    button.addEventListener("click", () => this.#choose(button))
    button.addEventListener("contextmenu", (event) => {
      event.preventDefault()
      this.#choose(button)
    })
    picker.addEventListener("change", () => {
      const files = [...(picker.files ?? [])]
      picker.value = ""
      if (matchMedia("(pointer: fine)").matches) this.#form.querySelector("textarea")?.focus()
      this.#bring((uploads) => uploads.add(files))
    })
    window.addEventListener("online", () => this.#uploads?.resume())
    this.#form.addEventListener("paste", (event) => this.#pasted(event))
    this.#form.addEventListener("brought", (event) => {
      const { files, folders } = /** @type {CustomEvent} */ (event).detail
      this.#bring((uploads) => uploads.add(files, folders))
    })
    listenForDrops()
  }

  /** Office programs put a picture of copied cells and paragraphs beside their text: text is meant.
   * @param {ClipboardEvent} event */
  #pasted(event) {
    const { files = [], types = [] } = event.clipboardData ?? {}
    const text = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n")
    const isText = types.includes("text/html") && types.includes("text/plain")
    const brought = isText ? [] : [...files]
    if (brought.length || text.length > SHORT) event.preventDefault()
    if (brought.length) this.#bring((uploads) => uploads.add(brought))
    else if (text.length > SHORT) this.#bring((uploads) => uploads.addText(text))
    else if (PICTURE.test(text.trim())) this.#load().then((uploads) => uploads?.offer(text.trim()))
  }

  /** @param {HTMLElement} button */
  async #choose(button) {
    const uploads = await this.#load()
    if (uploads) this.#element.choose(button)
  }

  /** @param {(uploads: import("#chat/uploads").Uploads) => void} add */
  async #bring(add) {
    this.#coming += 1
    this.#tell()
    const uploads = await this.#load()
    this.#coming -= 1
    if (uploads) add(uploads)
    this.#tell()
  }

  async #load() {
    try {
      await Promise.all([import("#elements/attachment_tray"), styled("attachment")])
    } catch {
      return toastError()
    }
    if (!this.#uploads) {
      this.#uploads = this.#element.begin(this.#writer.place())
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

let isListening = false
/** What is dragged comes from this page: nothing to attach. */
let isOurs = false

/** Once for the page, whatever is dropped and wherever. */
function listenForDrops() {
  if (isListening) return
  isListening = true
  document.addEventListener("dragstart", () => (isOurs = true))
  document.addEventListener("dragend", () => (isOurs = false))
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => dragged(/** @type {DragEvent} */ (event)))
  }
}

/** The target is shown until the files are dropped, or leave the window. @param {DragEvent} event */
function dragged(event) {
  const { dataTransfer, type, target, relatedTarget } = event
  if (isOurs || !dataTransfer?.types.includes("Files")) return
  event.preventDefault()
  styled("attachment")
  if (type === "drop") drop(dataTransfer, target)
  const isOver = type === "dragenter" || type === "dragover" || (type === "dragleave" && !!relatedTarget)
  const shown = /** @type {HTMLElement} */ (document.querySelector("[data-drop-target]"))
  if (shown.matches(":popover-open") !== isOver) shown.togglePopover(isOver)
}

/** Into the editor it was dropped on, else into the message box.
 * @param {DataTransfer} dropped @param {EventTarget | null} target */
function drop(dropped, target) {
  const editor = target instanceof Element && target.closest(".editor")
  const folders = [...dropped.items].map((item) => !!item.webkitGetAsEntry?.()?.isDirectory)
  const files = [...dropped.files]
  const detail = {
    files: files.filter((_file, place) => !folders[place]),
    folders: files.filter((_file, place) => folders[place]),
  }
  ;(editor || document.querySelector("form.composer"))?.dispatchEvent(new CustomEvent("brought", { detail }))
}
