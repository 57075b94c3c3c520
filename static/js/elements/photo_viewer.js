/** <photo-viewer>: the pictures of a conversation, large, one at a time. Arrows go on, or move what is
 * enlarged; + and - and the wheel enlarge, two fingers pinch, a finger swipes on or pulls it away,
 * Escape closes; focus returns to where it came from. */
import { MOST } from "#chat/zoom"
import { STEP, Zooming } from "#chat/zooming"
import { offerButtons } from "#lib/offering"
import { interpolate, gettext } from "#lib/words"

const PUSH = 80

export class PhotoViewer extends HTMLElement {
  /** @type {HTMLAnchorElement[]} */
  #photos = []
  #index = 0
  /** @type {Zooming | null} */
  #zooming = null

  connectedCallback() {
    this.#dialog.addEventListener("keydown", (event) => this.#key(event))
    this.#dialog.addEventListener("click", (event) => this.#clicked(event))
    this.#watchFingers()
  }

  /** @param {HTMLAnchorElement} photo the one to begin with */
  open(photo) {
    this.#photos = [...document.querySelectorAll(/** @type {"a"} */ ("a[data-photo]"))]
    this.#show(this.#photos.indexOf(photo))
    this.#dialog.showModal()
  }

  /** @param {number} index */
  #show(index) {
    const photo = this.#photos[index]
    if (!photo) return
    this.#index = index
    this.#zooming?.reset()
    const name = photo.querySelector("img")?.alt ?? ""
    this.#image.src = photo.href
    this.#image.alt = name
    this.#part("[data-name]").textContent = name
    this.#dialog.setAttribute("aria-label", name || gettext("Picture"))
    this.#part("[data-count]").textContent = interpolate(gettext("%(number)s of %(count)s"), { number: index + 1, count: this.#photos.length })
    const isMadeHere = photo.protocol === "blob:"
    this.#part("[data-download]").setAttribute("href", isMadeHere ? photo.href : `${photo.href}?download`)
    this.#part("[data-download]").setAttribute("download", isMadeHere ? `${name}.jpg` : "")
    const isLast = index === this.#photos.length - 1
    this.#offer([["[data-before]", index > 0], ["[data-after]", !isLast]])
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, () => void>} */
    const keys = {
      ...this.#arrows,
      Home: () => this.#show(0),
      End: () => this.#show(this.#photos.length - 1),
      "+": () => this.#zooming?.zoom(STEP),
      "=": () => this.#zooming?.zoom(STEP),
      "-": () => this.#zooming?.zoom(1 / STEP),
      0: () => this.#zooming?.zoom(0),
    }
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  /** As with a finger: on a whole picture they go on, an enlarged one they move.
   * @returns {Record<string, () => void>} */
  get #arrows() {
    if (this.#scale > 1) {
      return {
        ArrowLeft: () => this.#zooming?.drag(PUSH, 0),
        ArrowRight: () => this.#zooming?.drag(-PUSH, 0),
        ArrowUp: () => this.#zooming?.drag(0, PUSH),
        ArrowDown: () => this.#zooming?.drag(0, -PUSH),
      }
    }
    const step = getComputedStyle(this).direction === "rtl" ? -1 : 1
    return { ArrowLeft: () => this.#show(this.#index - step), ArrowRight: () => this.#show(this.#index + step) }
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    if (target.closest("[data-before]")) this.#show(this.#index - 1)
    else if (target.closest("[data-after]")) this.#show(this.#index + 1)
    else if (target.closest("[data-larger]")) this.#zooming?.zoom(STEP)
    else if (target.closest("[data-smaller]")) this.#zooming?.zoom(1 / STEP)
    else if (target.closest("[data-close]") || target === this.#stage) this.#dialog.close()
  }

  /** A finger may begin on the arrows too, which lie over a picture on a phone. */
  #watchFingers() {
    this.#zooming = new Zooming(this.#stage, () => this.#image, {
      glass: this.#stage.parentElement ?? this,
      changed: () => this.#offer([["[data-smaller]", this.#scale > 1], ["[data-larger]", this.#scale < MOST]]),
      swiped: (way) => (way === "away" ? this.#dialog.close() : this.#show(this.#index + (way === "after" ? 1 : -1))),
    })
  }

  get #scale() {
    return this.#zooming?.place.scale ?? 1
  }

  /** @param {[selector: string, isOn: boolean][]} steps */
  #offer(steps) {
    const buttons = steps.map(([selector, isOn]) => /** @type {[HTMLButtonElement, boolean]} */ ([this.#part(selector), isOn]))
    offerButtons(buttons, this.#part("[data-close]"))
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.#part("dialog"))
  }

  get #stage() {
    return this.#part("[data-stage]")
  }

  get #image() {
    return /** @type {HTMLImageElement} */ (this.#part("[data-stage] img"))
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector))
  }
}

customElements.define("photo-viewer", PhotoViewer)
