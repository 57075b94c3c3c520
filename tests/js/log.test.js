/** The transcript takes what the server sends and leaves alone what is right already. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

globalThis.CSS = { escape: (text) => text }
const { Log } = await import("#chat/log")
const { nodesFrom } = await import("#lib/server_html")

let log

function message(id, { parent = "", role = "user", status = "done", generation = "", foot = "" } = {}) {
  const run = generation ? ` data-generation="${generation}" data-seq="0"` : ""
  const body = generation ? `<div class="generation" data-generation="${generation}"></div>` : ""
  return `<article class="message" data-role="${role}" data-status="${status}" data-message="${id}" data-parent="${parent}"${run}><header class="message__head"></header><div class="message__body">${body}</div><footer class="message__foot">${foot}</footer></article>`
}

const insert = (html) => log.insert(nodesFrom(html))
const ids = () => log.messages.map((each) => each.dataset.message)
const path = (...messages) => dom.window.document.createRange().createContextualFragment(messages.join(""))

beforeEach(() => {
  document.body.innerHTML = `<div class="log">${message("q1")}${message("a1", { parent: "q1", role: "assistant", generation: "g1" })}</div>`
  log = new Log(document.querySelector(".log"))
})

test("a new question and its answer stand at the end", () => {
  assert.equal(insert(message("q2", { parent: "a1" }) + message("a2", { parent: "q2", role: "assistant", status: "streaming", generation: "g2" })), true)
  assert.deepEqual(ids(), ["q1", "a1", "q2", "a2"])
  assert.equal(log.streaming.length, 1)
})

test("a new version of a question replaces the old one and all that followed", () => {
  insert(message("q1b") + message("a1b", { parent: "q1b", role: "assistant", generation: "g9" }))
  assert.deepEqual(ids(), ["q1b", "a1b"])
})

test("a new answer replaces its sibling", () => {
  insert(message("a1b", { parent: "q1", role: "assistant", generation: "g3" }))
  assert.deepEqual(ids(), ["q1", "a1b"])
})

test("an answer that goes on stays the same message with its new run", () => {
  insert(message("a1", { parent: "q1", role: "assistant", status: "streaming", generation: "g1c" }))
  assert.deepEqual(ids(), ["q1", "a1"])
  assert.equal(log.message("a1").dataset.generation, "g1c")
})

test("an answer that goes on stays where it is among what followed it", () => {
  insert(message("q2", { parent: "a1" }) + message("a2", { parent: "q2", role: "assistant", generation: "g2" }))
  insert(message("a1", { parent: "q1", role: "assistant", status: "streaming", generation: "g1c" }))
  assert.deepEqual(ids(), ["q1", "a1", "q2", "a2"])
  assert.equal(log.message("a1").dataset.generation, "g1c")
})

test("what is opened twice is shown once, and its text is not taken back", () => {
  const opened = message("q2", { parent: "a1" }) + message("a2", { parent: "q2", role: "assistant", status: "streaming", generation: "g2" })
  insert(opened)
  log.message("a2").querySelector(".generation").append("already here")
  insert(opened)
  assert.deepEqual(ids(), ["q1", "a1", "q2", "a2"])
  assert.match(log.message("a2").textContent, /already here/)
})

test("messages that belong elsewhere are not shown in a wrong place", () => {
  assert.equal(insert(message("q7", { parent: "unknown" })), false)
  assert.deepEqual(ids(), ["q1", "a1"])
})

test("catching up adds what is new, removes what left, and moves nothing that stays", () => {
  const kept = log.message("q1")
  log.reconcile(path(message("q1"), message("a1b", { parent: "q1", role: "assistant", generation: "g5" }), message("q2", { parent: "a1b" })))
  assert.deepEqual(ids(), ["q1", "a1b", "q2"])
  assert.equal(log.message("q1"), kept)
})

test("older messages above stay when the path joins them", () => {
  log.reconcile(path(message("a1", { parent: "q1", role: "assistant", generation: "g1" }), message("q2", { parent: "a1" })))
  assert.deepEqual(ids(), ["q1", "a1", "q2"])
})

test("an end replaces what can be done, never the text", () => {
  insert(message("a1", { parent: "q1", role: "assistant", status: "streaming", generation: "g2" }))
  const generation = log.message("a1").querySelector(".generation")
  generation.append("the text")
  const html = message("a1", { parent: "q1", role: "assistant", generation: "g2", foot: "<button>Copy</button>" })
  log.end({ message: "a1", generation: "g2", status: "done", nodes: nodesFrom(html) })
  assert.equal(log.message("a1").dataset.status, "done")
  assert.equal(log.message("a1").querySelector(".generation"), generation)
  assert.ok(log.message("a1").querySelector("button"))
})

test("an answer that was gone on with becomes the one text the server makes of it", () => {
  insert(message("a1", { parent: "q1", role: "assistant", status: "streaming", generation: "g2" }))
  const known = log.message("a1")
  const body = known.querySelector(".message__body") ?? known.querySelector(".generation")?.parentElement
  body?.insertAdjacentHTML("beforeend", '<p class="notice notice--resumed">Stopped here, then continued</p>')
  log.end({ message: "a1", generation: "g2", status: "done", nodes: nodesFrom(message("a1", { parent: "q1", role: "assistant", generation: "g2" })) })
  assert.equal(known.querySelector(".notice--resumed"), null)
})

test("html of the server that would run or load something is disarmed", () => {
  insert(message("q2", { parent: "a1", foot: '<img src=x onerror="alert(1)"><script>alert(1)</script><svg><use href="https://evil.example/x.svg#a"></use></svg>' }))
  const foot = log.message("q2").querySelector(".message__foot")
  assert.equal(foot.querySelector("script, use, [onerror]"), null)
})
