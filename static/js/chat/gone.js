/** The conversation of this page was deleted: its address says where it is. A tab that put it away
 * itself is on its way already, and asks nothing more. */

export function isLeaving() {
  return document.documentElement.hasAttribute("data-leaving")
}

/** Once, and with no last words to what is not there. */
export function leaveGone() {
  if (isLeaving()) return
  document.documentElement.toggleAttribute("data-leaving", true)
  location.reload()
}
