/** Where a text may send a person. */

/** The address, if it is one a person may be sent to. @param {string} address */
export function safeAddress(address) {
  try {
    const url = new URL(address)
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
