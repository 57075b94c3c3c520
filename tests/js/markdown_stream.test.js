/** Markdown drawn piece by piece equals Markdown drawn at once. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { CASES } from "./markdown_cases.js"

const { MarkdownStream } = await import("#markdown/stream")
const { blocksOf, withPlainLineEnds } = await import("#markdown/grammar")

function drawnAtOnce(text) {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add(text)
  stream.finish()
  return target.innerHTML
}

function drawnInPieces(pieces) {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  for (const piece of pieces) {
    stream.add(piece)
    stream.paint()
  }
  stream.finish()
  return target.innerHTML
}

function cut(text, sizes) {
  const pieces = []
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length]
    pieces.push(text.slice(at, at + size))
    at += size
  }
  return pieces
}

for (const [name, text] of Object.entries(CASES)) {
  test(`${name}: drawn piece by piece equals drawn at once`, () => {
    for (const size of [2, 7]) {
      assert.equal(drawnInPieces(cut(text, [size])), drawnAtOnce(text), `pieces of ${size}`)
    }
  })
}

test("any text in any pieces equals the text at once", () => {
  const line = fc.constantFrom(...Object.values(CASES).flatMap((text) => text.split(/(?<=\n)/)))
  const texts = fc.array(line, { maxLength: 10 }).map((lines) => lines.join(""))
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(texts, sizes, (text, cuts) => {
      assert.equal(drawnInPieces(cut(text, cuts)), drawnAtOnce(text))
    }),
    { numRuns: Number(process.env.RUNS ?? 15) },
  )
})

test("blocks joined are the text, so that settled text can be counted", () => {
  const line = fc.constantFrom(...Object.values(CASES).flatMap((text) => text.split(/(?<=\n)/)))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
      const text = withPlainLineEnds(lines.join(""))
      assert.equal(blocksOf(text).map((block) => block.raw).join(""), text)
    }),
  )
})

test("text that goes on after it was finished joins its last block", () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add("Hello wor")
  stream.finish()
  stream.add("ld\n\nNext")
  stream.finish()
  assert.equal(target.innerHTML, drawnAtOnce("Hello world\n\nNext"))
})

test("a settled block is not drawn again, so that a selection in it stays", () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add("First.\n\nSecond")
  stream.paint()
  const first = target.children[0]
  for (const word of " grows and grows\n\nThird\n\n- a\n- b\n".split(/(?<= )/)) {
    stream.add(word)
    stream.paint()
  }
  assert.equal(target.children[0], first)
})

test("an open fence grows by its text alone", () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add("```js\nlet a = 1\n")
  stream.paint()
  const text = target.querySelector("code").firstChild
  stream.add("let b = 2\n")
  stream.paint()
  assert.equal(target.querySelector("code").firstChild, text)
  assert.equal(text.data, "let a = 1\nlet b = 2\n")
})

test("code stays on the screen when its fence is closed", () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  for (const piece of ["```js\nlet a = 1\n", "```\n", "hal", "f a line"]) {
    stream.add(piece)
    stream.paint()
    assert.equal(target.querySelector("code").textContent.trim(), "let a = 1", `after ${piece}`)
  }
})

test("a shorter fence inside an open one is shown as its text", () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  for (const sign of "````md\n```\ninner\n```\nmore") {
    stream.add(sign)
    stream.paint()
  }
  assert.equal(target.querySelector("code").textContent, "```\ninner\n```\nmore")
})

test("a formula that is being written is one quiet piece of source", () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  for (const sign of "So \\(a_1 * b_2 * c") {
    stream.add(sign)
    stream.paint()
  }
  assert.equal(target.querySelector(".formula.is-open").textContent, "a_1 * b_2 * c")
  assert.equal(target.querySelector("em"), null)
})

test("a price that is being written is no formula", () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  for (const sign of "It is $5 to $10") {
    stream.add(sign)
    stream.paint()
    assert.equal(target.querySelector(".formula"), null)
  }
})

test("drawing stops at a deadline and goes on until the text is whole", () => {
  const text = Object.values(CASES).join("\n\n").repeat(20)
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add(text)
  let turns = 1
  while (!stream.finish(0)) {
    turns += 1
    assert.ok(target.textContent.includes(withPlainLineEnds(text).slice(-50).trim()), "the rest is in the page")
  }
  assert.ok(turns > 3, `${turns} turns`)
  assert.equal(target.innerHTML, drawnAtOnce(text))
})

test("a block too long to be read as Markdown is shown as it is written", () => {
  const text = `before\n\n${"word *x* ".repeat(3_000)}\n\nafter *y*\n`
  assert.equal(drawnInPieces(cut(text, [9_000])), drawnAtOnce(text))
  const target = document.createElement("div")
  target.innerHTML = drawnAtOnce(text)
  assert.deepEqual([...target.querySelectorAll("em")].map((em) => em.textContent), ["y"])
})
