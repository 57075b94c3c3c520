/** The keys of the message box, and what is said about its length. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { listenToKeys } from "#chat/composer_keys"
import { refusal, showLength, tooMuch } from "#chat/length"

let field
let done

beforeEach(() => {
  document.body.innerHTML = "<textarea></textarea>"
  // jsdom knows no popovers.
  document.querySelector = (selector) => dom.window.Document.prototype.querySelector.call(document, selector.split(",")[0])
  field = document.body.firstElementChild
  done = []
  const note = (name) => () => !!done.push(name)
  listenToKeys(field, { submit: note("submit"), stop: note("stop"), editLast: note("edit") })
})

function press(key, more = {}) {
  const event = new dom.window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more })
  field.dispatchEvent(event)
  return event.defaultPrevented
}

test("Enter sends once, however long it is held", () => {
  assert.equal(press("Enter"), true)
  assert.equal(press("Enter", { repeat: true }), true)
  assert.deepEqual(done, ["submit"])
})

test("Escape stops, but not a word that is composed, nor behind an open dialog", () => {
  press("Escape", { isComposing: true })
  const dialog = document.body.appendChild(document.createElement("dialog"))
  dialog.setAttribute("open", "")
  press("Escape")
  assert.deepEqual(done, [])
  dialog.remove()
  press("Escape")
  assert.deepEqual(done, ["stop"])
})

test("Escape stops from a link too, but not from another field, nor what was meant for something else", () => {
  const link = document.createElement("a")
  const name = document.createElement("input")
  document.body.append(link, name)
  const escape = (from) => from.dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }))
  assert.equal(escape(link), false)
  assert.deepEqual(done, ["stop"])
  assert.equal(escape(name), true)
  link.addEventListener("keydown", (event) => event.preventDefault())
  escape(link)
  assert.deepEqual(done, ["stop"])
})

test("ArrowUp edits the last question only from an empty box", () => {
  field.value = "words"
  assert.equal(press("ArrowUp"), false)
  field.value = ""
  assert.equal(press("ArrowUp"), true)
  assert.deepEqual(done, ["edit"])
})

test("what somebody else took for a key of theirs does nothing here", () => {
  document.addEventListener("keydown", (event) => event.preventDefault(), { capture: true, once: true })
  press("Enter")
  assert.deepEqual(done, [])
})

test("characters are counted as a person counts them", () => {
  assert.equal(tooMuch("😀".repeat(10), 10), 0)
  assert.equal(tooMuch("😀".repeat(11), 10), 1)
})

test("the count shows near the limit, and the refusal names both numbers", () => {
  const line = document.createElement("p")
  showLength(line, "x".repeat(80), 100)
  assert.equal(line.hidden, true)
  showLength(line, "x".repeat(1101), 1100)
  assert.deepEqual([line.hidden, line.textContent, line.className], [false, "1,101 / 1,100", "is-danger"])
  assert.match(refusal("x".repeat(1101), 1100), /1,101.*1,100/)
})
