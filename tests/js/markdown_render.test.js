/** What a model's text may become: nothing that runs, nothing that loads. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { CASES } from "./markdown_cases.js"

const { MarkdownStream } = await import("#markdown/stream")

function drawn(text) {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add(text)
  stream.finish()
  return target
}

const PAYLOADS = [
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "[x](vbscript:x)",
  "![x](javascript:alert(1))",
  "<a href='javascript:alert(1)'>x</a>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '```"><script>alert(1)</script>\ncode\n```',
  '[x](https://a.example "\\"onmouseover=alert(1)")',
  "<br onclick=alert(1)>",
  "<sub style=position:fixed>x</sub>",
  "| <img src=x onerror=alert(1)> |\n|---|\n| <style>*{}</style> |",
  "$<img src=x onerror=alert(1)>$",
  "$\\href{javascript:alert(1)}{x}$",
  "$$\\includegraphics[src=x onerror=alert(1)]{//evil.example/x.png}$$",
  "\\(\\htmlData{a=1 onclick=alert(1)}{k}\\)",
  "<details open ontoggle=alert(1)><summary>x</summary></details>",
  "<details><summary><img src=x onerror=alert(1)></summary>\n\n<script>alert(1)</script>\n\n</details>",
  "[^1]\n\n[^1]: <img src=x onerror=alert(1)> [x](javascript:alert(1))",
  '![" onerror="alert(1)](https://a.example/x.png)',
  '```js"onmouseover="alert(1)\nlet a\n```',
  "```html\n<!doctype html><title><img src=x onerror=alert(1)></title><script>alert(1)</script>\n```",
  "```svg\n<svg onload=alert(1)><image href=//evil.example/x /></svg>\n```",
  "```mermaid\ngraph TD\n A[\"<img src=x onerror=alert(1)>\"]\n click A \"javascript:alert(1)\"\n```",
]
const ATTRIBUTES = new Set([
  "href", "title", "class", "start", "rel", "target", "align", "tabindex", "role", "aria-label",
  "aria-hidden", "aria-pressed", "aria-expanded", "aria-haspopup", "type", "dir", "open", "hidden",
  "data-action", "data-block", "data-source",
])
const OUR_DATA = /^(wrap|download|source|preview|picture|note|note-back)$/

test("every block of an answer is read its own way, and code or a term at its beginning does not turn it", () => {
  const target = drawn("`main.py` هو الملف\n\nPython لغة برمجة سهلة\n\nThis is about the word سلام only.\n\n- أولاً\n- ثانياً\n\n```python\n# مرحبا\n```")
  assert.deepEqual([...target.children].map((block) => block.getAttribute("dir")), ["rtl", "rtl", null, "rtl", null])
})

function assertHarmless(target) {
  for (const element of target.querySelectorAll("*")) {
    assert.ok(!/^(script|style|img|iframe|object|form|input|math)$/i.test(element.tagName), element.outerHTML)
    for (const { name, value } of element.attributes) {
      assert.ok(ATTRIBUTES.has(name), `${name} on ${element.outerHTML}`)
      if (name === "href" && element.tagName !== "use") assert.match(value, /^(https?:|mailto:)/)
      if (name === "data-block") assert.match(value, OUR_DATA)
    }
  }
}

test("no payload survives, whole or cut at any place", () => {
  for (const payload of PAYLOADS) {
    assertHarmless(drawn(payload))
    const target = document.createElement("div")
    const stream = new MarkdownStream(target)
    for (const sign of payload) {
      stream.add(sign)
      stream.paint()
      assertHarmless(target)
    }
  }
})

test("no mixture of payloads and Markdown survives", () => {
  const piece = fc.constantFrom(...PAYLOADS, ...Object.values(CASES), "`", "**", "[", "](", "|", "\n", "$")
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => assertHarmless(drawn(pieces.join("")))),
    { numRuns: Number(process.env.RUNS ?? 25) },
  )
})

test("quotations and lists in one another, thousands deep, are drawn or shown as they came", () => {
  for (const sign of ["> ", "- ", "1. ", "**[", "> - "]) {
    for (const depth of [100, 1500, 4000]) {
      const target = drawn(`Before.\n\n${sign.repeat(depth)}deep\n\nAfter **all**.`)
      assert.match(target.textContent, /Before[^]*deep[^]*After/, `${sign} ${depth}`)
      assertHarmless(target)
    }
  }
})

test("tags are shown as text, but for line breaks and the like", () => {
  const target = drawn("a <b>c</b> d<br>e <kbd>F1</kbd>")
  assert.equal(target.querySelector("b"), null)
  assert.match(target.textContent, /<b>c<\/b>/)
  assert.ok(target.querySelector("br"))
  assert.ok(target.querySelector("kbd"))
})

test("a picture from elsewhere is a link, and a button that names its host", () => {
  const target = drawn("![cat](https://pics.example/cat.png)")
  const link = target.querySelector("a.remote")
  assert.equal(link.href, "https://pics.example/cat.png")
  assert.equal(link.textContent, "cat")
  assert.match(link.rel, /noopener noreferrer/)
  assert.equal(target.querySelector(".picture button").textContent, "Load image from pics.example")
  assert.equal(drawn("![](https://pics.example/cat.png)").querySelector("a").textContent, "Picture")
})

test("Chinese bold closes before a letter", () => {
  assert.equal(drawn("**注意：**请先备份").querySelector("strong").textContent, "注意：")
  assert.equal(drawn("请**“先备份”**吧").querySelector("strong").textContent, "“先备份”")
  assert.equal(drawn("2 ** 3 ** 4").querySelector("strong"), null)
})

test("an address ends where Chinese begins", () => {
  assert.equal(drawn("请看https://example.com/a。然后").querySelector("a").href, "https://example.com/a")
})

test("prices are not mathematics and mathematics keeps its signs", () => {
  for (const text of ["It costs $5 to $10 today", "$5 and US$ 7, $x", "$1,000-$2,000", "a $ b $ c"]) {
    assert.equal(drawn(text).querySelector(".formula"), null, text)
    assert.equal(drawn(text).textContent.trim(), text)
  }
  assert.equal(drawn("So $a_1*b*c$ holds").querySelector(".formula").dataset.source, "a_1*b*c")
  assert.equal(drawn("So \\(x\\) and `\\(y\\)`").querySelectorAll(".formula").length, 1)
})

test("headings of an answer stand below those of the page", () => {
  assert.equal(drawn("# Top").firstElementChild.tagName, "H3")
  assert.equal(drawn("###### Deep").firstElementChild.tagName, "H6")
})

test("code names its language and can be copied and scrolled by keyboard", () => {
  const target = drawn("```python\nprint(1)\n```")
  assert.equal(target.querySelector(".code__bar b").textContent, "python")
  assert.equal(target.querySelector("pre").tabIndex, 0)
  const names = [...target.querySelectorAll("button")].map((button) => button.getAttribute("aria-label"))
  assert.deepEqual(names, ["Wrap lines", "Copy code", "Download code"])
  assert.equal(target.querySelector("code").textContent, "print(1)")
})

test("a comma stays on the line of the formula before it", () => {
  const target = drawn("设 $P$，油费为 $a$ 和 \\(b\\)。其余 $$x$$\n")
  assert.deepEqual([...target.querySelectorAll(".together")].map((one) => one.textContent), ["P，", "a", "b。"])
  assert.equal(target.textContent, "设 P，油费为 a 和 b。其余 x")
})

test("short cells of a table are not broken, long ones get a fair width", () => {
  const target = drawn("| 时间 | 说明 |\n|:--:|---|\n| 2021 年 3 月 | 适合每天通勤不超过四十公里的家庭 |\n")
  const cells = [...target.querySelectorAll("td")].map((cell) => [cell.className, cell.getAttribute("align")])
  assert.deepEqual(cells, [["is-short", "center"], ["is-long", null]])
})

test("a line in a formula does not end the cell of a table", () => {
  const target = drawn("| f | g |\n|---|---|\n| \\(P(a|b)\\) | $|x|$ |\n| $5 | $10 |\n")
  const cells = [...target.querySelectorAll("td")]
  assert.deepEqual(cells.map((cell) => cell.textContent), ["P(a|b)", "|x|", "$5", "$10"])
})

test("a task is a box that is ticked or not", () => {
  assert.deepEqual([...drawn("- [ ] open\n- [x] done\n").querySelectorAll("li.task")].map((task) => task.textContent.trim()), ["☐ open", "☑ done"])
})

test("a note is marked where it belongs and can be reached and left", () => {
  const target = drawn("One[^1], two[^why], [^a-z].\n\n[^1]: First.\n[^why]: Second.\n")
  const marks = [...target.querySelectorAll("p > .note-mark > button")]
  assert.deepEqual(marks.map((mark) => mark.getAttribute("aria-label")), ["Note 1", "Note why"])
  assert.match(target.firstElementChild.textContent, /\[\^a-z\]/)
  assert.deepEqual([...target.querySelectorAll(".note")].map((note) => note.textContent.trim()), ["1First.", "whySecond."])
})

test("a fold holds Markdown up to the tag that closes it", () => {
  const target = drawn("<details>\n<summary>Why **so**</summary>\n\n- a\n\n</details>\n\nafter")
  assert.equal(target.querySelector("details > summary strong").textContent, "so")
  assert.equal(target.querySelector("details li").textContent, "a")
  assert.equal(target.lastElementChild.textContent, "after")
})

test("a diagram shows its source until it is drawn, and an open one is code", () => {
  const target = drawn("```mermaid\ngraph TD\n```\n\n```mermaid\ngraph LR")
  assert.equal(target.querySelector(".diagram details").open, true)
  assert.equal(target.querySelector(".diagram pre").textContent, "graph TD")
  assert.equal(target.querySelectorAll(".diagram").length, 1)
})

test("pages and pictures get a preview, snippets do not", () => {
  const preview = (text) => drawn(text).querySelector("[data-block=preview]")
  assert.ok(preview("```html\n<!doctype html>\n<title>Clock</title>\n```"))
  assert.ok(preview("```svg\n<svg></svg>\n```"))
  assert.equal(preview("```html\n<p>hi</p>\n```"), null)
  assert.equal(preview("```js\n<svg></svg>\n```"), null)
  const card = drawn("```html\n<!doctype html>\n<title>Clock &amp; co</title>\n```").querySelector(".artifact__words")
  assert.equal(card.textContent, "Clock & coHTML, 2 lines · runs only in the preview")
  assert.match(drawn("```svg\n<svg></svg>\n```").querySelector(".artifact__words").textContent, /SVG, 1 line$/)
})
