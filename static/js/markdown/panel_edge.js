/** The edge between a conversation and the panel beside it: dragged, or moved by arrow keys. How wide
 * somebody likes the panel is remembered. The style sheet keeps it within what both sides need. */
import { recall, remember } from "#lib/storage"
import { gettext } from "#lib/words"

const WIDTH = "preview.width"
const STEP = 32
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -Infinity, End: Infinity }

/** @param {HTMLElement} panel that stands at the end of the line, so that moving towards the start
 *  makes it wider @returns {HTMLElement} */
export function edge(panel) {
  const bar = document.createElement("div")
  bar.className = "preview__edge"
  bar.tabIndex = 0
  bar.setAttribute("role", "separator")
  bar.setAttribute("aria-orientation", "vertical")
  bar.setAttribute("aria-label", gettext("Width of the preview"))
  const room = document.documentElement
  /** @param {number} width in px */
  const resize = (width) => {
    room.style.setProperty("--panel-wish", `${Math.round(Math.max(0, Math.min(width, innerWidth)))}px`)
    tell(bar, panel)
  }
  const kept = recall(WIDTH, 0)
  if (kept) resize(kept)
  new ResizeObserver(() => tell(bar, panel)).observe(panel)
  listen(bar, panel, resize)
  return bar
}

/** @param {HTMLElement} bar @param {HTMLElement} panel @param {(width: number) => void} resize */
function listen(bar, panel, resize) {
  const keep = () => remember(WIDTH, panel.offsetWidth)
  const isRtl = () => getComputedStyle(panel).direction === "rtl"
  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId)
    panel.toggleAttribute("data-dragged", true) // A frame would swallow the movement.
  })
  bar.addEventListener("pointermove", ({ clientX, pointerId }) => {
    if (bar.hasPointerCapture(pointerId)) resize(isRtl() ? clientX : innerWidth - clientX)
  })
  bar.addEventListener("lostpointercapture", () => {
    panel.toggleAttribute("data-dragged", false)
    keep()
  })
  bar.addEventListener("keydown", (event) => {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    resize(panel.offsetWidth + (isRtl() ? step : -step))
    keep()
  })
}

/** @param {HTMLElement} bar @param {HTMLElement} panel */
function tell(bar, panel) {
  bar.setAttribute("aria-valuenow", String(Math.round((100 * panel.offsetWidth) / innerWidth)))
}
