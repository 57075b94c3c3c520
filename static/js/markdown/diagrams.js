/** Diagrams are drawn by Mermaid in a frame that can reach neither this page nor the network. Its
 * drawing comes back as text and is shown as a picture, in which nothing can run. */
import { gettext, interpolate } from "#lib/words"
import { Frame } from "#markdown/frame"

const PATIENCE = 20_000

/** @type {Frame | undefined} */
let board
let drawings = 0

/** Draw what the block's source says, in the colours of the page.
 * @param {HTMLElement} block `.diagram` @param {string} source */
export async function draw(block, source) {
  const answer = await ask(source)
  if (answer.svg) show(block, answer.svg)
  else tell(block, answer.error)
}

/** @typedef {{svg: string, error: string}} Answer */

/** @type {Map<number, (answer: Answer) => void>} */
const waiting = new Map()

/** @param {string} source @returns {Promise<Answer>} */
function ask(source) {
  board ??= newBoard()
  const id = (drawings += 1)
  board.say({ id, source, isDark: isDark() })
  return new Promise((resolve) => {
    const tooLong = { svg: "", error: gettext("Drawing it took too long.") }
    const timer = setTimeout(() => answered(id, tooLong), PATIENCE)
    waiting.set(id, (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
  })
}

function newBoard() {
  const frame = new Frame("/frames/mermaid/", gettext("Diagram"), "frame-at-work", document.body)
  frame.element.setAttribute("aria-hidden", "true")
  frame.element.tabIndex = -1
  frame.hear(({ id, svg, error }) => answered(Number(id), { svg: text(svg), error: text(error) }))
  return frame
}

/** @param {number} id @param {Answer} answer */
function answered(id, answer) {
  waiting.get(id)?.(answer)
  waiting.delete(id)
}

/** @param {HTMLElement} block @param {string} svg */
function show(block, svg) {
  const place = /** @type {HTMLElement} */ (block.querySelector(".diagram__picture"))
  const picture = new Image()
  picture.alt = /<title[^>]*>([^<]+)</.exec(svg)?.[1] ?? gettext("Diagram")
  const [, width, height] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  if (width && height) [picture.width, picture.height] = [Math.ceil(Number(width)), Math.ceil(Number(height))]
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }))
  picture.onload = picture.onerror = () => URL.revokeObjectURL(address)
  picture.src = address
  place.replaceChildren(picture)
  if (place.hidden) block.querySelector("details")?.removeAttribute("open")
  place.hidden = false
}

/** @param {HTMLElement} block @param {string} reason */
function tell(block, reason) {
  const place = /** @type {HTMLElement} */ (block.querySelector(".diagram__picture"))
  const words = document.createElement("p")
  words.className = "diagram__error"
  words.textContent = interpolate(gettext("This diagram cannot be drawn: %(reason)s"), { reason: reason.slice(0, 300) })
  place.replaceChildren(words)
  place.hidden = false
  block.querySelector("details")?.setAttribute("open", "")
}

function isDark() {
  const { theme } = document.documentElement.dataset
  return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : ""
}

function drawAllAnew() {
  for (const block of document.querySelectorAll(".diagram")) {
    draw(/** @type {HTMLElement} */ (block), block.querySelector("pre")?.textContent ?? "")
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAllAnew)
new MutationObserver(drawAllAnew).observe(document.documentElement, { attributeFilter: ["data-theme"] })
