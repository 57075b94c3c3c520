/** The table of shortcuts: which key is which, on every keyboard, and whose it stays. */
import "./dom.js"
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { beforeEach, test } from "node:test"
import { fileURLToPath } from "node:url"

const { caps, pressed, shortcuts } = await import("#finding/shortcuts")
const table = shortcuts().flatMap((group) => group.shortcuts)

/** @param {string} key @param {object} more */
const key = (key, more = {}) => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more })
const which = (event, mac = false) => pressed(event, mac)?.id ?? null

test("every shortcut has a name, words and keys of its own", () => {
  assert.equal(new Set(table.map(({ id }) => id)).size, table.length)
  const keys = table.flatMap((one) => one.keys)
  assert.equal(new Set(keys).size, keys.length)
  assert.ok(table.every(({ words }) => words))
})

test("every shortcut on the sheet does something, and whatever the page hears is on the sheet", async () => {
  const { DEEDS } = await import("#finding/deeds")
  const done = table.filter(({ shown }) => !shown).map(({ id }) => id)
  assert.deepEqual([...done].sort(), Object.keys(DEEDS).sort())
  /** Who else hears keys of the whole page -> what the sheet says of it; null: only what every page does. */
  const HEARS = {
    "finding/keys.js": "search",
    "lib/undoing.js": "undo",
    "elements/conversation_sidebar.js": "rename",
    "elements/follow_scroll.js": null,
    "chat/found_words.js": null,
    "sidebar/drawer.js": null,
    "lib/keys.js": null,
    // In a group of their own: gallery_keys.test.js
    "elements/media_viewer.js": null,
    "gallery/picking.js": null,
  }
  const root = fileURLToPath(new URL("../../static/js/", import.meta.url))
  const files = readdirSync(root, { recursive: true }).filter((name) => name.endsWith(".js"))
  const hearing = files.filter((name) => /(?:document|window|page)\.addEventListener\("keydown"/.test(readFileSync(root + name, "utf8")))
  assert.deepEqual(hearing.filter((name) => !(name in HEARS)), [])
  for (const id of Object.values(HEARS)) assert.ok(id === null || table.some((one) => one.id === id), id ?? "")
})

test("what a browser needs for itself is not taken", () => {
  for (const letter of "rwtlfnpc") {
    assert.equal(which(key(letter, { ctrlKey: true })), null)
    assert.equal(which(key(letter, { metaKey: true }), true), null)
  }
  for (const letter of "RTCINPW") assert.equal(which(key(letter, { ctrlKey: true, shiftKey: true })), null)
})

test("Ctrl counts on most computers and Command on a Mac", () => {
  assert.equal(which(key("k", { ctrlKey: true })), "search")
  assert.equal(which(key("k", { metaKey: true })), null)
  assert.equal(which(key("k", { metaKey: true }), true), "search")
  assert.equal(which(key("k", { ctrlKey: true }), true), null)
  assert.equal(which(key("K", { ctrlKey: true })), "search", "with caps lock")
  assert.equal(which(key("k", { ctrlKey: true, altKey: true })), null)
})

test("signs are found where a keyboard has them, with Shift or without", () => {
  assert.equal(which(key("/", { ctrlKey: true })), "sheet")
  assert.equal(which(key("/", { ctrlKey: true, shiftKey: true })), "sheet", "German")
  assert.equal(which(key("?", { shiftKey: true })), "sheet")
  assert.equal(which(key(":", { ctrlKey: true, shiftKey: true })), "code")
  assert.equal(which(key(",", { ctrlKey: true })), "settings")
  assert.equal(which(key("?", { ctrlKey: true, altKey: true })), null)
})

test("without Latin letters the place of the key counts, with them it does not", () => {
  assert.equal(which(key("л", { ctrlKey: true, code: "KeyK" })), "search")
  assert.equal(which(key("®", { altKey: true, code: "KeyR" }), true), "regenerate")
  assert.equal(which(key("p", { altKey: true, code: "KeyR" })), null, "Dvorak")
})

test("what fields do by themselves is only shown", () => {
  assert.equal(which(key("Enter")), null)
  assert.equal(which(key("ArrowUp")), null)
})

test("the sheet names keys as this computer does", () => {
  assert.deepEqual(caps("Mod+Shift+Backspace", true), ["⌘", "⇧", "⌫"])
  assert.deepEqual(caps("Mod+Shift+Backspace", false), ["Ctrl", "Shift", "⌫"])
  assert.deepEqual(caps("Alt+ArrowUp", false), ["Alt", "↑"])
})

window.HTMLDialogElement.prototype.showModal = () => undefined
await import("#finding/keys")

beforeEach(() => {
  delete document.documentElement.dataset.shortcuts
  document.body.innerHTML = `<input id="other"><textarea id="message"></textarea><main tabindex="-1"></main>`
})

/** Whether the page took the key. @param {string} selector @param {KeyboardEvent} event */
const taken = (selector, event) => !document.querySelector(selector).dispatchEvent(event)

test("a letter or sign alone is text in a field and a shortcut elsewhere", () => {
  assert.equal(taken("#message", key("?")), false)
  assert.equal(taken("#other", key("?")), false)
  assert.equal(taken("main", key("?")), true)
})

test("other fields keep their keys, but for what works anywhere", () => {
  assert.equal(taken("#other", key("Escape", { shiftKey: true })), false)
  assert.equal(taken("#message", key("Escape", { shiftKey: true })), true)
  assert.equal(taken("#other", key("k", { ctrlKey: true })), true)
})

test("nothing happens while a word is composed, in a dialog, or for what is not on the page", () => {
  assert.equal(taken("main", key("k", { ctrlKey: true, isComposing: true })), false)
  assert.equal(taken("main", key("r", { altKey: true })), false)
  document.body.insertAdjacentHTML("beforeend", `<dialog open></dialog>`)
  assert.equal(taken("main", key("k", { ctrlKey: true })), false)
})

test("one switch turns all of them off", () => {
  document.documentElement.dataset.shortcuts = "off"
  assert.equal(taken("main", key("k", { ctrlKey: true })), false)
  assert.equal(taken("main", key("?")), false)
})

test("arrows look the same wherever the sheet shows one", () => {
  assert.deepEqual(caps("Shift+ArrowRight", false), ["Shift", "→"])
  assert.deepEqual(caps("Alt+ArrowUp", false), ["Alt", "↑"])
})
