/** What is copied of a message: its text, its thinking when asked for, its formatting for documents. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

globalThis.XMLSerializer = document.defaultView.XMLSerializer
const { answerOf, answerWithThinking, htmlOf } = await import("#chat/copying")

let message

beforeEach(() => {
  document.body.innerHTML = `<article class="message" data-role="assistant">
    <thinking-step><div class="step__body">first thought\nsecond</div></thinking-step>
    <markdown-body class="message__text"></markdown-body>
    <markdown-body class="message__text"></markdown-body></article>`
  message = document.querySelector("article")
  const [one, two] = message.querySelectorAll("markdown-body")
  one.source = "**one**\n\n"
  two.source = "two"
})

test("Copy takes the Markdown of every text and nothing of the thinking", () => {
  assert.equal(answerOf(message), "**one**\n\ntwo")
})

test("Copy with thinking puts it before the text, as a quote", () => {
  assert.equal(answerWithThinking(message), "> first thought\n> second\n\n**one**\n\ntwo")
})

test("a document gets the formatting without classes, buttons and handlers", () => {
  const [one] = message.querySelectorAll("markdown-body")
  one.innerHTML = `<p class="x" onclick="alert(1)"><strong>one</strong> <a href="https://example.org/" class="y" target="_blank">link</a></p>
    <div class="code"><div class="code__bar"><button>Copy</button></div><pre><code class="hl">x = 1</code></pre></div>`
  const html = htmlOf(message)
  assert.match(html, /<p><strong>one<\/strong> <a href="https:\/\/example.org\/">link<\/a><\/p>/)
  assert.match(html, /<pre><code>x = 1<\/code><\/pre>/)
  assert.doesNotMatch(html, /button|onclick|class=/)
})

test("a document gets the source of a formula instead of its many boxes", () => {
  const [one] = message.querySelectorAll("markdown-body")
  one.innerHTML = `<p>so <span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">x2</span></span></p>`
  assert.match(htmlOf(message), /<p>so x\^2<\/p>/)
})

test("text that has not been drawn yet is drawn before it is copied", () => {
  const [one] = message.querySelectorAll("markdown-body")
  one.show = () => one.append(document.createElement("hr"))
  assert.match(htmlOf(message), /<hr ?\/>/)
})
