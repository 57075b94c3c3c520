/** Draws a growing Markdown text.
 *
 * Only the last block is ever drawn again: a block is settled once another one follows it on
 * complete lines, since a half line may still change what it belongs to. An open fence only has
 * text appended. What was drawn piece by piece equals what would be drawn at once, with one
 * exception that is mended at the end: reference definitions may come after their use. */
import { blocksOf, withPlainLineEnds } from "#markdown/grammar"
import { elementsOf } from "#markdown/render"
import { OpenFence } from "#markdown/fence"
import { healed } from "#markdown/heal"
import { replaceFrom } from "#markdown/morph"

export class MarkdownStream {
  /** @type {Element} */
  #target
  #source = ""
  /** A carriage return at the very end may be half of a line end. */
  #held = ""
  /** How much of the source is settled, and how many elements show it. */
  #settled = 0
  #settledElements = 0
  /** @type {OpenFence | null} */
  #fence = null
  #finished = false

  /** @param {Element} target whose children are ours alone */
  constructor(target) {
    this.#target = target
  }

  get source() {
    return this.#source + this.#held
  }

  /** @param {string} text */
  add(text) {
    if (this.#finished) this.#unsettle()
    const all = this.#held + text
    this.#held = all.endsWith("\r") ? "\r" : ""
    this.#source += withPlainLineEnds(this.#held ? all.slice(0, -1) : all)
  }

  /** Show what is known so far. The end of it may change with the next word. */
  paint() {
    if (this.#fence?.grow(this.#source)) return
    this.#fence = null
    const tail = this.#source.slice(this.#settled)
    const settled = settledBlocks(tail)
    const length = lengthOf(settled)
    const open = tail.slice(length)
    const elements = elementsOf(settled)
    this.#draw([...elements, ...elementsOf(blocksOf(healed(open)))])
    this.#settled += length
    this.#settledElements += elements.length
    this.#fence = OpenFence.at(this.#source, this.#settled, this.#target.children[this.#settledElements])
  }

  /** Show the whole text as it is; nothing follows. */
  finish() {
    this.#source += this.#held ? "\n" : ""
    this.#held = ""
    this.#fence = null
    const blocks = blocksOf(this.#source)
    if (Object.keys(blocks.links).length) this.#settled = this.#settledElements = 0
    const tail = this.#settled ? blocksOf(this.#source.slice(this.#settled)) : blocks
    this.#draw(elementsOf(tail))
    this.#settled = this.#source.length
    this.#settledElements = this.#target.children.length
    this.#finished = true
  }

  /** Forget everything and begin again with `text`. @param {string} text */
  replace(text) {
    this.#source = this.#held = ""
    this.#unsettle()
    this.add(text)
  }

  /** What was the end may go on after all: everything may be drawn again. */
  #unsettle() {
    this.#settled = this.#settledElements = 0
    this.#fence = null
    this.#finished = false
  }

  /** @param {Element[]} elements */
  #draw(elements) {
    replaceFrom(this.#target, this.#settledElements, elements)
  }
}

/** The blocks of `tail` that cannot change any more. @param {string} tail */
function settledBlocks(tail) {
  const complete = tail.slice(0, tail.lastIndexOf("\n") + 1)
  const blocks = blocksOf(complete)
  let last = blocks.length - 1
  while (last >= 0 && blocks[last].type === "space") last -= 1
  return blocks.slice(0, Math.max(last, 0))
}

/** @param {import("marked").Token[]} blocks */
function lengthOf(blocks) {
  return blocks.reduce((sum, block) => sum + block.raw.length, 0)
}
