/** How an answer was stopped, and what waits behind it, as it is shown and said. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

globalThis.CSS = { escape: (text) => text }
const { Announcing } = await import("#chat/announcing")
const { happens } = await import("#chat/happenings")
const { Stops } = await import("#chat/stops")

document.body.innerHTML = `<p role="status" id="status"></p><div id="room"><div class="log"></div><ul></ul></div>`
const room = document.getElementById("room")
const status = document.getElementById("status")
const verdict = () => room.querySelector(".verdict span").textContent
const stops = new Stops()
const hold = () => room.querySelectorAll("li").forEach((item) => item.toggleAttribute("data-held", true))
Object.assign(room, { channel: { stops }, sending: { hold } })
new Announcing(room)

let number = 0

/** It was stopped by what was said here, if anything. */
function stopped(words, waiting = 0) {
  const generation = `g${(number += 1)}`
  if (words) stops.note({ ...words, generation }, [generation])
  room.querySelector("ul").innerHTML = "<li data-waiting></li>".repeat(waiting)
  draw(generation)
  happens("answer-ended", { message: "a1", generation, status: "stopped" })
  return generation
}

function draw(generation) {
  room.querySelector(".log").innerHTML = `<article data-role="assistant" data-status="stopped" data-message="a1" data-generation="${generation}"><div class="verdict"><span>Stopped</span></div></article>`
}

beforeEach(() => (status.textContent = ""))

test("an answer that was stopped here only says so", () => {
  stopped({ do: "stop" })
  assert.deepEqual([status.textContent, verdict()], ["Stopped", "Stopped"])
})

test("an answer that was stopped in another window says where, also after the page caught up", () => {
  const generation = stopped(null)
  assert.deepEqual([status.textContent, verdict()], ["Stopped in another window", "Stopped in another window"])
  draw(generation)
  happens("path-shown")
  assert.equal(verdict(), "Stopped in another window")
  draw("another run of it")
  happens("path-shown")
  assert.equal(verdict(), "Stopped")
})

test("Stop says how many questions it paused, and how they go on; they are marked at once", () => {
  stopped({ do: "stop" }, 2)
  assert.equal(status.textContent, "Stopped. 2 waiting messages are paused. Press Send now beside one to go on.")
  assert.equal(room.querySelectorAll("[data-held]").length, 2)
})

test("Send now says that it stopped the answer for the message that waited, and pauses nothing", () => {
  stopped({ do: "send_now" }, 1)
  assert.equal(status.textContent, "Stopped, to send the message that was waiting")
  assert.equal(room.querySelectorAll("[data-held]").length, 0)
})

test("asking a question in other words stops its answer here, not elsewhere", () => {
  stopped({ do: "edit" })
  assert.equal(verdict(), "Stopped")
})
