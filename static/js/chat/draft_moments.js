/** When a draft is saved and looked for, apart from the pauses of whoever writes. */
import { isLeaving } from "#chat/gone"
import { beforeSigningOut } from "#lib/signing_out"

/** @param {import("#chat/drafts").Drafts} drafts */
export function keepOnTheWay(drafts) {
  beforeSigningOut(() => drafts.flush())
  for (const name of ["model", "thinking"]) document.addEventListener(name, () => drafts.changed())
  // Where the conversation has gone nobody takes it; the browser has it.
  window.addEventListener("pagehide", () => isLeaving() || drafts.leave())
  window.addEventListener("online", () => drafts.comeBack())
  window.addEventListener("focus", () => drafts.comeBack())
  window.addEventListener("pageshow", (event) => {
    const [arrival] = performance.getEntriesByType("navigation")
    const isOld = event.persisted || /** @type {PerformanceNavigationTiming | undefined} */ (arrival)?.type === "back_forward"
    if (isOld) drafts.comeBack()
  })
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) isLeaving() || drafts.flush()
    else drafts.comeBack()
  })
}
