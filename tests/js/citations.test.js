/** Marks of pages become links where they lead somewhere, and stay as they are elsewhere. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"

const { MarkdownStream } = await import("#markdown/stream")
const { pieces, readable } = await import("#markdown/citations")
const { lastSentence, passageBefore } = await import("#chat/passages")

const REPORT = { number: 1, id: "aaa", name: "report.pdf", page_count: 60, pages: [[1, 1], [12, 15]] }
const SALES = { number: 2, id: "bbb", name: "sales.xlsx", page_count: 3, pages: [[1, 3]], labels: { 2: "Umsatz 2025" } }
const SOURCES = new Map([REPORT, SALES].map((file) => [file.number, file]))

function places(text) {
  return pieces(text, SOURCES).map((piece) => (typeof piece === "string" ? piece : [piece.file.number, piece.first, piece.last]))
}

function target(files = [REPORT, SALES]) {
  document.body.innerHTML = `<article><p></p><div></div></article>`
  document.querySelector("p").dataset.files = JSON.stringify(files)
  return document.querySelector("div")
}

function drawn(parts, files) {
  const element = target(files)
  const stream = new MarkdownStream(element)
  for (const part of parts) {
    stream.add(part)
    stream.paint()
  }
  stream.finish()
  return element
}

for (const [text, expected] of [
  ["It rose.[1:12]", ["It rose.", [1, 12, 12]]],
  ["[1:12, 2:3]", [[1, 12, 12], [2, 3, 3]]],
  ["[1:12, 15]", [[1, 12, 12], [1, 15, 15]]],
  ["【1:13】。", [[1, 13, 13], "。"]],
  ["［1：13］", [[1, 13, 13]]],
  ["[1:13-14]", [[1, 13, 14]]],
  ["[1:14–20]", [[1, 14, 15]]],
  ["[1:13-1:14；2:1]", [[1, 13, 14], [2, 1, 1]]],
  ["[1: p. 13]", [[1, 13, 13]]],
  ["at [10:30] o'clock, [1:7] and [3:1]", ["at [10:30] o'clock, [1:7] and [3:1]"]],
  ["[1:12, nonsense]", ["[1:12, nonsense]"]],
  ["[7]", ["[7]"]],
]) {
  test(`${text} is read`, () => assert.deepEqual(places(text), expected))
}

test("a page is a link that says where it leads; of one document alone its name is not repeated", () => {
  const [link] = drawn(["It rose [1:12]."], [REPORT]).querySelectorAll("a.cite")
  assert.equal(link.getAttribute("href"), "/files/aaa/pages/12/")
  assert.equal(link.textContent, "p. 12")
  assert.equal(link.title, "report.pdf, p. 12")
  assert.deepEqual([...drawn(["[1:12, 2:2]"]).querySelectorAll("a.cite")].map((one) => one.textContent), ["report p. 12", "sales Umsatz 2025"])
})

test("code, formulas and links keep what looks like a citation", () => {
  const text = "`a[1:12]` and \\(x[1:12]\\)\n\n```py\nb[1:12]\n```\n\n    c[1:12]\n"
  assert.equal(drawn([text]).querySelectorAll("a.cite").length, 0)
})

test("without a notice of documents nothing is a citation", () => {
  assert.equal(drawn(["See [1:12]."], []).innerHTML, "<p>See [1:12].</p>")
})

test("a name of a file is never more than text", () => {
  const evil = { ...REPORT, id: "x", name: '"><img src=x onerror=alert(1)>.pdf' }
  const element = drawn(["[1:12] [2:1]"], [evil, SALES])
  assert.equal(element.querySelector("img"), null)
  assert.match(element.querySelector("a").title, /onerror/)
})

test("any answer with citations drawn in any pieces equals the answer drawn at once", () => {
  const words = fc.constantFrom(
    "It rose ", "by 4 %", "[1:12]", "[1:12, 2:3]", "【1:13】", "。", "[1:", "12", "]", "**", "`", "- item [2:1]\n", "\n\n",
    "| a | [1:13-14] |\n|---|---|\n| b | c |\n", "[10:30]", "[a](https://x.example) ", "# Title [1:1]\n",
  )
  const texts = fc.array(words, { maxLength: 14 }).map((list) => list.join(""))
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (text, sizes) => {
      const parts = []
      for (let at = 0, turn = 0; at < text.length; at += sizes[turn % sizes.length], turn += 1) {
        parts.push(text.slice(at, at + sizes[turn % sizes.length]))
      }
      assert.equal(drawn(parts).innerHTML, drawn([text]).innerHTML)
    }),
    { numRuns: 60 },
  )
})

test("half a citation is not shown while it is written", () => {
  const element = target()
  const stream = new MarkdownStream(element)
  stream.add("It rose [1:1")
  stream.paint()
  assert.equal(element.textContent.trim(), "It rose")
})

test("copied text says in words what is a link on the screen, but for code", () => {
  const text = "It rose [1:12, 2:2].\n\n```py\nb[1:12]\n```\nand `a[1:12]` [1:13-14]"
  assert.equal(
    readable(text, SOURCES),
    "It rose [report.pdf, p. 12][sales.xlsx, Umsatz 2025].\n\n```py\nb[1:12]\n```\nand `a[1:12]` [report.pdf, p. 13–14]",
  )
})

test("the sentence before a citation is looked for in its page", () => {
  const element = drawn(["First one. The harvest rose by 4.2 percent [1:12]. Then **it** fell [1:13]。\n\n- 产量增加了。绿茶最多[1:14]。"])
  const [one, two, three] = element.querySelectorAll("a.cite")
  assert.equal(passageBefore(one), "The harvest rose by 4.2 percent")
  assert.equal(passageBefore(two), "Then it fell")
  assert.equal(passageBefore(three), "绿茶最多")
})

test("what is quoted before a citation is looked for whole", () => {
  assert.equal(lastSentence("It says: “The tea is green. It grows.” "), "The tea is green. It grows.")
  assert.equal(lastSentence("原文：「茶是绿的。它在长。」"), "茶是绿的。它在长。")
  assert.equal(lastSentence(""), "")
})
