/** What was marked on a picture means the same to the eye and to the model. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { isMeant, spoken, tidied, told } from "#chat/marks"

const box = (x1, y1, x2, y2) => ({ kind: "box", from: { x: x1, y: y1 }, to: { x: x2, y: y2 } })

test("a box drawn from any corner begins top left and stays inside the picture", () => {
  assert.deepEqual(tidied(box(0.9, 1.4, 0.2, 0.3)), box(0.2, 0.3, 0.9, 1))
})

test("an arrow keeps its direction", () => {
  const arrow = { kind: "arrow", from: { x: 0.9, y: 0.9 }, to: { x: 0.1, y: -1 } }
  assert.deepEqual(tidied(arrow), { ...arrow, to: { x: 0.1, y: 0 } })
})

test("a slip of the finger is no mark, a tapped number is one", () => {
  assert.equal(isMeant(box(0.5, 0.5, 0.505, 0.5)), false)
  assert.equal(isMeant({ ...box(0.5, 0.5, 0.5, 0.5), kind: "number" }), true)
})

test("the model is told whole thousandths, numbered as on the picture", () => {
  const marks = [box(0.1, 0.2, 0.30049, 1), { kind: "number", from: { x: 0.5, y: 0.25 }, to: { x: 0.5, y: 0.25 } }]
  assert.deepEqual(told(marks), [
    { number: 1, kind: "box", at: [100, 200, 300, 1000] },
    { number: 2, kind: "number", at: [500, 250] },
  ])
})

test("who does not see the marks hears where the last one is", () => {
  const number = { kind: "number", from: { x: 0.5, y: 0.25 }, to: { x: 0.5, y: 0.25 } }
  assert.equal(spoken([box(0.1, 0.2, 0.3, 1)]), "Box 1, in percent: 10 to 30 across, 20 to 100 down")
  assert.equal(spoken([box(0.1, 0.2, 0.3, 1), number]), "Number 2, in percent: 50 across, 25 down")
})
