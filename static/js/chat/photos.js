/** A click on a picture of the conversation opens it large, one on a document or a citation the page
 * it names; other clicks stay links. What draws them, and its style, are loaded then. */
import { clone } from "#lib/templates"
import { toastError } from "#elements/toast_stack"

/** @type {Record<string, () => Promise<unknown>>} */
const SCRIPTS = {
  "photo-viewer": () => import("#elements/photo_viewer"),
  "photo-marker": () => import("#elements/photo_marker"),
  "page-viewer": () => import("#elements/page_viewer"),
}
/** @type {Record<string, Promise<void>>} */
const styles = {}

document.addEventListener("click", async (event) => {
  const photo = /** @type {Element} */ (event.target).closest?.("a[data-photo], a[data-page]")
  if (!(photo instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  try {
    const name = photo.dataset.page ? "page-viewer" : "photo-viewer"
    const viewer = /** @type {import("#elements/photo_viewer").PhotoViewer} */ (await load(name))
    viewer.open(photo)
  } catch {
    toastError()
  }
})

/** The page's one, ready to be opened. @param {string} name @returns {Promise<HTMLElement>} */
export async function load(name) {
  await Promise.all([SCRIPTS[name]?.(), styled("photo-viewer")])
  const there = document.querySelector(name) ?? clone(name)
  if (!(there instanceof HTMLElement)) throw new Error(name)
  if (!there.isConnected) document.body.append(there)
  return there
}

/** Settled when the style that a template names is there, or cannot be had. @param {string} template */
export const styled = (template) => (styles[template] ??= style(template))

/** @param {string} template @returns {Promise<void>} */
function style(template) {
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = document.getElementById(template)?.dataset.style ?? ""
  const end = new Promise((/** @type {(nothing: void) => void} */ resolve) => {
    for (const name of ["load", "error"]) link.addEventListener(name, () => resolve())
  })
  document.head.append(link)
  return end
}
