/** Choosing a model: by name, by key, and by a name that nobody lists. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

HTMLElement.prototype.hidePopover ??= function () {
  this.dispatchEvent(Object.assign(new Event("toggle"), { newState: "closed" }))
}
globalThis.Event = window.Event
await import("#elements/model_picker")

const MODELS = [
  ["glm-5.2", "GLM-5.2", "auto", "low high max"],
  ["glm-4.6", "GLM-4.6", "auto", ""],
  ["glm-4.6v", "GLM-4.6V", "auto", ""],
  ["glm-4-plus", "GLM-4-Plus", "none", ""],
]

/** @param {{field?: boolean, open?: boolean}} how */
function picker({ field = true, open = true } = {}) {
  const options = MODELS.map(
    ([name, title, thinking, efforts], place) =>
      `<div role="option" id="m${place}" aria-selected="${name === "glm-4.6"}" data-model="${name}" data-title="${title}" data-thinking="${thinking}" data-efforts="${efforts}" data-context="200000" data-room="134464" data-known="yes"><b>${title}</b></div>`,
  )
  const own = `<div role="option" id="model-own" aria-selected="false" data-own hidden><b><bdi data-own-name></bdi></b></div>`
  document.body.innerHTML = `<model-picker><button class="picker__button" data-label="Model: "><span data-chosen>GLM-4.6</span></button>
    <div popover>${field ? "<input>" : ""}<div role="listbox" tabindex="0"><div role="group">${options.join("")}</div>${open ? own : ""}</div><p data-none hidden></p></div></model-picker>`
  const element = /** @type {any} */ (document.querySelector("model-picker"))
  const popover = element.querySelector("[popover]")
  const show = () => popover.dispatchEvent(Object.assign(new Event("toggle"), { newState: "open" }))
  show()
  return { element, popover, show }
}

const active = () => document.querySelector("[data-active]")?.getAttribute("data-model")
const shown = () => [...document.querySelectorAll("[role=option]:not([hidden])")].map((option) => option.getAttribute("data-model"))
/** @param {string} key @param {object} [how] */
function press(key, how = {}) {
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how }))
}
/** @param {string} text */
function type(text) {
  const field = document.querySelector("input")
  field.value = text
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

beforeEach(() => {
  document.body.innerHTML = ""
})

test("the list opens at the chosen model, and arrows go round", () => {
  picker()
  assert.equal(active(), "glm-4.6")
  press("ArrowUp")
  press("ArrowUp")
  assert.equal(active(), "glm-4-plus")
  press("ArrowDown")
  assert.equal(active(), "glm-5.2")
  assert.equal(document.activeElement.getAttribute("aria-activedescendant"), "m0")
})

test("Enter takes the active model and says so once", () => {
  const { element } = picker()
  const said = []
  document.addEventListener("model", (event) => said.push(event.detail.name), { once: true })
  press("ArrowUp")
  press("Enter")
  assert.deepEqual(said, ["glm-5.2"])
  assert.equal(element.value, "glm-5.2")
  assert.deepEqual(element.model.efforts, ["low", "high", "max"])
  assert.equal(element.querySelector("button").getAttribute("aria-label"), "Model: GLM-5.2")
})

test("the field leaves what is meant, however it is written", () => {
  picker()
  type("GLM4.6")
  assert.deepEqual(shown(), ["glm-4.6", "glm-4.6v"])
  type("plus 4")
  assert.deepEqual(shown(), ["glm-4-plus"])
})

test("Enter while a word is composed chooses nothing", () => {
  const { element } = picker()
  type("5.2")
  press("Enter", { isComposing: true })
  assert.equal(element.value, "glm-4.6")
})

test("a name that nobody lists is used as it is typed, and stays in the list", () => {
  const { element, show } = picker()
  type("some/Body-1.0")
  assert.deepEqual(shown(), ["some/Body-1.0"])
  press("Enter")
  assert.equal(element.value, "some/Body-1.0")
  assert.equal(element.model.isKnown, false)
  assert.equal(element.model.thinking, "none")
  show()
  assert.equal(element.value, "some/Body-1.0")
  assert.equal(active(), "some/Body-1.0")
})

test("what no model can be called is not offered as a name", () => {
  picker()
  type("no such model!")
  assert.deepEqual(shown(), [])
  assert.equal(document.querySelector("[data-none]").hidden, false)
})

test("where the owner closed the list, no other name can be used", () => {
  const { element } = picker({ open: false })
  type("somebody-elses")
  press("Enter")
  element.value = "somebody-elses"
  assert.equal(element.value, "glm-4.6")
})

test("without a field, letters go to the model they begin", () => {
  picker({ field: false })
  for (const letter of "glm-5") press(letter)
  assert.equal(active(), "glm-5.2")
})

test("a draft's model is chosen again", () => {
  const { element } = picker()
  element.value = "glm-5.2"
  assert.equal(element.model.title, "GLM-5.2")
  element.value = "one/unknown"
  assert.equal(element.value, "one/unknown")
})

test("Enter takes the model that is called just so, though others begin like it", () => {
  const { element } = picker()
  const list = element.querySelector("[role=group]")
  list.prepend(list.querySelector("[data-model='glm-4.6v']"))
  type("4.6")
  press("Enter")
  assert.equal(element.value, "glm-4.6")
})
