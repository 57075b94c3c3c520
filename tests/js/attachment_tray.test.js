/** Where the focus goes when something has been done with a file: on a phone not to the message box,
 * which would raise the keyboard over what one is looking at. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { Event, EventTarget } = dom.window
Object.assign(globalThis, { Event, EventTarget, HTMLAnchorElement: dom.window.HTMLAnchorElement })
await import("#elements/attachment_tray")

const BUTTONS = ["fetch", "as-text", "mark", "retry", "remove"].map((deed) => `<button type="button" data-deed="${deed}" hidden></button>`).join("")
const CHIP = `<template id="attachment"><li><img alt="" hidden><span data-face></span><span><b></b><small></small></span>${BUTTONS}<progress hidden></progress></li></template>`
const TRAY = `<attachment-tray><ul></ul><p data-blind><span></span><button></button></p><p data-as-file><button></button></p><p data-awaited><span></span></p></attachment-tray>`

/** @type {any} */
let tray

beforeEach(() => {
  document.body.innerHTML = `${CHIP}<form>${TRAY}<textarea></textarea><button type="button" data-attach></button></form>`
  tray = document.querySelector("attachment-tray")
  tray.begin("new")
  tray.uploads.replace(["a", "b", "c"].map((id) => ({ id, kind: "document", name: `${id}.txt`, size: 9, thumbnail: "", origin: {} })))
})

/** @param {boolean} isTouch */
const screen = (isTouch) => (globalThis.matchMedia = (query) => ({ matches: isTouch && query.includes("coarse"), addEventListener() {} }))
const chips = () => [...document.querySelectorAll("li")]
const remove = (place) => chips()[place].querySelector("[data-deed=remove]").click()

test("with a mouse one goes on writing after a file was taken away", () => {
  screen(false)
  remove(1)
  assert.equal(document.activeElement.tagName, "TEXTAREA")
})

test("on a phone the next file has the focus, at the end the one before, and then the clip", () => {
  screen(true)
  remove(1)
  assert.equal(document.activeElement.closest("li").querySelector("b").textContent, "c.txt")
  remove(1)
  assert.equal(document.activeElement.closest("li").querySelector("b").textContent, "a.txt")
  remove(0)
  assert.ok(document.activeElement.matches("[data-attach]"))
})
