/** Emphasis beside Chinese, which has no spaces. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { MarkdownStream } = await import("#markdown/stream")

/** @param {string} text */
function drawn(text) {
  const target = document.createElement("div")
  const stream = new MarkdownStream(target)
  stream.add(text)
  stream.finish()
  return target.querySelector("p")?.innerHTML ?? target.innerHTML
}

/** @type {[string, string][]} */
const EMPHASISED = [
  ["请看*注意：*这里", "请看<em>注意：</em>这里"],
  ["他说*“你好。”*然后走了", "他说<em>“你好。”</em>然后走了"],
  ["价格~~（旧）~~是新的", "价格<del>（旧）</del>是新的"],
  ["原价~~￥100~~现价", "原价<del>￥100</del>现价"],
  ["这是***重要！***记住", "这是<em><strong>重要！</strong></em>记住"],
  ["**“quoted”**文字", "<strong>“quoted”</strong>文字"],
  ["文字**“quoted”**", "文字<strong>“quoted”</strong>"],
  ["中文*(half)*中文", "中文<em>(half)</em>中文"],
  ["**“引号”**abc", "<strong>“引号”</strong>abc"],
  ["记住***“好”***的", "记住<em><strong>“好”</strong></em>的"],
  ["很***重要***的", "很<em><strong>重要</strong></em>的"],
  ["**注意:**请", "<strong>注意:</strong>请"],
  ["**注意：**请先**备份。**好", "<strong>注意：</strong>请先<strong>备份。</strong>好"],
  ["**`代码`**文字", "<strong><code>代码</code></strong>文字"],
  ["**[链接](https://a.example)**文字", null],
  ["（_强调_）", "（<em>强调</em>）"],
  ["**太~~（贵）~~了。**对", "<strong>太<del>（贵）</del>了。</strong>对"],
  ["*日本語「はい」*です", "<em>日本語「はい」</em>です"],
]

for (const [source, html] of EMPHASISED) {
  test(`emphasis is seen in ${source}`, () => {
    if (html) assert.equal(drawn(source), html)
    else assert.match(drawn(source), /<strong><a .*<\/a><\/strong>文字/)
  })
}

const PLAIN = ["3 * 4 = 12，5 * 6", "** 不是 **粗体", "变量snake_case_名字", "\\*不是\\*强调", "2*", "**", "好~好", "`**代码：**请`"]

for (const source of PLAIN) {
  test(`nothing is emphasised in ${source}`, () => assert.doesNotMatch(drawn(source), /<(em|strong|del)>/))
}

test("what stands between letters and punctuation elsewhere follows the rules", () => {
  assert.equal(drawn('a**"b"**c'), 'a**"b"**c')
  assert.equal(drawn("a *b* c, **d**."), "a <em>b</em> c, <strong>d</strong>.")
})
