/** Where everything of a gallery stands: days, and in them rows of one height that fill the width.
 * Pure, and quick enough to be done anew whenever the width changes.
 *
 * A row of data is as media_gen.rows gives it.
 * @typedef {[id: string, file: string, width: number, height: number, colour: string, kind: string,
 *   seconds: number, starred: number, day: string, words: string]} Row
 * @typedef {{index: number, left: number, width: number}} Tile
 * @typedef {{top: number, height: number, day: string, count: number, tiles: Tile[]}} Box a heading
 *   where it has no tiles; `count`: how many are of that day, 0 where more may follow
 * @typedef {{width: number, row: number, gap: number, head: number}} Measures in CSS pixels */

const MOST_WIDE = 3.2
const MOST_TALL = 0.45
/** The last row of a day is filled up to this, and else left as it is. */
const STRETCH = 1.3

/** @param {Row[]} rows @param {Measures} measures @param {boolean} isMore whether rows follow
 * @returns {{boxes: Box[], height: number}} */
export function laidOut(rows, measures, isMore) {
  /** @type {Box[]} */
  const boxes = []
  let top = 0
  for (let start = 0; start < rows.length; ) {
    const day = rows[start][8]
    let end = start
    while (end < rows.length && rows[end][8] === day) end += 1
    const count = end === rows.length && isMore ? 0 : end - start
    boxes.push({ top, height: measures.head, day, count, tiles: [] })
    top = fill(rows, start, end, measures, boxes, top + measures.head)
    start = end
  }
  return { boxes, height: top }
}

/** The rows of one day. Where the next day begins.
 * @param {Row[]} rows @param {number} start @param {number} end @param {Measures} measures
 * @param {Box[]} boxes @param {number} top */
function fill(rows, start, end, measures, boxes, top) {
  const { width, row, gap } = measures
  for (let first = start; first < end; ) {
    let sum = 0
    let last = first
    while (last < end && (last === first || sum * row + (last - first) * gap < width)) {
      sum += shape(rows[last])
      last += 1
    }
    const filling = (width - (last - first - 1) * gap) / sum
    const height = Math.round(last === end && filling > row * STRETCH ? row : Math.min(filling, row * 2))
    boxes.push({ top, height, day: "", count: 0, tiles: tilesOf(rows, first, last, height, gap) })
    top += height + gap
    first = last
  }
  return top
}

/** @param {Row[]} rows @param {number} first @param {number} last @param {number} height @param {number} gap */
function tilesOf(rows, first, last, height, gap) {
  let left = 0
  return rows.slice(first, last).map((row, at) => {
    const tile = { index: first + at, left, width: Math.floor(shape(row) * height) }
    left += tile.width + gap
    return tile
  })
}

/** Width by height, without extremes. @param {Row} row */
function shape([, , width, height]) {
  return Math.min(MOST_WIDE, Math.max(MOST_TALL, width / Math.max(1, height)))
}

/** The boxes that touch the range, as indices from and without to. @param {Box[]} boxes
 * @param {number} from @param {number} to pixels */
export function within(boxes, from, to) {
  let low = 0
  let high = boxes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (boxes[middle].top + boxes[middle].height < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < boxes.length && boxes[end].top <= to) end += 1
  return [low, end]
}

/** The tile that an arrow leads to from tile `index`; the same where there is none.
 * @param {Box[]} boxes @param {number} index @param {string} key */
export function beside(boxes, index, key) {
  const lines = boxes.filter(({ tiles }) => tiles.length)
  const at = lines.findIndex(({ tiles }) => tiles[0].index <= index && index <= tiles[tiles.length - 1].index)
  if (at < 0) return index
  const last = lines[lines.length - 1].tiles.at(-1)?.index ?? index
  if (key === "ArrowLeft") return Math.max(0, index - 1)
  if (key === "ArrowRight") return Math.min(last, index + 1)
  if (key === "Home") return 0
  if (key === "End") return last
  const here = lines[at].tiles[index - lines[at].tiles[0].index]
  const line = lines[at + (key === "ArrowUp" ? -1 : 1)]
  if (!line) return index
  const middle = here.left + here.width / 2
  return (line.tiles.find(({ left, width }) => left + width >= middle) ?? line.tiles[line.tiles.length - 1]).index
}
