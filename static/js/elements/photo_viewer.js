/** <photo-viewer>: the pictures of a conversation, large, one at a time. Arrows go on, or move what is
 * enlarged; + and - and the wheel enlarge, two fingers pinch, a finger swipes on or pulls it away,
 * Escape closes; focus returns to where it came from. */
import { Fingers } from "#chat/fingers"
import { carried, MOST, moved, wayOf, WHOLE, zoomed } from "#chat/zoom"
import { offerButtons } from "#lib/offering"
import { interpolate, gettext } from "#lib/words"

const STEP = 1.4
const PUSH = 80

export class PhotoViewer extends HTMLElement {
  /** @type {HTMLAnchorElement[]} */
  #photos = []
  #index = 0
  #place = WHOLE
  /** How far a finger has carried a whole picture. */
  #swiped = { x: 0, y: 0 }

  connectedCallback() {
    this.#dialog.addEventListener("keydown", (event) => this.#key(event))
    this.#dialog.addEventListener("click", (event) => this.#clicked(event))
    this.#stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false })
    this.#stage.addEventListener("dblclick", (event) => this.#zoom(this.#place.scale > 1 ? 0 : 3, event))
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
    this.#place = WHOLE
    this.#draw()
    const name = photo.querySelector("img")?.alt ?? ""
    this.#image.src = photo.href
    this.#image.alt = name
    this.#part("[data-name]").textContent = name
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
      "+": () => this.#zoom(STEP),
      "=": () => this.#zoom(STEP),
      "-": () => this.#zoom(1 / STEP),
      0: () => this.#zoom(0),
    }
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  /** As with a finger: on a whole picture they go on, an enlarged one they move.
   * @returns {Record<string, () => void>} */
  get #arrows() {
    if (this.#place.scale > 1) {
      return {
        ArrowLeft: () => this.#drag(PUSH, 0, false),
        ArrowRight: () => this.#drag(-PUSH, 0, false),
        ArrowUp: () => this.#drag(0, PUSH, false),
        ArrowDown: () => this.#drag(0, -PUSH, false),
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
    else if (target.closest("[data-larger]")) this.#zoom(STEP)
    else if (target.closest("[data-smaller]")) this.#zoom(1 / STEP)
    else if (target.closest("[data-close]") || target === this.#stage) this.#dialog.close()
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault()
    this.#zoom(event.deltaY < 0 ? STEP : 1 / STEP, event)
  }

  /** @param {number} factor 0: as it was @param {{clientX: number, clientY: number}} [at] */
  #zoom(factor, at) {
    const [x, y] = at ? this.#fromMiddle(at) : [0, 0]
    this.#place = factor ? moved(zoomed(this.#place, factor, x, y), 0, 0, this.#size) : WHOLE
    this.#draw()
  }

  /** A finger may begin on the arrows too, which lie over a picture on a phone. */
  #watchFingers() {
    new Fingers(this.#part("[data-stage]").parentElement ?? this, {
      began: () => (this.#swiped = { x: 0, y: 0 }),
      dragged: (dx, dy, event) => this.#drag(dx, dy, event.pointerType === "touch"),
      joined: () => (this.#swiped = { x: 0, y: 0 }),
      pinched: (factor, at, dx, dy) => {
        this.#zoom(factor, at)
        this.#drag(dx, dy, false)
      },
      lifted: (event) => this.#lifted(event.type === "pointerup"),
    })
  }

  /** @param {number} dx @param {number} dy @param {boolean} mayLeave whether a whole picture follows */
  #drag(dx, dy, mayLeave) {
    if (this.#place.scale > 1) this.#place = moved(this.#place, dx, dy, this.#size)
    else if (mayLeave) this.#swiped = { x: this.#swiped.x + dx, y: this.#swiped.y + dy }
    this.#draw()
  }

  /** @param {boolean} isMeant */
  #lifted(isMeant) {
    const way = isMeant ? wayOf(this.#swiped) : null
    this.#swiped = { x: 0, y: 0 }
    this.#draw()
    if (way === "away") this.#dialog.close()
    else if (way) this.#show(this.#index + (way === "after" ? 1 : -1))
  }

  #draw() {
    const { scale, x, y } = this.#place
    const { x: left, y: top } = carried(this.#swiped)
    this.#image.style.transform = scale > 1 ? `translate(${x}px, ${y}px) scale(${scale})` : left || top ? `translate(${left}px, ${top}px)` : ""
    this.#offer([["[data-smaller]", scale > 1], ["[data-larger]", scale < MOST]])
  }

  /** @param {[selector: string, isOn: boolean][]} steps */
  #offer(steps) {
    const buttons = steps.map(([selector, isOn]) => /** @type {[HTMLButtonElement, boolean]} */ ([this.#part(selector), isOn]))
    offerButtons(buttons, this.#part("[data-close]"))
  }

  /** @param {{clientX: number, clientY: number}} at */
  #fromMiddle({ clientX, clientY }) {
    const { left, top, width, height } = this.#stage.getBoundingClientRect()
    return [clientX - left - width / 2, clientY - top - height / 2]
  }

  get #size() {
    return { width: this.#image.offsetWidth, height: this.#image.offsetHeight }
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
