/** One file that goes along, as people see it: its face, its name, how it stands, what can be done. */
import { announce } from "#chat/announcing"
import { iconOf, madeOf, kindOf } from "#chat/file_kinds"
import { icon } from "#lib/icon"
import { clone } from "#lib/templates"
import { gettext, interpolate } from "#lib/words"

/** @typedef {import("#chat/uploads").Upload} Upload
 * @typedef {"remove" | "retry" | "mark" | "fetch" | "as-text"} Deed */

export class Chip {
  element = /** @type {HTMLElement} */ (clone("attachment"))
  #upload
  /** The address of what is not yet on the server. */
  #preview = ""

  /** @param {Upload} upload @param {(deed: Deed) => void} does */
  constructor(upload, does) {
    this.#upload = upload
    for (const button of this.element.querySelectorAll("button")) {
      button.addEventListener("click", () => does(/** @type {Deed} */ (button.dataset.deed)))
    }
    this.#image.addEventListener("error", () => (this.#image.hidden = true))
    if (!upload.stored && upload.file && kindOf(upload) === "image") this.#showImage((this.#preview = URL.createObjectURL(upload.file)))
  }

  show() {
    const { element } = this
    const upload = this.#upload
    if (element.dataset.state !== upload.state) this.#announce(element.dataset.state)
    element.dataset.state = upload.state
    element.dataset.kind = kindOf(upload)
    this.#say("b", upload.name)
    this.#say("small", noteOf(upload))
    this.#part("[data-face]").replaceChildren(icon(iconOf(upload)))
    this.#showBar()
    for (const [deed, label, isOffered] of deedsOf(upload)) this.#offer(deed, label, isOffered)
    if (upload.stored && element.dataset.file !== upload.stored.id) this.#useStored(upload.stored)
  }

  /** How it went, to those who do not see the bar. @param {string} [before] the state that it had */
  #announce(before = "") {
    const { state, name, words } = this.#upload
    if (state === "refused") announce(interpolate(gettext("%(name)s: %(reason)s"), { name, reason: words }))
    if (state === "ready" && before) announce(interpolate(gettext("%(name)s is attached"), { name }))
  }

  remove() {
    this.element.remove()
    this.#release()
  }

  /** @param {Deed} deed */
  button(deed) {
    return /** @type {HTMLButtonElement} */ (this.#part(`[data-deed=${deed}]`))
  }

  #showBar() {
    const bar = /** @type {HTMLProgressElement} */ (this.#part("progress"))
    const { state, progress, address, stored } = this.#upload
    bar.hidden = state !== "sending"
    if (progress >= 1 || (address && !stored)) bar.removeAttribute("value")
    else bar.value = progress
  }

  /** @param {Deed} deed @param {string} label @param {boolean} isOffered */
  #offer(deed, label, isOffered) {
    const button = this.button(deed)
    button.hidden = !isOffered
    button.setAttribute("aria-label", label)
    button.title = label
  }

  /** What a browser cannot show, such as HEIC, it can show once the server has remade it.
   * @param {import("#chat/uploads").Stored} stored */
  #useStored({ id, thumbnail }) {
    this.element.dataset.file = id
    if (thumbnail) return this.#fetchImage(id, thumbnail)
    this.#image.hidden = true
    this.#release()
  }

  /** What is seen stays until the other picture is there: the line may be gone by now.
   * @param {string} id @param {string} address */
  #fetchImage(id, address) {
    const image = new Image()
    const isWanted = () => this.element.isConnected && this.element.dataset.file === id
    image.alt = ""
    image.addEventListener("load", () => {
      if (!isWanted()) return
      this.#image.replaceWith(image)
      this.#release()
    })
    image.addEventListener("error", () => {
      addEventListener("online", () => isWanted() && this.#fetchImage(id, address), { once: true })
    })
    image.src = address
  }

  /** @param {string} address */
  #showImage(address) {
    this.#image.hidden = false
    this.#image.src = address
  }

  #release() {
    URL.revokeObjectURL(this.#preview)
    this.#preview = ""
  }

  /** @param {string} selector @param {string} words */
  #say(selector, words) {
    const place = this.#part(selector)
    if (place.textContent !== words) place.textContent = words
    place.title = words
  }

  get #image() {
    return /** @type {HTMLImageElement} */ (this.#part("img"))
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector))
  }
}

/** What each button says, and whether it is there. @param {Upload} upload
 *  @returns {[Deed, string, boolean][]} */
function deedsOf(upload) {
  const { state, stored, unmarked, mayRetry, isPasted, fitsBox, name } = upload
  const says = (/** @type {string} */ words) => interpolate(words, { name })
  const isMarkable = state === "ready" && kindOf(upload) === "image" && (!stored?.origin.marks || !!unmarked)
  return [
    ["remove", says(gettext("Remove %(name)s")), true],
    ["retry", gettext("Retry"), state === "refused" && mayRetry],
    ["mark", says(gettext("Mark on %(name)s")), isMarkable],
    ["fetch", says(gettext("Fetch the picture from %(name)s")), state === "offered"],
    ["as-text", gettext("Paste as text instead"), isPasted && fitsBox],
  ]
}

/** One line about how it stands. @param {Upload} upload */
export function noteOf(upload) {
  if (upload.state === "refused") return upload.words
  if (upload.state === "offered") return gettext("Fetch this picture?")
  if (upload.state === "waiting") return gettext("Waiting…")
  if (upload.state === "sending") return sendingNote(upload)
  return upload.stored ? madeOf(upload.stored) : ""
}

/** @param {Upload} upload */
function sendingNote({ progress, address, stored }) {
  if (address && !stored) return gettext("Fetching…")
  if (progress >= 1) return gettext("Preparing…")
  return interpolate(gettext("Uploading %(percent)s%"), { percent: Math.round(progress * 100) })
}
