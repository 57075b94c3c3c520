/** A branch that is put away says so, and says so again when it is back. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

globalThis.HTMLInputElement = dom.window.HTMLInputElement
globalThis.CSS = { escape: (text) => text }
const { askToDelete } = await import("#chat/branching")
const { listenForUndo } = await import("#lib/undoing")
await import("#elements/toast_stack")

const SIZE = `<p data-root="q7">Removes 2 messages.</p>`
const status = () => document.getElementById("status").textContent

/** Whatever is under way. */
async function settled(isSo) {
  for (let turn = 0; turn < 200 && !isSo(); turn += 1) await new Promise((next) => setImmediate(next))
  assert.ok(isSo())
}

test("a deleted branch is said with its way back, and that it is back again", async () => {
  document.body.innerHTML = `<toast-stack></toast-stack><p id="status"></p><dialog data-ask="delete-branch"><p data-size></p></dialog>`
  const dialog = document.querySelector("dialog")
  dialog.showModal = () => {
    dialog.returnValue = "yes"
    setImmediate(() => dialog.dispatchEvent(new dom.window.Event("close")))
  }
  const asked = []
  globalThis.fetch = async (address, { method = "GET" } = {}) => {
    asked.push(`${method} ${address}`)
    return { ok: true, status: 200, redirected: false, headers: new Headers(), text: async () => SIZE }
  }
  const room = { conversation: "c1", showPath: () => undefined, composer: { focus: () => undefined } }
  listenForUndo()
  askToDelete(room, /** @type {any} */ ({ dataset: { message: "a8" } }))
  await settled(() => status() !== "")
  assert.equal(dialog.querySelector("[data-size]").textContent, "Removes 2 messages.")
  assert.equal(status(), "Branch moved to trash. Ctrl+Z undoes it.")
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true, cancelable: true }))
  await settled(() => status() === "Restored")
  assert.deepEqual(asked, ["GET /c/c1/branch/a8/", "POST /c/c1/branch/q7/delete/", "POST /c/c1/branch/q7/restore/"])
  assert.equal(document.querySelectorAll(".toast").length, 0)
})
