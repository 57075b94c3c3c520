/** <media-wall>: the gallery. Of thousands of rows only what is near the view is in the page; it
 * comes back where somebody left it, and leads into the viewer and back. */
import { beside, laidOut, within } from "#gallery/layout"
import { Picking } from "#gallery/picking"
import { askForRows, searchAsTyped } from "#gallery/searching"
import { headingOf, markTile, tileOf } from "#gallery/tiles"
import { toastError } from "#elements/toast_stack"

const HEAD = 52
const AHEAD = 1.5
/** Views of rows that are asked for before they are reached. */
const SOON = 4
const REST = 5000
const ARROWS = /^(Arrow(Left|Right|Up|Down)|Home|End)$/

/** @typedef {import("#gallery/layout").Row} Row */

export class MediaWall extends HTMLElement {
  /** @type {Row[]} */
  rows = []
  #isMore = false
  /** After a portion did not come, the next one is not asked for at once. */
  #restsUntil = 0
  /** @type {Promise<void> | null} */
  #loading = null
  /** @type {{boxes: import("#gallery/layout").Box[], height: number}} */
  #plan = { boxes: [], height: 0 }
  #width = 0
  /** @type {Map<number, HTMLElement>} index of the box -> what shows it */
  #shown = new Map()
  #isDrawing = false

  connectedCallback() {
    const { rows, more } = JSON.parse(document.getElementById("rows")?.textContent || '{"rows": []}')
    this.rows = rows
    this.#isMore = !!more
    this.picking = new Picking(this)
    this.querySelector("[data-plain]")?.remove()
    this.#offer()
    searchAsTyped(this)
    document.addEventListener("job", (event) => this.#made(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("scroll", () => this.#soon(), { passive: true })
    this.#wall.addEventListener("click", (event) => this.#clicked(event))
    this.#wall.addEventListener("keydown", (event) => this.#key(event))
    new ResizeObserver(() => this.#measure()).observe(this.#wall)
    this.#measure()
    this.#comeBack()
    import("#gallery/overlay").then(({ Overlay }) => { this.overlay = new Overlay(this) })
  }

  get query() {
    return this.dataset.query ?? ""
  }

  /** Where somebody left it: as many rows as there were then, and the place. */
  async #comeBack() {
    const left = history.state?.gallery
    if (!left) return
    while (this.rows.length < left.count && this.#isMore && !this.#restsUntil) await this.#load()
    this.scrollTop = left.top
    this.#draw()
  }

  #measure() {
    const width = this.#wall.clientWidth
    if (!width || width === this.#width) return
    const anchor = this.#plan.boxes[within(this.#plan.boxes, this.scrollTop, this.scrollTop)[0]]?.tiles[0]?.index
    this.#width = width
    this.layOut()
    // What was in view stays in view when the window changes.
    const box = anchor === undefined || !this.scrollTop ? null : this.#boxOf(anchor)
    if (box) this.scrollTop = box.top + this.#wall.offsetTop
  }

  /** Everything anew, after rows came or went. */
  layOut() {
    this.#width ||= this.#wall.clientWidth
    const isNarrow = this.#width < 600
    const measures = { width: this.#width, row: isNarrow ? 150 : 200, gap: isNarrow ? 4 : 8, head: HEAD }
    this.#plan = laidOut(this.rows, measures, this.#isMore)
    this.#wall.style.blockSize = `${this.#plan.height}px`
    for (const node of this.#shown.values()) node.remove()
    this.#shown.clear()
    this.#draw()
  }

  #soon() {
    if (this.#isDrawing) return
    this.#isDrawing = true
    requestAnimationFrame(() => {
      this.#isDrawing = false
      this.#draw()
      history.replaceState({ ...history.state, gallery: { top: this.scrollTop, count: this.rows.length } }, "")
    })
  }

  #draw() {
    const view = this.clientHeight || innerHeight
    const top = this.scrollTop - this.#wall.offsetTop
    const [from, to] = within(this.#plan.boxes, top - view * AHEAD, top + view * (1 + AHEAD))
    for (const [index, node] of this.#shown) {
      if ((index >= from && index < to) || node.contains(document.activeElement)) continue
      node.remove()
      this.#shown.delete(index)
    }
    for (let index = from; index < to; index += 1) if (!this.#shown.has(index)) this.#mount(index)
    if (this.#plan.height - top < view * SOON && this.#isMore && Date.now() >= this.#restsUntil) this.#load()
  }

  /** In the order of the page, so that Tab goes on as the eye does. @param {number} index */
  #mount(index) {
    const box = this.#plan.boxes[index]
    const node = box.tiles.length ? this.#line(box) : headingOf(box.day, box.count)
    node.style.insetBlockStart = `${box.top}px`
    node.style.blockSize = `${box.height}px`
    const after = [...this.#shown].filter(([other]) => other > index).sort(([one], [two]) => one - two)[0]
    this.#wall.insertBefore(node, after?.[1] ?? null)
    this.#shown.set(index, node)
  }

  /** @param {import("#gallery/layout").Box} box */
  #line(box) {
    const line = document.createElement("div")
    line.className = "wall__line"
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector("template[data-tile]"))
    const shown = { template, query: this.query, isPicked: (/** @type {string} */ id) => !!this.picking?.has(id) }
    for (const { index, left, width } of box.tiles) {
      const tile = tileOf(this.rows[index], index, shown)
      tile.style.insetInlineStart = `${left}px`
      tile.style.inlineSize = `${width}px`
      line.append(tile)
    }
    return line
  }

  /** The next rows; once at a time. */
  #load() {
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = null
      this.#draw()
    })
    return this.#loading
  }

  async #fetch() {
    const { query } = this
    try {
      const { rows, more } = await askForRows(this, this.rows[this.rows.length - 1][0])
      if (query !== this.query) return
      this.rows.push(...rows)
      this.#isMore = more
      this.layOut()
    } catch {
      this.#restsUntil = Date.now() + REST
      toastError()
    }
  }

