/** Films of the gallery play while somebody is at them, with a mouse or by the keyboard. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { previewFilms } from "#studio/previewing"

/** @type {string[]} */
let done
dom.window.HTMLMediaElement.prototype.play = async () => void done.push("play")
dom.window.HTMLMediaElement.prototype.pause = () => void done.push("pause")
previewFilms()

beforeEach(() => {
  done = []
  document.body.innerHTML = `<figure class="made"><a href="#"><video data-src="/files/1/"></video></a></figure><a id="other" href="#"></a>`
})

const link = () => /** @type {HTMLElement} */ (document.querySelector("figure a"))

test("a mouse over it plays the film, and away from it rests", () => {
  link().dispatchEvent(new dom.window.Event("pointerover", { bubbles: true }))
  assert.match(document.querySelector("video").src, /\/files\/1\/$/)
  link().dispatchEvent(new dom.window.Event("pointerout", { bubbles: true }))
  assert.deepEqual(done, ["play", "pause"])
})

test("the keyboard on it plays the film too", () => {
  link().matches = (selector) => selector === ":focus-visible"
  link().focus()
  document.getElementById("other").focus()
  assert.deepEqual(done, ["play", "pause"])
})

test("a focus that nobody sees plays nothing", () => {
  link().matches = () => false
  link().focus()
  assert.deepEqual(done, [])
})

test("who wants little motion sees the poster", () => {
  const before = globalThis.matchMedia
  globalThis.matchMedia = () => ({ matches: true, addEventListener() {} })
  link().dispatchEvent(new dom.window.Event("pointerover", { bubbles: true }))
  globalThis.matchMedia = before
  assert.deepEqual(done, [])
})
