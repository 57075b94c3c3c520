/** Enlarging the picture on a stage by wheel, fingers, double click and keys; a swipe goes on. */
import { moved, WHOLE, zoomed } from "#chat/zoom"

export const STEP = 1.4
const SWIPE = 60

/** @typedef {{clientX: number, clientY: number}} Point */

export class Zooming {
  place = WHOLE
  #stage
  #image
  #changed
  #swipe
  /** @type {Map<number, PointerEvent>} fingers and the mouse, as they were last seen */
  #pointers = new Map()
  #swiped = 0

  /** @param {HTMLElement} stage @param {() => HTMLElement | null} image
   *  @param {{changed?: () => void, swipe?: (step: -1 | 1) => void}} [hears] */
  constructor(stage, image, { changed = () => {}, swipe = () => {} } = {}) {
    this.#stage = stage
    this.#image = image
    this.#changed = changed
    this.#swipe = swipe
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false })
    stage.addEventListener("dblclick", (event) => this.zoom(this.place.scale > 1 ? 0 : 3, event))
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      stage.addEventListener(name, (event) => this.#pointer(/** @type {PointerEvent} */ (event)))
    }
  }

  /** As it was. */
  reset() {
    this.place = WHOLE
    this.#draw()
  }

  /** @param {number} factor 0: as it was @param {Point} [at] */
  zoom(factor, at) {
    const [x, y] = at ? this.#fromMiddle(at) : [0, 0]
    this.place = factor ? moved(zoomed(this.place, factor, x, y), 0, 0, this.#size) : WHOLE
    this.#draw()
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault()
    this.zoom(event.deltaY < 0 ? STEP : 1 / STEP, event)
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
    if (other) this.zoom(distance(event, other) / Math.max(1, distance(before, other)), middle(event, other))
    else this.#drag(event.clientX - before.clientX, event.clientY - before.clientY)
  }

  /** @param {PointerEvent} event */
  #lifted(event) {
    this.#pointers.delete(event.pointerId)
    if (this.#pointers.size || Math.abs(this.#swiped) < SWIPE || event.pointerType !== "touch") return
    this.#swipe(this.#swiped > 0 ? -1 : 1)
  }

  /** @param {number} dx @param {number} dy */
  #drag(dx, dy) {
    if (this.place.scale === 1) this.#swiped += dx
    this.place = moved(this.place, dx, dy, this.#size)
    this.#draw()
  }

  #draw() {
    const { scale, x, y } = this.place
    const image = this.#image()
    if (image) image.style.transform = scale === 1 ? "" : `translate(${x}px, ${y}px) scale(${scale})`
    this.#changed()
  }

  /** @param {Point} at */
  #fromMiddle({ clientX, clientY }) {
    const { left, top, width, height } = this.#stage.getBoundingClientRect()
    return [clientX - left - width / 2, clientY - top - height / 2]
  }

  get #size() {
    const image = this.#image()
    return { width: image?.offsetWidth ?? 0, height: image?.offsetHeight ?? 0 }
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
