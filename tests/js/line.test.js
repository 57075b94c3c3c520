/** A broken line is said soon, and only what is true; a line that comes back at once is not. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

globalThis.WebSocket ??= class extends EventTarget {}
let online = true
Object.defineProperty(globalThis, "navigator", { value: { get onLine() { return online } }, configurable: true })
const { Line } = await import("#chat/line")

let room, notice, checks

function says(name, detail = null) {
  room.channel.dispatchEvent(new CustomEvent(name, { detail }))
}

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] })
  online = true
  checks = 0
  document.body.innerHTML = `<p id="status"></p><chat-room><p data-offline hidden><span class="line__lost">Lost.</span><span class="line__offline">Offline.</span></p></chat-room>`
  room = document.querySelector("chat-room")
  notice = room.querySelector("[data-offline]")
  room.channel = Object.assign(new dom.window.EventTarget(), { isReady: false, check: () => (checks += 1) })
  new Line(room)
})

test("a server that was killed is missed within a second", () => {
  says("lost", { reason: "gone" })
  mock.timers.tick(1000)
  assert.equal(notice.hidden, false)
  assert.equal(room.dataset.line, "lost")
})

test("a line that comes back at once is not worth a word", () => {
  says("lost", { reason: "gone" })
  mock.timers.tick(500)
  says("ready", { now: 5 })
  mock.timers.tick(5000)
  assert.equal(notice.hidden, true)
  assert.equal(room.dataset.line, undefined)
})

test("a device without a network says that, and not that the server is gone", () => {
  online = false
  window.dispatchEvent(new dom.window.Event("offline"))
  assert.equal(room.dataset.line, "offline")
  online = true
  window.dispatchEvent(new dom.window.Event("online"))
  assert.equal(room.dataset.line, "lost")
  says("ready", {})
  assert.equal(notice.hidden, true)
})

test("a device that stays without a network looks whether its line is dead, before anything is written into it", () => {
  room.channel.isReady = true
  online = false
  window.dispatchEvent(new dom.window.Event("offline"))
  mock.timers.tick(5000)
  assert.equal(checks, 1)
  room.channel.isReady = false
})

test("of the two sentences about a broken line, the true one is read out", () => {
  const status = document.getElementById("status")
  online = false
  window.dispatchEvent(new dom.window.Event("offline"))
  assert.equal(status.textContent, "Offline.")
})

test("that the connection is back is read out once, where it had been missed", () => {
  const status = document.getElementById("status")
  says("ready", {})
  assert.equal(status.textContent, "")
  says("lost", { reason: "gone" })
  mock.timers.tick(1000)
  assert.equal(status.textContent, "Lost.")
  says("ready", {})
  assert.equal(status.textContent, "The connection is back.")
  status.textContent = "other news"
  room.channel.isReady = true
  window.dispatchEvent(new dom.window.Event("online"))
  says("ready", {})
  assert.equal(status.textContent, "other news")
})

test("after a sleep the line is looked at", () => {
  mock.timers.tick(2000)
  assert.equal(checks, 0)
  mock.timers.setTime(Date.now() + 600_000)
  mock.timers.tick(2000)
  assert.ok(checks >= 1)
})
