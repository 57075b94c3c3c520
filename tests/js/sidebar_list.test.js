/** A fresh list is taken over without disturbing whoever uses it; what ended elsewhere is said once. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const { window } = dom
globalThis.CSS = { escape: (text) => text }
for (const name of ["HTMLInputElement", "Event"]) globalThis[name] = window[name]
const { List } = await import("#sidebar/list")
const { News } = await import("#sidebar/news")

let list
let hidden

function entry(id, { title = id, state = "", ended = "", outcome = "done" } = {}) {
  const facts = state ? ` data-state="${state}" data-ended="${ended}" data-outcome="${outcome}"` : ""
  const dot = state === "unread" ? `<span class="dot"></span>` : ""
  return `<li class="entry" data-conversation="${id}"${facts}><input type="checkbox" class="entry__check"><a class="entry__link" href="/c/${id}/"><span class="entry__title">${title}</span>${dot}</a><button class="entry__menu"></button></li>`
}

const group = (key, ...entries) => `<section data-group="${key}"><h3>${key}</h3><ul>${entries.join("")}</ul></section>`
const fresh = (...groups) => document.createRange().createContextualFragment(groups.join(""))
const link = (id) => list.entry(id).querySelector("a")

beforeEach(() => {
  const page = group("today", entry("a"), entry("b")) + group("older", entry("c"))
  document.body.innerHTML = `<nav tabindex="0"><div data-list="/sidebar/">${page}</div></nav><chat-room></chat-room><p id="status"></p>`
  list = new List(document.querySelector("[data-list]"))
  hidden = false
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true })
})

test("a row that moves up is the same row, with its new title", () => {
  const kept = list.entry("c")
  list.take(fresh(group("today", entry("c", { title: "new title" }), entry("a"), entry("b"))))
  assert.deepEqual(list.order, ["c", "a", "b"])
  assert.equal(list.entry("c"), kept)
  assert.equal(list.titleOf("c"), "new title")
  assert.equal(document.querySelectorAll("section").length, 1)
})

test("whoever stands on a row stands on it still when it moves into a new group", () => {
  link("c").focus()
  const button = link("c")
  list.take(fresh(group("pinned", entry("c")), group("today", entry("a"), entry("b"))))
  assert.equal(document.activeElement, button)
  assert.equal(list.entry("c").closest("section").dataset.group, "pinned")
})

test("when the row is gone its neighbour gets the focus, in an empty list the list", () => {
  link("b").focus()
  list.take(fresh(group("today", entry("a")), group("older", entry("c"))))
  assert.equal(document.activeElement, link("c"))
  list.take(fresh("<p>Nothing</p>"))
  assert.equal(document.activeElement, document.querySelector("nav"))
})

test("a name being typed stays, with its focus, wherever its row goes", () => {
  const row = list.entry("c")
  row.classList.add("entry--renaming")
  row.insertAdjacentHTML("beforeend", `<form><input name="title" value="half a na"></form>`)
  const field = row.querySelector("[name=title]")
  field.focus()
  list.take(fresh(group("today", entry("c", { title: "from elsewhere" }), entry("a"), entry("b"))))
  assert.equal(field.isConnected, true)
  assert.equal(document.activeElement, field)
  assert.equal(field.value, "half a na")
})

test("what is selected stays selected", () => {
  list.entry("b").querySelector("input").checked = true
  list.take(fresh(group("today", entry("b", { title: "other" }), entry("a"), entry("c"))))
  assert.equal(list.entry("b").querySelector("input").checked, true)
  assert.equal(list.entry("a").querySelector("input").checked, false)
})

test("the row of this page is marked", () => {
  window.history.replaceState(null, "", "/c/b/")
  list.take(fresh(group("today", entry("a"), entry("b"))))
  assert.equal(document.querySelectorAll("[aria-current]").length, 1)
  assert.equal(link("b").getAttribute("aria-current"), "page")
})

function newsOn(current) {
  const said = []
  const told = []
  document.addEventListener("toast", (event) => said.push(event.detail))
  globalThis.fetch = async (address) => (told.push(address), { ok: true, status: 204 })
  return { news: new News(list, () => current), said, told }
}

function take(news, ...entries) {
  const before = list.states
  list.take(fresh(group("today", ...entries)))
  news.heard(before)
}

test("an answer that ended elsewhere is said once, and its words open it", () => {
  const { news, said, told } = newsOn("a")
  take(news, entry("a"), entry("b", { state: "running" }), entry("c"))
  take(news, entry("a"), entry("b", { state: "unread", ended: "g1" }), entry("c"))
  take(news, entry("a"), entry("b", { state: "unread", ended: "g1" }), entry("c"))
  assert.deepEqual(said.map(({ words, href }) => [words, href]), [["“b” is ready", "/c/b/"]])
  take(news, entry("a"), entry("b", { state: "unread", ended: "g2", outcome: "failed" }), entry("c"))
  assert.equal(said.at(-1).words, "“b” has failed")
  assert.deepEqual(told, [])
})

test("what is new in rows that were not there before is not said", () => {
  const { news, said } = newsOn("a")
  take(news, entry("a"), entry("z", { state: "unread", ended: "g9" }))
  assert.deepEqual(said, [])
})

test("an answer on the screen is read, not announced", async () => {
  const { news, said, told } = newsOn("a")
  take(news, entry("a", { state: "unread", ended: "g3" }), entry("b"))
  assert.deepEqual(told, ["/c/a/read/"])
  await new Promise(setImmediate)
  assert.deepEqual(said, [])
  assert.equal(list.entry("a").dataset.state, undefined)
  assert.equal(list.entry("a").querySelector(".dot"), null)
})

test("a page that says its conversation is deleted tells nobody that it was read", () => {
  document.querySelector("chat-room").remove()
  const { told } = newsOn("gone")
  assert.deepEqual(told, [])
})

test("a tab nobody looks at reads nothing until somebody does", () => {
  const { news, said, told } = newsOn("a")
  hidden = true
  take(news, entry("a", { state: "unread", ended: "g4" }), entry("b", { state: "unread", ended: "g5" }))
  assert.deepEqual([said, told], [[], []])
  hidden = false
  document.dispatchEvent(new window.Event("visibilitychange"))
  assert.ok(told.includes("/c/a/read/"))
})
