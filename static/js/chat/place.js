/** Where somebody reads: the piece of text at the top of the view, and how far it is from that edge.
 * It is found again after a reload, and kept in place while something above it changes. */

/** `trail` leads from the message down to the piece, by its places among the children.
 * @typedef {{message: string, trail: number[], offset: number}} Place */

const DEEPEST = 6

/** The deepest element that crosses the upper edge of the view.
 * @param {HTMLElement} view @param {HTMLElement[]} messages @returns {Element | undefined} */
export function anchorIn(view, messages) {
  const edge = view.getBoundingClientRect().top
  let anchor = /** @type {Element | undefined} */ (firstBelow(messages, edge))
  for (let depth = 0; anchor && depth < DEEPEST; depth += 1) {
    const deeper = firstBelow([...anchor.children], edge)
    if (!deeper || deeper.getBoundingClientRect().top > edge) break
    anchor = deeper
  }
  return anchor
}

/** @param {HTMLElement} view @param {HTMLElement[]} messages @returns {Place | null} */
export function placeIn(view, messages) {
  const anchor = anchorIn(view, messages)
  const message = /** @type {HTMLElement | null | undefined} */ (anchor?.closest("[data-message]"))
  if (!anchor || !message) return null
  return { message: message.dataset.message ?? "", trail: trailTo(anchor, message), offset: fromTop(anchor, view) }
}

/** The piece that a trail leads to, or as near as it still goes.
 * @param {HTMLElement} message @param {number[]} trail @returns {Element} */
export function followTrail(message, trail) {
  let element = /** @type {Element} */ (message)
  for (const place of trail) {
    const next = element.children[place]
    if (!next) break
    element = next
  }
  return element
}

/** @param {Element} element @param {HTMLElement} view */
export function fromTop(element, view) {
  return Math.round(element.getBoundingClientRect().top - view.getBoundingClientRect().top)
}

/** @param {Element} element @param {Element} top @returns {number[]} */
function trailTo(element, top) {
  const trail = []
  for (let at = element; at !== top && at.parentElement; at = at.parentElement) {
    trail.unshift([...at.parentElement.children].indexOf(at))
  }
  return trail
}

/** The first that ends below `edge`, in the order of the page.
 * @template {Element} E @param {E[]} elements @param {number} edge @returns {E | undefined} */
function firstBelow(elements, edge) {
  return elements.find((element) => {
    const { bottom, height } = element.getBoundingClientRect()
    return height > 0 && bottom > edge + 1
  })
}
