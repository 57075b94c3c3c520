/** Cursors over events: nothing missed, nothing twice. */
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"
import fc from "fast-check"
import { Following } from "#chat/following"

const G = "g1"
let said
let following

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout", "Date"] })
  said = []
  following = new Following((words) => said.push(words))
})

test("frames in order are taken, each once", () => {
  following.begin(G, 0)
  assert.equal(following.accepts({ generation: G, from: 0, to: 3 }), true)
  assert.equal(following.accepts({ generation: G, from: 0, to: 3 }), false)
  assert.equal(following.accepts({ generation: G, from: 3, to: 4 }), true)
})

test("a gap is asked for once, and nothing behind it is taken", () => {
  following.begin(G, 2)
  assert.equal(following.accepts({ generation: G, from: 5, to: 6 }), false)
  assert.equal(following.accepts({ generation: G, from: 6, to: 7 }), false)
  assert.deepEqual(said, [{ do: "watch", generation: G, after: 2 }])
})

test("a gap that stays is asked for again", () => {
  following.begin(G, 2)
  following.accepts({ generation: G, from: 5, to: 6 })
  mock.timers.tick(2500)
  following.accepts({ generation: G, from: 6, to: 7 })
  assert.equal(said.length, 2)
})

test("a frame that overlaps what was seen is asked for anew, since its events may be merged", () => {
  following.begin(G, 2)
  assert.equal(following.accepts({ generation: G, from: 0, to: 4 }), false)
  assert.deepEqual(said, [{ do: "watch", generation: G, after: 2 }])
})

test("an end that overtook a gap is known to be early", () => {
  following.begin(G, 1)
  following.accepts({ generation: G, from: 4, to: 8 })
  assert.equal(following.isBehind(G), true)
  following.accepts({ generation: G, from: 1, to: 8 })
  assert.equal(following.isBehind(G), false)
})

test("a snapshot counts, even when it stands before what was seen", () => {
  following.begin(G, 60)
  assert.equal(following.acceptsSnapshot({ generation: G, to: 40 }), true)
  assert.equal(following.accepts({ generation: G, from: 40, to: 41 }), true)
})

test("what was seen is acknowledged at most four times a second", () => {
  following.begin(G, 0)
  for (let n = 0; n < 50; n += 1) following.accepts({ generation: G, from: n, to: n + 1 }, 10)
  assert.deepEqual(said, [])
  mock.timers.tick(250)
  assert.deepEqual(said, [{ do: "ack", generation: G, seen: 50 }])
  mock.timers.tick(1000)
  assert.equal(said.length, 1)
})

test("64 KB are acknowledged at once", () => {
  following.begin(G, 0)
  following.accepts({ generation: G, from: 0, to: 1 }, 70_000)
  assert.deepEqual(said, [{ do: "ack", generation: G, seen: 1 }])
})

test("after a reconnect every open reply is watched from where it was", () => {
  following.begin("a", 3)
  following.begin("b", 0)
  following.begin("c", 9)
  following.end("c")
  following.watchAll()
  assert.deepEqual(said, [
    { do: "watch", generation: "a", after: 3 },
    { do: "watch", generation: "b", after: 0 },
  ])
})

test("nothing is missed and nothing comes twice, however frames are lost and repeated", () => {
  const fates = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom("come", "lost", "twice")), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(fates, (all) => {
      const seen = []
      const wishes = []
      const watcher = new Following((words) => words.do === "watch" && wishes.push(words.after))
      watcher.begin(G, 0)
      const deliver = (from, to) => {
        if (!watcher.accepts({ generation: G, from, to })) return
        for (let event = from + 1; event <= to; event += 1) seen.push(event)
      }
      let at = 0
      for (const [size, fate] of all) {
        if (fate !== "lost") deliver(at, at + size)
        if (fate === "twice") deliver(at, at + size)
        at += size
        for (const after of wishes.splice(0)) deliver(after, at)
      }
      watcher.watchAll()
      for (const after of wishes.splice(0)) deliver(after, at)
      assert.deepEqual(seen, Array.from({ length: at }, (_, index) => index + 1))
    }),
  )
})
