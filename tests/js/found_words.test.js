import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { markFound, rangesIn } = await import("#chat/found_words")

/** What is marked of a message. @param {string} html @param {string[][]} terms */
function marked(html, terms) {
  const message = document.createElement("article")
  message.setHTMLUnsafe?.(html) ?? message.append(document.createRange().createContextualFragment(html))
  return rangesIn(message, terms).map(String)
}

const text = (/** @type {string} */ inner) => `<div class="message__text">${inner}</div>`

test("two Chinese signs are marked wherever they stand, across emphasis too", () => {
  const html = text("<p>喝<strong>明</strong>前绿茶，明前最好。</p>")
  assert.deepEqual(marked(html, [["明前"]]), ["明前", "明前"])
})

test("several words are marked in their order, each from its beginning", () => {
  const html = text("<p>Green tea, evergreen TEAS and ｇｒｅｅｎ.</p>")
  assert.deepEqual(marked(html, [["tea"], ["green"]]), ["Green", "tea", "TEA", "ｇｒｅｅｎ"])
})

test("words in quotes are marked as one", () => {
  assert.deepEqual(marked(text("<p>green, tea; green and tea</p>"), [["green", "tea"]]), ["green, tea"])
})

test("what stands in two cells or paragraphs is no word", () => {
  assert.deepEqual(marked(text("<p>绿</p><p>茶</p>"), [["绿茶"]]), [])
})

test("signs that become others when capitals do not count are marked whole", () => {
  assert.deepEqual(marked(text("<p>Straße, Cafe\u0301 ①, 𠮷野家</p>"), [["strasse"], ["caf\u00e9"], ["野家"]]), ["Straße", "Cafe\u0301", "野家"])
})

test("buttons and what is hidden are not marked, nor what somebody else said of the message", () => {
  const html = `<p>tea</p>${text("<p>tea <button>tea</button><span hidden>tea</span></p>")}`
  assert.deepEqual(marked(html, [["tea"]]), ["tea"])
})

test("signs that mean something in a pattern are only signs", () => {
  assert.deepEqual(marked(text("<p>abc a.c</p>"), [["a.c"]]), ["a.c"])
  assert.deepEqual(marked(text("<p>abc</p>"), []), [])
})

test("Escape closes what lies above the page first, and then takes the marks away", () => {
  const painted = new Map()
  const { AbortController } = window
  const addEventListener = window.addEventListener.bind(window)
  Object.assign(globalThis, { CSS: { highlights: painted }, Highlight: class {}, AbortController, addEventListener })
  document.body.innerHTML = `<article>${text("<p>green tea</p>")}</article>`
  // jsdom knows no popovers.
  let opened = "dialog"
  document.querySelector = () => opened
  window.Range.prototype.getBoundingClientRect = () => ({ top: 0, bottom: 0, height: 0 })
  markFound(document.body.firstElementChild, [["tea"]], document.createElement("div"))
  const escape = () => document.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Escape", cancelable: true }))
  assert.equal(escape(), true)
  assert.equal(painted.size, 1)
  opened = null
  assert.equal(escape(), false)
  assert.equal(painted.size, 0)
})
