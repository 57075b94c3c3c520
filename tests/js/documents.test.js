/** What was read of documents is said in the same words as by the server. */
import "./dom.js"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const { readWords } = await import("#chat/documents")

for (const { words, part } of JSON.parse(readFileSync("tests/fixtures/read_documents.json", "utf8"))) {
  test(`what was read: ${words || "nothing to say"}`, () => assert.equal(readWords(part), words))
}
