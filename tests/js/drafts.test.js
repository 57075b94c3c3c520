/** Not a letter is lost between the box, the browser and the server. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"
import { Drafts } from "#chat/drafts"

const KEPT = "zaichat.p1.draft.c1"
globalThis.Blob = dom.window.Blob
globalThis.HTMLAnchorElement = dom.window.HTMLAnchorElement

/** The server: what it was asked, and how it answers. */
let asked
let answer

beforeEach(() => {
  localStorage.clear()
  mock.timers.enable({ apis: ["setTimeout"] })
  asked = []
  answer = async () => new Response(null, { status: 204, headers: { ETag: `"${asked.length}"` } })
  globalThis.fetch = (address, how = {}) => {
    asked.push({ address, keepalive: how.keepalive, ...JSON.parse(how.body ?? "{}") })
    return answer(asked.length)
  }
})
afterEach(() => mock.timers.reset())

/** A box that is written in. */
function box(text = "", stamp = "") {
  const one = { place: "c1", draft: { text, model: null, options: {} }, show: (draft) => (one.draft = { ...one.draft, ...draft }) }
  const drafts = new Drafts(one, stamp)
  const write = (words) => {
    one.draft = { ...one.draft, text: words }
    drafts.changed()
  }
  return { one, drafts, write }
}

const note = () => document.querySelector("[data-written-over]")

/** It stands above the box as soon as its style is there. */
async function offered() {
  while (!note()) {
    document.querySelector("link")?.dispatchEvent(new dom.window.Event("load"))
    await new Promise((next) => setImmediate(next))
  }
}

const kept = () => JSON.parse(localStorage.getItem(KEPT))
const texts = () => asked.map(({ text }) => text)

