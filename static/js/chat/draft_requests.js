/** Drafts on the server: how they are read and saved. */
import { filesOf } from "#chat/attached"
import { jsonOf } from "#lib/well_formed"

/** The server will not have it, whatever is tried. */
export class Unsaved extends Error {}

/** So many bytes a browser still sends for a page that has gone. */
const LAST_WORDS = 60_000

/** @typedef {import("#chat/drafts").Draft} Draft */

/** @param {string} place a conversation, or "new" */
const address = (place) => (place === "new" ? "/draft/" : `/c/${place}/draft/`)

/** @param {Draft} draft @returns {RequestInit} */
function request(draft) {
  const { text, model, options } = draft
  const token = document.querySelector("meta[name=csrf-token]")?.getAttribute("content") ?? ""
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token }
  return { method: "PUT", redirect: "manual", headers, body: jsonOf({ text, attachments: filesOf(draft), model, options }) }
}

/** Raises Unsaved when trying again is of no use. @param {string} place @param {Draft} draft
 *  @returns {Promise<string>} the draft's stamp */
export async function saveDraft(place, draft) {
  const response = await fetch(address(place), request(draft))
  if (response.ok) return (response.headers.get("ETag") ?? "").replace(/^W\/|"/g, "")
  if (response.status >= 500) throw new Error(String(response.status))
  throw new Unsaved(String(response.status))
}

/** Said while the page goes: nobody hears the answer. @param {string} place @param {Draft} draft
 *  @returns {boolean} whether it could be said */
saveDraft.last = (place, draft) => {
  const said = request(draft)
  if (new Blob([String(said.body)]).size > LAST_WORDS) return false
  fetch(address(place), { ...said, keepalive: true }).catch(() => undefined)
  return true
}

/** @param {string} place @returns {Promise<Draft & {stamp: string, setup: object}>} `setup`: of a new chat */
export async function readDraft(place) {
  const response = await fetch(address(place), { redirect: "manual", headers: { Accept: "application/json" } })
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}
