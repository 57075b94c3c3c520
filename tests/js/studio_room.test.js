/** The studio's form: what was done before its script was there, and presses close together. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

globalThis.FormData = dom.window.FormData
mock.timers.enable({ apis: ["setInterval"] })
const room = (await import("#elements/studio_room")).StudioRoom

const FIELDS = `<input name="command" value="c1"><textarea name="prompt" data-most="100"></textarea>
  <select name="model"><option value="cogvideox-3">C</option></select><input type="file" name="upload">`
const HEAD = `<button data-running hidden></button>`
const FORM = `<form class="studio__form" action="/studio/make/" data-fields="/studio/fields/">
  <p data-refusal hidden></p><div data-inner>${FIELDS}</div><button type="submit">Generate</button></form><div data-wall></div>`

/** Requests that were made, as "POST /files/", and what the form said in them. */
let asked = []
/** @type {Record<string, () => Response>} */
const ANSWERS = {
  "/files/": () => Response.json({ id: "f1", kind: "image" }, { status: 201 }),
  "/studio/fields/": () => new Response(FIELDS),
  "/studio/make/": () => new Response(`<section data-batch="b${asked.length}"></section><i data-next="c2"></i>`, { status: 201 }),
}

globalThis.fetch = async (address, { method = "GET", body } = {}) => {
  const url = new URL(address, "http://localhost/")
  asked.push({ what: `${method} ${url.pathname}`, query: url.search, prompt: body?.get?.("prompt") })
  return ANSWERS[url.pathname]()
}

beforeEach(() => {
  asked = []
  localStorage.clear()
  document.body.innerHTML = HEAD
})

/** @param {(form: HTMLElement) => void} [before] what happened on the page until its script was there */
function opened(before = () => undefined) {
  const shown = /** @type {HTMLElement} */ (document.createElement("studio-room"))
  assert.ok(shown instanceof room)
  shown.innerHTML = FORM
  before(shown)
  document.body.append(shown)
  return shown
}

const until = async (so) => {
  while (!so()) await new Promise((resolve) => setImmediate(resolve))
}

test("a picture that was chosen before the script was there is brought once it is", async () => {
  const file = new dom.window.File(["x"], "cat.png", { type: "image/png" })
  opened((shown) => {
    const upload = shown.querySelector("[name=upload]")
    // As a browser has it whose person was quicker than the script; jsdom lets nobody else choose.
    Object.defineProperty(upload, "files", { value: [file], configurable: true })
  })
  await until(() => asked.length === 2)
  assert.deepEqual(asked.map(({ what }) => what), ["POST /files/", "GET /studio/fields/"])
  assert.match(asked[1].query, /picture=f1/)
})

test("nothing is brought where nothing was chosen", async () => {
  opened()
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(asked, [])
})

/** @param {HTMLElement} shown @param {string} words */
async function press(shown, words) {
  shown.querySelector("textarea").value = words
  const form = shown.querySelector("form")
  form.dispatchEvent(new dom.window.Event("submit", { cancelable: true, bubbles: true }))
  await until(() => !form.querySelector("button").ariaDisabled)
}

test("two presses within a second are one wish, other words or a later press are another", async () => {
  let now = 0
  const clock = mock.method(performance, "now", () => now)
  const shown = opened()
  await press(shown, "a cat")
  await press(shown, "a cat")
  await press(shown, "a dog")
  now = 2000
  await press(shown, "a dog")
  clock.mock.restore()
  assert.deepEqual(asked.map(({ prompt }) => prompt), ["a cat", "a dog", "a dog"])
  assert.equal(shown.querySelectorAll("[data-batch]").length, 3)
})

/** Press Generate, and see what is brought into view. @param {() => void} meanwhile until the answer
 * comes @param {boolean} byEnter */
async function broughtBy(meanwhile, byEnter = false) {
  const brought = []
  const shown = opened()
  dom.window.Element.prototype.scrollIntoView = function () {
    brought.push(this.dataset.batch)
  }
  const [form, button] = [shown.querySelector("form"), shown.querySelector("form button")]
  shown.querySelector("textarea").value = "a cat"
  form.dispatchEvent(new dom.window.SubmitEvent("submit", { cancelable: true, bubbles: true, submitter: byEnter ? null : button }))
  meanwhile(shown)
  await until(() => !button.ariaDisabled)
  return brought
}

test("on a phone Generate seemed to do nothing: what is being made comes into view", async () => {
  assert.deepEqual(await broughtBy(() => undefined), ["b1"])
})

test("whoever types on, or sends it by Enter, stays at the words", async () => {
  const typing = (shown) => { shown.querySelector("textarea").value += " by the sea" }
  assert.deepEqual(await broughtBy(typing), [])
  assert.deepEqual(await broughtBy(() => undefined, true), [])
})
