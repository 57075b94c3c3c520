/** What is typed after a button has gone away under the focus does not go nowhere. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { KeepingFocus } = await import("#chat/keeping_focus")

function page() {
  document.body.innerHTML = `<div id="room"><button id="going">Continue</button><button id="staying">Copy</button></div>`
  const focused = []
  const room = Object.assign(document.getElementById("room"), { composer: { focus: () => focused.push("message box") } })
  new KeepingFocus(room)
  return focused
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

test("where the focused button is replaced, the message box gets the focus", async () => {
  const focused = page()
  document.getElementById("going").focus()
  document.getElementById("going").remove()
  document.dispatchEvent(new CustomEvent("answer-opened"))
  await frame()
  assert.deepEqual(focused, ["message box"])
})

test("a focus that stands somewhere is left there", async () => {
  const focused = page()
  document.getElementById("staying").focus()
  document.dispatchEvent(new CustomEvent("answer-ended"))
  await frame()
  assert.deepEqual(focused, [])
})

test("a page that had no focus is given none", async () => {
  const focused = page()
  document.dispatchEvent(new CustomEvent("answer-ended"))
  await frame()
  assert.deepEqual(focused, [])
})
