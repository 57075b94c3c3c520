/** A piece of thinking: its last words, its time by the server's clock, open as it is wished. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

globalThis.getSelection = () => null
Object.defineProperty(dom.window.HTMLElement.prototype, "scrollHeight", { get: () => 900 })
await import("#elements/thinking_step")
const { setServerTime } = await import("#lib/clock")

let step

function think(shown, { open = false } = {}) {
  document.documentElement.dataset.thinkingShown = shown
  document.body.innerHTML = `<thinking-step data-live data-started="1000"><details${open ? " open" : ""}><summary><span class="step__name"></span><span class="step__time"></span></summary><div class="step__body"></div></details><div class="thinking__peek"><span></span></div></thinking-step>`
  step = document.querySelector("thinking-step")
  return step.querySelector("details")
}
const frame = () => new Promise((done) => requestAnimationFrame(done))

beforeEach(() => {
  mock.timers.reset()
  setServerTime(Date.now() / 1000)
})

test("its last words are shown in one line", async () => {
  think("closed")
  step.addText("first\n\nsecond ")
  step.addText("third")
  await frame()
  assert.equal(step.querySelector(".thinking__peek span").textContent, "first second third")
  step.end(1000, 1012)
})

test("a device whose clock is wrong by an hour counts the server's seconds", () => {
  mock.timers.enable({ apis: ["setInterval", "Date"], now: 5_000_000_000 })
  setServerTime(1014)
  think("closed")
  assert.equal(step.querySelector(".step__time").textContent, "14 s")
  mock.timers.tick(60_000)
  assert.equal(step.querySelector(".step__time").textContent, "1 min 14 s")
  step.end(1000, 1080)
  assert.equal(step.querySelector(".step__name").textContent, "Thought for 1 min 20 s")
})

test("what was open while it was written is folded at the end", () => {
  const details = think("live", { open: true })
  step.end(1000, 1012)
  assert.equal(details.open, false)
})

test("what somebody opened by hand stays open", () => {
  const details = think("live", { open: true })
  step.querySelector("summary").dispatchEvent(new dom.window.Event("click"))
  step.end(1000, 1012)
  assert.equal(details.open, true)
})

test("what is wished open stays open", () => {
  const details = think("open", { open: true })
  step.end(1000, 1012)
  assert.equal(details.open, true)
})

test("opened, it shows its end as it grows", async () => {
  think("live", { open: true })
  step.addText("more")
  await frame()
  assert.equal(step.querySelector(".step__body").scrollTop, 900)
  step.end(1000, 1012)
})

test("taken back, nothing of it is left", () => {
  think("closed")
  step.addText("a secret")
  step.setText("")
  assert.doesNotMatch(step.textContent, /secret/)
  step.end()
})
