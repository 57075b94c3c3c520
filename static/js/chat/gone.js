/** The conversation of this page was deleted: its address says where it is. A tab that put it away
 * itself is on its way already. */

export function leaveGone() {
  if (!("leaving" in document.documentElement.dataset)) location.reload()
}
