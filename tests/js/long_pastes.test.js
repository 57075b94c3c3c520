/** A long paste that the server will not have goes into the box, unless the box cannot bear it. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { Event, EventTarget } = dom.window
globalThis.Event = Event
const { LongPastes } = await import("#chat/long_pastes")
const { Upload } = await import("#chat/uploads")

let field, uploads

beforeEach(() => {
  sessionStorage.clear()
  document.body.innerHTML = `<textarea></textarea><p hidden><button></button></p><toast-stack></toast-stack>`
  field = document.querySelector("textarea")
  uploads = Object.assign(new EventTarget(), { list: [], remove: (upload) => (uploads.list = uploads.list.filter((one) => one !== upload)) })
  new LongPastes(uploads, field, document.querySelector("p"), "c1")
})

/** What was pasted, as the server refused it. */
function refused(text) {
  const upload = Object.assign(new Upload(null), { text, state: "refused", words: "It has too much text." })
  uploads.list.push(upload)
  uploads.dispatchEvent(new Event("change"))
  return upload
}

test("a refused paste that could be sent goes into the box", () => {
  const text = "word ".repeat(1000)
  refused(text)
  assert.equal(field.value, text)
  assert.equal(uploads.list.length, 0)
})

test("a paste of millions that is refused stays a file that says why, and the page stays alive", () => {
  const upload = refused("word ".repeat(1_200_000))
  assert.equal(field.value, "")
  assert.deepEqual(uploads.list, [upload])
  assert.equal(upload.fitsBox, false)
})

test("a paste of millions that is stored is not offered as text", () => {
  const pasted = (count) => Object.assign(new Upload(null), { stored: { origin: { pasted: count } } })
  assert.equal(pasted(4_000_000).fitsBox, false)
  assert.equal(pasted(4000).fitsBox, true)
})

/** A paste that became a file just now. */
function pasted(text) {
  const upload = Object.assign(new Upload(null), { text, state: "sending" })
  uploads.list.push(upload)
  uploads.dispatchEvent(new Event("change"))
  return upload
}

/** @returns whether the key was taken */
const undo = (more = {}) => !field.dispatchEvent(Object.assign(new Event("keydown", { cancelable: true }), { key: "z", ctrlKey: true, ...more }))

test("Ctrl+Z right after a long paste that became a file brings it into the box", () => {
  pasted("long ".repeat(1000))
  assert.equal(undo({ isComposing: true }), false)
  assert.equal(undo(), true)
  assert.equal(field.value, "long ".repeat(1000))
  assert.equal(uploads.list.length, 0)
  assert.equal(undo(), false, "what follows is the browser's own")
})

test("Ctrl+Z after something was typed undoes that, and the file stays", () => {
  pasted("long ".repeat(1000))
  field.dispatchEvent(new Event("input"))
  assert.equal(undo(), false)
  assert.equal(uploads.list.length, 1)
})
