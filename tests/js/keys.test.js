/** Enter sends, except where it means something else. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { compositionGuard, enterSends, guardForms, isSendingEnter } from "#lib/keys"

const field = document.createElement("textarea")
const composing = compositionGuard(field)
const enter = (more = {}) => {
  const event = new dom.window.KeyboardEvent("keydown", { key: "Enter", ...more })
  if (more.at !== undefined) Object.defineProperty(event, "timeStamp", { value: more.at })
  return event
}

test("Enter sends", () => assert.equal(isSendingEnter(enter(), composing), true))

test("Shift+Enter does not", () => assert.equal(isSendingEnter(enter({ shiftKey: true }), composing), false))

test("Enter while a word is composed does not", () => {
  assert.equal(isSendingEnter(enter({ isComposing: true }), composing), false)
  assert.equal(isSendingEnter(enter({ keyCode: 229 }), composing), false)
})

test("the Enter that ended a composition does not, the next one does", () => {
  const end = new dom.window.Event("compositionend")
  Object.defineProperty(end, "timeStamp", { value: 1000 })
  field.dispatchEvent(end)
  assert.equal(isSendingEnter(enter({ at: 1005 }), composing), false)
  assert.equal(isSendingEnter(enter({ at: 1400 }), composing), true)
})

test("on a touch keyboard Enter is a new line, unless Ctrl says otherwise", () => {
  const fine = globalThis.matchMedia
  globalThis.matchMedia = () => ({ matches: true })
  assert.equal(isSendingEnter(enter(), composing), false)
  assert.equal(isSendingEnter(enter({ ctrlKey: true }), composing), true)
  globalThis.matchMedia = fine
})

test("where Ctrl+Enter is chosen, Enter is a new line", () => {
  document.documentElement.dataset.sendKey = "ctrl_enter"
  assert.equal(isSendingEnter(enter(), composing), false)
  assert.equal(isSendingEnter(enter({ ctrlKey: true }), composing), true)
  assert.equal(isSendingEnter(enter({ metaKey: true }), composing), true)
  assert.equal(enterSends(), false)
  delete document.documentElement.dataset.sendKey
})

test("an Enter that ends a word in Safari sends no form", () => {
  const input = document.body.appendChild(document.createElement("input"))
  globalThis.HTMLInputElement = dom.window.HTMLInputElement
  guardForms(document)
  const press = (more) => {
    const event = new dom.window.KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more })
    input.dispatchEvent(event)
    return event.defaultPrevented
  }
  assert.equal(press({ keyCode: 229 }), true)
  assert.equal(press({}), false)
})
