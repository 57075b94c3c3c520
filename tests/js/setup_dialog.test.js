/** Instructions and parameters: what is left with Escape is said not to hold, and is there again. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { askForSetup } = await import("#chat/setup_dialog")

const FORM = `<form><textarea name="instructions">as before</textarea><input name="temperature">
  <input type="checkbox" name="stream" checked>
  <button type="button" data-close></button><button type="submit"></button></form>`
let said = []
document.addEventListener("toast", ({ detail }) => said.push(detail))

beforeEach(() => {
  said = []
  document.body.replaceChildren()
  const show = document.createElement("dialog").constructor.prototype
  show.showModal = function () {}
  show.close = function () {
    this.dispatchEvent(new window.Event("close"))
  }
  globalThis.fetch = async () => ({ ok: true, text: async () => FORM, headers: new Headers(), redirected: false })
})

const dialog = () => document.querySelector("dialog")
const field = () => document.querySelector("[name=instructions]")

/** Open it, do something, and wait until it is closed. */
async function opened(address, deed, reopen = () => undefined) {
  const answer = askForSetup({ address, model: "glm", kept: null, reopen })
  while (!dialog()) await new Promise((next) => setImmediate(next))
  deed()
  return answer
}

test("what is left with Escape is said not to be saved, and leads back to it", async () => {
  let isReopened = false
  const leave = () => ((field().value = "Answer like a sailor."), dialog().close())
  assert.equal(await opened("/c/1/setup/", leave, () => (isReopened = true)), null)
  assert.match(said[0].words, /not saved/)
  said[0].action.run()
  assert.ok(isReopened)
  await opened("/c/1/setup/", () => {
    assert.equal(field().value, "Answer like a sailor.")
    document.querySelector("[data-close]").click()
  })
  assert.equal(said.length, 1)
})

test("who changed nothing, or gave it up, hears nothing of it", async () => {
  await opened("/c/2/setup/", () => dialog().close())
  await opened("/c/2/setup/", () => ((field().value = "no"), document.querySelector("[data-close]").click()))
  assert.deepEqual(said, [])
})
