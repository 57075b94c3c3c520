/** Mermaid is given no tag to parse, and every arrow it knows. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { withoutTags } from "#markdown/diagram_source"

test("a tag in a label is text, but for a line break", () => {
  assert.equal(withoutTags('A["<img src=x onerror=y>one<br/>two</b>"]'), 'A["#lt;img src=x onerror=y>one<br/>two#lt;/b>"]')
})

test("arrows and stereotypes stay as they are", () => {
  const source = "A <--> B\nC <|-- D\nE <-- F\nclass G { <<interface>> }\nH x--x I\nJ o--o K"
  assert.equal(withoutTags(source), source)
})
