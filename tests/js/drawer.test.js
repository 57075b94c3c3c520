/** The drawer of a phone: Back closes it instead of leaving the conversation. */
import "./dom.js"
import assert from "node:assert/strict"
import { afterEach, test } from "node:test"

const { Drawer } = await import("#sidebar/drawer")

/** What a browser lends: the last one made hears the way back. */
class CloseWatcher {
  /** @type {CloseWatcher[]} */
  static live = []
  constructor() {
    CloseWatcher.live.push(this)
  }
  destroy() {
    CloseWatcher.live = CloseWatcher.live.filter((one) => one !== this)
  }
}

globalThis.matchMedia = () => ({ matches: true, addEventListener() {} })
document.body.innerHTML = `<div><div id="sidebar"><div class="side__in"><button data-sidebar="hide"></button></div></div><main></main></div>`
const side = document.getElementById("sidebar")
const drawer = new Drawer(side)
afterEach(() => {
  drawer.close()
  delete window.CloseWatcher
})

test("the phone's way back closes the drawer, once", () => {
  window.CloseWatcher = CloseWatcher
  drawer.open()
  drawer.open()
  assert.equal(CloseWatcher.live.length, 1)
  CloseWatcher.live[0].onclose()
  assert.equal(drawer.isOpen, false)
  assert.equal(document.querySelector("main").hasAttribute("inert"), false)
})

test("a closed drawer leaves the way back to the page", () => {
  window.CloseWatcher = CloseWatcher
  drawer.open()
  drawer.close()
  assert.deepEqual(CloseWatcher.live, [])
})

test("a browser that lends nothing has its drawer all the same", () => {
  drawer.open()
  assert.equal(drawer.isOpen, true)
})
