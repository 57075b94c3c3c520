/** Commands obeyed once and replies followed to their end, whatever the line does. */
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

/** A socket whose other end is the test. */
class FakeSocket extends EventTarget {
  static OPEN = 1
  static all = []
  readyState = 1
  said = []

  constructor(address) {
    super()
    this.address = address
    FakeSocket.all.push(this)
  }

  send(text) {
    this.said.push(JSON.parse(text))
  }

  close() {
    this.drop(1000)
  }

  hears(frame) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }))
  }

  drop(code) {
    if (this.readyState === 3) return
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event("close"), { code }))
  }
}

globalThis.WebSocket = FakeSocket
globalThis.CustomEvent ??= class extends Event {
  constructor(name, { detail } = {}) {
    super(name)
    this.detail = detail
  }
}
const { Channel } = await import("#chat/channel")

const HELLO = { event: "hello", protocol: 1, build: "x" }
const last = () => FakeSocket.all.at(-1)
let channel

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] })
  FakeSocket.all = []
  channel = new Channel("ws://localhost/ws/")
  channel.open()
  last().hears(HELLO)
})

const heard = (name) => {
  const frames = []
  channel.addEventListener(name, (event) => frames.push(event.detail))
  return frames
}

test("a command without an answer is sent again with the same id after a reconnect", () => {
  const command = { do: "send", id: "c1", text: "hi" }
  channel.obey(command)
  last().drop(1006)
  mock.timers.tick(31_000)
  last().hears(HELLO)
  assert.equal(FakeSocket.all.length, 2)
  assert.deepEqual(last().said, [command])
})

test("an answered command is not sent again", () => {
  channel.obey({ do: "send", id: "c1", text: "hi" })
  channel.obey({ do: "send", id: "c2", text: "ho" })
  last().hears({ event: "opened", id: "c1", html: "" })
  last().hears({ event: "refused", id: "c2", code: "limit", message: "no" })
  last().drop(1012)
  mock.timers.tick(31_000)
  last().hears(HELLO)
  assert.deepEqual(last().said, [])
})

test("a command that the server failed at is sent again with the same id after a reconnect", () => {
  const command = { do: "send", id: "c1", text: "hi" }
  channel.obey(command)
  last().hears({ event: "refused", id: "c1", code: "unavailable", message: "no" })
  last().drop(1006)
  mock.timers.tick(31_000)
  last().hears(HELLO)
  assert.deepEqual(last().said, [command])
})

test("what is told is said once", () => {
  channel.tell({ do: "answer_now", id: "n1", generation: "g" })
  last().drop(1006)
  mock.timers.tick(31_000)
  last().hears(HELLO)
  assert.deepEqual(last().said, [])
})

test("a command said while the line is down waits for it", () => {
  last().drop(1006)
  channel.obey({ do: "send", id: "c1", text: "hi" })
  channel.tell({ do: "stop", generation: "g" })
  mock.timers.tick(31_000)
  assert.deepEqual(last().said, [])
  last().hears(HELLO)
  assert.deepEqual(last().said.map((words) => words.do), ["send", "stop"])
})

test("open replies are watched again from what was seen", () => {
  channel.following.begin("g", 0)
  last().hears({ event: "events", generation: "g", from: 0, to: 7, events: [] })
  last().drop(4409)
  mock.timers.tick(2_000)
  last().hears(HELLO)
  assert.deepEqual(last().said[0], { do: "watch", generation: "g", after: 7 })
})

test("frames that do not fit never reach the page", () => {
  const events = heard("events")
  channel.following.begin("g", 0)
  last().hears({ event: "events", generation: "g", from: 3, to: 4, events: [] })
  last().hears({ event: "events", generation: "other", from: 0, to: 4, events: [] })
  assert.deepEqual(events, [])
})

test("an end before the last events is held back and asked for again", () => {
  const ended = heard("ended")
  channel.following.begin("g", 0)
  last().hears({ event: "events", generation: "g", from: 2, to: 5, events: [] })
  last().hears({ event: "ended", generation: "g" })
  assert.equal(ended.length, 0)
  last().hears({ event: "events", generation: "g", from: 0, to: 5, events: [] })
  last().hears({ event: "ended", generation: "g" })
  assert.equal(ended.length, 1)
})

test("silence during a reply asks again, and a line that stays silent is given up", () => {
  channel.following.begin("g", 4)
  mock.timers.tick(20_000)
  const first = last()
  assert.ok(first.said.some((words) => words.do === "watch" && words.after === 4))
  assert.ok(first.said.some((words) => words.do === "ping"))
  mock.timers.tick(60_000)
  assert.notEqual(last(), first)
})

test("a quiet line without replies is probed and kept", () => {
  const first = last()
  for (let minute = 0; minute < 3; minute += 1) {
    mock.timers.tick(41_000)
    assert.deepEqual(first.said.splice(0), [{ do: "ping" }])
    first.hears({ event: "pong" })
  }
  assert.equal(FakeSocket.all.length, 1)
})

test("being signed out is told and not tried again", () => {
  const told = heard("signedout")
  last().drop(4401)
  mock.timers.tick(120_000)
  assert.equal(told.length, 1)
  assert.equal(FakeSocket.all.length, 1)
})

test("half an emoji leaves as a mark in its place, which every server can read", () => {
  last().hears(HELLO)
  channel.obey({ do: "send", id: "u1", text: "half \ud83d" })
  assert.equal(last().said.at(-1).text, "half \ufffd")
})

test("too many tabs are told, and it is tried again in case they are gone", () => {
  const lost = heard("lost")
  last().drop(4429)
  assert.equal(lost[0].reason, "too-many")
  mock.timers.tick(31_000)
  assert.equal(FakeSocket.all.length, 2)
})

test("a lost line is tried again for ever, with growing pauses", () => {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    last().drop(1006)
    mock.timers.tick(30_000)
  }
  assert.equal(FakeSocket.all.length, 13)
})

test("a tab that waits comes back when another tab of the browser has reached the server", async () => {
  const { Connection } = await import("#chat/connection")
  channel.close()
  const neighbours = Object.assign(new EventTarget(), { said: [], postMessage: (words) => neighbours.said.push(words) })
  const connection = new Connection("ws://localhost/ws/", neighbours)
  connection.open()
  last().hears(HELLO)
  assert.equal(neighbours.said.length, 1)
  mock.method(Math, "random", () => 0.99)
  for (let attempt = 0; attempt < 6; attempt += 1) {
    last().drop(1006)
    mock.timers.tick(attempt < 5 ? 8000 : 0)
  }
  const before = FakeSocket.all.length
  neighbours.dispatchEvent(new Event("message"))
  mock.timers.tick(250)
  assert.equal(FakeSocket.all.length, before + 1)
  neighbours.dispatchEvent(new Event("message"))
  mock.timers.tick(250)
  assert.equal(FakeSocket.all.length, before + 1)
  connection.close()
  neighbours.dispatchEvent(new Event("message"))
  mock.timers.tick(10_000)
  assert.equal(FakeSocket.all.length, before + 1)
  mock.restoreAll()
})
