/** What is selected: by click, by range, all of it. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Selection } from "#sidebar/selection"

const ORDER = ["a", "b", "c", "d", "e"]

function selection(...ids) {
  const made = new Selection()
  for (const id of ids) made.toggle(id)
  return made
}

test("a second click takes a row out again", () => {
  assert.deepEqual(selection("a", "b", "a").ids, ["b"])
})

test("shift reaches from the row touched last, in either direction", () => {
  const down = selection("b")
  down.reach("d", ORDER)
  assert.deepEqual(down.ids, ["b", "c", "d"])
  const up = selection("d")
  up.reach("b", ORDER)
  assert.deepEqual(up.ids.sort(), ["b", "c", "d"])
})

test("reaching from a row that was taken out takes the range out", () => {
  const all = selection()
  all.all(ORDER)
  all.toggle("b")
  all.reach("d", ORDER)
  assert.deepEqual(all.ids, ["a", "e"])
})

test("reaching again goes out from the same row", () => {
  const one = selection("b")
  one.reach("c", ORDER)
  one.reach("a", ORDER)
  assert.deepEqual(one.ids.sort(), ["a", "b", "c"])
})

test("shift without a row before is a click", () => {
  const none = selection()
  none.reach("c", ORDER)
  assert.deepEqual(none.ids, ["c"])
})

test("all of them, and with all of them selected none", () => {
  const some = selection("c")
  some.all(ORDER)
  assert.ok(some.isAll(ORDER))
  some.all(ORDER)
  assert.equal(some.size, 0)
})

test("what left the list is not selected any more", () => {
  const some = selection("a", "c")
  some.keep(["b", "c"])
  assert.deepEqual(some.ids, ["c"])
})

test("of an empty list not everything is selected", () => {
  assert.equal(selection().isAll([]), false)
})
