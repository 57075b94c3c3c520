/** <markdown-body>: what an answer that grows asks of the browser. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

await (await import("#elements/markdown_body")).load()

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** How often its language is said while `words` come, one by one. */
async function saidWhile(body, words) {
  let said = 0
  const observer = new MutationObserver((records) => (said += records.length))
  observer.observe(body, { attributes: true, attributeFilter: ["lang"] })
  for (const word of words) {
    body.addText(word)
    while (!body.querySelector("p")?.textContent.endsWith(word)) await frame()
  }
  observer.disconnect()
  return said
}

test("the language of a growing answer is said when it changes, not with every word", async () => {
  const body = document.body.appendChild(document.createElement("markdown-body"))
  assert.equal(await saidWhile(body, ["This is", " an answer", " and it", " goes on."]), 1)
  assert.equal(body.lang, "en")
  assert.equal(await saidWhile(body, ["现在换成中文,后面的句子都用中文写,所以整段文字算作中文。"]), 1)
  assert.equal(body.lang, "zh-Hans")
})
