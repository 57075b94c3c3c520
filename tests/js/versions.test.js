/** Paging through versions: keys, focus, what is said aloud, and hurried presses. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

globalThis.CSS = { escape: (text) => text }
const { Log } = await import("#chat/log")
const { pageBy, pageByKey } = await import("#chat/versions")
await (await import("#lib/cleaner")).cleaner()

let room
let asked
let answers

const IDS = ["v1", "v2", "v3"]

function version(place) {
  const button = (step) => {
    const other = IDS[place + step] ?? ""
    return `<button data-step="${step}" data-version="${other}"${other ? "" : " disabled"}></button>`
  }
  return `<article class="message" data-message="${IDS[place]}"><span class="pager">${button(-1)}<span class="pager__words">Version ${place + 1} of 3</span>${button(1)}</span></article>`
}

beforeEach(() => {
  document.body.innerHTML = `<main><div class="log">${version(1)}</div></main><p id="status"></p>`
  const log = document.querySelector(".log")
  room = {
    conversation: "c1",
    log: new Log(log),
    scroller: { readAt() {}, getBoundingClientRect: () => ({ top: 0 }) },
    showPath: (path) => log.replaceChildren(path),
  }
  asked = []
  answers = []
  globalThis.fetch = (address, { body }) => {
    asked.push([address, body.get("message")])
    return new Promise((answer) => answers.push(answer))
  }
})

/** Let the server answer what was asked last, and the page show it. */
async function answered() {
  const [, id] = asked.at(-1)
  const html = version(IDS.indexOf(id))
  answers.shift()({ ok: true, status: 200, redirected: false, text: async () => html })
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
  await new Promise((done) => setTimeout(done))
}

const shown = () => room.log.messages[0]
const key = (name, more = {}) => {
  const event = new dom.window.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more })
  shown().querySelector("button:not([disabled])").addEventListener("keydown", (heard) => pageByKey(room, heard), { once: true })
  shown().querySelector("button:not([disabled])").dispatchEvent(event)
  return event
}

test("Right shows the next version, says so, and keeps the focus in the pager", async () => {
  assert.equal(key("ArrowRight").defaultPrevented, true)
  await answered()
  assert.deepEqual(asked, [["/c/c1/leaf/", "v3"]])
  assert.equal(document.getElementById("status").textContent, "Version 3 of 3")
  assert.equal(document.activeElement, shown().querySelector("[data-step='-1']"))
})

test("Left with Alt is the browser's", () => {
  assert.equal(key("ArrowLeft", { altKey: true }).defaultPrevented, false)
  assert.deepEqual(asked, [])
})

test("a press while a version is on its way is obeyed after it", async () => {
  const press = () => pageBy(room, shown(), shown().querySelector("[data-step='-1']"))
  press()
  await answered()
  assert.equal(shown().dataset.message, "v1")
  pageBy(room, shown(), shown().querySelector("[data-step='1']"))
  pageBy(room, shown(), shown().querySelector("[data-step='1']"))
  assert.equal(asked.length, 2)
  await answered()
  assert.deepEqual(asked.at(-1), ["/c/c1/leaf/", "v3"])
  await answered()
  assert.equal(shown().dataset.message, "v3")
})
