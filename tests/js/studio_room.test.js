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

/** The form as the server lays it out for a kind. */
const laidOut = (kind) => `<input type="radio" name="kind" value="image"${kind === "image" ? " checked" : ""}>
  <input type="radio" name="kind" value="video"${kind === "video" ? " checked" : ""}>
  <textarea name="prompt" data-most="100"></textarea><select name="model"><option value="m-${kind}" selected>M</option></select>`

/** What is selected, and for what the fields are. @param {HTMLElement} shown */
const state = (shown) => [shown.querySelector("[name=kind]:checked").value, shown.querySelector("[name=model]").value]

/** @param {HTMLElement} shown @param {string} kind */
function select(shown, kind) {
  shown.querySelector(`[name=kind][value=${kind}]`).checked = true
}

/** @param {HTMLElement} shown @param {string} kind */
function choose(shown, kind) {
  select(shown, kind)
  for (const name of ["input", "change"]) {
    shown.querySelector("[name=kind]:checked").dispatchEvent(new dom.window.Event(name, { bubbles: true }))
  }
}

/** A form of films whose fields come when `answer` says so. @param {(kind: string) => any} answer */
function ofFilms(answer, before = () => undefined) {
  const fetched = mock.method(globalThis, "fetch", async (address, { body } = {}) => {
    const url = new URL(address, "http://localhost/")
    asked.push({ what: url.pathname, body: body && Object.fromEntries(body), query: url.searchParams })
    return url.pathname === "/studio/fields/" ? answer(url.searchParams.get("kind")) : ANSWERS[url.pathname]()
  })
  const shown = opened((room) => {
    room.querySelector("[data-inner]").innerHTML = laidOut("video")
    before(room)
  })
  return { shown, end: () => fetched.mock.restore() }
}

const ordered = () => asked.filter(({ what }) => what === "/studio/make/").map(({ body }) => [body.kind, body.model])
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
/** @param {HTMLElement} shown */
const order = (shown) => shown.querySelector("form").dispatchEvent(new dom.window.Event("submit", { cancelable: true, bubbles: true }))

test("after Back, Image is selected over the fields of a film: its own fields come", async () => {
  const { shown, end } = ofFilms((kind) => new Response(laidOut(kind)), (room) => select(room, "image"))
  await settled()
  assert.deepEqual(state(shown), ["image", "m-image"])
  select(shown, "video")
  window.dispatchEvent(new dom.window.Event("pageshow"))
  await settled()
  assert.deepEqual(state(shown), ["video", "m-video"])
  end()
})

test("Generate waits for the fields of the kind that was just selected", async () => {
  let arrive
  const { shown, end } = ofFilms((kind) => new Promise((done) => (arrive = () => done(new Response(laidOut(kind))))))
  choose(shown, "image")
  shown.querySelector("textarea").value = "a cat, typed meanwhile"
  order(shown)
  await settled()
  assert.deepEqual(ordered(), [])
  arrive()
  await settled()
  assert.deepEqual(ordered(), [["image", "m-image"]])
  assert.equal(asked.at(-1).body.prompt, "a cat, typed meanwhile")
  end()
})

test("where the fields of another kind do not come, the old kind is selected and nothing is ordered", async () => {
  const { shown, end } = ofFilms(() => Promise.reject(new TypeError("offline")))
  choose(shown, "image")
  order(shown)
  await settled()
  assert.deepEqual([state(shown), ordered()], [["video", "m-video"], []])
  end()
})

test("what was typed before is not written over by the form that waits for it", async () => {
  const name = "zaichat.p1.studio"
  const kept = JSON.stringify([["kind", "image"], ["prompt", "my words"]])
  localStorage.setItem(name, kept)
  let isThere = false
  const { shown, end } = ofFilms((kind) => (isThere ? new Response(laidOut(kind)) : Promise.reject(new TypeError("left"))))
  await settled()
  assert.equal(localStorage.getItem(name), kept)
  isThere = true
  window.dispatchEvent(new dom.window.Event("pageshow"))
  await settled()
  assert.deepEqual([...state(shown), shown.querySelector("textarea").value], ["image", "m-image", "my words"])
  end()
})

test("what an address brought comes back as it was changed, not as it was brought", async () => {
  history.replaceState(null, "", "/studio/?kind=video")
  const { shown, end } = ofFilms((kind) => new Response(laidOut(kind)))
  shown.querySelector("textarea").value = "a cat"
  choose(shown, "image")
  await settled()
  assert.equal(location.pathname + location.search, "/studio/")
  const again = opened()
  await settled()
  assert.deepEqual([...state(again), again.querySelector("textarea").value], ["image", "m-image", "a cat"])
  history.replaceState(null, "", "/")
  end()
})
