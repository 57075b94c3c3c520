/** Whether a view follows what is written at its end, or stays where somebody reads. A pure machine.
 *
 * | from | to | by |
 * |---|---|---|
 * | following | reading | a gesture towards the start, nothing else |
 * | reading | following | a gesture that reaches the end, or means it (`end`, wherever that moves on to); `follow`: jumping there, or sending |
 *
 * Layout (a thought that folds, a picture that comes, code that is coloured) moves things, but it is
 * no gesture: it never changes the mode, whatever distances it leaves behind.
 *
 * @typedef {"up" | "down" | "end"} Heading
 * @typedef {{mode: "following" | "reading", heading: Heading | null, until: number, hasNews: boolean}} ScrollState
 * @typedef {{what: "gesture", heading: Heading, gap: number, above: number, at: number}
 *   | {what: "scroll", moved: number, gap: number, settled: boolean, at: number}
 *   | {what: "follow"} | {what: "read"} | {what: "news"}} ScrollEvent
 */

/** So near to the end is at the end. */
export const NEAR = 24
/** A wheel, a finger or a key moves the view for a while after itself. */
const MOMENTUM = 1000

/** @type {ScrollState} */
export const FOLLOWING = { mode: "following", heading: null, until: 0, hasNews: false }

/** @param {ScrollState} state @param {ScrollEvent} event @returns {ScrollState} */
export function after(state, event) {
  if (event.what === "follow") return FOLLOWING
  if (event.what === "read") return { ...state, mode: "reading", heading: null }
  if (event.what === "news") return state.mode === "reading" && !state.hasNews ? { ...state, hasNews: true } : state
  return event.what === "gesture" ? moved(state, event) : scrolled(state, event)
}

/** @param {ScrollState} state @param {Extract<ScrollEvent, {what: "gesture"}>} gesture
 *  @returns {ScrollState} */
function moved(state, { heading, gap, above, at }) {
  if (heading === "end" || (heading === "down" && gap <= NEAR)) return FOLLOWING
  if (heading === "up" && above <= 0) return state
  return { ...state, mode: heading === "up" ? "reading" : state.mode, heading, until: at + MOMENTUM }
}

/** `settled`: the layout is the one in which the view stood before, so that only somebody can have
 * moved it, by means that say nothing: a search in the page, a reading aid.
 * @param {ScrollState} state @param {Extract<ScrollEvent, {what: "scroll"}>} event
 *  @returns {ScrollState} */
function scrolled(state, { moved: by, gap, settled, at }) {
  if (Math.abs(by) < 1) return state
  const heading = by < 0 ? "up" : "down"
  const isCarried = state.heading === heading && at <= state.until
  if (!isCarried && !settled) return state
  if (heading === "down" && gap <= NEAR) return FOLLOWING
  if (isCarried) return { ...state, until: at + MOMENTUM }
  return heading === "up" && gap > NEAR ? { ...state, mode: "reading" } : state
}
