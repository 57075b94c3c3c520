/** The fold of events, with the cases that the server's twin passes too. */
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { foldAll } from "#chat/turn_state"

const cases = JSON.parse(await readFile(new URL("../fixtures/turn_state.json", import.meta.url), "utf8"))

for (const { name, events, parts } of cases) {
  test(name, () => assert.deepEqual(foldAll(events), parts))
}

test("folding changes nothing that was there before", () => {
  const before = Object.freeze([Object.freeze({ kind: "text", text: "a" })])
  foldAll([{ part: 0, add: "b" }, { withdraw: true }], before)
  assert.deepEqual(before, [{ kind: "text", text: "a" }])
})
