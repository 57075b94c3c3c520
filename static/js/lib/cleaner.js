/** What makes nodes of our server's HTML (see #lib/server_html). It is large and a page that was just
 * opened needs none of it, so it is loaded with the first piece. */

/** @typedef {typeof import("#lib/server_html")} Cleaner */

/** @type {Promise<Cleaner> | undefined} */
let loading

/** Have it. Rejected where it cannot be had; who asks again tries again. @returns {Promise<Cleaner>} */
export function cleaner() {
  loading ??= import("#lib/server_html").catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}
