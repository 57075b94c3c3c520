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
]
const ATTRIBUTES = new Set([
  "href", "title", "class", "start", "rel", "target", "align", "tabindex", "role", "aria-label",
  "aria-hidden", "type", "data-action",
])

function assertHarmless(target) {
  for (const element of target.querySelectorAll("*")) {
    assert.ok(!/^(script|style|img|iframe|object|form|input|math)$/i.test(element.tagName), element.outerHTML)
    for (const { name, value } of element.attributes) {
      assert.ok(ATTRIBUTES.has(name), `${name} on ${element.outerHTML}`)
      if (name === "href" && element.tagName !== "use") assert.match(value, /^(https?:|mailto:)/)
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

test("tags are shown as text, but for line breaks and the like", () => {
  const target = drawn("a <b>c</b> d<br>e <kbd>F1</kbd>")
  assert.equal(target.querySelector("b"), null)
  assert.match(target.textContent, /<b>c<\/b>/)
  assert.ok(target.querySelector("br"))
  assert.ok(target.querySelector("kbd"))
})

test("a picture from elsewhere is a link that names its host", () => {
  const target = drawn("![cat](https://pics.example/cat.png)")
  const link = target.querySelector("a.remote")
  assert.equal(link.href, "https://pics.example/cat.png")
  assert.match(link.textContent, /cat.*pics\.example/)
  assert.match(link.rel, /noopener noreferrer/)
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
  assert.equal(drawn("It costs $5 to $10 today").querySelector("code"), null)
  assert.equal(drawn("So $a_1*b*c$ holds").querySelector("code").textContent, "a_1*b*c")
  assert.equal(drawn("So \\(x\\) and `\\(y\\)`").querySelectorAll(".math__source").length, 1)
})

test("headings of an answer stand below those of the page", () => {
  assert.equal(drawn("# Top").firstElementChild.tagName, "H3")
  assert.equal(drawn("###### Deep").firstElementChild.tagName, "H6")
})

test("code names its language and can be copied and scrolled by keyboard", () => {
  const target = drawn("```python\nprint(1)\n```")
  assert.equal(target.querySelector(".code__bar b").textContent, "python")
  assert.equal(target.querySelector("pre").tabIndex, 0)
  assert.equal(target.querySelector("button").getAttribute("aria-label"), "Copy code")
  assert.equal(target.querySelector("code").textContent, "print(1)")
})
