/** Requests to our own server: pieces of pages, and small changes. */
import { cleaner } from "#lib/cleaner"

/** Thrown when the server says no; its message is for a person. */
export class RequestRefused extends Error {}

/** Thrown when what was asked for does not exist any more. */
export class Gone extends RequestRefused {}

/** @param {string} address @returns {Promise<DocumentFragment>} */
export async function fetchNodes(address) {
  return readNodes(await fetch(address, { headers: { Accept: "text/html" } }))
}

/** @param {string} address @param {Record<string, string> | FormData} fields */
export async function post(address, fields) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields)
  const response = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() } })
  if (response.status === 422) throw new RequestRefused(await response.text())
  return response
}

/** What shows that a change was asked for by our own page. */
export function token() {
  return document.querySelector("meta[name=csrf-token]")?.getAttribute("content") ?? ""
}

/** @param {Response} response */
export async function readNodes(response) {
  goToLoginIfSignedOut(response)
  if (response.status === 404 || response.status === 204) throw new Gone("")
  if (!response.ok) throw new RequestRefused("")
  const [{ nodesFrom }, html] = await Promise.all([cleaner(), response.text()])
  return nodesFrom(html)
}

/** A page that asks to sign in instead of the one asked for: load it, it comes back here.
 * @param {Response} response */
export function goToLoginIfSignedOut(response) {
  if (response.redirected && new URL(response.url).pathname.startsWith("/accounts/")) {
    location.reload()
  }
}
