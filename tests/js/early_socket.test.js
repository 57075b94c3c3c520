/** The line of a conversation's page, opened before the scripts that use it have run. */
import assert from "node:assert/strict"
import { test } from "node:test"

class FakeSocket extends EventTarget {
  static OPEN = 1
  static all = []
  readyState = 1
  said = []

  constructor(url) {
    super()
    this.url = url
    FakeSocket.all.push(this)
  }

  send(text) {
    this.said.push(JSON.parse(text))
  }

  hears(frame) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }))
  }

  close() {
    this.drop(1000)
  }

  drop(code) {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event("close"), { code }))
  }
}

globalThis.WebSocket = FakeSocket
globalThis.document = { querySelector: (/** @type {string} */ found) => (found === "chat-room" ? {} : null) }
globalThis.location = { protocol: "http:", host: "localhost" }
globalThis.CustomEvent ??= class extends Event {
  constructor(name, { detail } = {}) {
    super(name)
    this.detail = detail
  }
}
const ADDRESS = "ws://localhost/ws/"
let loaded = 0

/** A page whose scripts begin to run. */
async function begun() {
  FakeSocket.all = []
  const { takeEarly } = await import(`../../static/js/lib/early_socket.js?${(loaded += 1)}`)
  return { takeEarly, socket: FakeSocket.all[0] }
}

test("what the server said before anybody listened is handed over, and nothing after that", async () => {
  const { takeEarly, socket } = await begun()
  socket.hears({ event: "hello" })
  const early = takeEarly(ADDRESS)
  socket.hears({ event: "hint" })
  assert.equal(early.socket, socket)
  assert.deepEqual(early.said.map(({ data }) => JSON.parse(data).event), ["hello"])
  assert.equal(takeEarly(ADDRESS), null)
})

test("it is not taken for a line to elsewhere", async () => {
  const { takeEarly } = await begun()
  assert.equal(takeEarly("ws://elsewhere/ws/"), null)
  assert.notEqual(takeEarly(ADDRESS), null)
})

test("a connection hears at once what came before it, and opens a line of its own only when that one is gone", async (t) => {
  FakeSocket.all = []
  const { Connection } = await import("#chat/connection")
  const [early] = FakeSocket.all
  early.hears({ event: "hello", now: 1 })
  early.hears({ event: "hint", what: "list" })
  const heard = []
  const connection = new Connection(ADDRESS, null)
  for (const name of ["ready", "frame", "lost"]) connection.addEventListener(name, () => heard.push(name))
  t.mock.timers.enable({ apis: ["setTimeout"] })
  connection.open()
  assert.deepEqual([heard, FakeSocket.all.length, connection.say({ do: "ping" })], [["ready", "frame"], 1, true])
  early.drop(1006)
  t.mock.timers.tick(31_000)
  assert.deepEqual([heard.at(-1), FakeSocket.all.length], ["lost", 2])
  connection.close()
})

test("a socket that was closed before anybody listened is reported closed", async () => {
  const { takeEarly, socket } = await begun()
  socket.drop(4401)
  assert.deepEqual(takeEarly(ADDRESS).said.map(({ code }) => code), [4401])
})
