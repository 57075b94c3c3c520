/** <photo-marker>: draw on a picture before asking about it. `mark(address)` resolves with a marked
 * copy and what was marked, or with null when it was closed. By keyboard: M puts a mark in the
 * middle, arrows move its end, Shift and arrows its beginning. Two fingers enlarge the picture. */
import { Fingers } from "#chat/fingers"
import { moved, WHOLE, zoomed } from "#chat/zoom"
import { draw, isMeant, spoken, tidied, told } from "#chat/marks"
import { gettext, interpolate, ngettext } from "#lib/words"

/** @typedef {import("#chat/marks").Mark} Mark
 * @typedef {{blob: Blob, marks: ReturnType<typeof told>}} Marked */

const QUALITY = 0.9
const MOST_SIDE = 2048
const NUDGE = 0.02

export class PhotoMarker extends HTMLElement {
  /** @type {Mark[]} */
  #marks = []
  /** @type {Mark | null} the one being drawn */
  #drawn = null
  #picture = new Image()
  #place = WHOLE
  /** @type {(marked: Marked | null) => void} */
  #finish = () => undefined

  connectedCallback() {
    this.#dialog.addEventListener("close", () => this.#finish(null))
    this.#dialog.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)))
    this.#dialog.addEventListener("keydown", (event) => this.#key(event))
    new Fingers(this.#canvas, {
      began: (event) => this.#begin(event),
      dragged: (_dx, _dy, event) => this.#move(event),
      joined: () => this.#drop(),
      pinched: (factor, at, dx, dy) => this.#enlarge(factor, at, dx, dy),
      lifted: () => this.#end(),
    })
  }

  /** @param {string} address of the picture @returns {Promise<Marked | null>} */
  async mark(address) {
    this.#marks = []
    this.#stand(WHOLE)
    this.#picture.src = address
    await this.#picture.decode()
    const { naturalWidth: width, naturalHeight: height } = this.#picture
    const share = Math.min(1, MOST_SIDE / Math.max(width, height))
    Object.assign(this.#canvas, { width: Math.round(width * share), height: Math.round(height * share) })
    this.#draw()
    this.#dialog.showModal()
    return new Promise((resolve) => (this.#finish = resolve))
  }

  /** @param {Element} target */
  #clicked(target) {
    if (target.closest("[data-close]")) this.#dialog.close()
    else if (target.closest("[data-undo]")) this.#change(this.#marks.slice(0, -1))
    else if (target.closest("[data-clear]")) this.#change([])
    else if (target.closest("[data-use]")) this.#use()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.#marks.at(-1)
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0]
    if (event.key === "m" || event.key === "M") this.#add({ x: 0.4, y: 0.4 }, { x: 0.6, y: 0.6 })
    else if ((event.key === "z" && (event.ctrlKey || event.metaKey)) || event.key === "Backspace") this.#change(this.#marks.slice(0, -1))
    else if (last && (dx || dy) && document.activeElement === this.#canvas) {
      event.preventDefault()
      const end = event.shiftKey && last.kind !== "number" ? "from" : "to"
      const ends = last.kind === "number" ? ["from", "to"] : [end]
      for (const name of /** @type {("from" | "to")[]} */ (ends)) {
        last[name] = { x: last[name].x + dx * NUDGE, y: last[name].y + dy * NUDGE }
      }
      this.#change([...this.#marks.slice(0, -1), tidied(last)])
    }
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    this.#canvas.setPointerCapture(event.pointerId)
    const at = this.#spot(event)
    this.#drawn = { kind: this.#kind, from: at, to: at }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#drawn) return
    this.#drawn.to = this.#spot(event)
    this.#draw()
  }

  #end() {
    const drawn = this.#drawn
    this.#drawn = null
    if (drawn) this.#add(drawn.from, drawn.to)
  }

  /** The first finger of two drew nothing. */
  #drop() {
    this.#drawn = null
    this.#draw()
  }

  /** @param {number} factor @param {import("#chat/fingers").Spot} at @param {number} dx @param {number} dy */
  #enlarge(factor, at, dx, dy) {
    const { left, top, width, height } = /** @type {Element} */ (this.#canvas.parentElement).getBoundingClientRect()
    const larger = zoomed(this.#place, factor, at.clientX - left - width / 2, at.clientY - top - height / 2)
    this.#stand(moved(larger, dx, dy, { width: this.#canvas.offsetWidth, height: this.#canvas.offsetHeight }))
  }

  /** @param {import("#chat/zoom").Place} place */
  #stand(place) {
    this.#place = place
    this.#canvas.style.transform = place.scale > 1 ? `translate(${place.x}px, ${place.y}px) scale(${place.scale})` : ""
  }

  /** @param {import("#chat/marks").Point} from @param {import("#chat/marks").Point} to */
  #add(from, to) {
    const mark = tidied({ kind: this.#kind, from, to })
    this.#change(isMeant(mark) ? [...this.#marks, mark] : this.#marks)
  }

  /** @param {Mark[]} marks */
  #change(marks) {
    this.#marks = marks
    this.#draw()
    const words = marks.length ? spoken(marks) : gettext("No marks")
    this.querySelector("[data-said]")?.replaceChildren(words)
  }

  #draw() {
    const canvas = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext("2d"))
    const { width, height } = this.#canvas
    canvas.drawImage(this.#picture, 0, 0, width, height)
    const shown = this.#drawn ? [...this.#marks, tidied(this.#drawn)] : this.#marks
    draw(canvas, shown, width, height)
    const count = shown.length
    const use = /** @type {HTMLButtonElement} */ (this.querySelector("[data-use]"))
    use.disabled = count === 0
    use.textContent = count ? interpolate(ngettext("Use %(count)s mark", "Use %(count)s marks", count), { count }) : gettext("Use marks")
  }

  #use() {
    this.#canvas.toBlob(
      (blob) => {
        this.#finish(blob && { blob, marks: told(this.#marks) })
        this.#dialog.close()
      },
      "image/jpeg",
      QUALITY,
    )
  }

  /** @param {PointerEvent} event */
  #spot({ clientX, clientY }) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }

  get #kind() {
    const chosen = /** @type {HTMLInputElement | null} */ (this.querySelector("input[name=mark]:checked"))
    return /** @type {Mark["kind"]} */ (chosen?.value ?? "box")
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"))
  }

  get #canvas() {
    return /** @type {HTMLCanvasElement} */ (this.querySelector("canvas"))
  }
}

customElements.define("photo-marker", PhotoMarker)
