/** What is written reaches the server once, in order, and in the conversation it was written for. */
import "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { page, TEMPLATES, texts, what } from "./sending_page.js"

test("messages written before the first is opened name no place, so that they follow each other", () => {
  const { said, sending } = page("c1")
  sending.send({ ...what("one"), parent: "a1" })
  sending.send({ ...what("two"), parent: "a1" })
  assert.deepEqual(texts(said), ["one", "two"])
  assert.deepEqual(said.map((command) => [command.conversation, command.parent]), [["c1", null], ["c1", null]])
})

test("a message kept by an earlier version of the page loses its old place", () => {
  const old = { id: "u1", conversation: "c1", parent: "a1", ...what("old") }
  localStorage.setItem("zaichat.p1.unsent", JSON.stringify([old]))
  assert.equal(page("c1").said[0].parent, null)
})

test("the second message of a new chat waits for the conversation the first opens", () => {
  const { said, sending } = page(null)
  sending.send(what("one"))
  sending.send(what("two"))
  assert.deepEqual(texts(said), ["one"])
  sending.sent(said[0].id)
  sending.adopt("c9")
  assert.deepEqual(texts(said), ["one", "two"])
  assert.equal(said[1].conversation, "c9")
})

test("the second message of a new chat is sent when the first is refused", () => {
  const { said, sending } = page(null)
  sending.send(what("one"))
  sending.send(what("two"))
  sending.refused({ id: said[0].id, code: "limit", message: "No." })
  assert.deepEqual(texts(said), ["one", "two"])
})

test("the second message of a new chat is sent when the server could not read the first, which can be sent again", () => {
  const { said, sending, chips } = page(null)
  for (const text of ["one", "two", "three"]) sending.send(what(text))
  const [{ id }] = said
  sending.refused({ id: null, code: "bad_frame", message: "No." })
  assert.deepEqual(texts(said), ["one", "two"])
  assert.deepEqual(chips().map((chip) => chip.querySelector("small").textContent), ["No.", "", ""])
  sending.sent(said[1].id)
  sending.adopt("c9")
  assert.deepEqual(texts(said), ["one", "two", "three"])
  chips()[0].querySelector("[data-action=resend]").click()
  assert.deepEqual([said.at(-1).id, said.at(-1).text, said.at(-1).conversation], [id, "one", "c9"])
})

test("where the server may have obeyed the first, what is behind it waits", () => {
  const { said, sending } = page(null)
  for (const text of ["one", "two"]) sending.send(what(text))
  sending.refused({ id: null, code: "unavailable", message: "Wait." })
  assert.deepEqual(texts(said), ["one"])
})

/** Everything that was asked for has happened. */
const settled = () => new Promise((done) => setTimeout(done))

test("two tabs with new chats neither send nor adopt each other's messages", () => {
  const [one, other] = [page(null), page(null)]
  one.sending.send(what("mine"))
  other.sending.send(what("yours"))
  one.sending.sent(one.said[0].id)
  one.sending.adopt("c1")
  one.sending.send(what("mine again"))
  assert.deepEqual(texts(one.said), ["mine", "mine again"])
  assert.deepEqual(texts(other.said), ["yours"])
  other.sending.adopt("c2")
  assert.deepEqual(texts(other.said), ["yours"])
})

test("what a closed tab left behind is sent by a new chat only when asked for, with its old id", async () => {
  const closed = page(null)
  closed.sending.send(what("left behind"))
  const { said, chips } = page(null)
  await settled()
  assert.deepEqual(said, [])
  const [chip] = chips()
  assert.match(chip.textContent, /left behind.*tab that was closed/)
  chip.querySelector("[data-action=resend]").click()
  assert.deepEqual(said, closed.said)
})

test("what a closed tab left behind never goes into a conversation that is begun meanwhile", async () => {
  page(null).sending.send(what("left behind"))
  const { said, sending, chips } = page(null)
  await settled()
  sending.send(what("new"))
  sending.sent(said[0].id)
  sending.adopt("c1")
  assert.deepEqual([texts(said), chips().length], [["new"], 0])
  const next = page(null)
  await settled()
  assert.match(next.chips()[0].textContent, /left behind/)
})

test("a tab keeps its messages from page to page", async () => {
  const before = page(null)
  before.sending.send(what("kept"))
  window.dispatchEvent(new window.Event("pagehide"))
  assert.deepEqual(page(null).said, before.said)
})

for (const [name, id] of [["its id", undefined], ["no id", null]]) {
  test(`a failure of the server with ${name} offers to send the same again, and keeps the words`, () => {
    const { said, sending, composer, chips } = page("c1")
    sending.send(what("perhaps heard"))
    sending.refused({ id: id === null ? null : said[0].id, code: "unavailable", message: "Went wrong." })
    const [retry, takeBack, throwAway] = chips()[0].querySelectorAll("button")
    assert.match(chips()[0].textContent, /Went wrong/)
    assert.deepEqual([retry.hidden, takeBack.hidden, throwAway.hidden, composer.text], [false, true, false, ""])
    retry.click()
    assert.deepEqual(said, [said[0], said[0]])
    sending.sent(said[0].id)
    assert.equal(chips().length, 0)
  })
}

test("a refused message goes back to where it can be changed", () => {
  const { said, sending, composer, chips } = page("c1")
  sending.send(what("too much"))
  sending.refused({ id: said[0].id, code: "budget", message: "No more today." })
  assert.deepEqual([composer.text, chips().length], ["too much", 0])
})

test("what still waits stays the same chip when the page catches up, so that it can be pressed", () => {
  const { sending, chips } = page("c1")
  sending.waits("q2", { text: "two" })
  sending.waits("q3", "three")
  const [, kept] = chips()
  const list = document.createElement("ul")
  list.innerHTML = `<li data-waiting="q3">three</li><li data-waiting="q4">four</li>`
  sending.reconcile(list)
  assert.deepEqual(chips().map((chip) => chip.dataset.waiting), ["q3", "q4"])
  assert.equal(chips()[0], kept)
})

