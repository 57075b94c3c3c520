/** Deep thinking: what is shown and said for every kind of model. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

HTMLElement.prototype.hidePopover ??= function () {}
globalThis.HTMLButtonElement ??= window.HTMLButtonElement
await import("#elements/thinking_control")

function control() {
  const efforts = ["", "low", "medium", "high", "max"].map((value) => `<label><input type="radio" name="effort" value="${value}"><b>${value || "usual"}</b></label>`)
  document.body.innerHTML = `<toast-stack></toast-stack><thinking-control data-none="cannot" data-forced="cannot stop" data-auto="when it helps" data-always="every time" data-unknown="who knows">
    <button data-thinking-toggle aria-pressed="true"></button><button popovertarget="efforts" data-label="Effort: " hidden><span data-effort></span></button><span data-why></span>
    <div id="efforts" popover>${efforts.join("")}</div></thinking-control>`
  const element = /** @type {any} */ (document.querySelector("thinking-control"))
  const [toggle, more] = element.querySelectorAll("button")
  return { element, toggle, more }
}

const model = (thinking, efforts = [], isKnown = true) => ({ thinking, efforts, isKnown })

/** @param {string} value */
function choose(value) {
  const input = document.querySelector(`input[value="${value}"]`)
  input.checked = true
  input.dispatchEvent(new window.Event("change", { bubbles: true }))
}

beforeEach(() => localStorage.clear())

test("a model that decides itself is told on or off", () => {
  const { element, toggle, more } = control()
  element.model = model("auto")
  assert.deepEqual([element.value, toggle.getAttribute("aria-pressed"), more.hidden], ["on", "true", true])
  toggle.click()
  assert.deepEqual([element.value, toggle.getAttribute("aria-pressed")], ["off", "false"])
})

test("a model that cannot think says why, and is told nothing", () => {
  const { element, toggle } = control()
  element.model = model("none")
  assert.equal(element.value, "auto")
  assert.deepEqual([toggle.getAttribute("aria-pressed"), toggle.getAttribute("aria-disabled"), toggle.title], ["false", "true", "cannot"])
  element.model = model("none", [], false)
  assert.equal(toggle.title, "who knows")
})

test("a model that always thinks is shown as on and cannot be switched, only told how hard", () => {
  const { element, toggle, more } = control()
  element.model = model("auto")
  toggle.click()
  element.model = model("forced", ["low", "high", "max"])
  toggle.click()
  assert.deepEqual([element.value, toggle.getAttribute("aria-pressed"), more.hidden], ["auto", "true", false])
  choose("low")
  assert.equal(element.value, "low")
})

test("a model that thinks before every answer can be told not to", () => {
  const { element, toggle } = control()
  element.model = model("always")
  toggle.click()
  assert.equal(element.value, "off")
})

test("an effort is said to models that know it, and kept for them", () => {
  const { element } = control()
  element.model = model("auto", ["low", "medium", "high", "max"])
  choose("medium")
  assert.equal(element.value, "medium")
  element.model = model("forced", ["low", "high", "max"])
  assert.equal(element.value, "auto")
  element.model = model("auto")
  assert.equal(element.value, "on")
  element.model = model("auto", ["medium"])
  assert.equal(element.value, "medium")
})

test("what a draft wished is wished again", () => {
  const { element } = control()
  element.model = model("auto", ["low", "high"])
  for (const wish of ["off", "high", "on", "low"]) {
    element.value = wish
    assert.equal(element.value, wish)
  }
  element.value = "auto"
  assert.equal(element.value, "low")
})

test("the wish outlives the page", () => {
  const first = control()
  first.element.model = model("auto")
  first.toggle.click()
  const second = control()
  second.element.model = model("auto")
  assert.equal(second.element.value, "off")
})
