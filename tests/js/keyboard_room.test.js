/** A phone's keyboard over the page. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { leaveRoomForKeyboard } = await import("#lib/keyboard_room")

const seen = Object.assign(new EventTarget(), { height: 800, scale: 1 })
window.visualViewport = seen
globalThis.innerHeight = 800
leaveRoomForKeyboard()

function shows(height, scale = 1) {
  Object.assign(seen, { height, scale })
  seen.dispatchEvent(new Event("resize"))
  return document.documentElement.style.getPropertyValue("--keyboard")
}

test("the page ends where the keyboard begins", () => {
  assert.equal(shows(500), "300px")
  assert.equal(shows(800), "0px")
})

test("pinching changes nothing", () => {
  assert.equal(shows(400, 2), "0px")
})
