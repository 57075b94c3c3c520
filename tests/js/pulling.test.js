/** A sheet on a phone goes where the finger takes it. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { watchSheets } from "#lib/pulling"

globalThis.matchMedia = () => ({ matches: true, addEventListener() {} })
watchSheets()
const SHEET = ":is([popover=''], [popover=auto]):popover-open"
const closest = dom.window.Element.prototype.closest
/** jsdom knows no popovers. */
dom.window.Element.prototype.closest = function (selector) {
  return closest.call(this, selector === SHEET ? "[data-shown]" : selector)
}

let sheet
let time
beforeEach(() => {
  document.body.innerHTML = `<div popover data-shown><div id="list"><button>One</button></div></div><main><p>text</p></main>`
  sheet = document.querySelector("[popover]")
  Object.defineProperty(sheet, "offsetHeight", { value: 400 })
  sheet.hidePopover = () => delete sheet.dataset.shown
  time = 0
})

function finger(type, y, { x = 0, on = document.querySelector("button"), after = 400 } = {}) {
  const touches = type === "end" ? [] : [{ clientX: x, clientY: y }]
  const event = new dom.window.Event(`touch${type}`, { bubbles: true, cancelable: true })
  time += after
  Object.defineProperty(event, "timeStamp", { value: time })
  on.dispatchEvent(Object.assign(event, { touches }))
  return event
}

const isOpen = () => "shown" in sheet.dataset

test("it follows the finger, and goes when it was pulled a third of the way", () => {
  finger("start", 100)
  finger("move", 180)
  assert.equal(sheet.style.translate, "0 80px")
  assert.equal(finger("move", 240).defaultPrevented, true)
  finger("end")
  assert.equal(isOpen(), false)
  assert.equal(sheet.style.translate, "")
})

test("pulled a little it comes back", () => {
  finger("start", 100)
  finger("move", 180)
  finger("end")
  assert.equal(isOpen(), true)
  assert.equal(sheet.style.translate, "")
})

test("flung it goes, however short the way", () => {
  finger("start", 100)
  finger("move", 150, { after: 30 })
  finger("end", 0, { after: 10 })
  assert.equal(isOpen(), false)
})

test("a tap, a finger across and a finger upwards leave it where it is", () => {
  for (const [x, y] of [[0, 103], [60, 120], [0, 20]]) {
    finger("start", 100)
    finger("move", y, { x })
    assert.equal(sheet.style.translate, "")
    finger("end", 0, { after: 1 })
    assert.equal(isOpen(), true)
  }
})

test("what can be scrolled up in it is scrolled first", () => {
  document.getElementById("list").scrollTop = 40
  finger("start", 100)
  finger("move", 300)
  assert.equal(sheet.style.translate, "")
  finger("end")
  assert.equal(isOpen(), true)
})

test("a finger beside it moves nothing", () => {
  finger("start", 100, { on: document.querySelector("p") })
  finger("move", 300, { on: document.querySelector("p") })
  finger("end", 0, { on: document.querySelector("p") })
  assert.equal(sheet.style.translate, "")
})
