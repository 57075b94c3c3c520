/** A page hears how jobs stand, and tells once what became of a wish. */
import "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, mock, test } from "node:test"

const { heard, resume } = await import("#jobs/hearing")

const JOB = { id: "j1", batch: "b1", state: "running" }
const NEWS = { batch: "b1", level: "", words: "Your film is ready", prompt: "a cat", href: "/gallery/j1/", picture: "" }

let answers = []
let asked = []
let jobs = []
let toasts = []
let notices = []
document.addEventListener("job", (event) => jobs.push(event.detail.state))
document.addEventListener("toast", (event) => toasts.push(event.detail))

globalThis.fetch = async (address) => {
  asked.push(address)
  const said = answers.shift() ?? { jobs: [], news: [] }
  if (said instanceof Error) throw said
  return { ok: true, redirected: false, json: async () => said }
}

class FakeNotification extends window.EventTarget {
  static permission = "granted"

  constructor(words, more) {
    super()
    notices.push([words, more.tag])
  }
}

function hidden(isHidden) {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true })
  document.dispatchEvent(new window.Event("visibilitychange"))
}

async function pass(milliseconds) {
  mock.timers.tick(milliseconds)
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

const ended = (news = NEWS) => ({ jobs: [{ ...JOB, state: "done" }], news: [news] })

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ["setTimeout"] })
  localStorage.clear()
  hidden(false)
  document.title = "Studio"
  answers = []
  asked = []
  jobs = []
  toasts = []
  notices = []
  window.Notification = globalThis.Notification = FakeNotification
})

test("hints that come together are one request", async () => {
  answers = [{ jobs: [JOB], news: [] }]
  heard("j1")
  heard("j2")
  await pass(200)
  assert.deepEqual(asked, ["/jobs/?id=j1&id=j2"])
  assert.deepEqual(jobs, ["running"])
})

test("what is ready is said once, with the way to it, and is not looked at any more", async () => {
  answers = [{ jobs: [JOB], news: [] }, ended(), ended()]
  heard("j1")
  await pass(200)
  await pass(5000)
  await pass(200)
  heard("j1")
  await pass(200)
  assert.deepEqual(jobs, ["running", "done", "done"])
  assert.deepEqual(toasts, [{ words: "Your film is ready · a cat", href: "/gallery/j1/" }])
  await pass(20_000)
  assert.equal(asked.length, 3)
})

test("a look that failed is made again, and the next page goes on with it", async () => {
  answers = [{ jobs: [JOB], news: [] }, new Error("no line"), ended()]
  heard("j1")
  await pass(200)
  for (const ms of [5000, 200, 5000, 200]) await pass(ms)
  assert.equal(toasts.length, 1)
  answers = [{ jobs: [JOB], news: [] }]
  heard("j9")
  await pass(200)
  asked = []
  resume()
  await pass(200)
  assert.deepEqual(asked, ["/jobs/?id=j1"])
})

test("a page that shows it in its place has no message", async () => {
  const prevent = (event) => event.preventDefault()
  document.addEventListener("job-news", prevent, { once: true })
  answers = [ended()]
  heard("j1")
  await pass(200)
  assert.deepEqual(toasts, [])
})

test("a hidden page marks its title, asks the browser to tell, and says it when it is seen", async () => {
  hidden(true)
  answers = [ended()]
  heard("j1")
  await pass(200)
  assert.deepEqual(notices, [])
  await pass(400)
  assert.deepEqual(notices, [["Your film is ready", "b1"]])
  assert.equal(document.title, "● Studio")
  assert.equal(toasts.length, 0)
  hidden(false)
  assert.equal(document.title, "Studio")
  assert.equal(toasts.length, 1)
})

test("a hidden page is silent where another one has told it, and where it may not tell", async () => {
  hidden(true)
  answers = [ended()]
  heard("j1")
  await pass(200)
  localStorage.setItem("zaichat.p1.jobs.told", '["b1"]')
  await pass(400)
  assert.deepEqual([notices, document.title], [[], "Studio"])
  FakeNotification.permission = "default"
  answers = [ended({ ...NEWS, batch: "b2" })]
  heard("j1")
  await pass(200)
  await pass(400)
  assert.deepEqual([notices, document.title], [[], "● Studio"])
  FakeNotification.permission = "granted"
})

test("a failure is said as one", async () => {
  answers = [ended({ ...NEWS, level: "error", words: "Your film could not be made", href: "/studio/" })]
  heard("j1")
  await pass(200)
  assert.deepEqual(toasts, [{ words: "Your film could not be made · a cat", href: "/studio/", level: "error" }])
})
