/** When work is done: once per frame at most, or a while after the last wish. */

/** Run `work` in the next frame, however often it is wished for; hidden pages have no frames, so
 * there it runs at the next visit or by `flush`. Slow work is given proportionally fewer turns.
 * @param {() => void} work */
export function oncePerFrame(work) {
  let wished = false
  let notBefore = 0
  const run = () => {
    if (!wished) return
    const now = performance.now()
    if (now < notBefore) return void requestAnimationFrame(run)
    wished = false
    work()
    const took = performance.now() - now
    notBefore = took > 8 ? now + 4 * took : 0
  }
  return {
    wish() {
      if (wished) return
      wished = true
      requestAnimationFrame(run)
    },
    flush() {
      if (!wished) return
      wished = false
      work()
    },
  }
}

/** Run `work` once, `pause` ms after the last call.
 * @param {() => void} work @param {number} pause */
export function afterPause(work, pause) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  return () => {
    clearTimeout(timer)
    timer = setTimeout(work, pause)
  }
}
