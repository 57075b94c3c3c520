/** Instructions and parameters: what is left with Escape is said not to hold, and is there again. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { askForSetup } = await import("#chat/setup_dialog")

globalThis.FormData = dom.window.FormData
const FORM = `<form><p data-unsaved hidden><button type="button"></button></p><textarea name="instructions">as before</textarea><input name="temperature">
  <input type="checkbox" name="stream" checked>
  <button type="button" data-close></button><button type="submit"></button></form>`
let said = []
document.addEventListener("toast", ({ detail }) => said.push(detail))

beforeEach(() => {
  said = []
  localStorage.clear()
  document.body.replaceChildren()
  const show = document.createElement("dialog").constructor.prototype
  show.showModal = function () {}
  show.close = function () {
    this.dispatchEvent(new window.Event("close"))
  }
  globalThis.fetch = async () => ({ ok: true, text: async () => FORM, headers: new Headers(), redirected: false })
})

const dialog = () => document.querySelector("dialog")
const field = () => document.querySelector("[name=instructions]")
const note = () => document.querySelector("[data-unsaved]")

function type(words) {
  field().value = words
  field().dispatchEvent(new window.Event("input", { bubbles: true }))
}

/** Open it, do something, and wait until it is closed. */
async function opened(address, deed, reopen = () => undefined) {
  const answer = askForSetup({ address, model: "glm", kept: null, reopen })
  while (!dialog()) await new Promise((next) => setImmediate(next))
  deed()
  return answer
}

test("what is left with Escape is said not to be saved, and leads back to it", async () => {
  let isReopened = false
  const leave = () => (type("Answer like a sailor."), dialog().close())
  assert.equal(await opened("/c/1/setup/", leave, () => (isReopened = true)), null)
  assert.match(said[0].words, /not saved/)
  said[0].action.run()
  assert.ok(isReopened)
  await opened("/c/1/setup/", () => {
    assert.equal(field().value, "Answer like a sailor.")
    document.querySelector("[data-close]").click()
  })
  assert.equal(said.length, 1)
})

test("what was typed is there after a reload, says that it is not saved, and can be discarded", async () => {
  const cut = () => (type("Answer like a sailor."), dialog().close())
  await opened("/c/3/setup/", cut)
  said = []
  const kept = JSON.parse(localStorage.getItem("zaichat.p1.setup./c/3/setup/"))
  assert.deepEqual(kept, { instructions: "Answer like a sailor." })
  await opened("/c/3/setup/", () => {
    assert.deepEqual([field().value, note().hidden], ["Answer like a sailor.", false])
    note().querySelector("button").click()
    assert.deepEqual([field().value, note().hidden], ["as before", true])
    dialog().close()
  })
  assert.deepEqual([said, localStorage.length], [[], 0])
})

test("what is saved is not offered again", async () => {
  const form = globalThis.fetch
  const saves = async () => {
    type("Rhyme.")
    globalThis.fetch = async () => ({ ok: true, json: async () => ({ instructions: "Rhyme.", parameters: {} }), headers: new Headers(), redirected: false })
    document.querySelector("form").dispatchEvent(new window.Event("submit", { cancelable: true }))
  }
  assert.equal((await opened("/c/4/setup/", saves)).instructions, "Rhyme.")
  globalThis.fetch = form
  await opened("/c/4/setup/", () => {
    assert.equal(note().hidden, true)
    dialog().close()
  })
})

test("who changed nothing, or gave it up, hears nothing of it", async () => {
  await opened("/c/2/setup/", () => dialog().close())
  await opened("/c/2/setup/", () => (type("no"), document.querySelector("[data-close]").click()))
  assert.deepEqual(said, [])
})