  /** What the server has for what is asked for now; null where it does not say, or something else is
   * asked for meanwhile. */
  async renew() {
    const { query } = this
    try {
      const portion = await askForRows(this)
      if (query !== this.query) return null
      this.rows = portion.rows
      this.#isMore = portion.more
      this.scrollTop = 0
      this.#changed()
      return portion
    } catch {
      toastError()
      return null
    }
  }

  /** A job ended: what it made stands here at once, where it fits what is asked for.
   * @param {{id: string, state: string}} job */
  async #made({ id, state }) {
    if (!this.isConnected || state !== "done" || this.rows.some(([known]) => known === id)) return
    const { query } = this
    // The next change comes soon, and a reload has it in any case.
    const portion = await askForRows(this).catch(() => null)
    if (!portion || query !== this.query) return
    const known = new Set(this.rows.map(([other]) => other))
    const last = this.#isMore ? this.rows[this.rows.length - 1]?.[0] ?? "" : ""
    const fresh = portion.rows.filter(([other]) => !known.has(other) && other > last)
    if (fresh.length) this.#keepingPlace(() => this.give(fresh))
  }

  /** What is in view stays there. @param {() => void} change */
  #keepingPlace(change) {
    const first = this.#plan.boxes.slice(within(this.#plan.boxes, this.scrollTop, this.scrollTop)[0]).find(({ tiles }) => tiles.length)
    const id = this.scrollTop ? this.rows[first?.tiles[0].index ?? -1]?.[0] : undefined
    const before = first?.top ?? 0
    change()
    const box = id ? this.#boxOf(this.rows.findIndex(([other]) => other === id)) : undefined
    if (box) this.scrollTop += box.top - before
  }

  /** Rows came or went. */
  #changed() {
    this.picking?.keep()
    this.#offer()
    this.layOut()
  }

  /** Where there are none, the page says so and leads on. */
  #offer() {
    const said = this.querySelector(":scope > .empty")
    this.#wall.hidden = !this.rows.length
    if (this.rows.length) return said?.remove()
    const template = /** @type {HTMLTemplateElement | null} */ (this.querySelector(`template[data-none=${this.query ? "found" : "made"}]`))
    if (template) said ? said.replaceWith(template.content.cloneNode(true)) : this.#wall.after(template.content.cloneNode(true))
  }

  /** Rows that are in the gallery no more. @param {string[]} ids @returns {Row[]} */
  take(ids) {
    const gone = new Set(ids)
    const taken = this.rows.filter(([id]) => gone.has(id))
    this.rows = this.rows.filter(([id]) => !gone.has(id))
    this.#changed()
    return taken
  }

  /** Rows that are in it again; ids are in the order of time. @param {Row[]} rows */
  give(rows) {
    this.rows = [...this.rows, ...rows].sort(([one], [two]) => (one < two ? 1 : -1))
    this.#changed()
  }

  /** As it is now, on the tiles that are in the page. */
  remark() {
    for (const figure of /** @type {NodeListOf<HTMLElement>} */ (this.#wall.querySelectorAll("figure"))) {
      const row = this.rows[Number(figure.dataset.index)]
      if (row) markTile(figure, { starred: !!row[7], picked: !!this.picking?.has(row[0]), words: row[9] })
    }
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const figure = /** @type {HTMLElement | null} */ (target.closest("figure"))
    if (!figure) return
    const id = figure.dataset.job ?? ""
    const isPicking = !!this.picking?.size || event.shiftKey || event.ctrlKey || event.metaKey
    if (target.closest(".made__pick") || (isPicking && target.closest("a"))) {
      event.preventDefault()
      this.picking?.pick(id, event.shiftKey)
    } else if (target.closest("a") && this.overlay && !event.button && !event.altKey) {
      event.preventDefault()
      this.overlay.open(id)
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const figure = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("figure"))
    if (!figure || event.altKey) return
    const index = Number(figure.dataset.index)
    if (ARROWS.test(event.key) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      const next = beside(this.#plan.boxes, index, event.key)
      if (event.shiftKey) this.picking?.reach(index, next)
      this.focusOn(next)
    } else if (event.key === " " || event.key === "x") {
      event.preventDefault()
      this.picking?.pick(figure.dataset.job ?? "", event.shiftKey)
    }
  }

  /** Show tile `index` and give it the focus. @param {number} index */
  focusOn(index) {
    const box = this.#boxOf(index)
    if (!box) return
    const top = box.top + this.#wall.offsetTop
    if (top < this.scrollTop + HEAD) this.scrollTop = top - HEAD
    if (top + box.height > this.scrollTop + this.clientHeight) this.scrollTop = top + box.height - this.clientHeight + HEAD
    this.#draw()
    const link = /** @type {HTMLElement | null} */ (this.#wall.querySelector(`figure[data-index="${index}"] a`))
    link?.focus({ preventScroll: true })
  }

  /** @param {number} index */
  #boxOf(index) {
    return this.#plan.boxes.find(({ tiles }) => tiles.length && tiles[0].index <= index && index <= tiles[tiles.length - 1].index)
  }

  get #wall() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-wall]"))
  }
}

customElements.define("media-wall", MediaWall)
