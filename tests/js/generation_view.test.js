/** The parts on the page are the folded parts, whether they came as events or as a snapshot. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"

document.body.innerHTML = `
  <template id="part-text"><markdown-body class="message__text" data-part="" data-kind="text"></markdown-body></template>
  <template id="part-reasoning"><thinking-step data-part="" data-kind="reasoning" data-live><details><summary><span class="step__name">Thinking…</span><span class="step__time"></span></summary><div class="step__body"></div></details><div class="thinking__peek"><span></span></div></thinking-step></template>
  <template id="part-notice"><p data-part="" data-kind="notice"><span></span></p></template>
  <template id="part-sources"><ul data-part="" data-kind="sources"></ul></template>
  <template id="source"><li><a><span></span></a></li></template>
  <template id="part-unknown"><div data-part="" data-kind="unknown" hidden></div></template>
  <script type="application/json" id="notices">{"withdrawn":"Withdrawn."}</script>
  <main></main>`
await (await import("#elements/markdown_body")).load()
await import("#elements/thinking_step")
const { GenerationView } = await import("#chat/generation_view")
const { foldAll } = await import("#chat/turn_state")

function fresh() {
  const element = document.createElement("div")
  document.querySelector("main").replaceChildren(element)
  return { element, view: new GenerationView(element) }
}

function shown(element) {
  return [...element.children].map((part) => ({ kind: part.dataset.kind, text: part.source ?? part.text ?? "" }))
}

function expected(parts) {
  const isText = (part) => part.kind === "text" || part.kind === "reasoning"
  return parts.map((part) => ({ kind: part.kind, text: isText(part) ? (part.text ?? "") : "" }))
}

const script = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("text", "reasoning"), text: fc.string({ maxLength: 8 }) }).map((part) => ({ new: part })),
    fc.record({ place: fc.nat(5), add: fc.string({ maxLength: 8 }) }),
    fc.record({ place: fc.nat(5), set: fc.constant({ started: 1, ended: 3 }) }),
    fc.constant({ new: { kind: "notice", code: "withdrawn" } }),
  ),
  { minLength: 1, maxLength: 15 },
)

/** Events that only speak of parts that exist, and of the texts among them. */
function possible(steps) {
  const kinds = []
  return steps.flatMap(({ place, ...event }) => {
    if (event.new) return kinds.push(event.new.kind), [event]
    const part = place % Math.max(kinds.length, 1)
    return kinds[part] === "text" || kinds[part] === "reasoning" ? [{ part, ...event }] : []
  })
}

test("a notice without words shows nothing", () => {
  const { element, view } = fresh()
  view.apply({ new: { kind: "notice", code: "interrupted" } })
  view.apply({ new: { kind: "notice", code: "withdrawn" } })
  assert.deepEqual([...element.children].map((part) => part.hidden), [true, false])
})

test("events lead to the folded parts", () => {
  fc.assert(
    fc.property(script, (steps) => {
      const events = possible(steps)
      const { element, view } = fresh()
      for (const event of events) view.apply(event)
      assert.deepEqual(shown(element), expected(foldAll(events)))
    }),
    { numRuns: 40 },
  )
})

test("a snapshot leads from anywhere to its parts", () => {
  fc.assert(
    fc.property(script, script, (before, after) => {
      const { element, view } = fresh()
      for (const event of possible(before)) view.apply(event)
      const parts = foldAll(possible(after))
      view.show(parts)
      assert.deepEqual(shown(element), expected(parts))
    }),
    { numRuns: 40 },
  )
})

test("thinking is over when the server says so, and counts by its clock", () => {
  const { element, view } = fresh()
  view.apply({ new: { kind: "reasoning", text: "hm", started: 100 } })
  assert.equal(element.querySelector(".step__name").textContent, "Thinking…")
  view.apply({ part: 0, set: { ended: 112.4 } })
  assert.equal(element.querySelector(".step__name").textContent, "Thought for 12 s")
  assert.equal("live" in element.firstElementChild.dataset, false)
})

test("a withdrawn reply shows nothing of what was said", () => {
  const { element, view } = fresh()
  view.apply({ new: { kind: "reasoning", text: "secret", started: 1 } })
  view.apply({ new: { kind: "text", text: "also secret" } })
  view.apply({ withdraw: true })
  view.apply({ new: { kind: "notice", code: "withdrawn" } })
  view.finish()
  assert.doesNotMatch(element.textContent, /secret/)
  assert.match(element.textContent, /Withdrawn\./)
})

test("sources lead to web pages only", () => {
  const { element, view } = fresh()
  view.apply({ new: { kind: "sources", sources: [{ title: "A", link: "https://a.example/" }, { title: "B", link: "javascript:alert(1)" }] } })
  const links = [...element.querySelectorAll("a")]
  assert.deepEqual(links.map((link) => link.getAttribute("href")), ["https://a.example/", null])
})

test("the last text is drawn before the reply is called finished", () => {
  const { element, view } = fresh()
  view.apply({ new: { kind: "text", text: "so **far" } })
  view.apply({ part: 0, add: "** done" })
  view.finish()
  assert.equal(element.querySelector("strong").textContent, "far")
})
