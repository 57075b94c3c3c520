/** Marks on a picture: boxes, arrows and numbers. Points are shares of width and height, from 0 to
 * 1, so that they mean the same on the screen, in the marked copy and to the model.
 * @typedef {{x: number, y: number}} Point
 * @typedef {{kind: "box" | "arrow" | "number", from: Point, to: Point}} Mark */
import { gettext, interpolate } from "#lib/words"

const LEAST = 0.01

/** Both ends inside the picture; a box from its top left to its bottom right.
 * @param {Mark} mark @returns {Mark} */
export function tidied({ kind, from, to }) {
  const [start, end] = [inside(from), inside(to)]
  if (kind === "number") return { kind, from: start, to: start }
  if (kind === "arrow") return { kind, from: start, to: end }
  return {
    kind,
    from: { x: Math.min(start.x, end.x), y: Math.min(start.y, end.y) },
    to: { x: Math.max(start.x, end.x), y: Math.max(start.y, end.y) },
  }
}

/** A slip of the finger is no mark. @param {Mark} mark */
export function isMeant({ kind, from, to }) {
  return kind === "number" || Math.abs(from.x - to.x) > LEAST || Math.abs(from.y - to.y) > LEAST
}

/** What is kept beside the file: whole thousandths, as models of the GLM-V family say places.
 * @param {Mark[]} marks */
export function told(marks) {
  return marks.map(({ kind, from, to }, index) => {
    const ends = kind === "number" ? [from] : [from, to]
    return { number: index + 1, kind, at: ends.flatMap(({ x, y }) => [thousandths(x), thousandths(y)]) }
  })
}

/** The last mark in words, for those who do not see it: where it is, in hundredths of width and height.
 * @param {Mark[]} marks at least one */
export function spoken(marks) {
  const { kind, from, to } = /** @type {Mark} */ (marks.at(-1))
  const sayings = {
    box: gettext("Box %(number)s, in percent: %(left)s to %(right)s across, %(top)s to %(bottom)s down"),
    arrow: gettext("Arrow %(number)s, in percent: from %(left)s across and %(top)s down to %(right)s across and %(bottom)s down"),
    number: gettext("Number %(number)s, in percent: %(left)s across, %(top)s down"),
  }
  const [left, top, right, bottom] = [from.x, from.y, to.x, to.y].map((share) => Math.round(share * 100))
  return interpolate(sayings[kind], { number: marks.length, left, top, right, bottom })
}

/** @param {CanvasRenderingContext2D} canvas @param {Mark[]} marks @param {number} width @param {number} height */
export function draw(canvas, marks, width, height) {
  const unit = Math.max(width, height) / 400
  marks.forEach((mark, index) => {
    const place = (/** @type {Point} */ { x, y }) => ({ x: x * width, y: y * height })
    const [from, to] = [place(mark.from), place(mark.to)]
    for (const [colour, weight] of /** @type {[string, number][]} */ ([["#000", 2.6], ["#fff", 1.6]])) {
      Object.assign(canvas, { strokeStyle: colour, lineWidth: weight * unit, lineCap: "round", lineJoin: "round" })
      if (mark.kind === "box") canvas.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y)
      if (mark.kind === "arrow") strokeArrow(canvas, from, to, 14 * unit)
    }
    drawNumber(canvas, from, String(index + 1), 8 * unit)
  })
}

/** @param {CanvasRenderingContext2D} canvas @param {Point} from @param {Point} to @param {number} head */
function strokeArrow(canvas, from, to, head) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  canvas.beginPath()
  canvas.moveTo(from.x, from.y)
  canvas.lineTo(to.x, to.y)
  for (const side of [-1, 1]) {
    canvas.moveTo(to.x, to.y)
    canvas.lineTo(to.x - head * Math.cos(angle + side * 0.5), to.y - head * Math.sin(angle + side * 0.5))
  }
  canvas.stroke()
}

/** @param {CanvasRenderingContext2D} canvas @param {Point} at @param {string} text @param {number} radius */
function drawNumber(canvas, at, text, radius) {
  canvas.beginPath()
  canvas.arc(at.x, at.y, radius, 0, 2 * Math.PI)
  Object.assign(canvas, { fillStyle: "#fff", strokeStyle: "#000", lineWidth: radius / 8 })
  canvas.fill()
  canvas.stroke()
  Object.assign(canvas, { fillStyle: "#000", textAlign: "center", textBaseline: "middle" })
  canvas.font = `600 ${radius * 1.2}px system-ui, sans-serif`
  canvas.fillText(text, at.x, at.y)
}

/** @param {number} share */
const thousandths = (share) => Math.round(share * 1000)

/** @param {Point} point */
const inside = ({ x, y }) => ({ x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) })
