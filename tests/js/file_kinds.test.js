/** What is said of a file beside its name. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { clock, iconOf, kindOf, madeOf } = await import("#chat/file_kinds")
const { kindsCounted } = await import("#chat/attached")
const { unseenWords } = await import("#chat/blindness")

const file = (kind, more = {}) => ({ kind, size: 12_000, seconds: null, page_count: 0, media_type: "", ...more, origin: more.origin ?? {} })

const SAID = [
  [file("image", { width: 40, height: 30 }), "40 × 30 px, 11.7\u00a0KB"],
  [file("image", { width: 2048, height: 1536, origin: { width: 4032, height: 3024 } }), "4032 → 2048 px"],
  [file("image", { width: 40, height: 30, origin: { marks: [{}] } }), "1 mark, 40 × 30 px"],
  [file("image", { width: 40, height: 30, origin: { marks: [{}, {}], is_animated: true } }), "2 marks, 40 × 30 px"],
  [file("document", { origin: { format: "ZIP", entries: 4, read: 3 } }), "ZIP, 3 of 4 files read"],
  [file("document", { origin: { format: "ZIP", entries: 4, read: 4 } }), "ZIP, 11.7\u00a0KB"],
  [file("document", { origin: { format: "ZIP", entries: 4 } }), "ZIP, 11.7\u00a0KB"],
  [file("document", { page_count: 60, origin: { format: "PDF", scanned: 0 } }), "PDF, 60 pages"],
  [file("document", { page_count: 3, origin: { format: "PDF", scanned: 2 } }), "PDF, 3 pages, 2 scanned"],
  [file("document", { page_count: 1, origin: { format: "Word" } }), "Word, 1 page"],
  [file("document", { page_count: 9, origin: { format: "PowerPoint" } }), "PowerPoint, 9 slides"],
  [file("document", { page_count: 50, origin: { format: "Excel", sheets: 50 } }), "Excel, 50 sheets"],
  [file("document", { page_count: 9, origin: { format: "Excel", sheets: 2 } }), "Excel, 11.7\u00a0KB"],
  [file("document", { size: 5 * 1024 ** 2, origin: { format: "CSV" } }), "CSV, 5.0\u00a0MB"],
  [file("document", { size: 81, origin: { format: "Text" } }), "Text, 81\u00a0bytes"],
  [file("document", { origin: { format: "Text", pasted: 8412 } }), "8,412 characters"],
  [file("video", { seconds: 12.4, page_count: 8 }), "0:12, as 8 stills"],
  [file("video", { seconds: 12.4, page_count: 8, can_be_fetched: true }), "0:12, as 8 stills"],
  [file("audio", { seconds: 185 }), "3:05, 11.7\u00a0KB"],
]

for (const [stored, words] of SAID) test(`a chip says ${words}`, () => assert.equal(madeOf(stored), words))

test("a film goes as film only where the vendor can get it and the model watches films", () => {
  const picker = Object.assign(document.body.appendChild(document.createElement("model-picker")), { model: { films: 1 } })
  assert.equal(madeOf(file("video", { seconds: 12.4, page_count: 8, can_be_fetched: true })), "0:12, as film")
  assert.equal(madeOf(file("video", { seconds: 12.4, page_count: 8 })), "0:12, as 8 stills")
  picker.remove()
})

test("time is told as people write it", () => {
  assert.deepEqual([0.4, 59.6, 3723].map(clock), ["0:00", "1:00", "1:02:03"])
})

test("what the server found counts more than what a browser guessed", () => {
  assert.equal(kindOf({ file: { type: "video/mp4" }, stored: null }), "video")
  assert.equal(kindOf({ file: { type: "video/mp4" }, stored: file("audio") }), "audio")
  assert.equal(iconOf({ file: null, stored: file("document", { origin: { format: "Excel" } }) }), "table")
  assert.equal(iconOf({ file: null, stored: file("document", { media_type: "text/plain", origin: { format: "Python" } }) }), "code")
})

test("what goes along is counted by kind", () => {
  const files = [file("image"), file("document"), file("image"), file("audio")]
  assert.equal(kindsCounted(files), "2 pictures, 1 document, 1 recording")
  assert.equal(kindsCounted([]), "")
})

test("a model that cannot see is told of with what becomes of each kind", () => {
  assert.match(unseenWords([file("image")]), /pictures\. It does not take/)
  assert.match(unseenWords([file("image"), file("video")]), /pictures or films/)
  assert.match(unseenWords([file("document", { origin: { scanned: 3 } })]), /scanned pages/)
  assert.equal(unseenWords([file("document", { origin: { scanned: 0 } }), file("audio")]), "")
})
