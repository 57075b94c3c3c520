/** What is far from the view waits; what comes near it is worked on once. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

const HEIGHT = 100
const { whenNear } = await import("#markdown/near")
const { allDone } = await import("#lib/later")

let text
let done

beforeEach(() => {
  document.body.innerHTML = "<section></section>"
  text = document.querySelector("section")
  globalThis.innerHeight = 400
  done = []
})

/** Blocks below one another, the window over the first of them at `top` 0. */
function blocks(count, top = 0) {
  const ours = done
  for (let place = 0; place < count; place += 1) {
    const block = text.appendChild(document.createElement("p"))
    block.getBoundingClientRect = () => ({ top: place * HEIGHT - top, bottom: (place + 1) * HEIGHT - top })
    whenNear(block, () => ours.push(place))
  }
}

async function looked() {
  await new Promise((resolve) => setTimeout(resolve, 130))
  await allDone()
}

test("in an ordinary text it is done at once", () => {
  blocks(2)
  assert.deepEqual(done, [0, 1])
})

test("in a long one only what is near is done, wherever in it somebody is", async () => {
  text.className = "is-long"
  blocks(1000, 50_000)
  assert.deepEqual(done, [])
  await looked()
  assert.equal(done[0], 493)
  assert.equal(done.at(-1), 510)
})

test("scrolling brings the next ones, and none of them twice", async () => {
  text.className = "is-long"
  blocks(30)
  await looked()
  assert.equal(done.at(-1), 10)
  for (const [place, block] of [...text.children].entries()) {
    block.getBoundingClientRect = () => ({ top: place * HEIGHT - 1000, bottom: (place + 1) * HEIGHT - 1000 })
  }
  document.dispatchEvent(new dom.window.Event("scroll"))
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await allDone()
  assert.deepEqual(done, [...Array(21).keys()])
})

test("what is printed has all of it", () => {
  text.className = "is-long"
  blocks(100)
  window.dispatchEvent(new dom.window.Event("beforeprint"))
  assert.equal(done.length, 100)
})
