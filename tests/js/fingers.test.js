/** One finger drags, two pinch; a pinch is never taken for a drag or a mark. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { Fingers } from "#chat/fingers"

const stage = document.createElement("div")
/** @type {[string, ...unknown[]][]} */
let done = []
new Fingers(stage, {
  began: () => done.push(["began"]),
  dragged: (dx, dy) => done.push(["dragged", dx, dy]),
  joined: () => done.push(["joined"]),
  pinched: (factor, at, dx, dy) => done.push(["pinched", factor, at.clientX, dx, dy]),
  lifted: (_event, hasPinched) => done.push(["lifted", hasPinched]),
})

function finger(type, pointerId, clientX, clientY = 0) {
  stage.dispatchEvent(Object.assign(new dom.window.Event(`pointer${type}`), { pointerId, clientX, clientY }))
}

beforeEach(() => (done = []))

test("one finger drags by what it moved", () => {
  finger("down", 1, 10)
  finger("move", 1, 14, 3)
  finger("up", 1, 14, 3)
  assert.deepEqual(done, [["began"], ["dragged", 4, 3], ["lifted", false]])
})

test("two fingers pinch around their middle, and the one that stays does not drag", () => {
  finger("down", 1, 0)
  finger("down", 2, 100)
  finger("move", 2, 200)
  finger("up", 2, 200)
  finger("move", 1, 50)
  finger("up", 1, 50)
  assert.deepEqual(done, [["began"], ["joined"], ["pinched", 2, 100, 50, 0], ["lifted", true]])
})

test("a mouse that only passes by does nothing", () => {
  finger("move", 1, 50)
  finger("cancel", 1, 50)
  assert.deepEqual(done, [])
})
