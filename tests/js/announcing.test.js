/** What a screen reader hears while an answer is written, and at its end. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

const { Announcing } = await import("#chat/announcing")
const { happens } = await import("#chat/happenings")

document.body.innerHTML = `<p role="status" id="status"></p><p role="alert" id="alarm"></p><div class="log"></div>`
const log = document.querySelector(".log")
const status = document.getElementById("status")
const alarm = document.getElementById("alarm")
mock.timers.enable({ apis: ["setInterval"] })
new Announcing(document.body)

beforeEach(() => {
  status.textContent = ""
  alarm.textContent = ""
})

function writes(html, how = "streaming") {
  log.innerHTML = `<article data-role="assistant" data-status="${how}" data-message="a1">${html}</article>`
}

test("that an answer is being written is said at once, and again while it lasts", () => {
  writes("")
  happens("answer-opened")
  assert.equal(status.textContent, "Generating answer")
  mock.timers.tick(7000)
  assert.equal(status.textContent, "Still generating")
  status.textContent = ""
  writes("", "done")
  mock.timers.tick(14000)
  assert.equal(status.textContent, "")
})

test("the finished answer is read once, without buttons and what is only drawn", () => {
  writes(
    `<div class="message__text"><p>One</p><button>Copy</button><p>two <span class="katex-html">xx</span></p></div>`,
    "done",
  )
  happens("answer-ended", { message: "a1", generation: "g1", status: "done" })
  assert.equal(status.textContent, "Answer complete. One two")
})

test("an answer that was cut is not called complete, and its way on is said", () => {
  writes(`<div class="message__text"><p>One two</p></div><p class="notice" data-code="length"><span>It reached its limit.</span></p>`, "done")
  happens("answer-ended", { message: "a1", generation: "cut", status: "done" })
  assert.equal(status.textContent, "One two It reached its limit.")
})

test("a long answer is read up to a word, not to its end", () => {
  writes(`<div class="message__text"><p>${"word ".repeat(400)}</p></div>`, "done")
  happens("answer-ended", { message: "a1", generation: "g2", status: "done" })
  assert.ok(status.textContent.length < 640)
  assert.ok(status.textContent.endsWith("word…"))
})

test("an end that is told again when the line comes back is not read again", () => {
  writes(`<div class="message__text"><p>One</p></div>`, "done")
  happens("answer-ended", { message: "a1", generation: "twice", status: "done" })
  status.textContent = ""
  happens("answer-ended", { message: "a1", generation: "twice", status: "done" })
  assert.equal(status.textContent, "")
})

test("a failure interrupts what is being read", () => {
  writes(`<div class="verdict"><b>The key was refused.</b></div>`, "failed")
  happens("answer-ended", { message: "a1", generation: "g3", status: "failed" })
  assert.equal(alarm.textContent, "The key was refused.")
  assert.equal(status.textContent, "")
})

test("an answer that is already being written when the page opens is told, too", () => {
  writes("")
  happens("conversation-opened")
  assert.equal(status.textContent, "Generating answer")
  writes("", "done")
  mock.timers.tick(7000)
})
