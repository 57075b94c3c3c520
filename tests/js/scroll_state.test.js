/** Following and reading: only a gesture leads from one to the other. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"

const { after, FOLLOWING, NEAR } = await import("#chat/scroll_state")

const up = (at = 0, { gap = 0, above = 900 } = {}) => ({ what: "gesture", heading: "up", gap, above, at })
const down = (at = 0, gap = 500) => ({ what: "gesture", heading: "down", gap, above: 400, at })
const scroll = (moved, gap, at = 0, settled = false) => ({ what: "scroll", moved, gap, settled, at })
const run = (...events) => events.reduce(after, FOLLOWING)

test("a wheel turned up leads to reading before the view has moved", () => {
  assert.equal(run(up()).mode, "reading")
})

test("a wheel turned up where nothing is above changes nothing", () => {
  assert.equal(run(up(0, { above: 0 })).mode, "following")
})

test("a thought that folds leaves a following view following, however far it was thrown", () => {
  assert.equal(run(scroll(-600, 300), scroll(-40, 800)).mode, "following")
})

test("a thought that folds leaves a reading view reading, even when that brings it to the end", () => {
  assert.equal(run(up(0), scroll(-100, 100, 20), scroll(-300, 0, 3000)).mode, "reading")
})

test("a page that shrinks after a wheel turned down does not end the reading", () => {
  assert.equal(run(up(0), scroll(-300, 300, 20), down(1000, 300), scroll(50, 250, 1020), scroll(-250, 0, 5000)).mode, "reading")
})

test("a page that grows above pushes a reading view down without ending the reading", () => {
  assert.equal(run(up(0), scroll(-300, 300, 20), scroll(300, 10, 5000)).mode, "reading")
})

test("reaching the end by the wheel leads back to following", () => {
  assert.equal(run(up(0), scroll(-300, 300, 20), down(1000, 300), scroll(290, 10, 1100)).mode, "following")
})

test("a finger's momentum carries to the end long after the finger has left", () => {
  let state = run(up(0), scroll(-3000, 3000, 20), down(1000, 3000))
  for (let at = 1100, gap = 2800; gap >= 0; at += 300, gap -= 400) state = after(state, scroll(400, Math.max(gap, 0), at))
  assert.equal(state.mode, "following")
})

test("a wheel turned down at the end follows at once", () => {
  assert.equal(run(up(0), scroll(-5, 5, 20), down(1000, 5)).mode, "following")
})

test("the key End follows, although the end has moved on before the view gets there", () => {
  const end = { what: "gesture", heading: "end", gap: 4000, above: 400, at: 1000 }
  const state = run(up(0), scroll(-300, 300, 20), end, scroll(300, 600, 1020))
  assert.equal(state.mode, "following")
  assert.equal(after(state, up(1100)).mode, "reading")
})

test("a search in the page that leads up is somebody's doing: the layout stands still", () => {
  assert.equal(run(scroll(-500, 500, 0, true)).mode, "reading")
})

test("jumping and sending follow, and forget what was new", () => {
  const state = run(up(), { what: "news" }, { what: "follow" })
  assert.deepEqual(state, FOLLOWING)
})

test("what is written is news only to those who read elsewhere", () => {
  assert.equal(run({ what: "news" }).hasNews, false)
  assert.equal(run(up(), { what: "news" }).hasNews, true)
  assert.equal(run(up(), { what: "news" }, down(0, NEAR)).hasNews, false)
})

test("whatever the layout does, it never changes the mode", () => {
  const layout = fc.record({
    what: fc.constant("scroll"),
    moved: fc.integer({ min: -5000, max: 5000 }),
    gap: fc.integer({ min: 0, max: 5000 }),
    settled: fc.constant(false),
    at: fc.integer({ min: 10_000, max: 90_000 }),
  })
  fc.assert(
    fc.property(fc.constantFrom(FOLLOWING, run(up(0)), run(up(0), down(500))), fc.array(layout), (start, moves) => {
      assert.equal(moves.reduce(after, start).mode, start.mode)
    }),
  )
})
