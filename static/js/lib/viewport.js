/** Room for a keyboard on the screen: browsers that lay it over the page tell how much is left. */

/** Keep `--keyboard` the height that a keyboard covers, on the page's root. */
export function makeRoomForKeyboard() {
  const view = window.visualViewport
  if (!view) return
  let known = 0
  const measure = () => {
    const covered = view.scale > 1.01 ? 0 : document.documentElement.clientHeight - view.height
    const needed = Math.max(0, Math.round(covered))
    // Whatever is said of the root has every element styled again.
    if (needed !== known) document.documentElement.style.setProperty("--keyboard", `${needed}px`)
    known = needed
    // Safari pushes the page up by what it no longer needs to be.
    if (covered > 0 && window.scrollY > 0) window.scrollTo(0, 0)
  }
  view.addEventListener("resize", measure)
  measure()
}
