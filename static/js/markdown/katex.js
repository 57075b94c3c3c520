/** KaTeX, with its style sheet beside it. Loaded only where there is a formula.
 *
 * `katex.render` sets styles through the object model, which the content policy allows; the string
 * it could make instead would lose them. Nothing that a formula says may reach beyond itself:
 * no links, no pictures, no attributes, bounded expansion and size. */
import katex from "katex"

const LONGEST = 8_000
const OPTIONS = {
  throwOnError: true,
  strict: false,
  trust: false,
  maxExpand: 500,
  maxSize: 20,
  output: /** @type {const} */ ("htmlAndMathml"),
}

/** Settled when the style sheet is there, or cannot be had. */
export const styled = style()

/** Put the formula where its source is. What cannot be read stays as it is written.
 * @param {HTMLElement} place */
export function draw(place) {
  const source = place.dataset.source ?? ""
  const drawn = document.createElement("span")
  try {
    if (source.length > LONGEST) return
    const displayMode = place.classList.contains("formula--display")
    katex.render(source, drawn, { ...OPTIONS, displayMode, macros: {} })
    place.replaceChildren(...drawn.childNodes)
  } catch (error) {
    place.dataset.failed = ""
    if (error instanceof katex.ParseError) place.title = error.message
  }
}

/** The build says where the style sheet is; without a build there is none. */
function style() {
  // @ts-ignore The build defines it.
  if (typeof MATH_STYLE === "undefined") return Promise.resolve()
  const link = document.createElement("link")
  link.rel = "stylesheet"
  // @ts-ignore
  link.href = new URL(MATH_STYLE, import.meta.url).href
  const ready = new Promise((resolve) => {
    link.onload = resolve
    link.onerror = resolve
  })
  document.head.append(link)
  return ready
}
