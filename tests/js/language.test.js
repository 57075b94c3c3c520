import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { languageOf } from "#lib/language"

const cases = JSON.parse(await readFile(new URL("../fixtures/languages.json", import.meta.url), "utf8"))

for (const [name, text, language] of cases) {
  test(`${name}: ${language || "as the page"}`, () => assert.equal(languageOf(text), language))
}
