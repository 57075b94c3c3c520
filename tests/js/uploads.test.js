/** Files reach the server in the order they were chosen, and each ends in a way that is said. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { Uploads } = await import("#chat/uploads")
const { sentName } = await import("#chat/upload_requests")

/** A line whose requests end when the test says so. */
function line() {
  const requests = []
  const send = (file, progress) => {
    const request = { file, progress, isAborted: false }
    const end = new Promise((resolve) => (request.finish = resolve))
    requests.push(request)
    return { end, abort: () => (request.isAborted = true) }
  }
  return { requests, send, uploads: new Uploads(send) }
}

const file = (name) => ({ name, size: 1 })
const stored = (name) => ({ stored: { id: name, name } })
const states = (uploads) => uploads.list.map(({ state }) => state)
const turn = () => new Promise((resolve) => setTimeout(resolve))

test("three files travel at once, the others wait their turn", async () => {
  const { requests, uploads } = line()
  uploads.add(["a", "b", "c", "d"].map(file))
  assert.deepEqual(states(uploads), ["sending", "sending", "sending", "waiting"])
  requests[1].finish(stored("b"))
  await turn()
  assert.deepEqual(states(uploads), ["sending", "ready", "sending", "sending"])
})

test("what is ready keeps the order of choosing, whoever is quicker", async () => {
  const { requests, uploads } = line()
  uploads.add(["a", "b"].map(file))
  requests[1].finish(stored("b"))
  requests[0].finish(stored("a"))
  await uploads.settled()
  assert.deepEqual(uploads.ready.map(({ id }) => id), ["a", "b"])
})

test("a refused file says why, and the others go on", async () => {
  const { requests, uploads } = line()
  uploads.add(["a", "b"].map(file))
  requests[0].finish({ words: "It is empty." })
  requests[1].finish(stored("b"))
  await uploads.settled()
  assert.equal(uploads.list[0].words, "It is empty.")
  assert.equal(uploads.list[0].mayRetry, false)
  assert.deepEqual(uploads.ready.map(({ id }) => id), ["b"])
})

test("a broken line offers to try again, and trying again sends it", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a")])
  requests[0].finish({})
  await uploads.settled()
  assert.equal(uploads.list[0].mayRetry, true)
  uploads.retry(uploads.list[0])
  requests[1].finish(stored("a"))
  await uploads.settled()
  assert.deepEqual(states(uploads), ["ready"])
})

test("a question that is sent takes a file along that a broken line kept back; failing again, it goes without", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a")])
  requests[0].finish({})
  await turn()
  uploads.retryBroken()
  assert.deepEqual([requests.length, uploads.isBusy], [2, true])
  requests[1].finish({})
  await turn()
  uploads.retryBroken()
  assert.deepEqual([requests.length, uploads.isBusy], [2, false])
})

test("what a broken line kept back goes on when the line is back, all of it", async () => {
  const { requests, uploads } = line()
  uploads.add(["a", "b", "c"].map(file))
  requests[0].finish({})
  requests[1].finish({})
  requests[2].finish({ words: "It is empty." })
  await turn()
  uploads.resume()
  assert.deepEqual(states(uploads), ["sending", "sending", "refused"])
})

test("what the server refused is not sent once more", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a")])
  requests[0].finish({ words: "No." })
  await turn()
  uploads.retryBroken()
  assert.equal(requests.length, 1)
})

test("a removed file is not sent any further, and what it would have become is ignored", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a")])
  uploads.remove(uploads.list[0])
  assert.equal(requests[0].isAborted, true)
  requests[0].finish(stored("a"))
  await turn()
  assert.deepEqual(uploads.ready, [])
})

test("the twenty-first file is refused with the limit, the twenty stay", () => {
  const { uploads } = line()
  uploads.add(Array.from({ length: 21 }, (_, index) => file(String(index))))
  assert.equal(uploads.list[20].state, "refused")
  assert.match(uploads.list[20].words, /20/)
  assert.equal(states(uploads).filter((state) => state !== "refused").length, 20)
})