test("what is in doubt can be thrown away, and is not said again", () => {
  const { said, sending, chips } = page("c1")
  sending.send(what("perhaps heard"))
  sending.refused({ id: said[0].id, code: "unavailable", message: "Went wrong." })
  chips()[0].querySelector("[data-action=throw-away]").click()
  assert.equal(chips().length, 0)
  assert.deepEqual(page("c1").said, [])
})

test("Send now, Edit and Delete of a waiting question ask the server, and Edit keeps what is in the box", () => {
  const { said, sending, chips, composer } = page("c1")
  sending.waits("q2", { text: "two" })
  composer.text = "written now"
  const press = (action) => chips()[0].querySelector(`[data-action=${action}]`).click()
  press("send-now")
  press("edit-waiting")
  assert.deepEqual(said.map(({ do: word, message }) => [word, message]), [["send_now", "q2"], ["unqueue", "q2"]])
  assert.equal(composer.text, "two\n\nwritten now")
  sending.waited("q2")
  assert.equal(chips().length, 0)
})

test("deleting one of the waiting questions says so and leaves the focus at the next, at last in the box", () => {
  const status = document.body.appendChild(Object.assign(document.createElement("p"), { id: "status" }))
  const { sending, chips, composer } = page("c1")
  for (const [message, text] of [["q2", "two"], ["q3", "three"]]) sending.waits(message, { text })
  const button = (chip) => chip.querySelector("[data-action=unqueue]")
  let isInBox = false
  composer.focus = () => (isInBox = true)
  button(chips()[0]).focus()
  sending.waited("q2")
  assert.equal(document.activeElement, button(chips()[0]))
  assert.equal(status.textContent, "Taken back, and not sent")
  assert.equal(isInBox, false)
  sending.waited("q3")
  assert.equal(isInBox, true)
  status.remove()
})

test("the list says which questions are held, as the server has it", () => {
  const { sending, chips } = page("c1")
  sending.waits("q2", { text: "two" })
  const list = document.createElement("ul")
  list.innerHTML = `<li data-waiting="q2" data-held>two</li>`
  sending.reconcile(list)
  assert.equal(chips()[0].hasAttribute("data-held"), true)
})

test("what the server paused is said once, with how to go on, and the box says that it does not hold up what is written", () => {
  const status = document.body.appendChild(Object.assign(document.createElement("p"), { id: "status" }))
  const { sending, composer } = page("c1")
  for (const message of ["q2", "q3"]) sending.waits(message, { text: message })
  const list = document.createElement("ul")
  list.innerHTML = `<li data-waiting="q2" data-held>two</li><li data-waiting="q3" data-held>three</li>`
  sending.reconcile(list.cloneNode(true))
  assert.match(status.textContent, /^2 waiting messages are paused\. Press Send now/)
  assert.equal(composer.querySelector("textarea").placeholder, "at once")
  status.textContent = ""
  sending.reconcile(list)
  assert.equal(status.textContent, "")
  for (const message of ["q2", "q3"]) sending.waited(message)
  assert.equal(composer.querySelector("textarea").placeholder, "Ask anything")
  status.remove()
})

test("Send now says that it stops an answer while there is one to stop", () => {
  const { sending, composer, chips } = page("c1")
  composer.querySelector("[data-stop]").hidden = false
  sending.waits("q2", { text: "two" })
  assert.match(chips()[0].querySelector("[data-action=send-now]").title, /^Stops the answer/)
  assert.equal(composer.querySelector("textarea").placeholder, "when it is done")
  composer.querySelector("[data-stop]").hidden = true
  sending.waits("q3", { text: "three" })
  assert.equal(chips()[0].querySelector("[data-action=send-now]").title, "")
})

test("the buttons of questions that wait or are not sent say which one they are about", () => {
  document.body.innerHTML = TEMPLATES.replaceAll("<button ", `<button aria-label="Do: " `)
  const { sending, chips } = page("c1")
  sending.send(what("one\n two"))
  sending.waits("q2", { text: "a".repeat(70) })
  sending.waits("q3", { text: "", attachments: [CAT] })
  const names = chips().map((chip) => chip.querySelector("button").getAttribute("aria-label"))
  assert.deepEqual(names.toSorted(), [`Do: 1 picture`, `Do: ${"a".repeat(59)}…`, "Do: one two"])
})

const CAT = { id: "f1", name: "cat.jpg" }

test("pictures go along with a message, and come back with it when it is refused or waits no more", () => {
  const { said, sending, composer, chips } = page("c1")
  sending.send({ ...what(""), attachments: [CAT] })
  assert.deepEqual(said[0].attachments, ["f1"])
  sending.refused({ id: said[0].id, code: "bad_field", message: "No." })
  assert.deepEqual(composer.attached, [CAT])

  composer.attached = []
  sending.waits("q2", { text: "two", attachments: [CAT] })
  chips()[0].querySelector("[data-action=edit-waiting]").click()
  assert.deepEqual([composer.text, composer.attached], ["two", [CAT]])
})

test("where something else is attached already, a refused message with a picture stays in the list", () => {
  const { said, sending, composer, chips } = page("c1")
  sending.send({ ...what("see"), attachments: [CAT] })
  composer.attached = [{ id: "f2" }]
  sending.refused({ id: said[0].id, code: "bad_field", message: "No." })
  assert.deepEqual([composer.attached.length, chips().length], [1, 1])
  chips()[0].querySelector("[data-action=resend]").click()
  assert.deepEqual(said[1].attachments, ["f1"])
})
