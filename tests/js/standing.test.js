/** Following another tab to another version: only where nobody is in the middle of something. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

globalThis.CSS = { escape: (text) => text }
const { Log } = await import("#chat/log")
const { Standing } = await import("#chat/standing")

let room
let standing
let caughtUp

const message = (id, status = "done") =>
  `<article class="message" data-message="${id}" data-status="${status}" data-generation="g-${id}"></article>`

const state = (...ids) => dom.window.document.createRange().createContextualFragment(ids.map((id) => message(id)).join(""))

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout"] })
  document.body.innerHTML = `<main><button data-jump hidden></button><div class="log">${message("q1")}${message("a1")}</div></main>`
  caughtUp = 0
  room = document.querySelector("main")
  room.log = new Log(room.querySelector(".log"))
  room.composer = { text: "" }
  room.catchUp = () => (caughtUp += 1)
  standing = new Standing(room)
})

test("a tab where nobody does anything follows to another version", () => {
  assert.equal(standing.keeps(state("q1", "a2")), false)
  assert.equal(standing.goOn(), undefined)
})

test("a tab where somebody writes shows what goes on in its own line", () => {
  room.composer.text = "half a thought"
  assert.equal(standing.keeps(state("q1", "a1", "q2", "a3")), false)
})

const doings = {
  "writes a message": () => (room.composer.text = "half a thought"),
  "edits a question": () => (room.log.message("q1").dataset.editing = ""),
  "reads further up": () => (room.querySelector("[data-jump]").hidden = false),
  "watches an answer": () => (room.log.message("a1").dataset.status = "streaming"),
  "is asked something": () => document.body.append(Object.assign(document.createElement("dialog"), { open: true })),
}
for (const [doing, begin] of Object.entries(doings)) {
  test(`a tab where somebody ${doing} stays with its version`, () => {
    begin()
    assert.equal(standing.keeps(state("q1", "a2")), true)
  })
}

test("what is sent from a tab that stayed goes below what it shows, once", () => {
  room.composer.text = "half a thought"
  standing.keeps(state("q1", "a2"))
  assert.equal(standing.goOn(), "a1")
  assert.equal(standing.goOn(), undefined)
})

test("a tab that stayed follows when its person is done", () => {
  room.composer.text = "half a thought"
  standing.keeps(state("q1", "a2"))
  mock.timers.tick(1000)
  assert.equal(caughtUp, 0)
  room.composer.text = ""
  mock.timers.tick(1000)
  assert.equal(caughtUp, 1)
})
