/** The gauge: how full a model's window is, and what was paid. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

await import("#elements/context_gauge")
const { estimate, fullness, tokensUsed } = await import("#chat/window_use")

const model = { context: 1000, room: 500 }

/** @param {{context?: number, cost?: number, text?: string}[]} answers */
function talk(answers) {
  const log = document.querySelector(".log")
  log.innerHTML = ""
  for (const [place, { context, cost, text = "hi" }] of answers.entries()) {
    log.insertAdjacentHTML(
      "beforeend",
      `<article class="message" data-message="m${place}"><div class="message__text">${text}</div><footer class="message__foot"${context === undefined ? "" : ` data-context="${context}"`}${cost === undefined ? "" : ` data-cost="${cost}"`}></footer></article>`,
    )
  }
  return [...log.querySelectorAll("article")]
}

/** @param {{spent?: number, currency?: string}} [how] */
function gauge({ spent = 0, currency = "USD" } = {}) {
  const before = document.querySelector("context-gauge")
  before?.remove()
  document.body.insertAdjacentHTML(
    "afterbegin",
    `<context-gauge data-spent="${spent}" data-currency="${currency}" data-label="Context used: " hidden><button><circle class="gauge__used"></circle><span data-percent></span></button>
     <div popover><span data-used></span><span data-window></span><span data-free></span><i data-spent-name></i><i data-spent-value></i></div></context-gauge>`,
  )
  return document.querySelector("context-gauge")
}

const says = (place) => document.querySelector(place).textContent

beforeEach(() => {
  document.body.innerHTML = `<model-picker></model-picker><div class="log"></div>`
  document.querySelector("model-picker").model = model
})

test("the last answer tells how much is used, and what follows it is estimated", () => {
  assert.equal(tokensUsed(talk([{ context: 100 }, { context: 300 }])), 300)
  assert.equal(tokensUsed(talk([{ context: 300 }, { text: "x".repeat(32) }])), 316)
  assert.equal(tokensUsed(talk([{ text: "x".repeat(32) }, { text: "你好" }])), 16 + 8)
  assert.equal(estimate(""), 0)
})

test("it is full where messages begin to be left out, and never over a hundred", () => {
  assert.deepEqual(fullness(1, model), { percent: 1, state: "room" })
  assert.deepEqual(fullness(450, model), { percent: 45, state: "high" })
  assert.deepEqual(fullness(501, model), { percent: 50, state: "full" })
  assert.equal(fullness(5000, model).percent, 100)
})

test("it shows itself with the first answer, has a name, and follows the model", () => {
  const element = gauge()
  assert.equal(element.hidden, true)
  talk([{ context: 180 }])
  document.dispatchEvent(new CustomEvent("answer-ended"))
  assert.equal(element.hidden, false)
  assert.equal(element.querySelector("button").getAttribute("aria-label"), "Context used: 18%")
  document.querySelector("model-picker").model = { context: 360, room: 100 }
  document.dispatchEvent(new CustomEvent("model"))
  assert.equal(says("[data-percent]"), "50%")
  assert.equal(element.dataset.state, "full")
})

test("the cost grows by what is answered here, whatever is shown, and nothing counts twice", () => {
  talk([{ context: 1, cost: 2_000_000 }])
  gauge({ spent: 30_000_000 })
  assert.equal(says("[data-spent-value]"), "$0.03")
  talk([{ context: 1, cost: 2_000_000 }, { context: 1, cost: 20_000_000 }])
  document.dispatchEvent(new CustomEvent("answer-ended"))
  document.dispatchEvent(new CustomEvent("path-shown"))
  assert.equal(says("[data-spent-value]"), "$0.05")
  talk([{ context: 1, cost: 2_000_000 }])
  document.dispatchEvent(new CustomEvent("path-shown"))
  assert.equal(says("[data-spent-value]"), "$0.05")
})

test("where nobody bills, no cost is shown", () => {
  talk([{ context: 1, cost: 0 }])
  gauge({ currency: "" })
  assert.equal(document.querySelector("[data-spent-value]").hidden, true)
})