/** Let the pause pass, and everything that follows. */
async function pause() {
  mock.timers.tick(1000)
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

test("the browser keeps what is written at once, and forgets it when the server has it", async () => {
  const { write } = box()
  write("ab")
  assert.equal(kept().text, "ab")
  assert.deepEqual(asked, [])
  await pause()
  assert.deepEqual(texts(), ["ab"])
  assert.equal(kept(), null)
})

test("a page that was made before the last words were saved, in the moment of a reload, shows them", async () => {
  const before = box("not ", "0")
  before.write("not finished")
  await pause()
  assert.equal(kept(), null)
  answer = async () => Response.json({ text: "not finished", model: null, options: {}, attachments: [], stamp: "1" })
  const { one, drafts } = box("not ", "0")
  drafts.begin()
  await pause()
  assert.equal(one.draft.text, "not finished")
})

test("many letters are saved once, after a pause", async () => {
  const { write } = box()
  for (const text of ["a", "ab", "abc"]) write(text)
  await pause()
  assert.deepEqual(texts(), ["abc"])
})

test("a letter typed while a save is under way is saved after it", async () => {
  let arrive
  answer = () => new Promise((done) => (arrive = () => done(new Response(null, { status: 204 }))))
  const { write } = box()
  write("a")
  await pause()
  write("ab")
  arrive()
  await pause()
  assert.equal(kept().text, "ab")
  await pause()
  assert.deepEqual(texts(), ["a", "ab"])
})

test("a draft with half an emoji is saved with a mark in its place", async () => {
  const { write } = box()
  write("half \ud83d and whole \u{1F600}")
  await pause()
  assert.deepEqual(texts(), ["half \ufffd and whole \u{1F600}"])
  assert.equal(kept(), null)
})

test("a draft that was never saved comes back, and is saved", async () => {
  localStorage.setItem(KEPT, JSON.stringify({ text: "newer", model: null, options: {}, base: "1", handed: false }))
  const { one, drafts } = box("old", "1")
  drafts.begin()
  assert.equal(one.draft.text, "newer")
  await pause()
  assert.deepEqual(texts(), ["newer"])
})

test("a draft that failed to be saved is tried again, and comes back after a reload", async () => {
  answer = async () => new Response(null, { status: 503 })
  const { write } = box("old", "1")
  write("newer")
  await pause()
  mock.timers.tick(60_000)
  await pause()
  assert.ok(asked.length >= 2)
  const { one, drafts } = box("old", "1")
  drafts.begin()
  assert.equal(one.draft.text, "newer")
})

test("what a save refuses is kept here and not said again and again", async () => {
  answer = async () => new Response("too long", { status: 422 })
  box().write("much")
  await pause()
  mock.timers.tick(600_000)
  await pause()
  assert.equal(asked.length, 1)
  assert.equal(kept().text, "much")
})

test("what was handed over on the way out gives way to what another device wrote after it", () => {
  const { write, drafts } = box("", "1")
  write("on this device")
  drafts.leave()
  const later = box("on the other", "2")
  later.drafts.begin()
  assert.equal(later.one.draft.text, "on the other")
})

test("what was handed over on the way out and never arrived comes back", () => {
  const { write, drafts } = box("", "1")
  write("last words")
  drafts.leave()
  assert.deepEqual([asked[0].text, asked[0].keepalive], ["last words", true])
  const again = box("", "1")
  again.drafts.begin()
  assert.equal(again.one.draft.text, "last words")
})

test("what is too long for a last request stays in the browser alone", () => {
  const { write, drafts } = box("", "1")
  write("x".repeat(70_000))
  drafts.leave()
  assert.deepEqual(asked, [])
  assert.deepEqual([kept().text.length, kept().handed], [70_000, false])
})

test("sending an emptied box leaves nothing to save", async () => {
  const { write, drafts } = box()
  write("question")
  write("")
  drafts.accepted()
  await pause()
  assert.deepEqual([asked, kept()], [[], null])
})

test("what was written after a question was sent is saved again, as the question emptied the draft", async () => {
  const { write, drafts } = box()
  write("next")
  await pause()
  drafts.accepted()
  await pause()
  assert.deepEqual(texts(), ["next", "next"])
})

test("a draft of a new chat moves with its conversation", async () => {
  const { one, drafts, write } = box()
  one.place = "new"
  write("more")
  one.place = "c1"
  drafts.moved()
  await pause()
  assert.equal(localStorage.getItem("zaichat.p1.draft.new"), null)
  assert.deepEqual(asked.map(({ address }) => address), ["/c/c1/draft/"])
})

test("a look at the page shows what another tab wrote, but not while something is written here", async () => {
  answer = async () => new Response(JSON.stringify({ text: "from there", model: "", options: {}, stamp: "9" }), { status: 200 })
  const { one, drafts } = box("old", "1")
  await drafts.look()
  assert.equal(one.draft.text, "from there")
  const busy = box("old", "1")
  busy.write("mine")
  await busy.drafts.look()
  assert.equal(busy.one.draft.text, "mine")
})

test("words that another tab wrote over stay offered, also after a reload, until they are taken", async () => {
  document.body.innerHTML = `<template id="attachment"></template><template id="written-over"><p data-written-over><span></span><button></button><button></button></p></template><chat-composer><textarea id="message"></textarea></chat-composer>`
  const { one, drafts, write } = box("", "1")
  write("draft one")
  await pause()
  answer = async () => new Response(JSON.stringify({ text: "draft two", model: "", options: {}, stamp: "9" }))
  await drafts.look()
  assert.equal(one.draft.text, "draft two")
  await offered()
  note().remove()
  const again = box("draft two", "9")
  again.drafts.begin()
  await offered()
  note().querySelector("button").click()
  assert.equal(again.one.draft.text, "draft one")
  assert.equal(kept().text, "draft one")
  assert.deepEqual([note(), sessionStorage.length], [null, 0])
})

test("what is attached is saved by its ids, and kept in the browser as it is shown", async () => {
  const { one, drafts } = box()
  one.draft = { ...one.draft, attachments: [{ id: "f1", name: "cat.jpg" }] }
  drafts.changed()
  assert.equal(kept().attachments[0].name, "cat.jpg")
  await pause()
  assert.deepEqual(asked[0].attachments, ["f1"])
})

test("a draft that differs by its pictures alone is another one", async () => {
  const { one, drafts } = box("same", "1")
  const found = { text: "same", model: null, options: {}, attachments: [{ id: "f1" }], stamp: "2" }
  answer = async () => new Response(JSON.stringify(found))
  await drafts.look()
  assert.deepEqual(one.draft.attachments, [{ id: "f1" }])
})
