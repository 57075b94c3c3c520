/** What a page that a model wrote is called. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { titleOf } from "#markdown/artifact"

/** @type {[string, string][]} */
const TITLES = [
  ["Salt &amp; pepper", "Salt & pepper"],
  ["a &lt;b&gt; &#39;c&#x27; &quot;d&quot;", `a <b> 'c' "d"`],
  ["&amp;lt;", "&lt;"],
  ["AT&T &unknown; &#0; &#x110000;", "AT&T &unknown; &#0; &#x110000;"],
  ["one\n  two", "one two"],
]
for (const [written, read] of TITLES) {
  test(`a title that is written ${JSON.stringify(written)} reads ${read}`, () => {
    assert.equal(titleOf(`<!doctype html><title>${written}</title>`, "html"), read)
  })
}
