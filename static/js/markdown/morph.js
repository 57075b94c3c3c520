/** Brings the end of a list of children to what it should be, touching only what differs: the
 * reader's selection and scrolled code stay. */
import morphdom from "morphdom"

/** @param {Element} parent @param {number} start index of the first child that may change
 *  @param {Element[]} wanted */
export function replaceFrom(parent, start, wanted) {
  if (start === 0) removeBareText(parent)
  /** @type {Element | null} */
  let current = parent.children[start] ?? null
  for (const element of wanted) {
    if (!current) {
      parent.append(element)
      continue
    }
    /** @type {Element | null} */
    const next = current.nextElementSibling
    if (current.tagName !== element.tagName) current.replaceWith(element)
    else if (!current.isEqualNode(element)) morphdom(current, element)
    current = next
  }
  while (current) {
    /** @type {Element | null} */
    const next = current.nextElementSibling
    current.remove()
    current = next
  }
}

/** What stood there before anything was drawn. @param {Element} parent */
function removeBareText(parent) {
  for (const node of [...parent.childNodes]) if (node.nodeType === 3) node.remove()
}
