/** Fingers and the mouse on a stage: one drags, two pinch and carry along. After a pinch nothing is a
 * drag until all have left the glass. */

/** @typedef {{clientX: number, clientY: number}} Spot
 * @typedef {object} Doing
 * @property {(event: PointerEvent) => void} [began] the first is down
 * @property {(dx: number, dy: number, event: PointerEvent) => void} dragged
 * @property {() => void} [joined] by a second one
 * @property {(factor: number, at: Spot, dx: number, dy: number) => void} pinched
 * @property {(event: PointerEvent, hasPinched: boolean) => void} lifted the last has left */

export class Fingers {
  /** @type {Map<number, PointerEvent>} as they were last seen */
  #seen = new Map()
  #hasPinched = false
  #doing

  /** @param {HTMLElement} stage @param {Doing} doing */
  constructor(stage, doing) {
    this.#doing = doing
    stage.addEventListener("pointerdown", (event) => this.#down(event))
    stage.addEventListener("pointermove", (event) => this.#move(event))
    // Else the browser lets it glide on, and takes the next tap for a stop.
    stage.addEventListener("touchmove", (event) => event.cancelable && event.preventDefault(), { passive: false })
    for (const name of ["pointerup", "pointercancel"]) {
      stage.addEventListener(name, (event) => this.#up(/** @type {PointerEvent} */ (event)))
    }
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.#seen.set(event.pointerId, event)
    if (this.#seen.size === 1) {
      this.#hasPinched = false
      this.#doing.began?.(event)
    } else {
      this.#hasPinched = true
      this.#doing.joined?.()
    }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const before = this.#seen.get(event.pointerId)
    if (!before) return
    const other = [...this.#seen.values()].find(({ pointerId }) => pointerId !== event.pointerId)
    this.#seen.set(event.pointerId, event)
    if (other) this.#pinch(before, event, other)
    else if (!this.#hasPinched) this.#doing.dragged(event.clientX - before.clientX, event.clientY - before.clientY, event)
  }

  /** @param {PointerEvent} before @param {PointerEvent} now @param {PointerEvent} other */
  #pinch(before, now, other) {
    const factor = distance(now, other) / Math.max(1, distance(before, other))
    const at = { clientX: (now.clientX + other.clientX) / 2, clientY: (now.clientY + other.clientY) / 2 }
    this.#doing.pinched(factor, at, (now.clientX - before.clientX) / 2, (now.clientY - before.clientY) / 2)
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (this.#seen.delete(event.pointerId) && !this.#seen.size) this.#doing.lifted(event, this.#hasPinched)
  }
}

/** @param {Spot} one @param {Spot} other */
function distance(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
}
