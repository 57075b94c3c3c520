/** The conversation of this page was deleted: its address says where it is. A tab that put it away
 * itself is on its way already, and asks nothing more. */

export function isLeaving() {
  return document.documentElement.hasAttribute("data-leaving")
}

export function leaveGone() {
  if (!isLeaving()) location.reload()
}
