/** A proposed prompt never overwrites what somebody types, and what it replaced comes back. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { Improver } from "#studio/improving"

const FORM = `<form><div class="field"><div class="prompt"><textarea name="prompt">a cat</textarea>
<button type="button" data-improve-ask hidden>Improve</button><button type="button" data-improve-stop hidden>Stop</button></div>
<p data-improve-trouble hidden></p></div></form><p id="status"></p>
<template id="proposal"><section class="proposal"><small data-by></small><p data-words></p><p data-note></p><p data-changed hidden></p><button type="button" data-use></button><button type="button" data-keep></button></section></template>
<template id="proposal-used"><p class="proposal"><span data-by></span><button type="button" data-back></button></p></template>`
const TOLD = { prompt: "a cat, soft light", note: "added light", by: "GLM", cost: "$0.01" }

globalThis.FormData = dom.window.FormData
globalThis.Event = dom.window.Event

/** @type {{resolve: (response: unknown) => void, reject: (error: Error) => void, signal: AbortSignal}[]} */
let asked = []
/** @type {Improver} */
let improver

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = FORM
  asked = []
  globalThis.fetch = /** @type {any} */ ((_address, { signal }) => new Promise((resolve, reject) => {
    asked.push({ resolve, reject, signal })
    signal.addEventListener("abort", () => reject(new Error("aborted")))
  }))
  improver = begun()
})

function begun() {
  const made = new Improver(/** @type {HTMLFormElement} */ (document.querySelector("form")), { address: "/improve/" })
  made.draw()
  return made
}

/** @param {string} which @returns {HTMLElement} */
const part = (which) => /** @type {HTMLElement} */ (document.querySelector(which))
const field = () => /** @type {HTMLTextAreaElement} */ (part("textarea"))
const settled = () => new Promise((done) => setImmediate(done))

/** @param {string} words */
function type(words) {
  field().value = words
  field().dispatchEvent(new Event("input", { bubbles: true }))
}

/** @param {object} [said] */
async function proposed(said = { ok: true, status: 200, json: async () => TOLD }) {
  part("[data-improve-ask]").click()
  asked[0].resolve(said)
  await settled()
}

test("a proposal stands beside the words, which stay as they are until it is used", async () => {
  await proposed()
  assert.equal(field().value, "a cat")
  assert.equal(part("[data-words]").textContent, TOLD.prompt)
  assert.equal(part("[data-by]").textContent, "GLM · $0.01")
  part("[data-use]").click()
  assert.equal(field().value, TOLD.prompt)
  part("[data-back]").click()
  assert.equal(field().value, "a cat")
  part("[data-keep]").click()
  assert.equal(part(".proposal"), null)
})

test("what was typed while it was written stays, is said to be newer, and comes back", async () => {
  part("[data-improve-ask]").click()
  type("a cat and a dog")
  asked[0].resolve({ ok: true, status: 200, json: async () => TOLD })
  await settled()
  assert.equal(field().value, "a cat and a dog")
  assert.equal(part("[data-changed]").hidden, false)
  part("[data-use]").click()
  part("[data-back]").click()
  assert.equal(field().value, "a cat and a dog")
})

test("taking the words back by the keys of the browser offers the proposal again", async () => {
  await proposed()
  part("[data-use]").click()
  type("a cat")
  assert.ok(part("[data-use]"))
})

test("it can be stopped, by Escape as well, and then says nothing", async () => {
  part("[data-improve-ask]").click()
  assert.equal(part("[data-improve-stop]").hidden, false)
  const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true })
  field().dispatchEvent(escape)
  await settled()
  assert.equal(asked[0].signal.aborted, true)
  assert.equal(part("[data-improve-trouble]").hidden, true)
  assert.equal(part("[data-improve-ask]").hidden, false)
  assert.equal(field().value, "a cat")
})

test("an Escape that ends a composition stops nothing", async () => {
  part("[data-improve-ask]").click()
  const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, isComposing: true })
  field().dispatchEvent(escape)
  assert.equal(asked[0].signal.aborted, false)
})

test("pressed twice it asks once, and a refusal is said in its words", async () => {
  part("[data-improve-ask]").click()
  part("[data-improve-ask]").click()
  assert.equal(asked.length, 1)
  asked[0].resolve({ ok: false, status: 422, text: async () => "The model is busy." })
  await settled()
  assert.equal(part("[data-improve-trouble]").textContent, "The model is busy.")
  assert.equal(field().value, "a cat")
})

test("a proposal is there after a reload, and goes where other words come into the form", async () => {
  await proposed()
  document.body.innerHTML = FORM
  const later = begun()
  later.restore()
  later.draw()
  assert.equal(part("[data-words]").textContent, TOLD.prompt)
  later.forget()
  assert.equal(part(".proposal"), null)
})
