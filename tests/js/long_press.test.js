/** A finger that rests on a conversation opens its menu. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"
import { listenForLongPress } from "#sidebar/long_press"

let opened
let link
beforeEach(() => {
  document.body.innerHTML = `<div id="side"><li class="entry"><a class="entry__link" href="/">one</a><button>more</button></li></div>`
  opened = []
  link = document.querySelector("a")
  listenForLongPress(document.getElementById("side"), (row) => opened.push(row))
})

function finger(type, { x = 0, y = 0, on = link } = {}) {
  const event = new dom.window.Event(type, { bubbles: true, cancelable: true })
  on.dispatchEvent(Object.assign(event, { touches: [{ clientX: x, clientY: y }], pointerType: "touch" }))
  return event
}

/** What happens while `press` lasts for so many milliseconds. */
function resting(time, press) {
  mock.timers.enable({ apis: ["setTimeout"] })
  window.setTimeout = globalThis.setTimeout
  press()
  mock.timers.tick(time)
  mock.timers.reset()
}

test("after half a second, and letting go follows no link", () => {
  resting(500, () => finger("touchstart"))
  assert.deepEqual(opened, [link.closest(".entry")])
  assert.equal(finger("touchend").defaultPrevented, true)
})

test("a tap follows the link", () => {
  resting(499, () => {
    finger("touchstart")
    assert.equal(finger("touchend").defaultPrevented, false)
  })
  assert.deepEqual(opened, [])
})

test("a finger that scrolls opens nothing, one that trembles does", () => {
  resting(500, () => {
    finger("touchstart")
    finger("touchmove", { y: 30 })
  })
  assert.deepEqual(opened, [])
  resting(500, () => {
    finger("touchstart")
    finger("touchmove", { y: 3 })
  })
  assert.equal(opened.length, 1)
})

test("the browser's own menu stays away from rows, and only there", () => {
  assert.equal(finger("contextmenu").defaultPrevented, true)
  assert.equal(finger("contextmenu", { on: document.querySelector("button") }).defaultPrevented, false)
})
