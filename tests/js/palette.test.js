/** The palette: its list, and what it does with answers that come late, never, or to other words. */
import "./dom.js"
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"

globalThis.navigator ??= { onLine: true }

const { isMeant, moved } = await import("#finding/options")
const { openPalette, Palette } = await import("#finding/palette")
const { cleaner } = await import("#lib/cleaner")
await cleaner()

test("arrows go round, Home and End to the ends, other keys nowhere", () => {
  assert.equal(moved("ArrowDown", -1, 3), 0)
  assert.equal(moved("ArrowDown", 2, 3), 0)
  assert.equal(moved("ArrowUp", 0, 3), 2)
  assert.equal(moved("ArrowUp", -1, 3), 2)
  assert.equal(moved("Home", 2, 3), 0)
  assert.equal(moved("End", 0, 3), 2)
  assert.equal(moved("a", 0, 3), null)
  assert.equal(moved("ArrowDown", -1, 0), null)
})

test("a double click on Search opens one palette", () => {
  document.body.innerHTML = `<template id="palette"><dialog class="dialog palette"></dialog></template><dialog class="dialog palette"></dialog>`
  openPalette()
  assert.equal(document.querySelectorAll("dialog").length, 1)
  document.body.replaceChildren()
})

test("a deed is meant by the beginnings of its words, or by any of its signs", () => {
  assert.ok(isMeant("Keyboard shortcuts", "short"))
  assert.ok(isMeant("Keyboard shortcuts", "KEY short"))
  assert.ok(!isMeant("Keyboard shortcuts", "board"))
  assert.ok(isMeant("键盘快捷键", "快捷"))
  assert.ok(isMeant("Réglages", "regl"))
})

let asked
let opened

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] })
  asked = []
  opened = []
  globalThis.addEventListener = () => undefined
  globalThis.open = (...address) => opened.push(address)
  globalThis.fetch = (address, { signal }) =>
    new Promise((resolve, reject) => {
      const words = new URL(address, "http://localhost").searchParams.get("q")
      signal.addEventListener("abort", () => reject(new Error("aborted")))
      asked.push({ words, signal, fail: () => reject(new Error("no")), answer: (html) => resolve(new Response(html)) })
    })
  document.body.innerHTML = ""
  const dialog = document.createElement("dialog")
  dialog.innerHTML = `<input><div data-found></div><div data-deeds>
    <a role="option" id="new" data-always data-shortcut="new" data-about="?q=" href="/"><b data-worded="new" data-plain="New chat"></b><kbd></kbd></a>
    <a role="option" id="settings" href="/settings/"><b>Settings</b></a></div><p data-said></p>`
  dialog.showModal = () => dialog.setAttribute("open", "")
  dialog.close = () => dialog.dispatchEvent(new window.Event("close"))
  new Palette(dialog).open()
})

afterEach(() => {
  document.querySelector("dialog")?.close()
  mock.timers.reset()
})

const field = () => document.querySelector("input")
const rows = (...ids) => ids.map((id) => `<a role="option" id="${id}" href="/c/${id}/"><b>${id}</b></a>`).join("")
const active = () => document.querySelector("[aria-selected=true]")?.id

/** The moment after the last key passes, and what was answered is read. */
async function settle() {
  mock.timers.tick(150)
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
}

function press(key, more = {}) {
  field().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }))
}

async function type(words) {
  field().value = words
  field().dispatchEvent(new window.Event("input", { bubbles: true }))
  await settle()
}

test("it asks for the newest conversations when it opens and marks the first", async () => {
  assert.deepEqual(asked.map(({ words }) => words), [""])
  asked[0].answer(rows("a", "b"))
  await settle()
  assert.equal(active(), "a")
  assert.equal(field().getAttribute("aria-activedescendant"), "a")
  press("ArrowDown")
  assert.equal(active(), "b")
})

test("who has gone to a deed stays there when the list arrives", async () => {
  press("End")
  assert.equal(active(), "settings")
  asked[0].answer(rows("a"))
  await settle()
  assert.equal(active(), "settings")
  await type("t")
  asked.at(-1).answer(rows("tea"))
  await settle()
  assert.equal(active(), "tea")
})

test("an answer to other words is thrown away", async () => {
  await type("te")
  await type("tea")
  assert.ok(asked[0].signal.aborted)
  assert.ok(asked[1].signal.aborted)
  asked[2].answer(rows("tea"))
  await settle()
  assert.ok(document.querySelector("#tea"))
})

test("Enter waits for what fits the words that stand there", async () => {
  asked[0].answer(rows("old"))
  await settle()
  const gone = []
  document.addEventListener("click", (event) => {
    event.preventDefault()
    gone.push(event.target.closest("a")?.id)
  }, { once: true })
  field().value = "tea"
  field().dispatchEvent(new window.Event("input", { bubbles: true }))
  press("Enter")
  assert.deepEqual(gone, [])
  await settle()
  asked.at(-1).answer(rows("fresh"))
  await settle()
  assert.deepEqual(gone, ["fresh"])
})

test("Ctrl and Enter open a tab of its own", async () => {
  asked[0].answer(rows("a"))
  await settle()
  press("Enter", { ctrlKey: true })
  assert.equal(opened[0][0], "http://localhost/c/a/")
  assert.equal(opened[0][2], "noopener")
})

test("a key stands at a new chat only while it does what the key does", async () => {
  const key = document.querySelector("#new kbd")
  assert.match(key.textContent, /O$/)
  assert.ok(!key.hidden)
  await type("tea")
  assert.ok(key.hidden)
  await type("")
  assert.ok(!key.hidden)
})

test("deeds follow the words, and a new chat is about them", async () => {
  await type("sett")
  assert.equal(document.querySelector("#settings").hidden, false)
  assert.equal(document.querySelector("#new").getAttribute("href"), "/?q=sett")
  await type("茶 & tea")
  assert.equal(document.querySelector("#settings").hidden, true)
  assert.equal(document.querySelector("#new").getAttribute("href"), "/?q=%E8%8C%B6%20%26%20tea")
  assert.match(document.querySelector("#new b").textContent, /茶 & tea/)
})

test("a failure says so and offers to try again, and deeds still work", async () => {
  asked[0].fail()
  await settle()
  assert.ok(document.querySelector("[data-retry]"))
  assert.equal(active(), "new")
  document.querySelector("[data-retry]").click()
  assert.equal(asked.length, 2)
})

test("keys that compose a word do nothing to the list", async () => {
  asked[0].answer(rows("a", "b"))
  await settle()
  press("ArrowDown", { isComposing: true })
  press("Enter", { isComposing: true })
  assert.equal(active(), "a")
  assert.deepEqual(opened, [])
})

test("closed, it is gone with everything it held", async () => {
  document.querySelector("dialog").close()
  assert.equal(document.querySelector("dialog"), null)
  assert.ok(asked[0].signal.aborted)
})

test("on a phone the field has fewer words, and nothing about keys that are not there is offered", () => {
  const before = globalThis.matchMedia
  globalThis.matchMedia = () => ({ matches: true, addEventListener() {} })
  const dialog = document.createElement("dialog")
  dialog.innerHTML = `<input placeholder="Search, or do something" data-placeholder-narrow="Search"><div data-found></div><button role="option" data-do="sheet"><b></b></button>`
  new Palette(dialog)
  globalThis.matchMedia = before
  assert.equal(dialog.querySelector("input").placeholder, "Search")
  assert.equal(dialog.querySelector("[data-do=sheet]"), null)
})
