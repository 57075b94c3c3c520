/** <photo-viewer>: the pictures of a conversation, large, one at a time. Arrows go on, + and - and
 * the wheel enlarge, two fingers pinch, Escape closes; focus returns to where it came from. */
import { moved, WHOLE, zoomed } from "#chat/zoom"
import { interpolate, gettext } from "#lib/words"

const STEP = 1.4
const SWIPE = 60

export class PhotoViewer extends HTMLElement {
  /** @type {HTMLAnchorElement[]} */
  #photos = []
  #index = 0
  #place = WHOLE
  /** @type {Map<number, PointerEvent>} fingers and the mouse, as they were last seen */
  #pointers = new Map()
  #swiped = 0

  connectedCallback() {
    this.#dialog.addEventListener("keydown", (event) => this.#key(event))
    this.#dialog.addEventListener("click", (event) => this.#clicked(event))
    this.#stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false })
    this.#stage.addEventListener("dblclick", (event) => this.#zoom(this.#place.scale > 1 ? 0 : 3, event))
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      this.#stage.addEventListener(name, (event) => this.#pointer(/** @type {PointerEvent} */ (event)))
    }
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
    this.#button("[data-before]").disabled = index === 0
    this.#button("[data-after]").disabled = index === this.#photos.length - 1
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const isRightToLeft = getComputedStyle(this).direction === "rtl" ? -1 : 1
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => this.#show(this.#index - isRightToLeft),
      ArrowRight: () => this.#show(this.#index + isRightToLeft),
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

  /** @param {PointerEvent} event */
  #pointer(event) {
    const before = this.#pointers.get(event.pointerId)
    if (event.type === "pointerdown") {
      if (!this.#pointers.size) this.#swiped = 0
      this.#pointers.set(event.pointerId, event)
      return
    }
    if (!before) return
    if (event.type !== "pointermove") return this.#lifted(event)
    const other = [...this.#pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId)
    this.#pointers.set(event.pointerId, event)
    if (other) this.#zoom(distance(event, other) / Math.max(1, distance(before, other)), middle(event, other))
    else this.#drag(event.clientX - before.clientX, event.clientY - before.clientY)
  }

  /** @param {PointerEvent} event */
  #lifted(event) {
    this.#pointers.delete(event.pointerId)
    if (this.#pointers.size || Math.abs(this.#swiped) < SWIPE || event.pointerType !== "touch") return
    this.#show(this.#index - Math.sign(this.#swiped))
  }

  /** @param {number} dx @param {number} dy */
  #drag(dx, dy) {
    if (this.#place.scale === 1) this.#swiped += dx
    this.#place = moved(this.#place, dx, dy, this.#size)
    this.#draw()
  }

  #draw() {
    const { scale, x, y } = this.#place
    this.#image.style.transform = scale === 1 ? "" : `translate(${x}px, ${y}px) scale(${scale})`
    this.#button("[data-smaller]").disabled = scale === 1
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
  #button(selector) {
    return /** @type {HTMLButtonElement} */ (this.#part(selector))
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector))
  }
}

/** @param {PointerEvent} one @param {PointerEvent} other */
function distance(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
}

/** @param {PointerEvent} one @param {PointerEvent} other */
function middle(one, other) {
  return { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 }
}

customElements.define("photo-viewer", PhotoViewer)
