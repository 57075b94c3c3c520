/** HTML that our own server rendered, as nodes. It is cleaned like everything else, so that a hole
 * in a template is not a hole in the page: no scripts, no handlers, no foreign drawings. */
import DOMPurify from "dompurify"

const OURS = /^(markdown-body|thinking-step)$/

const CONFIG = {
  RETURN_DOM_FRAGMENT: true,
  ADD_TAGS: ["use"],
  ADD_ATTR: ["pathLength", "popovertarget", "popover", "target", "enterkeyhint", "data-part"],
  CUSTOM_ELEMENT_HANDLING: { tagNameCheck: OURS, attributeNameCheck: null },
}

/** @param {string} html @returns {DocumentFragment} */
export function nodesFrom(html) {
  const fragment = /** @type {DocumentFragment} */ (
    /** @type {unknown} */ (DOMPurify.sanitize(html, CONFIG))
  )
  for (const use of fragment.querySelectorAll("use")) {
    if (!isOurSprite(use.getAttribute("href"))) use.remove()
  }
  return fragment
}

/** @param {string | null} href */
function isOurSprite(href) {
  const sprite = document.documentElement.dataset.sprite
  return !!sprite && !!href && href.startsWith(`${sprite}#`)
}
