/** A click on a picture of the conversation opens it large; other clicks stay links. */
import { clone } from "#lib/templates"

document.addEventListener("click", async (event) => {
  const photo = /** @type {Element} */ (event.target).closest?.("a[data-photo]")
  if (!(photo instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  await import("#elements/photo_viewer")
  const viewer = /** @type {import("#elements/photo_viewer").PhotoViewer | null} */ (
    document.querySelector("photo-viewer") ?? clone("photo-viewer")
  )
  if (viewer && !viewer.isConnected) document.body.append(viewer)
  viewer?.open(photo)
})
