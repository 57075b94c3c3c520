/** A new chat is set up as it was saved last, wherever that was. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

await import("#elements/conversation_setup")

const OLD = { instructions: "Rhyme.", parameters: {} }
const NEW = { instructions: "Answer like a sailor.", parameters: { temperature: 0.2 } }
const NOTHING = { instructions: "", parameters: {} }
const KEY = "zaichat.p1.saved-setup"

/** @type {any} */
let setup

beforeEach(() => {
  localStorage.clear()
  room("")
})

function room(conversation) {
  document.body.innerHTML = `<chat-room data-conversation="${conversation}"><conversation-setup data-label="Set up" data-label-own="Set up: own"><button></button></conversation-setup></chat-room>`
  setup = document.querySelector("conversation-setup")
  if (!conversation) setup.dataset.kept = JSON.stringify(OLD)
}

function savedInOtherTab(what, key = KEY) {
  localStorage.setItem(key, JSON.stringify(what))
  window.dispatchEvent(new dom.window.StorageEvent("storage", { key }))
}

const read = (detail) => document.dispatchEvent(new CustomEvent("draft-read", { detail: { place: "new", ...detail } }))
const label = () => setup.querySelector("button").getAttribute("aria-label")

test("a new chat that stood open sends what was saved in another tab meanwhile, and shows that it is set up", () => {
  savedInOtherTab(NEW)
  assert.deepEqual([setup.value, label()], [NEW, "Set up: own"])
  savedInOtherTab(NOTHING)
  assert.deepEqual([setup.value, label()], [undefined, "Set up"])
})

test("what another device saved is there when the draft is read again", () => {
  read({ setup: NEW, isSame: true })
  assert.deepEqual(setup.value, NEW)
  read({ setup: {}, isSame: true })
  assert.equal(setup.value, undefined)
})

test("a new chat keeps its setup when another new chat took the kept one along", () => {
  read({ setup: {}, isSame: false })
  assert.deepEqual(setup.value, OLD)
})

test("what is kept for new chats is nothing to a conversation, nor are other things that are kept", () => {
  savedInOtherTab(NEW, "zaichat.p1.unsent")
  assert.deepEqual(setup.value, OLD)
  room("c1")
  savedInOtherTab(NEW)
  read({ setup: NEW, isSame: true })
  assert.deepEqual([setup.value, setup.hasAttribute("data-own")], [undefined, false])
})
