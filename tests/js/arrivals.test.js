/** Frames are heard in their order, though what reads the first one's HTML is still on its way. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.DOMParser ??= dom.window.DOMParser
const { Arrivals } = await import("#chat/arrivals")
const { cleaner } = await import("#lib/cleaner")

test("an answer's events wait for the message they belong to, and keep their order", async () => {
  const heard = []
  const arrivals = new Arrivals((frame) => heard.push(frame.event))
  for (const frame of [{ event: "queued" }, { event: "opened", html: "<article></article>" }, { event: "events" }, { event: "ended", html: "<article></article>" }]) {
    arrivals.take(frame)
  }
  assert.deepEqual(heard, ["queued"], "what needs nothing is heard at once")
  await cleaner()
  await Promise.resolve()
  assert.deepEqual(heard, ["queued", "opened", "events", "ended"])
})

test("afterwards everything is heard at once, as clean nodes", async () => {
  await cleaner()
  const heard = []
  const arrivals = new Arrivals((frame) => heard.push(frame))
  arrivals.take({ event: "opened", html: "<p>first</p>" })
  await cleaner()
  await Promise.resolve()
  arrivals.take({ event: "opened", html: '<p>second<img src=x onerror="alert(1)"></p>' })
  assert.equal(heard.length, 2)
  assert.equal(heard[1].nodes.textContent, "second")
  assert.equal(heard[1].nodes.querySelector("[onerror]"), null)
})
