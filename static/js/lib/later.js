/** Much small work that can wait: done in order, a few milliseconds at a time, so that the page
 * stays quick meanwhile. A piece that fails takes nothing else with it. */

const SLICE = 8

/** @type {(() => unknown)[]} */
const queue = []
/** @type {Set<Promise<unknown>>} */
const underway = new Set()
/** @type {Promise<void> | undefined} */
let working

/** @param {() => unknown} work may promise its end */
export function later(work) {
  queue.push(work)
  working ??= workOff()
}

/** When there is nothing left to do. */
export async function allDone() {
  while (working || underway.size) await Promise.all([working, ...underway])
}

async function workOff() {
  while (queue.length) {
    await new Promise((resolve) => setTimeout(resolve))
    const until = performance.now() + SLICE
    do begin(queue.shift())
    while (queue.length && performance.now() < until)
  }
  working = undefined
}

/** @param {(() => unknown) | undefined} work */
function begin(work) {
  const over = Promise.resolve().then(work).catch(report)
  underway.add(over)
  over.finally(() => underway.delete(over))
}

/** As if nobody had been in between. @param {unknown} error */
function report(error) {
  queueMicrotask(() => {
    throw error
  })
}
