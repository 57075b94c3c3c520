/** <media-viewer>: one picture or film, as a page and over the gallery. The arrows go on to its
 * neighbours, which the server knows; every control has a key of its own (`data-key`). */
import { STEP, Zooming } from "#chat/zooming"
import { offerUndo } from "#lib/undoing"
import { post, readNodes, RequestRefused } from "#lib/requests"
import { announce } from "#lib/saying"
import { remember, recall } from "#lib/storage"
import { gettext } from "#lib/words"
import { toast, toastError } from "#elements/toast_stack"

const STUDIO = "/studio/"
const CLOSED = "viewer-info-closed"
/** A finger does what these keys do. */
const SWIPES = { before: "ArrowLeft", after: "ArrowRight", away: "Escape" }

/** `wall`: the gallery below, whose rows change too; `leave`: how it is closed there.
 * @typedef {{wall: import("#elements/media_wall").MediaWall, leave: () => void}} Below */

export class MediaViewer extends HTMLElement {
  /** @type {Below | null} */
  below = null
  /** @type {Zooming | null} */
  #zooming = null
  #asked = ""
  #isBusy = false

  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("submit", (event) => this.#submitted(/** @type {SubmitEvent} */ (event)))
    document.addEventListener("keydown", (event) => this.#key(event))
    if (!this.firstElementChild) return
    this.#begin()
    this.#focus(undefined)
  }

  /** Show another one, in the same place. @param {string} address @param {boolean} [isNew] a place of its own to go back from */
  async load(address, isNew = false) {
    this.#asked = address
    const state = isNew ? { viewer: true } : history.state
    history[isNew ? "pushState" : "replaceState"](state, "", address)
    try {
      const headers = { Accept: "text/html", "X-Requested-With": "fetch" }
      const nodes = await readNodes(await fetch(address, { headers }))
      if (this.#asked !== address) return
      const key = /** @type {HTMLElement | null} */ (document.activeElement?.closest("media-viewer [data-key]"))?.dataset.key
      this.replaceChildren(nodes)
      this.#begin()
      this.#focus(key)
    } catch {
      toastError()
    }
  }

  #begin() {
    const stage = /** @type {HTMLElement | null} */ (this.querySelector("[data-stage]"))
    if (!stage) return
    const image = () => /** @type {HTMLElement | null} */ (stage.querySelector("img"))
    this.#zooming = image() ? new Zooming(stage, image, { swiped: (way) => this.#press(SWIPES[way]) }) : null
    this.#showInfo(!recall(CLOSED, 0) || !matchMedia("(min-width: 60rem)").matches)
    if (!this.below) leadBack(this.#keyed("Escape"))
    const title = this.querySelector("h1")?.textContent ?? ""
    if (title) document.title = `${title.slice(0, 60)} · ZaiChat`
    this.querySelector(".viewing__strip [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" })
  }

  /** Where the focus was, else on the picture. @param {string | undefined} key */
  #focus(key) {
    const same = key ? this.#keyed(key) : null
    const stage = /** @type {HTMLElement | null} */ (this.querySelector("[data-stage]"))
    ;(same ?? stage)?.focus({ preventScroll: true })
  }

  get isShown() {
    return this.isConnected && this.closest("dialog")?.open !== false && !!this.firstElementChild
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {Element} */ (event.target)
    if (!this.isShown || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.isComposing || target.closest("input, textarea, select") || document.documentElement.dataset.shortcuts === "off" && event.key.length === 1) return
    const isFilm = target instanceof HTMLVideoElement && /^Arrow/.test(event.key)
    const isDialogAbove = !!document.querySelector("dialog[open]:not(:has(media-viewer))")
    if (isFilm || isDialogAbove) return
    const scales = /** @type {Record<string, number>} */ ({ "+": STEP, "=": STEP, "-": 1 / STEP, 0: 0 })
    if (event.key in scales && this.#zooming) this.#zooming.zoom(scales[event.key])
    else if (!this.#press(event.key.length === 1 ? event.key.toLowerCase() : event.key)) {
      if (event.key.toLowerCase() === "o") toast(gettext("It came from no conversation: it was made in the studio."))
      return
    }
    event.preventDefault()
  }

  /** Press what has this key. False: nothing here does. @param {string} key */
  #press(key) {
    const control = this.#keyed(key)
    control?.click()
    return !!control
  }

  /** @param {string} key @returns {HTMLElement | null} */
  #keyed(key) {
    return this.querySelector(`[data-key="${CSS.escape(key)}"]`)
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a"))
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (target.closest("[data-info]")) {
      this.#showInfo(!!this.#info.hidden)
      remember(CLOSED, this.#info.hidden ? 1 : null)
    } else if (link?.matches("[data-beside]")) {
      event.preventDefault()
      this.load(link.href)
    } else if (link?.matches("[data-close]") && this.below) {
      event.preventDefault()
      this.below.leave()
    }
  }

  /** @param {boolean} isOn */
  #showInfo(isOn) {
    this.#info.hidden = !isOn
    this.querySelector("[data-info]")?.setAttribute("aria-expanded", String(isOn))
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target)
    const deed = form.dataset.do
    if (!deed) return
    event.preventDefault()
    // Pressed twice, it does it once.
    if (this.#isBusy) return
    this.#isBusy = true
    await (deed === "star" ? this.#star(form) : this.#putAway()).finally(() => (this.#isBusy = false))
  }

  /** @param {HTMLFormElement} form */
  async #star(form) {
    const button = /** @type {HTMLElement} */ (form.querySelector("button"))
    const isOn = button.getAttribute("aria-pressed") !== "true"
    if (!(await this.#do(isOn ? "star" : "unstar"))) return
    button.setAttribute("aria-pressed", String(isOn))
    announce(isOn ? gettext("Starred") : gettext("Star taken away"))
    const row = this.below?.wall.rows.find(([id]) => id === this.#id)
    if (row) row[7] = isOn ? 1 : 0
    this.below?.wall.remark()
  }

  async #putAway() {
    const [id, here] = [this.#id, location.href]
    const isFilm = !!this.querySelector("[data-stage][data-kind=video]")
    if (!(await this.#do("trash"))) return
    const removed = this.below?.wall.rows.find(([other]) => other === id)
    this.below?.wall.take([id])
    const next = /** @type {HTMLAnchorElement | null} */ (this.#keyed("ArrowRight") ?? this.#keyed("ArrowLeft"))
    offerUndo(isFilm ? gettext("Film moved to trash") : gettext("Picture moved to trash"), async () => {
      if (!(await this.#do("restore", id))) return
      if (removed) this.below?.wall.give([removed])
      if (this.isShown) this.load(here)
    })
    if (next) this.load(next.href)
    else if (this.below) this.below.leave()
    else this.#press("Escape")
  }

  /** @param {string} deed @param {string} [id] */
  async #do(deed, id = this.#id) {
    try {
      const response = await post(this.dataset.several ?? "", { do: deed, job: id })
      if (response.ok) return true
      toastError(gettext("That did not work. Try again."))
    } catch (error) {
      toastError(error instanceof RequestRefused ? error.message : "")
    }
    return false
  }

  get #id() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-job]")).dataset.job ?? ""
  }

  get #info() {
    return /** @type {HTMLElement} */ (this.querySelector(".viewing__about"))
  }
}

/** Who came from the studio goes back there. @param {HTMLElement | null} close */
function leadBack(close) {
  const came = document.referrer ? new URL(document.referrer) : null
  if (came?.origin === location.origin && came.pathname === STUDIO) close?.setAttribute("href", came.href)
}

customElements.define("media-viewer", MediaViewer)
