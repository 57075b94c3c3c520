/** What a picture in a conversation was made with opens beside it, as it stands now. */
import "./dom.js"
import assert from "node:assert/strict"
import { after, mock, test } from "node:test"
import { follow } from "#chat/media"

mock.timers.enable({ apis: ["setInterval"] })
after(() => mock.timers.reset())

const PAGE = `<chat-room><article class="message"><div data-style="/made.css"></div>
<button type="button" data-about="/studio/jobs/j1/about/" aria-expanded="false">GLM-Image</button></article></chat-room>`
const DETAILS = `<div class="popover details" popover><dl></dl><button type="button">Copy the prompt</button></div>`

test("pressed twice it asks once, opens beside its button and takes the focus", async () => {
  document.body.innerHTML = PAGE
  const shown = new Promise((resolve) => {
    HTMLElement.prototype.showPopover = resolve
  })
  /** @type {string[]} */
  const asked = []
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ address) => {
    asked.push(address)
    return { ok: true, status: 200, text: async () => DETAILS }
  })
  Object.assign(globalThis, { innerWidth: 1280, innerHeight: 800 })
  follow(/** @type {HTMLElement} */ (document.querySelector("[data-style]")))
  const button = /** @type {HTMLElement} */ (document.querySelector("[data-about]"))
  button.click()
  button.click()
  await shown
  await new Promise((done) => setImmediate(done))
  assert.deepEqual(asked, ["/studio/jobs/j1/about/"])
  assert.equal(button.nextElementSibling?.matches(".details"), true)
  assert.equal(document.activeElement?.textContent, "Copy the prompt")
})
