/** The gallery finds while one types, and takes up what has just been made. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

Object.defineProperty(dom.window.HTMLElement.prototype, "clientWidth", { get: () => 800 })
Object.defineProperty(dom.window.HTMLElement.prototype, "clientHeight", { get: () => 600 })
globalThis.addEventListener ??= dom.window.addEventListener.bind(dom.window)
mock.timers.enable({ apis: ["setTimeout"] })
const ROW = (number) => [`j${number}`, `f${number}`, 40, 30, "", "image", 0, 0, "2026-11-23", "a cat"]
const page = (numbers, query) => `<p id="status"></p><div data-pick-bar><b data-pick-count></b></div><dialog data-album-dialog></dialog>
  <dialog class="viewing-above"><media-viewer></media-viewer></dialog>
  <script type="application/json" id="rows">${JSON.stringify({ rows: numbers.map(ROW), more: false })}</script>
  <media-wall data-rows="/gallery/rows/" data-query="${query}"><form role="search"><input type="search" name="q" value="${new URLSearchParams(query).get("q") ?? ""}"></form>
  <a class="way" href="?kind=image"></a><a class="way" href="/gallery/albums/"></a><form class="filters__form"></form>
  <div data-wall hidden></div>${numbers.length ? "" : `<div class="empty">Nothing made yet</div>`}
  <template data-none="found"><div class="empty">Nothing found</div></template>
  <template data-none="made"><div class="empty">Nothing made yet</div></template>
  <template data-tile><figure class="made"><a></a><span class="made__length"></span><span class="made__star" hidden></span>
  <button type="button" class="made__pick"></button></figure></template></media-wall>`

/** What the server has, by its query. @type {Record<string, number[]>} */
let has
/** @type {string[]} */
let asked
globalThis.fetch = async (address) => {
  const query = new URL(address, "http://localhost/").search
  asked.push(query)
  return Response.json({ rows: (has[query] ?? []).map(ROW), more: false })
}

beforeEach(() => {
  asked = []
  has = {}
  history.replaceState(null, "", "/gallery/")
})

/** @param {number[]} numbers */
async function opened(numbers, query = "") {
  document.body.innerHTML = page(numbers, query)
  await import("#elements/media_wall")
  return /** @type {import("#elements/media_wall").MediaWall} */ (document.querySelector("media-wall"))
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
const ids = (wall) => wall.rows.map(([id]) => id).join(" ")
const said = () => document.getElementById("status").textContent

/** @param {HTMLElement} wall @param {string} words */
async function type(wall, words, isComposing = false) {
  const field = wall.querySelector("input")
  field.value = words
  field.dispatchEvent(new dom.window.InputEvent("input", { bubbles: true, isComposing }))
  mock.timers.tick(350)
  await settled()
}

test("the search waited silently for Enter: it finds as one types, without a reload", async () => {
  has = { "?q=cat": [8] }
  const wall = await opened([9, 8, 7])
  await type(wall, "cat")
  assert.deepEqual([asked, ids(wall), location.search, said()], [["?q=cat"], "j8", "?q=cat", "1 found"])
  const [kind, albums] = wall.querySelectorAll("a.way")
  assert.deepEqual([kind, albums].map((link) => link.getAttribute("href")), ["?kind=image&q=cat", "/gallery/albums/"])
  assert.equal(wall.querySelector(".filters__form [name=q]").value, "cat")
})

test("what is still being composed is not searched for, and Enter searches at once and stays", async () => {
  has = { "?q=%E6%A9%99": [7] }
  const wall = await opened([9, 8, 7])
  await type(wall, "cheng", true)
  assert.deepEqual(asked, [])
  wall.querySelector("input").value = "橙"
  const submit = new dom.window.Event("submit", { cancelable: true, bubbles: true })
  wall.querySelector("form[role=search]").dispatchEvent(submit)
  await settled()
  assert.ok(submit.defaultPrevented)
  assert.deepEqual([asked, ids(wall)], [["?q=%E6%A9%99"], "j7"])
})

test("nothing found says so, and other words find again", async () => {
  has = { "": [9, 8] }
  const wall = await opened([9, 8])
  await type(wall, "dog")
  assert.equal(wall.querySelector(".empty").textContent, "Nothing found")
  assert.ok(wall.querySelector("[data-wall]").hidden)
  await type(wall, "")
  assert.deepEqual([wall.querySelector(".empty"), ids(wall), location.search], [null, "j9 j8", ""])
})

/** @param {string} id @param {string} [state] */
async function end(id, state = "done") {
  document.dispatchEvent(new dom.window.CustomEvent("job", { detail: { id, state } }))
  await settled()
}

test("a film that just became ready stood in the gallery only after a reload", async () => {
  has = { "": [12, 11, 10] }
  const wall = await opened([11, 10])
  await end("j12", "running")
  assert.deepEqual(asked, [])
  await end("j12")
  assert.equal(ids(wall), "j12 j11 j10")
  await end("j12")
  assert.deepEqual(asked, [""])
})

test("the first thing that was ever made takes the place of the words that there is nothing", async () => {
  has = { "": [1] }
  const wall = await opened([])
  assert.equal(wall.querySelector(".empty").textContent, "Nothing made yet")
  await end("j1")
  assert.deepEqual([ids(wall), wall.querySelector(".empty")], ["j1", null])
})

test("what does not fit the filters stays out", async () => {
  has = { "?kind=image": [9] }
  const wall = await opened([9], "?kind=image")
  await end("j10")
  assert.equal(ids(wall), "j9")
})
