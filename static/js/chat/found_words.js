/** Marks the words that somebody searched for in the message they have landed on, and brings the
 * first into the middle of the view. The marks go by Escape, or when something is asked. */
import { isSomethingOpen } from "#lib/keys"
import { oncePerFrame } from "#lib/scheduling"

/** Runs of letters that follow each other, as the server read them.
 * @typedef {string[]} Term */
/** @typedef {{node: Text, start: number, places: number[] | null}} Piece where a text begins in all of
 * them; `places`: for each folded sign where it stands in the text, if that is another place */

const SIGNS =
  "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff" +
  "\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff" +
  "\u1100-\u11ff\uac00-\ud7a3\u{20000}-\u{323af}"
const IS_SIGNS = new RegExp(`^[${SIGNS}]`, "u")
const IN_A_WORD = new RegExp(`(?![${SIGNS}])[\\p{L}\\p{N}]$`, "u")
const BETWEEN = "[^\\p{L}\\p{N}]{0,9}"
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu
const ASCII = /^[\x00-\x7f]*$/
const UNREAD = "button, .katex-mathml, [hidden], [aria-hidden=true]"
const BLOCK = "p, li, h1, h2, h3, h4, h5, h6, td, th, pre, blockquote, .message__text"
const MOST = 500
const NAME = "found"
/** So long may what is drawn late move the first one, in milliseconds. */
const SETTLING = 2600

/** @param {HTMLElement} message @param {Term[]} terms
 * @param {import("#elements/follow_scroll").FollowScroll} scroller */
export function markFound(message, terms, scroller) {
  const until = performance.now() + SETTLING
  const ends = new AbortController()
  let isMoved = false
  const show = () => {
    const ranges = rangesIn(message, terms)
    paint(ranges)
    if (!isMoved && performance.now() < until) showFirst(ranges, scroller)
  }
  const again = oncePerFrame(show)
  const drawn = new MutationObserver(() => again.wish())
  const stop = () => {
    drawn.disconnect()
    ends.abort()
    paint([])
  }
  for (const gesture of ["wheel", "pointerdown", "touchstart", "keydown"]) {
    addEventListener(gesture, () => (isMoved = true), { signal: ends.signal, passive: true })
  }
  const leave = (/** @type {KeyboardEvent} */ event) => {
    // What lies above the page closes first; a prevented Escape would leave it open.
    if (event.key !== "Escape" || event.defaultPrevented || isSomethingOpen()) return
    event.preventDefault()
    stop()
  }
  document.addEventListener("keydown", leave, { signal: ends.signal })
  document.addEventListener("answer-opened", stop, { signal: ends.signal })
  drawn.observe(message, { childList: true, subtree: true })
  show()
}

/** Where the terms stand in the texts of a message, from first to last.
 * @param {Element} message @param {Term[]} terms @returns {Range[]} */
export function rangesIn(message, terms) {
  const pattern = patternOf(terms)
  if (!pattern) return []
  return [...message.querySelectorAll(".message__text")].flatMap((text) => rangesInText(text, pattern)).slice(0, MOST)
}

/** @param {Element} text @param {RegExp} pattern */
function rangesInText(text, pattern) {
  const { same, pieces } = read(text)
  const ranges = []
  for (const found of same.matchAll(pattern)) {
    if (endsInAWord(same, found.index)) continue
    const range = document.createRange()
    const [from, to] = [placeOf(pieces, found.index), placeOf(pieces, found.index + found[0].length - 1)]
    range.setStart(from.node, from.from)
    range.setEnd(to.node, to.to)
    ranges.push(range)
  }
  return ranges
}

/** A word is found from its beginning. @param {string} same @param {number} at */
function endsInAWord(same, at) {
  return !IS_SIGNS.test(same.slice(at, at + 2)) && IN_A_WORD.test(same.slice(Math.max(0, at - 2), at))
}

/** Longer terms first, so that of two that begin alike the longer is marked. @param {Term[]} terms */
function patternOf(terms) {
  const known = terms.filter((runs) => runs.length).sort((a, b) => b.join("").length - a.join("").length)
  if (!known.length) return null
  return new RegExp(known.map((runs) => runs.map(escaped).join(BETWEEN)).join("|"), "gu")
}

/** @param {string} run */
const escaped = (run) => run.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")

/** All that is read of it in one folded text; between blocks there is a line end.
 * @param {Element} text */
function read(text) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
  /** @type {Piece[]} */
  const pieces = []
  let [same, block] = ["", /** @type {Element | null} */ (null)]
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode)
    const parent = node.parentElement
    if (!parent || parent.closest(UNREAD)) continue
    if (parent.closest(BLOCK) !== block) same += "\n"
    block = parent.closest(BLOCK)
    const { folded, places } = foldedOf(node.data)
    pieces.push({ node, start: same.length, places })
    same += folded
  }
  return { same, pieces }
}

/** Capitals, full width and the like make no difference, as in the server's `folded`.
 * @param {string} text @returns {{folded: string, places: number[] | null}} */
function foldedOf(text) {
  if (ASCII.test(text)) return { folded: text.toLowerCase(), places: null }
  let folded = ""
  const places = []
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const same = cluster.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC")
    for (let at = 0; at < same.length; at += 1) places.push(index)
    folded += same
  }
  return { folded, places: [...places, text.length] }
}

/** The node in which a folded sign stands, and where the sign begins and ends there.
 * @param {Piece[]} pieces @param {number} at */
function placeOf(pieces, at) {
  const piece = /** @type {Piece} */ (pieces.findLast(({ start }) => start <= at))
  const { node, start, places } = piece
  if (!places) return { node, from: at - start, to: at - start + 1 }
  const from = places[at - start]
  return { node, from, to: places.slice(at - start).find((place) => place > from) ?? node.length }
}

/** A browser that cannot mark without changing the page selects the first. @param {Range[]} ranges */
function paint(ranges) {
  if (globalThis.CSS?.highlights) {
    if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges))
    else CSS.highlights.delete(NAME)
    return
  }
  const selection = document.getSelection()
  selection?.removeAllRanges()
  if (ranges.length) selection?.addRange(ranges[0])
}

/** @param {Range[]} ranges @param {import("#elements/follow_scroll").FollowScroll} scroller */
function showFirst(ranges, scroller) {
  const first = ranges.find((range) => range.getBoundingClientRect().height > 0)
  const around = first?.startContainer.parentElement
  if (!first || !around) return
  const { top, height } = first.getBoundingClientRect()
  scroller.readAt(around, (scroller.clientHeight - height) / 2 - (top - around.getBoundingClientRect().top))
}
