/** The line of a page without a conversation: the list beside it shows there, too, what is being
 * written and what is new. A page that nobody looks at gives its place back, since a person has only
 * so many. */
import { Connection } from "#chat/connection"
import { socketAddress } from "#lib/socket_address"
import { compareBuild } from "#lib/updating"

const AWAY = 60_000

/** @param {Connection} [line] */
export function hear(line = new Connection(socketAddress())) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving
  const changed = () => document.dispatchEvent(new CustomEvent("conversations-changed"))
  line.addEventListener("ready", (event) => {
    compareBuild(/** @type {CustomEvent} */ (event).detail)
    changed()
  })
  line.addEventListener("frame", (event) => {
    const frame = /** @type {CustomEvent} */ (event).detail
    if (frame.what === "job") import("#jobs/hearing").then(({ heard }) => heard(frame.id))
    else if (frame.event === "hint") changed()
  })
  line.addEventListener("signedout", () => location.reload())
  // Conversations need the places more.
  line.addEventListener("lost", (event) => /** @type {CustomEvent} */ (event).detail.reason === "too-many" && line.close())
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving)
    if (document.hidden) leaving = setTimeout(() => line.close(), AWAY)
    else line.check()
  })
  window.addEventListener("pageshow", (event) => event.persisted && line.check())
  window.addEventListener("online", () => line.check())
  if (!document.hidden) line.open()
}
