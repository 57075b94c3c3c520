/** The section that was asked for stays marked, until one scrolls on by oneself. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.innerHeight = 800
await import("#elements/settings_nav")

test("a section too short to come to the top is marked when it was asked for", () => {
  document.body.innerHTML = `<div class="scroll"><settings-nav><a href="#chat"></a><a href="#usage"></a></settings-nav>
    <section id="chat"></section><section id="usage"></section></div>`
  const scroller = document.querySelector(".scroll")
  const [chat, usage] = document.querySelectorAll("a")
  document.getElementById("usage").getBoundingClientRect = () => ({ top: 5000 })
  const current = () => document.querySelector("[aria-current]")
  usage.dispatchEvent(new window.MouseEvent("click", { bubbles: true }))
  scroller.dispatchEvent(new window.Event("scroll"))
  assert.equal(current(), usage)
  scroller.dispatchEvent(new window.Event("wheel"))
  scroller.dispatchEvent(new window.Event("scroll"))
  assert.equal(current(), chat)
})
