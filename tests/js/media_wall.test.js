/** The gallery asks for more rows as somebody goes down. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

Object.defineProperty(dom.window.HTMLElement.prototype, "clientWidth", { get: () => 800 })
Object.defineProperty(dom.window.HTMLElement.prototype, "clientHeight", { get: () => 600 })
const ROW = (number) => [`j${number}`, `f${number}`, 40, 30, "", "image", 0, 0, "2026-11-23", "a cat"]
const PAGE = `<div data-pick-bar></div><dialog data-album-dialog></dialog>
  <dialog class="viewing-above"><media-viewer></media-viewer></dialog>
  <script type="application/json" id="rows">${JSON.stringify({ rows: [ROW(9)], more: true })}</script>
  <media-wall data-rows="/gallery/rows/"><div data-wall hidden></div>
  <template data-tile><figure class="made"><a></a><span class="made__length"></span><span class="made__star" hidden></span>
  <button type="button" class="made__pick"></button></figure></template></media-wall>`

globalThis.addEventListener ??= dom.window.addEventListener.bind(dom.window)
let now = 1_000_000
mock.method(Date, "now", () => now)
/** @type {(() => Promise<Response>)[]} */
let answers
let asked = 0
globalThis.fetch = async () => {
  asked += 1
  return answers.shift()()
}
const rows = (numbers, more) => async () => Response.json({ rows: numbers.map(ROW), more })
const lost = async () => { throw new TypeError("the line is down") }

beforeEach(() => {
  document.body.replaceChildren()
  asked = 0
})

async function opened() {
  document.body.innerHTML = PAGE
  await import("#elements/media_wall")
  return /** @type {import("#elements/media_wall").MediaWall} */ (document.querySelector("media-wall"))
}

const until = async (so) => {
  while (!so()) await new Promise((resolve) => setImmediate(resolve))
}
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
const ids = (wall) => wall.rows.map(([id]) => id)

async function scroll(wall) {
  wall.dispatchEvent(new dom.window.Event("scroll"))
  await drawn()
}

test("one portion after the other comes until the view is full or nothing is left", async () => {
  answers = [rows([8], true), rows([7], true), rows([6], false)]
  const wall = await opened()
  await until(() => wall.rows.length === 4)
  await drawn()
  assert.deepEqual(ids(wall), ["j9", "j8", "j7", "j6"])
  assert.equal(asked, 3)
})

test("a portion that did not come is asked for again when somebody goes on a little later", async () => {
  answers = [lost, rows([8], false)]
  const wall = await opened()
  await until(() => asked === 1)
  await scroll(wall)
  assert.equal(asked, 1)
  now += 6000
  await scroll(wall)
  await until(() => wall.rows.length === 2)
  assert.deepEqual(ids(wall), ["j9", "j8"])
})
