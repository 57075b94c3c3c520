/** Pauses between attempts to reconnect. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { pauseBefore } from "#lib/backoff"

test("pauses are between half a second and a bound that doubles up to eight", () => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    assert.equal(pauseBefore(attempt, () => 0), 500)
    assert.ok(pauseBefore(attempt, () => 0.999999) <= 8_000)
  }
  assert.ok(pauseBefore(0, () => 0.999999) <= 1000)
  assert.ok(pauseBefore(9, () => 0.999999) > 7_500)
})
