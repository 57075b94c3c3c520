/** Enlarging the picture on a stage by wheel, fingers, double click and keys; a swipe goes on, or pulls
 * it away. */
import { Fingers } from "#chat/fingers"
import { carried, moved, wayOf, WHOLE, zoomed } from "#chat/zoom"

export const STEP = 1.4

/** @typedef {import("#chat/fingers").Spot} Spot
 * @typedef {object} Hears
 * @property {HTMLElement} [glass] where fingers may begin; else on the stage
 * @property {() => void} [changed] after the picture stands otherwise
 * @property {(way: "before" | "after" | "away") => void} [swiped] */

export class Zooming {
  place = WHOLE
  #stage
  #image
  #hears
  /** How far a finger has carried a whole picture. */
  #swiped = { x: 0, y: 0 }

  /** @param {HTMLElement} stage @param {() => HTMLElement | null} image
   *  @param {Hears} [hears] */
  constructor(stage, image, hears = {}) {
    this.#stage = stage
    this.#image = image
    this.#hears = hears
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false })
    stage.addEventListener("dblclick", (event) => this.zoom(this.place.scale > 1 ? 0 : 3, event))
    new Fingers(hears.glass ?? stage, {
      began: () => this.#letGo(),
      dragged: (dx, dy, event) => this.drag(dx, dy, event.pointerType === "touch"),
      joined: () => this.#letGo(),
      pinched: (factor, at, dx, dy) => {
        this.zoom(factor, at)
        this.drag(dx, dy)
      },
      lifted: (event) => this.#lifted(event.type === "pointerup"),
    })
  }

  /** As it was, for another picture. */
  reset() {
    this.#letGo()
    this.zoom(0)
  }

  /** @param {number} factor 0: as it was @param {Spot} [at] */
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

  /** @param {number} dx @param {number} dy @param {boolean} [mayLeave] whether a whole picture follows */
  drag(dx, dy, mayLeave = false) {
    if (this.place.scale > 1) this.place = moved(this.place, dx, dy, this.#size)
    else if (mayLeave) this.#swiped = { x: this.#swiped.x + dx, y: this.#swiped.y + dy }
    this.#draw()
  }

  /** @param {boolean} isMeant */
  #lifted(isMeant) {
    const way = isMeant ? wayOf(this.#swiped) : null
    this.#letGo()
    this.#draw()
    if (way) this.#hears.swiped?.(way)
  }

  #letGo() {
    this.#swiped = { x: 0, y: 0 }
  }

  #draw() {
    const { scale, x, y } = this.place
    const { x: left, y: top } = carried(this.#swiped)
    const image = this.#image()
    const carriedTo = left || top ? `translate(${left}px, ${top}px)` : ""
    if (image) image.style.transform = scale > 1 ? `translate(${x}px, ${y}px) scale(${scale})` : carriedTo
    this.#hears.changed?.()
  }

  /** @param {Spot} at */
  #fromMiddle({ clientX, clientY }) {
    const { left, top, width, height } = this.#stage.getBoundingClientRect()
    return [clientX - left - width / 2, clientY - top - height / 2]
  }

  get #size() {
    const image = this.#image()
    return { width: image?.offsetWidth ?? 0, height: image?.offsetHeight ?? 0 }
  }
}
