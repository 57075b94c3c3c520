/** The keyboard of a phone never hides the button that sends. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { makeRoomForKeyboard } from "#lib/viewport"

const view = Object.assign(new dom.window.EventTarget(), { height: 800, scale: 1 })
dom.window.visualViewport = view
Object.defineProperty(document.documentElement, "clientHeight", { value: 800 })
makeRoomForKeyboard()

const room = (height, scale = 1) => {
  Object.assign(view, { height, scale })
  view.dispatchEvent(new dom.window.Event("resize"))
  return document.documentElement.style.getPropertyValue("--keyboard")
}

test("a page without a keyboard is left as it is", () => assert.equal(room(800), ""))

test("what the keyboard covers is taken from the page, and given back", () => {
  assert.equal(room(500), "300px")
  assert.equal(room(800), "0px")
})

test("a pinch is no keyboard", () => assert.equal(room(400, 2), "0px"))