test("what a draft kept is there without being sent anew", () => {
  const { requests, uploads } = line()
  uploads.replace([{ id: "x", name: "cat.jpg" }])
  assert.deepEqual([requests.length, uploads.ready[0].id, uploads.isBusy], [0, "x", false])
})

test("what comes back stands before what is on its way, and what is there stays the same", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a"), file("b")])
  requests[0].finish(stored("a"))
  await turn()
  const [ready, way] = uploads.list
  uploads.replace([{ id: "back", name: "back" }, ready.stored])
  assert.deepEqual(uploads.list.map(({ name }) => name), ["back", "a", "b"])
  assert.deepEqual([uploads.list[1], uploads.list[2]], [ready, way])
  uploads.replace([])
  assert.deepEqual(uploads.list, [way])
})

test("a marked copy takes the place of its picture, which can be marked anew", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a"), file("b")])
  requests[0].finish(stored("a"))
  await turn()
  uploads.mark(uploads.list[0], file("a"), [{ number: 1 }])
  requests[1].finish(stored("b"))
  requests[2].finish(stored("a-marked"))
  await uploads.settled()
  assert.deepEqual(uploads.ready.map(({ id }) => id), ["a-marked", "b"])
  assert.equal(uploads.list[0].unmarked.id, "a")
})

test("what was refused is not among what is sent, also where it was there before", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a")])
  requests[0].finish(stored("a"))
  await turn()
  uploads.mark(uploads.list[0], file("a"), [{ number: 1 }])
  requests[1].finish({ words: "No." })
  await uploads.settled()
  assert.deepEqual([uploads.ready, uploads.refused], [[], 1])
})

test("what is too large or empty is refused with its limit before anything is sent, the others go on", () => {
  const { requests, send } = line()
  const uploads = new Uploads(send, { video: 2 * 1024 ** 2, document: 10 * 1024 ** 2 })
  uploads.add([{ name: "a.mp4", type: "video/mp4", size: 3 * 1024 ** 2 }, { name: "b.txt", size: 0 }, { name: "c.pdf", size: 9 }])
  assert.deepEqual(states(uploads), ["refused", "refused", "sending"])
  assert.match(uploads.list[0].words, /3 MB; at most 2 MB/)
  assert.equal(requests.length, 1)
})

test("a folder says what to do instead", () => {
  const { requests, uploads } = line()
  uploads.add([], [{ name: "photos", size: 4096 }])
  assert.match(uploads.list[0].words, /folder/)
  assert.equal(requests.length, 0)
})

test("a link is fetched only when somebody says so, and is not sent along before", async () => {
  const { requests, uploads } = line()
  uploads.offer("https://example.com/cat.png")
  uploads.offer("https://example.com/cat.png")
  assert.deepEqual([uploads.list.length, requests.length, uploads.isBusy, uploads.ready], [1, 0, false, []])
  uploads.retry(uploads.list[0])
  requests[0].finish(stored("cat"))
  await uploads.settled()
  assert.equal(uploads.ready[0].id, "cat")
})

test("an offer nobody took up goes with the message", () => {
  const { uploads } = line()
  uploads.offer("https://example.com/cat.png")
  uploads.forgetOffers()
  assert.deepEqual(uploads.list, [])
})

test("a draft that says what is there already changes no order", async () => {
  const { requests, uploads } = line()
  uploads.add([file("a"), file("b")])
  requests[1].finish(stored("b"))
  await turn()
  uploads.replace([uploads.list[1].stored])
  assert.deepEqual(uploads.list.map(({ name }) => name), ["a", "b"])
})

test("of a name of thousands of signs the beginning and the ending are sent", () => {
  assert.equal(sentName("猫.jpg"), "猫.jpg")
  assert.equal(sentName("猫".repeat(3000) + ".jpg"), "猫".repeat(196) + ".jpg")
  assert.equal(sentName("x".repeat(3000)), "x".repeat(200))
})
