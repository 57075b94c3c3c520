/** What comes into a text after it is drawn: colours and formulas, the same whole or in pieces. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { CASES } from "./markdown_cases.js"

const { MarkdownStream } = await import("#markdown/stream")
const { allDone } = await import("#lib/later")

const TEXT = `${CASES["mathematics"]}\n${CASES["mathematics in a table"]}\n${CASES["a fence with blank lines"]}\nSo \\(x^2\\) and\n\n\`\`\`js\nlet a = "b" // c\n\`\`\`\n\nend $\\frac{1$ and $y$\n`

async function drawn(size) {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  for (let at = 0; at < TEXT.length; at += size) {
    stream.add(TEXT.slice(at, at + size))
    stream.paint()
  }
  stream.finish()
  await allDone()
  return target
}

test("formulas and colours are the same whether a text came whole or in pieces", async () => {
  const whole = await drawn(TEXT.length)
  assert.equal(whole.querySelectorAll(".katex-mathml math").length, 8)
  assert.ok(whole.querySelectorAll(".is-keyword").length >= 3)
  for (const size of [3, 11]) assert.equal((await drawn(size)).innerHTML, whole.innerHTML, `pieces of ${size}`)
})

test("a formula that is drawn stays the same element while its paragraph grows", async () => {
  await drawn(TEXT.length)
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add("So \\(x^2\\) holds")
  stream.paint()
  const words = () => target.querySelector(".formula .katex")
  stream.add(" and")
  stream.paint()
  const first = words()
  assert.ok(first)
  for (const word of [" so", " **does", " it**", " $y$."]) {
    stream.add(word)
    stream.paint()
    assert.equal(words(), first)
  }
})

test("a formula that cannot be read stays as it was written", async () => {
  const failed = (await drawn(TEXT.length)).querySelector(".formula[data-failed]")
  assert.equal(failed.textContent, "\\frac{1")
  assert.match(failed.title, /KaTeX/)
})

test("no formula links, loads, names or runs anything, and none takes long", async () => {
  const { draw } = await import("#markdown/katex")
  const bombs = [
    "\\href{JavaScript:alert(1)}{k}", "\\url{javascript:alert(1)}", "\\includegraphics{//evil.example/x.png}",
    "\\htmlData{a=1 onclick=alert(1)}{k}", "\\htmlId{message}{k}", "\\htmlStyle{position:fixed}{k}",
    `\\def\\a{a}${"\\edef\\a{\\a\\a}".repeat(30)}\\a`, "\\def\\a{\\a\\a}\\a", "x^".repeat(2000) + "x", "{".repeat(3000),
    "\\rule{99999em}{99999em}", "₀⁰".repeat(500), "\\text{<img src=x onerror=alert(1)>}",
  ]
  for (const source of bombs) {
    const place = document.createElement("span")
    place.dataset.source = source
    const begun = performance.now()
    draw(place)
    const took = performance.now() - begun
    assert.ok(took < (process.env.CI ? 2000 : 800), `${took} ms for ${source.slice(0, 40)}`)
    for (const element of place.querySelectorAll("*")) {
      assert.doesNotMatch(element.tagName, /^(a|img|script|iframe)$/i, source)
      for (const { name } of element.attributes) assert.doesNotMatch(name, /^(on|href|src|id$|data-)/i, source)
    }
  }
})

test("code in a language nobody knows, or too long, stays plain", async () => {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add(`\`\`\`nosuch\nlet a\n\`\`\`\n\n\`\`\`js\n${"let a = 1\n".repeat(6000)}\`\`\`\n`)
  stream.finish()
  await allDone()
  assert.equal(target.querySelectorAll("code span").length, 0)
})

test("a download is named by its language", async () => {
  const { fileName } = await import("#markdown/languages")
  assert.deepEqual(["python", "py", "TSX", "html", "mermaid", "nosuch", ""].map(fileName), [
    "code.py", "code.py", "code.tsx", "code.html", "code.mmd", "code.txt", "code.txt",
  ])
})
