/** Draws a growing Markdown text.
 *
 * Only the last block is ever drawn again: a block is settled once another one follows it on
 * complete lines, since a half line may still change what it belongs to. An open fence only has
 * text appended. What was drawn piece by piece equals what would be drawn at once, with one
 * exception that is mended at the end: definitions may come after their use.
 *
 * A long text is read by the window, so that work can be given up at a deadline and gone on with;
 * until then its rest stands in the page unseen. */
import { blocksOf, linksIn, withPlainLineEnds } from "#markdown/grammar"
import { enrich, enrichFormulas } from "#markdown/enrich"
import { elementsOf } from "#markdown/render"
import { OpenFence } from "#markdown/fence"
import { healedBlocks } from "#markdown/heal"
import { cite, sourcesOf } from "#markdown/citations"
import { replaceFrom } from "#markdown/morph"

const WINDOW = 8_192

export class MarkdownStream {
  /** @type {Element} */
  #target
  #source = ""
  /** A carriage return at the very end may be half of a line end. */
  #held = ""
  /** How much of the source is settled, and how many elements show it. */
  #settled = 0
  #settledElements = 0
  /** @type {import("#markdown/grammar").Links} */
  #links = {}
  /** @type {OpenFence | null} */
  #fence = null
  /** @type {"no" | "drawing" | "with its definitions" | "yes"} */
  #finished = "no"
  /** @type {HTMLElement | null} */
  #rest = null

  /** @param {Element} target whose children are ours alone */
  constructor(target) {
    this.#target = target
  }

  get source() {
    return this.#source + this.#held
  }

  /** @param {string} text */
  add(text) {
    if (this.#finished !== "no") this.#unsettle()
    const all = this.#held + text
    this.#held = all.endsWith("\r") ? "\r" : ""
    this.#source += withPlainLineEnds(this.#held ? all.slice(0, -1) : all)
  }

  /** Show what is known so far. The end of it may change with the next word.
   * @param {number} [deadline] @returns {boolean} false when there was no time for all */
  paint(deadline = Infinity) {
    if (this.#fence?.grow(this.#source)) return true
    this.#fence = null
    if (!this.#settle(deadline)) return false
    const tail = this.#source.slice(this.#settled)
    const shown = this.#draw(elementsOf(healedBlocks(tail, this.#links)))
    enrichFormulas(shown)
    enrich(tail.endsWith("\n") ? shown : shown.slice(0, -1))
    this.#fence = OpenFence.at(this.#source, this.#settled, this.#target.children[this.#settledElements])
    return true
  }

  /** Show the whole text as it is; nothing follows.
   * @param {number} [deadline] @returns {boolean} false when there was no time for all */
  finish(deadline = Infinity) {
    this.#source += this.#held ? "\n" : ""
    this.#held = ""
    this.#fence = null
    if (this.#finished === "no") this.#finished = "drawing"
    if (!this.#settle(deadline)) return false
    this.#drawEnd()
    const isNews = this.#finished === "drawing" && Object.keys(this.#links).length > 0
    this.#finished = isNews ? "with its definitions" : "yes"
    if (!isNews) return true
    this.#settled = this.#settledElements = 0
    return this.finish(deadline)
  }

  /** Forget everything and begin again with `text`. @param {string} text */
  replace(text) {
    this.#source = this.#held = ""
    this.#links = {}
    this.#unsettle()
    this.add(text)
  }

  /** What was the end may go on after all: everything may be drawn again. */
  #unsettle() {
    this.#settled = this.#settledElements = 0
    this.#fence = null
    this.#finished = "no"
  }

  /** Draw the blocks that cannot change any more. @param {number} deadline */
  #settle(deadline) {
    this.#rest?.remove()
    let size = WINDOW
    for (;;) {
      const tail = this.#source.slice(this.#settled, this.#settled + size)
      const isWhole = this.#settled + tail.length === this.#source.length
      const blocks = settledBlocks(tail, this.#links)
      this.#keep(blocks)
      if (isWhole) return true
      size = blocks.length ? WINDOW : size * 2
      if (performance.now() > deadline) return this.#leaveRest()
    }
  }

  /** @param {import("marked").Token[]} blocks */
  #keep(blocks) {
    if (!blocks.length) return
    this.#learn(blocks)
    const shown = this.#draw(elementsOf(blocks), false)
    this.#settled += lengthOf(blocks)
    this.#settledElements += shown.length
    enrich(shown)
  }

  #drawEnd() {
    const blocks = blocksOf(this.#source.slice(this.#settled), this.#links)
    this.#learn(blocks)
    const shown = this.#draw(elementsOf(blocks))
    this.#settled = this.#source.length
    this.#settledElements += shown.length
    enrich(shown, true)
  }

  /** @param {import("marked").Token[]} blocks */
  #learn(blocks) {
    if (this.#finished !== "with its definitions") this.#links = { ...linksIn(blocks), ...this.#links }
  }

  /** What is not drawn yet stays in the page, for those who read it there. */
  #leaveRest() {
    this.#rest ??= document.createElement("p")
    this.#rest.hidden = true
    this.#rest.textContent = this.#source.slice(this.#settled)
    this.#target.append(this.#rest)
    return false
  }

  /** @param {Element[]} elements @param {boolean} [isEnd] @returns {Element[]} as they are now */
  #draw(elements, isEnd = true) {
    const from = this.#settledElements
    cite(elements, sourcesOf(this.#target))
    replaceFrom(this.#target, from, elements, isEnd)
    return [...this.#target.children].slice(from, from + elements.length)
  }
}

/** The blocks of `tail` that cannot change any more.
 * @param {string} tail @param {import("#markdown/grammar").Links} links */
function settledBlocks(tail, links) {
  const complete = tail.slice(0, tail.lastIndexOf("\n") + 1)
  const blocks = complete ? blocksOf(complete, links) : []
  let last = blocks.length - 1
  while (last >= 0 && blocks[last].type === "space") last -= 1
  return blocks.slice(0, Math.max(last, 0))
}

/** @param {import("marked").Token[]} blocks */
function lengthOf(blocks) {
  return blocks.reduce((sum, block) => sum + block.raw.length, 0)
}
