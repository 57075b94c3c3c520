/** Where everything of a gallery stands. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { beside, laidOut, within } from "#gallery/layout"

const MEASURES = { width: 1000, row: 200, gap: 8, head: 50 }

/** @param {number} count @param {string} day @param {[number, number]} [shape] */
const rows = (count, day, [width, height] = [3, 2]) =>
  Array.from({ length: count }, (_, at) => [`${day}-${at}`, "f", width, height, "", "image", 0, 0, day, ""])

test("rows fill the width, each with one height", () => {
  const { boxes } = laidOut(rows(12, "2026-11-23"), MEASURES, false)
  const full = boxes.filter(({ tiles }) => tiles.length).slice(0, -1)
  for (const { tiles, height } of full) {
    const last = tiles.at(-1)
    assert.ok(Math.abs(last.left + last.width - 1000) <= tiles.length)
    assert.ok(height > 100 && height <= 400)
  }
})

test("a single picture of a day is not blown up", () => {
  const { boxes } = laidOut(rows(1, "2026-11-23"), MEASURES, false)
  assert.deepEqual([boxes[1].height, boxes[1].tiles[0].width], [200, 300])
})

test("every day has a heading, and its count where all of it is known", () => {
  const both = [...rows(3, "2026-11-23"), ...rows(5, "2026-11-22")]
  const counts = (isMore) => laidOut(both, MEASURES, isMore).boxes.filter(({ day }) => day).map(({ count }) => count)
  assert.deepEqual(counts(false), [3, 5])
  assert.deepEqual(counts(true), [3, 0])
})

test("nothing stands on anything else, whatever its shape", () => {
  const odd = [...rows(2, "2026-11-23", [9000, 1]), ...rows(2, "2026-11-23", [1, 9000]), ...rows(1, "2026-11-22", [0, 0])]
  const { boxes, height } = laidOut(odd, { ...MEASURES, width: 320 }, false)
  for (let at = 1; at < boxes.length; at += 1) assert.ok(boxes[at].top >= boxes[at - 1].top + boxes[at - 1].height)
  assert.ok(height >= boxes.at(-1).top + boxes.at(-1).height)
})

test("25,000 are laid out in a moment, and only few are near", () => {
  const many = Array.from({ length: 500 }, (_, day) => rows(50, `day ${day}`)).flat()
  const { boxes, height } = laidOut(many, MEASURES, false)
  const [from, to] = within(boxes, height / 2, height / 2 + 800)
  assert.ok(to - from < 12)
  assert.ok(boxes[from].top <= height / 2 && boxes[to].top > height / 2 + 800)
})

test("arrows go to what lies there", () => {
  const { boxes } = laidOut(rows(9, "2026-11-23"), MEASURES, false)
  const below = beside(boxes, 1, "ArrowDown")
  assert.equal(beside(boxes, below, "ArrowUp"), 1)
  assert.deepEqual(["ArrowLeft", "Home", "End", "ArrowUp"].map((key) => beside(boxes, 0, key)), [0, 0, 8, 0])
  assert.equal(beside(boxes, 8, "ArrowRight"), 8)
})
