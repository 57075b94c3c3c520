/** A reload of a new chat that was on its way when the server gave the conversation its address: the
 * browser loads the address it left, so the page brings the conversation's name along. */
import { rememberInTab, takeInTab } from "#lib/storage"

const KEY = "zaichat.crossing"
let isLeaving = false

window.addEventListener("beforeunload", () => {
  isLeaving = location.pathname === "/"
})

/** The next page of this tab may be asked for already. @param {string} conversation */
export function bring(conversation) {
  if (isLeaving) rememberInTab(KEY, conversation)
}

/** Go where the page before this one would be, if it was reloaded. */
export function take() {
  const conversation = takeInTab(KEY)
  if (conversation && wasReloaded()) location.replace(`/c/${conversation}/`)
}

function wasReloaded() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"))
  return entry?.type === "reload"
}
