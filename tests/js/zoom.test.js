/** An enlarged picture stays under the finger and inside its stage. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { carried, MOST, moved, wayOf, WHOLE, zoomed } from "#chat/zoom"

const SIZE = { width: 400, height: 300 }

test("the point under the finger stays where it is", () => {
  const place = zoomed(WHOLE, 2, 100, 50)
  assert.deepEqual([(100 - place.x) / place.scale, (50 - place.y) / place.scale], [100, 50])
})

test("nothing becomes smaller than the whole picture, which then stands in the middle", () => {
  const place = zoomed({ scale: 1.5, x: 80, y: -40 }, 0.1, 10, 10)
  assert.deepEqual(place, WHOLE)
})

test("there is a largest size", () => {
  assert.equal(zoomed(WHOLE, 100, 0, 0).scale, MOST)
})

test("a picture cannot be pushed off its stage, and a whole one does not move", () => {
  assert.deepEqual(moved({ scale: 2, x: 0, y: 0 }, 9999, -9999, SIZE), { scale: 2, x: 200, y: -150 })
  const still = moved(WHOLE, 50, 50, SIZE)
  assert.deepEqual([Math.abs(still.x), Math.abs(still.y)], [0, 0])
})

test("a whole picture goes on to either side and is pulled away downwards, but not by a slip", () => {
  assert.equal(wayOf({ x: -120, y: 30 }), "after")
  assert.equal(wayOf({ x: 120, y: -30 }), "before")
  assert.equal(wayOf({ x: 20, y: 140 }), "away")
  assert.equal(wayOf({ x: 20, y: -140 }), null)
  assert.equal(wayOf({ x: 40, y: 5 }), null)
  assert.deepEqual(carried({ x: 30, y: 10 }), { x: 30, y: 0 })
  assert.deepEqual(carried({ x: 5, y: -40 }), { x: 0, y: 0 })
})
