/** What is written without a connection waits in sight, can be taken back, and is sent once. */
import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { page, texts, what } from "./sending_page.js"

mock.timers.enable({ apis: ["setTimeout"] })
/** Patience is over: a chip says how it stands. */
const shown = () => mock.timers.tick(450)
const offered = (chip) => [...chip.querySelectorAll("button")].filter((button) => !button.hidden).map((button) => button.dataset.action)

test("without a connection a question says that it waits for one, and is sent once when it is there", () => {
  const { channel, said, sending, chips } = page("c1")
  channel.goes()
  sending.send(what("in a tunnel"))
  shown()
  assert.match(chips()[0].textContent, /in a tunnelWaiting for the connection/)
  assert.deepEqual(offered(chips()[0]), ["take-back", "throw-away"])
  channel.returns()
  assert.match(chips()[0].textContent, /Sending…/)
  assert.deepEqual([offered(chips()[0]), texts(said)], [[], ["in a tunnel"]])
})

test("that there is no connection is said at once, and never first that it is being sent", () => {
  const { channel, sending, chips } = page("c1")
  channel.goes()
  sending.send(what("in a lift"))
  assert.match(chips()[0].textContent, /Waiting for the connection/)
})

test("a device that lost its network says so before its line knows, and takes it back", () => {
  const { sending, chips } = page("c1")
  sending.send(what("in a tunnel"))
  shown()
  assert.match(chips()[0].textContent, /Sending…/)
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true })
  window.dispatchEvent(new window.Event("offline"))
  assert.match(chips()[0].textContent, /Waiting for the connection/)
  sending.send(what("still there"))
  assert.match(chips()[1].textContent, /Waiting for the connection/)
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true })
  window.dispatchEvent(new window.Event("online"))
  assert.match(chips()[1].textContent, /Sending…/)
})

test("a question that was never said comes back for a change, or goes, and is not sent", () => {
  const { channel, said, sending, composer, chips } = page("c1")
  channel.goes()
  for (const text of ["to change", "to delete"]) sending.send(what(text))
  shown()
  chips()[0].querySelector("[data-action=take-back]").click()
  chips()[0].querySelector("[data-action=throw-away]").click()
  channel.returns()
  assert.deepEqual([composer.text, chips().length, said], ["to change", 0, []])
  assert.deepEqual(page("c1").said, [])
})

test("what a server may have heard before the line broke cannot be taken back", () => {
  const { channel, sending, composer, chips } = page("c1")
  sending.send(what("half said"))
  channel.goes()
  shown()
  assert.match(chips()[0].textContent, /Waiting for the connection/)
  assert.deepEqual(offered(chips()[0]), [])
  chips()[0].querySelector("[data-action=take-back]").click()
  assert.deepEqual([composer.text, chips().length], ["", 1])
})

test("a question that was taken back in one tab is not sent by another", () => {
  const one = page("c1", false)
  one.sending.send(what("in both"))
  const other = page("c1", false)
  shown()
  assert.equal(other.chips().length, 1)
  one.chips()[0].querySelector("[data-action=take-back]").click()
  window.dispatchEvent(new window.Event("storage"))
  other.channel.returns()
  assert.deepEqual([other.said, other.chips()], [[], []])
})
