/** One file that goes along: its face, what can be done with it, and where the focus goes after. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { Event } = dom.window
Object.assign(globalThis, { Event, addEventListener: dom.window.addEventListener.bind(dom.window) })
URL.createObjectURL = () => "blob:preview"
URL.revokeObjectURL = (address) => void released.push(address)

const BUTTONS = ["fetch", "as-text", "mark", "retry", "remove"].map((deed) => `<button type="button" data-deed="${deed}" hidden></button>`).join("")
const CHIP = `<template id="attachment"><li><img alt="" hidden><span data-face></span><span><b></b><small></small></span>${BUTTONS}<progress hidden></progress></li></template>`

/** @type {string[]} */
let released
/** Pictures that are being fetched, newest last. @type {HTMLImageElement[]} */
let fetched

globalThis.Image = class {
  constructor() {
    fetched.push(document.createElement("img"))
    return fetched.at(-1)
  }
}

const { Chip } = await import("#chat/chip")
const { Upload } = await import("#chat/uploads")

beforeEach(() => {
  released = []
  fetched = []
  document.body.innerHTML = CHIP
})

const file = (type = "image/jpeg") => ({ name: "cat.jpg", type, size: 9 })
const kept = (more = {}) => ({ id: "f1", kind: "image", name: "cat.jpg", size: 9, thumbnail: "/files/f1/?size=small", width: 4, height: 3, origin: {}, ...more })

/** @returns the chip, and its upload as it is when the server has it */
function ready(stored = kept(), type = "image/jpeg") {
  const upload = new Upload(file(type))
  const chip = new Chip(upload, () => {})
  document.body.append(chip.element)
  chip.show()
  Object.assign(upload, { state: "ready", stored })
  chip.show()
  return { chip, upload }
}

const face = () => document.querySelector("li img")

test("what is seen of a picture stays until the server's is there, and where the line is gone", () => {
  ready()
  assert.equal(face().getAttribute("src"), "blob:preview")
  fetched[0].dispatchEvent(new Event("error"))
  assert.equal(face().getAttribute("src"), "blob:preview")
  assert.equal(face().hidden, false)
  assert.deepEqual(released, [])
})

test("back on line the server's picture comes, and the other one is given up", () => {
  ready()
  fetched[0].dispatchEvent(new Event("error"))
  dom.window.dispatchEvent(new Event("online"))
  assert.equal(fetched.length, 2)
  fetched[1].dispatchEvent(new Event("load"))
  assert.equal(face(), fetched[1])
  assert.deepEqual(released, ["blob:preview"])
})

test("a marked copy is not replaced by the picture that came late", () => {
  const { chip, upload } = ready()
  upload.stored = kept({ id: "f2", thumbnail: "/files/f2/?size=small" })
  chip.show()
  fetched[1].dispatchEvent(new Event("load"))
  fetched[0].dispatchEvent(new Event("load"))
  assert.equal(face(), fetched[1])
})

for (const [kind, type, isOffered] of [["image", "image/jpeg", true], ["video", "video/mp4", false], ["audio", "audio/wav", false], ["document", "application/pdf", false]]) {
  test(`a pen to mark something ${isOffered ? "is" : "is not"} on ${kind}`, () => {
    const { chip } = ready(kept({ kind }), type)
    assert.equal(chip.button("mark").hidden, !isOffered)
  })
}

test("a picture has no pen before the server has it, nor after it was marked elsewhere", () => {
  const { chip, upload } = ready()
  upload.state = "sending"
  chip.show()
  assert.equal(chip.button("mark").hidden, true)
  assert.equal(ready(kept({ origin: { marks: [{}] } })).chip.button("mark").hidden, true)
})
