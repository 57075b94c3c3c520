/** What the sheet says of the gallery's keys is what the viewer listens to. */
import "./dom.js"
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { galleryKeys } from "#finding/gallery_keys"

const viewer = readFileSync(new URL("../../templates/media_gen/_viewer.html", import.meta.url), "utf8")
const heard = new Set([...viewer.matchAll(/data-key="([^"]+)"/g)].map(([, key]) => key.toLowerCase()))

/** What selects where the pictures lie side by side. */
const ON_THE_WALL = ["Space", "X"]

test("every key of the viewer on the sheet presses something there", () => {
  const said = galleryKeys().shortcuts.flatMap(({ keys }) => keys).filter((key) => !key.includes("+"))
  assert.ok(said.length >= 8)
  for (const key of said) assert.ok(heard.has(key.toLowerCase()) || ON_THE_WALL.includes(key), key)
  for (const key of ON_THE_WALL) assert.ok(said.includes(key), `${key} selects, and nobody is told`)
})
