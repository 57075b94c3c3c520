/** Work on the blocks of a long text once they come near the view: what nobody sees yet needs no
 * colours and no formulas. Blocks stand one below the other, so those near are found by halving. */
import { later } from "#lib/later"
import { afterPause, oncePerFrame } from "#lib/scheduling"

/** How far from the view is near, in heights of the window. */
const FAR = 1.5
const PAUSE = 100

/** @typedef {() => unknown} Work */
/** What waits, by text and block. @type {Map<Element, Map<Element, Work[]>>} */
const waiting = new Map()
const looking = oncePerFrame(look)
/** While a text is being drawn its layout changes all the time; a look at it would be dear. */
const lookSoon = afterPause(look, PAUSE)
let isListening = false

/** Do it now, or in a long text when `block` comes near. @param {Element} block @param {Work} work */
export function whenNear(block, work) {
  const text = block.parentElement
  if (!text?.matches(".is-long")) return void work()
  const blocks = waiting.get(text) ?? new Map()
  waiting.set(text, blocks.set(block, [...(blocks.get(block) ?? []), work]))
  listen()
  lookSoon()
}

function listen() {
  if (isListening) return
  isListening = true
  document.addEventListener("scroll", () => waiting.size && looking.wish(), { capture: true, passive: true })
  window.addEventListener("resize", () => looking.wish())
  window.addEventListener("beforeprint", () => [...waiting.keys()].forEach((text) => take(text, [...text.children])))
}

function look() {
  for (const text of waiting.keys()) {
    if (text.isConnected) take(text, near(text.children), later)
    else waiting.delete(text)
  }
}

/** @param {HTMLCollection} blocks @returns {Element[]} */
function near(blocks) {
  const [top, bottom] = [-FAR * innerHeight, (1 + FAR) * innerHeight]
  let [first, end] = [0, blocks.length]
  while (first < end) {
    const middle = (first + end) >> 1
    if (blocks[middle].getBoundingClientRect().bottom < top) first = middle + 1
    else end = middle
  }
  const found = []
  for (let at = first; at < blocks.length && blocks[at].getBoundingClientRect().top <= bottom; at += 1) found.push(blocks[at])
  return found
}

/** @param {Element} text @param {Element[]} blocks @param {(work: Work) => void} [how] */
function take(text, blocks, how = (work) => work()) {
  const ours = waiting.get(text)
  for (const block of blocks) {
    for (const work of ours?.get(block) ?? []) how(work)
    ours?.delete(block)
  }
  if (!ours?.size) waiting.delete(text)
}
