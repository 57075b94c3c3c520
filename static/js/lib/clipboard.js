/** Copying, with a way for pages that are not served over https. */

/** @param {string} text @returns {Promise<boolean>} whether it worked */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** Text for fields, and the same with formatting for documents.
 * @param {string} text @param {string} html @returns {Promise<boolean>} whether it worked */
export async function copyRich(text, html) {
  try {
    const kinds = { "text/plain": blob(text, "text/plain"), "text/html": blob(html, "text/html") }
    await navigator.clipboard.write([new ClipboardItem(kinds)])
    return true
  } catch {
    return copy(text)
  }
}

/** Text that is still on its way: browsers allow copying only right after a click, and some take a
 * promise for that. @param {Promise<string>} coming @returns {Promise<boolean>} whether it worked */
export async function copyWhenKnown(coming) {
  try {
    const later = coming.then((text) => blob(text, "text/plain"))
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": later })])
    return true
  } catch {
    return coming.then(copy, () => false)
  }
}

/** @param {string} text @param {string} type */
const blob = (text, type) => new Blob([text], { type })

/** @param {string} text */
function copyBySelection(text) {
  const field = document.createElement("textarea")
  field.value = text
  field.className = "visually-hidden"
  document.body.append(field)
  field.select()
  const worked = document.execCommand("copy")
  field.remove()
  return worked
}
