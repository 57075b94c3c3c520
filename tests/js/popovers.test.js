/** What opens above the page: arrows go through it, and the focus is never nowhere afterwards. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { giveFocusBack, walkWhenOpen } = await import("#lib/popovers")

/** @type {HTMLElement} */
let menu
const button = (id) => document.getElementById(id)
const focused = () => document.activeElement?.id

beforeEach(() => {
  document.body.innerHTML = `<button id="opener"></button><div id="menu"><a id="one" href="#"></a><button id="two"></button><button id="three"></button></div>`
  menu = button("menu")
})

const toggles = (newState) => menu.dispatchEvent(Object.assign(new dom.window.Event("toggle"), { newState }))
const presses = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))

test("Enter on the account opens a menu that arrows walk through, round and round", () => {
  walkWhenOpen(menu)
  button("opener").focus()
  toggles("open")
  const seen = [focused()]
  for (const key of ["ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "End", "Home"]) {
    presses(key)
    seen.push(focused())
  }
  assert.deepEqual(seen, ["one", "two", "one", "three", "one", "three", "one"])
})

test("a letter goes to the next entry that begins with it, and Tab leaves the menu", () => {
  let isClosed = false
  menu.setAttribute("popover", "")
  menu.hidePopover = () => (isClosed = true)
  for (const [id, words] of [["one", "Settings"], ["two", "Archive"], ["three", "Sign out"]]) button(id).textContent = words
  walkWhenOpen(menu)
  toggles("open")
  const seen = ["s", "s", "a", "x"].map((key) => (presses(key), focused()))
  assert.deepEqual(seen, ["three", "one", "two", "two"])
  presses("Tab")
  assert.ok(isClosed)
  assert.deepEqual([...menu.children].map((entry) => entry.tabIndex), [-1, -1, -1])
})

test("a tap beside a menu gives the focus back, also where the mouse that a finger makes takes it away", () => {
  giveFocusBack(menu, () => button("opener"))
  toggles("open")
  button("one").focus()
  button("one").blur()
  toggles("closed")
  assert.equal(focused(), "opener")
  button("opener").blur()
  document.body.click()
  assert.equal(focused(), "opener")
})

test("who presses something beside a menu has the focus there", () => {
  giveFocusBack(menu, () => button("opener"))
  toggles("open")
  button("two").focus()
  toggles("closed")
  assert.equal(focused(), "two")
})
