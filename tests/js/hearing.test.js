/** Pages without a conversation hear of changes, too; pages of a former build say so. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

globalThis.addEventListener ??= window.addEventListener.bind(window)
const { hear } = await import("#sidebar/hearing")

/** A line whose other end is the test. */
class FakeLine extends window.EventTarget {
  did = []
  open = () => this.did.push("open")
  close = () => this.did.push("close")
  check = () => this.did.push("check")

  says(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }
}

let changes = 0
let toasts = []
document.addEventListener("conversations-changed", () => { changes += 1 })
document.addEventListener("toast", (event) => toasts.push(event.detail))

function hidden(isHidden) {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true })
  document.dispatchEvent(new window.Event("visibilitychange"))
}

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout"] })
  changes = 0
  toasts = []
})

test("the list beside any page is refreshed when the server says that it changed", () => {
  const line = new FakeLine()
  hear(/** @type {any} */ (line))
  assert.deepEqual(line.did, ["open"])
  line.says("ready", { build: "new" })
  line.says("frame", { event: "hint", what: "list" })
  line.says("frame", { event: "pong" })
  assert.equal(changes, 2)
})

test("a page that nobody looks at for a minute gives its place back, and takes one when it is looked at", () => {
  const line = new FakeLine()
  hear(/** @type {any} */ (line))
  hidden(true)
  mock.timers.tick(59_000)
  assert.deepEqual(line.did, ["open"])
  mock.timers.tick(1000)
  hidden(false)
  assert.deepEqual(line.did, ["open", "close", "check"])
})

test("where places are short, conversations keep them", () => {
  const line = new FakeLine()
  hear(/** @type {any} */ (line))
  line.says("lost", { reason: "gone", attempt: 0 })
  line.says("lost", { reason: "too-many", attempt: 0 })
  assert.deepEqual(line.did, ["open", "close"])
})

test("a page of a former build says once that there is a newer one, and offers to load it", () => {
  document.documentElement.dataset.build = "old"
  const line = new FakeLine()
  hear(/** @type {any} */ (line))
  line.says("ready", { build: "old" })
  assert.equal(toasts.length, 0)
  line.says("ready", { build: "new" })
  line.says("ready", { build: "new" })
  assert.deepEqual(toasts.map(({ words, action }) => [words, action.label]), [["ZaiChat was updated.", "Reload"]])
})
