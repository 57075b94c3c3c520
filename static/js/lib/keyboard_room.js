/** Phones that lay their keyboard over the page instead of making the page smaller: leaves it room.
 * Others have done so by themselves (`interactive-widget` in the head), and pinching is not typing. */

const NAME = "--keyboard"

export function leaveRoomForKeyboard() {
  const seen = window.visualViewport
  seen?.addEventListener("resize", () => {
    const covered = seen.scale === 1 ? Math.max(0, innerHeight - seen.height) : 0
    document.documentElement.style.setProperty(NAME, `${Math.round(covered)}px`)
  })
}
