/** The menu beside Regenerate: what makes a difference for this answer, likely models first. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { fillRegenerateMenu, showMore, wishOf } = await import("#chat/regenerating")

let room
let menu

const option = (name, thinking = "auto", efforts = "") =>
  `<div role="option" data-model="${name}" data-title="${name.toUpperCase()}" data-thinking="${thinking}" data-efforts="${efforts}"><small>note</small></div>`
const answer = (id, model, wish = "auto") =>
  `<article class="message" data-message="${id}"><div class="message__actions" data-model="${model}" data-wish="${wish}" data-search="yes"></div></article>`

beforeEach(() => {
  const models = [option("new", "forced", "low high"), option("fine"), option("plain", "none"), "abcdef".replace(/./g, (name) => option(name))]
  const wishes = ["on", "off", "low", "medium", "high", "max"].map((wish) => `<button data-wish="${wish}"></button>`)
  document.body.innerHTML = `<main><model-picker>${models.join("")}<div role="option" data-own></div></model-picker>
    ${answer("a1", "f")}${answer("a2", "fine", "on")}
    <div id="regenerate-menu" class="menu--message"><button><span data-again></span></button>${wishes.join("")}
    <div data-others><div data-models></div><button data-action="more-models"></button></div></div></main>`
  menu = document.getElementById("regenerate-menu")
  const picker = document.querySelector("model-picker")
  picker.value = "plain"
  room = { picker, log: { messages: [...document.querySelectorAll("article")] } }
})

const shown = (selector) => [...menu.querySelectorAll(selector)].filter((entry) => !entry.hidden)
const fill = (message) => fillRegenerateMenu(room, message)

test("it names the model that answered, and offers the others with the likely ones first", () => {
  fill(room.log.messages[1])
  assert.equal(menu.querySelector("[data-again]").textContent, "Again with FINE")
  assert.deepEqual(shown("[data-models] > button").map((entry) => entry.dataset.model), ["plain", "f", "new", "a"])
})

test("the other models come when they are asked for", () => {
  fill(room.log.messages[1])
  assert.equal(shown("[data-action=more-models]").length, 1)
  showMore(menu, true)
  assert.equal(shown("[data-models] > button").length, 8)
  assert.equal(shown("[data-action=more-models]").length, 0)
})

for (const [model, asked, wishes] of [
  ["fine", "on", ["off"]],
  ["fine", "auto", ["on", "off"]],
  ["plain", "auto", []],
  ["new", "auto", ["low", "high"]],
  ["unheard-of", "off", ["on"]],
]) {
  test(`an answer of ${model} asked for with ${asked} can be had with: ${wishes.join(", ") || "nothing else"}`, () => {
    Object.assign(room.log.messages[1].firstElementChild.dataset, { model, wish: asked })
    fill(room.log.messages[1])
    assert.deepEqual(shown("[data-wish]").map((entry) => entry.dataset.wish), wishes)
  })
}

test("another thinking keeps the search, another model keeps everything", () => {
  const [, message] = room.log.messages
  const entry = withData
  assert.deepEqual(wishOf(message, entry({ wish: "off" })), { options: { thinking: "off", web_search: true } })
  assert.deepEqual(wishOf(message, entry({ model: "new" })), { model: "new" })
  assert.deepEqual(wishOf(message, entry({})), {})
})

function withData(dataset) {
  const entry = document.createElement("button")
  Object.assign(entry.dataset, dataset)
  return entry
}
