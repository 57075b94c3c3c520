/** What happened in another tab appears here, and nothing newer goes away for it. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

const { CatchingUp } = await import("#chat/catching_up")

let asked
let shown
let failed
let catching

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 })
  asked = []
  shown = []
  failed = 0
  const ask = () => new Promise((answer, fail) => asked.push({ answer, fail }))
  catching = new CatchingUp(ask, (state) => shown.push(state), () => (failed += 1))
})

const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

test("what begins in another tab is fetched at once", async () => {
  catching.hinted()
  asked[0].answer("state")
  await settled()
  assert.deepEqual(shown, ["state"])
})

test("the tab where it happened looks only when all is quiet", () => {
  catching.told()
  catching.hinted()
  catching.hinted()
  assert.equal(asked.length, 0)
  mock.timers.tick(1200)
  assert.equal(asked.length, 1)
})

test("a state from before what this tab was told is not shown", async () => {
  catching.hinted()
  catching.told()
  asked[0].answer("without the new question")
  await settled()
  assert.deepEqual(shown, [])
  mock.timers.tick(1200)
  asked[1].answer("with it")
  await settled()
  assert.deepEqual(shown, ["with it"])
})

test("of two states on their way only the one asked for last is shown", async () => {
  catching.hinted()
  catching.hinted()
  asked[1].answer("newer")
  asked[0].answer("older")
  await settled()
  assert.deepEqual(shown, ["newer"])
})

test("a state that cannot be fetched is told", async () => {
  catching.hinted()
  asked[0].fail(new Error("away"))
  await settled()
  assert.equal(failed, 1)
})
