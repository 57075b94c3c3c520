/** What stands on the page is not told of again. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { after, mock, test } from "node:test"
import { Jobs } from "#studio/jobs"

mock.timers.enable({ apis: ["setInterval"] })
after(() => mock.timers.reset())

const FIGURE = `<figure data-job="j1" data-of="b1" data-status="done"></figure>`
const PLACES = { "a conversation": FIGURE, "the studio": `<section data-batch="b1"></section>` }

/** @param {string} batch */
function isTold(batch) {
  const news = new dom.window.CustomEvent("job-news", { detail: { batch }, cancelable: true })
  return document.dispatchEvent(news)
}

for (const [place, nodes] of Object.entries(PLACES)) {
  test(`what is ready in ${place} on the page needs no message, anything else does`, () => {
    const root = document.createElement("div")
    root.innerHTML = nodes
    document.body.replaceChildren(root)
    new Jobs(root, () => undefined)
    assert.equal(isTold("b1"), false)
    assert.equal(isTold("b2"), true)
    root.replaceChildren()
  })
}

for (const [status, moves] of Object.entries({ queued: false, running: true })) {
  test(`the bar of a job that is ${status} ${moves ? "moves" : "rests"}`, () => {
    const root = document.createElement("div")
    root.innerHTML = `<figure data-job="j2" data-status="${status}"><div data-since="10" data-usual="20" data-most="30" data-words="about 20 s">
      <small data-elapsed></small><progress max="100" value="0"></progress></div></figure>`
    document.body.replaceChildren(root)
    new Jobs(root, () => undefined)
    assert.equal(root.querySelector("progress").value > 0, moves)
    assert.match(root.querySelector("[data-elapsed]").textContent, /^10 s/)
    root.replaceChildren()
  })
}

test("a job that ends says so where it stands, one that goes on does not", () => {
  const root = document.createElement("div")
  root.innerHTML = `<figure data-job="j3" data-status="queued"></figure><figure data-job="j4" data-status="running"></figure>`
  document.body.replaceChildren(root)
  const ended = []
  root.addEventListener("ended", ({ target }) => ended.push(target.dataset.job))
  const jobs = new Jobs(root, () => undefined)
  const news = document.createElement("template")
  news.innerHTML = `<figure data-job="j3" data-status="running"></figure><figure data-job="j4" data-status="failed"></figure>`
  jobs.replace(news.content)
  assert.deepEqual(ended, ["j4"])
  root.replaceChildren()
})

test("of two pictures that were asked for together, one hears which of them is done", () => {
  const root = document.createElement("div")
  const figures = (...states) => states.map((state, n) => `<figure data-job="k${n}" data-of="b9" data-kind="image" data-status="${state}"></figure>`).join("")
  document.body.innerHTML = `<p id="status"></p>`
  document.body.append(root)
  root.innerHTML = figures("running", "running")
  const jobs = new Jobs(root, () => undefined)
  const heard = []
  for (const states of [["done", "running"], ["done", "done"]]) {
    const news = document.createElement("template")
    news.innerHTML = figures(...states)
    jobs.replace(news.content)
    heard.push(document.getElementById("status").textContent)
  }
  assert.deepEqual(heard, ["The picture is done (1 of 2)", "The picture is done (2 of 2)"])
  root.replaceChildren()
})
