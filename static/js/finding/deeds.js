/** What shortcuts do. Most press the button that does the same, so there is one way of doing it. */
import { changeWithUndo } from "#sidebar/changing"

/** @type {Record<string, () => void>} */
export const DEEDS = {
  search: async () => (await import("#finding/palette")).openPalette(),
  sheet: async () => (await import("#finding/sheet")).openSheet(),
  new: () => location.assign("/"),
  settings: () => location.assign("/settings/"),
  previous: () => goTo(-1),
  next: () => goTo(1),
  sidebar: () => press(isSidebarShown() ? "[data-sidebar=hide]" : "[data-sidebar=show]"),
  focus: () => /** @type {HTMLElement | null} */ (document.querySelector("#message"))?.focus(),
  model: () => press(".picker__button"),
  stop: () => press("[data-stop]"),
  copy: () => press("[data-action=copy]", newestAnswer()),
  code: () => press("[data-action=copy-code]", newestAnswer("[data-action=copy-code]")),
  regenerate: () => press("[data-action=regenerate]", newestAnswer()),
  delete: () => {
    const { conversation } = /** @type {HTMLElement} */ (document.querySelector("chat-room")).dataset
    if (conversation) changeWithUndo("trash", [conversation], conversation)
  },
}

/** The last of what fits is pressed. @param {string} selector @param {ParentNode | null} [within] */
function press(selector, within = document) {
  const buttons = /** @type {NodeListOf<HTMLElement> | undefined} */ (within?.querySelectorAll(selector))
  buttons?.item(buttons.length - 1)?.click()
}

/** @param {string} [holds] the newest answer that holds such a thing @returns {Element | null} */
function newestAnswer(holds) {
  const answers = [...document.querySelectorAll("article[data-role=assistant]")]
  return answers.findLast((answer) => !holds || answer.querySelector(holds)) ?? null
}

function isSidebarShown() {
  const side = document.querySelector("#sidebar")
  if (matchMedia("(max-width: 40rem)").matches) return !!side && "open" in /** @type {HTMLElement} */ (side).dataset
  return !document.documentElement.hasAttribute("data-sidebar-hidden")
}

/** The chat above or below this one in the list; from a page that is none, the first or the last.
 * @param {-1 | 1} step */
function goTo(step) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".entry__link")])
  const here = links.findIndex((link) => link.getAttribute("href") === location.pathname)
  const there = here < 0 ? links.at(step > 0 ? 0 : -1) : links[here + step]
  there?.click()
}
