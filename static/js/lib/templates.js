/** Copies of what the server rendered into <template> elements for scripts. */

/** @param {string} id @returns {HTMLElement | null} */
export function clone(id) {
  const template = document.getElementById(id)
  if (!(template instanceof HTMLTemplateElement)) return null
  return /** @type {HTMLElement | null} */ (document.importNode(template.content, true).firstElementChild)
}
