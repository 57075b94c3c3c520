/** Inside the frame that draws diagrams. It hears only the page around it, and answers with the
 * drawing as text, or with what is wrong. */
import mermaid from "mermaid"
import { withoutTags } from "#markdown/diagram_source"

const CONFIG = {
  startOnLoad: false,
  securityLevel: /** @type {const} */ ("strict"),
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  suppressErrorRendering: true,
  maxTextSize: 50_000,
  logLevel: /** @type {const} */ ("fatal"),
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
}

/** One after the other: Mermaid keeps its settings in one place. */
let turn = Promise.resolve()

addEventListener("message", ({ source: speaker, data }) => {
  if (speaker !== parent || typeof data?.source !== "string") return
  turn = turn.then(() => answer(data))
})
parent.postMessage({ ready: true }, "*")

/** @param {{id: number, source: string, isDark: boolean}} question */
async function answer({ id, source, isDark }) {
  try {
    mermaid.initialize({ ...CONFIG, theme: isDark ? "dark" : "neutral" })
    const { svg } = await mermaid.render(`diagram-${id}`, withoutTags(source))
    parent.postMessage({ id, svg: asXml(svg) }, "*")
  } catch (error) {
    parent.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, "*")
  }
}

/** A picture is read as XML, which knows few names for signs. @param {string} svg */
function asXml(svg) {
  return svg.replaceAll("&nbsp;", "&#160;")
}
