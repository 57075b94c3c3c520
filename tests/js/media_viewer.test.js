/** Fingers on a picture of the gallery: a swipe goes on or away, a pinch enlarges and is no swipe. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

globalThis.CSS = { escape: (text) => text }
globalThis.HTMLVideoElement = dom.window.HTMLVideoElement
dom.window.Element.prototype.scrollIntoView = () => {}
await import("#elements/media_viewer")

/** @type {string[]} */
let pressed
/** @type {HTMLElement} */
let stage

beforeEach(() => {
  document.body.innerHTML = `<media-viewer><div data-job="1"><figure data-stage><img alt=""></figure>
    <a data-key="ArrowLeft" href="#"></a><a data-key="ArrowRight" href="#"></a><a data-key="Escape" href="#"></a></div>
    <aside class="viewing__about"></aside></media-viewer>`
  stage = /** @type {HTMLElement} */ (document.querySelector("[data-stage]"))
  pressed = []
  for (const link of document.querySelectorAll("a")) link.addEventListener("click", () => pressed.push(link.dataset.key))
})

function finger(type, pointerId, clientX, clientY = 0, pointerType = "touch") {
  const event = new dom.window.Event(`pointer${type}`, { bubbles: true })
  stage.dispatchEvent(Object.assign(event, { pointerId, clientX, clientY, pointerType }))
}

const transform = () => stage.querySelector("img").style.transform

test("a swipe leads to the neighbour on that side, and down closes it", () => {
  for (const [x, y] of [[-80, 0], [80, 0], [0, 120]]) {
    finger("down", 1, 0)
    finger("move", 1, x, y)
    finger("up", 1, x, y)
  }
  assert.deepEqual(pressed, ["ArrowRight", "ArrowLeft", "Escape"])
  assert.equal(transform(), "")
})

test("a picture follows the finger and falls back when that was too short", () => {
  finger("down", 1, 0)
  finger("move", 1, 30)
  assert.equal(transform(), "translate(30px, 0px)")
  finger("up", 1, 30)
  assert.equal(transform(), "")
  assert.deepEqual(pressed, [])
})

test("a pinch that follows a drag enlarges, and leads nowhere when the fingers leave", () => {
  finger("down", 1, 0)
  finger("move", 1, -90)
  finger("down", 2, 10)
  finger("move", 2, 110)
  assert.match(transform(), /scale\(2\)/)
  finger("up", 2, 110)
  finger("move", 1, -190)
  finger("up", 1, -190)
  assert.deepEqual(pressed, [])
})

test("pinching it small again does not go on either", () => {
  finger("down", 1, 0)
  finger("down", 2, 100)
  finger("move", 2, 50)
  finger("up", 2, 50)
  finger("move", 1, -200)
  finger("up", 1, -200)
  assert.equal(transform(), "")
  assert.deepEqual(pressed, [])
})

test("O says that a picture has no conversation, where it has none", () => {
  const said = []
  document.addEventListener("toast", (event) => said.push(event.detail.words))
  stage.dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: "o", bubbles: true }))
  stage.dispatchEvent(new dom.window.KeyboardEvent("keydown", { key: "q", bubbles: true }))
  assert.deepEqual(said, ["It came from no conversation: it was made in the studio."])
})

test("a mouse swipes nothing", () => {
  finger("down", 1, 0, 0, "mouse")
  finger("move", 1, 200, 0, "mouse")
  finger("up", 1, 200, 0, "mouse")
  assert.deepEqual(pressed, [])
})

test("a picture that was opened from the studio has the focus, and Escape leads back there", () => {
  assert.equal(document.activeElement, document.body, "it cannot be focused here")
  Object.defineProperty(document, "referrer", { value: "http://localhost/studio/?kind=image", configurable: true })
  const { outerHTML } = document.querySelector("media-viewer")
  document.body.innerHTML = outerHTML.replace("data-stage", 'data-stage tabindex="0"')
  assert.equal(document.activeElement, document.querySelector("[data-stage]"))
  assert.equal(document.querySelector("[data-key=Escape]").getAttribute("href"), "http://localhost/studio/?kind=image")
  delete document.referrer
})

test("a star says that it is there, and that it is gone", async () => {
  document.body.insertAdjacentHTML("beforeend", `<p id="status"></p>`)
  const viewer = document.querySelector("media-viewer")
  viewer.insertAdjacentHTML("beforeend", `<form data-do="star"><button aria-pressed="false"></button></form>`)
  globalThis.fetch = async () => new Response(null, { status: 204 })
  globalThis.FormData ??= dom.window.FormData
  const heard = []
  for (let press = 0; press < 2; press += 1) {
    viewer.querySelector("form").dispatchEvent(new dom.window.Event("submit", { bubbles: true, cancelable: true }))
    await new Promise((done) => setTimeout(done))
    heard.push(document.getElementById("status").textContent)
  }
  assert.deepEqual(heard, ["Starred", "Star taken away"])
})

test("a double click on Trash moves it there once, and says nothing of a server that is away", async () => {
  const said = []
  document.addEventListener("toast", ({ detail }) => said.push(detail.words))
  let posts = 0
  globalThis.fetch = async () => (posts++, new Response("", { status: posts === 1 ? 200 : 404 }))
  const viewer = document.querySelector("media-viewer")
  viewer.dataset.several = "/gallery/several/"
  viewer.insertAdjacentHTML("beforeend", `<form data-do="trash"></form>`)
  const press = () => viewer.querySelector("form").dispatchEvent(new dom.window.Event("submit", { bubbles: true, cancelable: true }))
  viewer.querySelectorAll("[data-key^=Arrow]").forEach((link) => link.remove())
  press()
  press()
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual([posts, said], [1, ["Picture moved to trash"]])
  press()
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(said.at(-1), "That did not work. Try again.")
})
