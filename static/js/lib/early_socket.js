/** The socket of a conversation's page, opened before all other scripts: the server answers while they
 * run. Whoever is first to want a line takes it, with what it has said by then. */
import { socketAddress } from "#lib/socket_address"

/** @typedef {{socket: WebSocket, said: (MessageEvent | CloseEvent)[]}} Early */

/** @type {Early | null} */
let early = null

/** @param {Event} event */
const note = (event) => early?.said.push(/** @type {MessageEvent} */ (event))

/** Once, and only to where it leads: from then on it speaks to others.
 * @param {string} address @returns {Early | null} */
export function takeEarly(address) {
  if (early?.socket.url !== address) return null
  const taken = early
  early = null
  for (const name of ["message", "close"]) taken.socket.removeEventListener(name, note)
  return taken
}

if (globalThis.document?.querySelector("chat-room")) {
  early = { socket: new WebSocket(socketAddress()), said: [] }
  for (const name of ["message", "close"]) early.socket.addEventListener(name, note)
}
