/** Buttons of a message: what they say, and what they do when the server says no. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { act, offerAgain } = await import("#chat/actions")
const { Commands } = await import("#chat/commands")

let obeyed
let told
let room

beforeEach(() => {
  document.body.innerHTML = `<main><article class="message" data-message="a1" data-generation="g1">
    <button data-action="answer-now">Answer now</button><button data-action="regenerate">Regenerate</button></article></main>`
  obeyed = []
  told = []
  const channel = { obey: (command) => obeyed.push(command), tell: (command) => told.push(command) }
  room = { commands: new Commands(channel), choices: { model: "m", options: {} } }
})

function press(action) {
  const target = document.querySelector(`[data-action=${action}]`)
  act(room, { target })
  return target
}

const refusal = (id, code) => ({ id, code, message: "No." })

test("Answer now is said once and its button goes away at once", () => {
  const button = press("answer-now")
  assert.equal(button.hidden, true)
  assert.deepEqual(obeyed, [])
  assert.deepEqual(told.map(({ do: what, generation }) => [what, generation]), [["answer_now", "g1"]])
})

test("nobody is told that a reply answers already", () => {
  const button = press("answer-now")
  assert.equal(room.commands.refused(refusal(told[0].id, "conflict")), true)
  assert.equal(button.hidden, true)
})

test("Answer now can be pressed again when the server failed or the line broke", () => {
  const button = press("answer-now")
  assert.equal(room.commands.refused(refusal(told[0].id, "unavailable")), false)
  assert.equal(button.hidden, false)
  press("answer-now")
  offerAgain(document.querySelector("main"))
  assert.equal(button.hidden, false)
})

test("what may have been obeyed is said again with the same id, what was refused with a new one", () => {
  const button = press("regenerate")
  assert.equal(button.disabled, true)
  room.commands.refused(refusal(null, "unavailable"))
  assert.equal(button.disabled, false)
  press("regenerate")
  assert.equal(obeyed[1].id, obeyed[0].id)
  room.commands.refused(refusal(obeyed[1].id, "limit"))
  press("regenerate")
  assert.notEqual(obeyed[2].id, obeyed[0].id)
})

test("an entry of the menu beside Regenerate asks for this message and can be chosen again for another", async () => {
  const { beginMenu } = await import("#chat/message_menus")
  const menu = document.createElement("div")
  menu.className = "menu--message"
  menu.innerHTML = `<button data-action="regenerate-with" data-model="other"></button>`
  document.querySelector("main").append(menu)
  const message = document.querySelector("article")
  beginMenu(message.querySelector("button"), message)
  const entry = press("regenerate-with")
  assert.deepEqual(obeyed.map(({ do: what, message, model }) => [what, message, model]), [["regenerate", "a1", "other"]])
  assert.equal(entry.disabled, false)
  assert.equal(message.querySelector("[data-action=regenerate]").disabled, true)
})

test("Regenerate asks as the answer was asked for, Retry as the composer stands", () => {
  press("regenerate")
  document.querySelector("[data-action=regenerate]").dataset.action = "retry"
  document.querySelector("[data-action=retry]").disabled = false
  press("retry")
  assert.deepEqual(obeyed.map(({ model }) => model), [undefined, "m"])
})
