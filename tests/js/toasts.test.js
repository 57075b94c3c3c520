/** Short messages: they wait under a pointer, carry a button, and Ctrl+Z is that button. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"

const { window } = dom
for (const name of ["HTMLInputElement", "Event"]) globalThis[name] = window[name]
const { toast } = await import("#elements/toast_stack")
const { listenForUndo, offerUndo, undoLast } = await import("#lib/undoing")

mock.timers.enable({ apis: ["setTimeout", "Date"] })
document.body.innerHTML = `<p id="status"></p><p id="alarm"></p><input id="field">
  <toast-stack><p class="toast" data-level="success">Your settings are saved.</p><p class="toast" data-level="error">Not that one.</p></toast-stack>`
mock.timers.tick(1000)
const brought = ["status", "alarm"].map((id) => document.getElementById(id).textContent)
mock.timers.tick(60_000)
mock.timers.reset()
listenForUndo()
const lines = () => [...document.querySelectorAll(".toast")]
const status = () => document.getElementById("status").textContent

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }))
afterEach(() => {
  mock.timers.tick(60_000)
  mock.timers.reset()
  for (const line of lines()) line.remove()
})

function press(target, more = {}) {
  const event = new window.KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  return event.defaultPrevented
}

test("what the server says on the next page is said aloud, too", () => {
  assert.deepEqual(brought, ["Your settings are saved.", "Not that one."])
})

test("a double click on Undo does not open what moved under the pointer", () => {
  let now = 1000
  const clock = mock.method(performance, "now", () => now)
  const opened = []
  offerUndo("Moved to trash", () => opened.push("undo"))
  toast("Your film is ready", { href: "/gallery/" })
  const link = lines()[1].querySelector("a")
  link.addEventListener("click", (event) => opened.push("film") && event.preventDefault())
  lines()[0].querySelector("button").click()
  now += 200
  link.click()
  assert.deepEqual([opened, link.isConnected], [["undo"], true])
  now += 500
  link.click()
  assert.deepEqual(opened, ["undo", "film"])
  clock.mock.restore()
})

test("a message is said aloud and leaves by itself", () => {
  toast("Copied")
  assert.equal(status(), "Copied")
  assert.equal(lines().length, 1)
  mock.timers.tick(10_000)
  assert.equal(lines().length, 0)
})

test("it does not leave from under a pointer or the focus", () => {
  offerUndo("Moved to trash", () => {})
  const [line] = lines()
  mock.timers.tick(9_000)
  line.dispatchEvent(new window.Event("pointerenter"))
  mock.timers.tick(60_000)
  assert.equal(line.isConnected, true)
  line.dispatchEvent(new window.Event("pointerleave"))
  mock.timers.tick(900)
  assert.equal(line.isConnected, true)
  mock.timers.tick(200)
  assert.equal(line.isConnected, false)
})

test("its button undoes, and the message is gone", () => {
  let undone = 0
  offerUndo("Moved to trash", () => undone++)
  assert.match(status(), /Ctrl\+Z/)
  document.querySelector(".toast__action").click()
  assert.deepEqual([undone, lines().length], [1, 0])
})

test("Ctrl+Z undoes the last thing, once, while its message stands", () => {
  const undone = []
  offerUndo("one", () => undone.push("one"))
  offerUndo("two", () => undone.push("two"))
  assert.equal(press(document.body), true)
  assert.deepEqual(undone, ["two"])
  assert.deepEqual(lines().map((line) => line.querySelector(".toast__words").textContent), ["one"])
  assert.equal(press(document.body), false)
  mock.timers.tick(11_000)
  assert.equal(undoLast(), false)
})

test("in a field with words Ctrl+Z belongs to the words", () => {
  let undone = 0
  offerUndo("Moved to trash", () => undone++)
  const field = document.getElementById("field")
  field.value = "typed"
  assert.equal(press(field), false)
  field.value = ""
  assert.equal(press(document.body, { shiftKey: true }), false)
  assert.equal(press(field), true)
  assert.equal(undone, 1)
})

test("words that lead somewhere are a link, and markup in them is text", () => {
  toast("<b>“x” is ready</b>", { href: "/c/1/" })
  const link = document.querySelector(".toast a")
  assert.equal(link.getAttribute("href"), "/c/1/")
  assert.equal(link.textContent, "<b>“x” is ready</b>")
})
