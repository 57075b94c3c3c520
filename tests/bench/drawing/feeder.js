/** Runs in the page: feeds a text as a socket would, and counts frames meanwhile. */

/** @param {{text: string, rate: number, isDrawn: boolean}} how tokens per second */
export async function feed({ text, rate, isDrawn }) {
  const tokens = text.match(/\s*\S{1,5}|\s+$/g) ?? []
  const place = document.querySelector("main")
  const element = place.appendChild(document.createElement(isDrawn ? "markdown-body" : "p"))
  element.className = "prose"
  const plain = element.appendChild(document.createTextNode(""))
  const show = (words) => (isDrawn ? element.addText(words) : plain.appendData(words))
  const frames = countFrames()
  await fed(tokens, rate, show)
  if (isDrawn) element.finish()
  const gaps = frames.stop()
  element.remove()
  return { gaps, tokens: tokens.length }
}

/** One message each 33 ms with all that is due. */
function fed(tokens, rate, show) {
  const begun = performance.now()
  let said = 0
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(tokens.length, Math.floor(((performance.now() - begun) / 1000) * rate))
      if (due > said) show(tokens.slice(said, due).join(""))
      said = due
      if (said === tokens.length) resolve(clearInterval(timer))
    }, 33)
  })
}

function countFrames() {
  const gaps = []
  let last = performance.now()
  let isOn = true
  const next = (now) => {
    gaps.push(now - last)
    last = now
    if (isOn) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
  return { stop: () => ((isOn = false), gaps.slice(2)) }
}

/** Draw a whole text; the longest time the page did nothing else, in milliseconds.
 * @param {string} text */
export async function drawAtOnce(text) {
  const element = document.createElement("markdown-body")
  element.className = "prose"
  element.textContent = text
  const blocks = []
  const observer = new PerformanceObserver((list) => blocks.push(...list.getEntries().map((one) => one.duration)))
  observer.observe({ entryTypes: ["longtask"] })
  const begun = performance.now()
  document.querySelector("main").append(element)
  element.show()
  while (!element.classList.contains("is-drawn") || element.querySelector(":scope > [hidden]")) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const took = performance.now() - begun
  await new Promise((resolve) => setTimeout(resolve, 500))
  element.remove()
  return { longest: Math.max(0, ...blocks), took, elements: element.querySelectorAll("*").length }
}
