/** Brings the end of a list of children to what it should be, touching only what differs: the
 * reader's selection, scrolled code and opened folds stay, and so does what was drawn into a
 * block since – colours, formulas, diagrams – while its source is the same. */
import morphdom from "morphdom"

/** @param {Element} parent @param {number} start index of the first child that may change
 *  @param {Element[]} wanted @param {boolean} [isEnd] whether nothing follows them */
export function replaceFrom(parent, start, wanted, isEnd = true) {
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
    bring(current, element)
    current = next
  }
  while (isEnd && current) {
    /** @type {Element | null} */
    const next = current.nextElementSibling
    current.remove()
    current = next
  }
}

/** @param {Element} current @param {Element} wanted */
function bring(current, wanted) {
  const isOther = current.tagName !== wanted.tagName || (wanted.tagName === "DIV" && current.className !== wanted.className)
  if (isOther) current.replaceWith(wanted)
  else if (!current.isEqualNode(wanted)) morphdom(current, wanted, { onBeforeElUpdated: mayChange })
}

/** @param {HTMLElement} before @param {HTMLElement} after */
function mayChange(before, after) {
  if (before.tagName === "DETAILS") after.toggleAttribute("open", before.hasAttribute("open"))
  if (!isDrawnInto(before) && !isDrawnInto(after)) return !before.isEqualNode(after)
  if (!isSame(before, after)) before.replaceWith(after)
  return false
}

/** @param {HTMLElement} element */
function isDrawnInto(element) {
  return element.matches(".formula, .picture") || (element.matches(".code") && !element.matches(".is-open"))
}

/** @param {HTMLElement} before @param {HTMLElement} after */
function isSame(before, after) {
  return before.className === after.className && sourceOf(before) === sourceOf(after)
}

/** @param {HTMLElement} element */
function sourceOf(element) {
  if (element.matches(".code")) return element.querySelector("pre")?.textContent
  return element.dataset.source
}

/** What stood there before anything was drawn. @param {Element} parent */
function removeBareText(parent) {
  for (const node of [...parent.childNodes]) if (node.nodeType === 3) node.remove()
}
