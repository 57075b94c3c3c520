/** On a phone the results of the studio stand out of sight: the button in its head leads to them. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

/** @type {(entries: {target: Element, intersectionRatio: number}[]) => void} */
let looked
/** @type {Set<Element>} */
const watched = new Set()
globalThis.IntersectionObserver = class {
  constructor(told) {
    looked = told
  }
  observe(node) {
    watched.add(node)
  }
  unobserve(node) {
    watched.delete(node)
  }
}
/** @type {(string | null)[]} */
let brought
dom.window.Element.prototype.scrollIntoView = function () {
  brought.push(this.getAttribute("data-batch"))
}
const { Leading } = await import("#studio/leading")

/** @type {HTMLElement} */
let button
/** @type {HTMLElement} */
let wall

beforeEach(() => {
  watched.clear()
  brought = []
  document.body.innerHTML = `<button hidden></button><div tabindex="0">
    <section data-batch="b2"><figure data-status="running"></figure></section>
    <section data-batch="b1"><figure data-status="running"></figure></section></div>`
  button = /** @type {HTMLElement} */ (document.querySelector("button"))
  wall = /** @type {HTMLElement} */ (document.querySelector("div"))
  new Leading(button, wall, () => [...wall.querySelectorAll("[data-status=running]")]).draw()
})

/** @param {string} batch @param {string} status @param {number} ratio of it that is in view */
function end(batch, status, ratio) {
  const figure = /** @type {HTMLElement} */ (wall.querySelector(`[data-batch=${batch}] figure`))
  figure.dataset.status = status
  figure.dispatchEvent(new dom.window.CustomEvent("ended", { bubbles: true }))
  assert.ok(watched.has(figure))
  looked([{ target: figure, intersectionRatio: ratio }])
  return figure
}

test("“running” is a button that leads to what was asked for last", () => {
  assert.deepEqual([button.hidden, button.textContent], [false, "2 running"])
  button.click()
  assert.deepEqual(brought, ["b2"])
  assert.equal(document.activeElement, wall)
})

test("what ends out of sight is said, and led to", () => {
  end("b1", "failed", 0)
  assert.equal(button.textContent, "It failed – show")
  assert.ok(button.hasAttribute("data-failed"))
  end("b2", "done", 0)
  assert.deepEqual([button.hidden, button.textContent], [false, "Done – show"])
  button.click()
  assert.equal(button.textContent, "It failed – show")
  button.click()
  assert.deepEqual(brought, ["b2", "b1"])
  assert.ok(button.hidden)
  assert.equal(watched.size, 0)
})

test("what ends before one's eyes needs no word", () => {
  end("b1", "done", 0.9)
  assert.equal(button.textContent, "1 running")
  assert.equal(watched.size, 0)
})

test("whoever scrolls there has seen it", () => {
  const figure = end("b1", "done", 0)
  assert.equal(button.textContent, "Done – show")
  looked([{ target: figure, intersectionRatio: 0.5 }])
  assert.equal(button.textContent, "1 running")
})

test("what was taken away meanwhile is led to no more", () => {
  end("b1", "failed", 0).remove()
  end("b2", "cancelled", 0)
  assert.ok(button.hidden)
})
