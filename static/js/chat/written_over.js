/** What was written here before another tab or device wrote over it: offered above the box until it is
 * taken or put away. This tab keeps it over a reload. */
import { styled } from "#chat/photos"
import { announce } from "#lib/saying"
import { recallInTab, rememberInTab } from "#lib/storage"
import { clone } from "#lib/templates"
import { gettext } from "#lib/words"

/** @typedef {import("#chat/drafts").Draft} Draft */

/** Of one person, in this tab. @param {string} place */
const key = (place) => `zaichat.${document.documentElement.dataset.person ?? ""}.mine.${place}`

/** @param {string} place @param {Draft} mine @param {(mine: Draft) => void} take */
export function offerMine(place, mine, take) {
  rememberInTab(key(place), JSON.stringify(mine))
  show(place, mine, take)
}

/** What was offered before the page was loaded again. @param {string} place @param {(mine: Draft) => void} take */
export function offerKept(place, take) {
  const kept = recallInTab(key(place))
  if (kept) show(place, JSON.parse(kept), take)
}

/** @param {string} place @param {Draft} mine @param {(mine: Draft) => void} take */
function show(place, mine, take) {
  const field = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("chat-composer #message"))
  const note = clone("written-over")
  if (!field || !note) return
  document.querySelector("[data-written-over]")?.remove()
  const [words, back, away] = /** @type {HTMLElement[]} */ ([...note.querySelectorAll("span, button")])
  words.textContent = gettext("This was written in another tab or on another device.")
  back.textContent = gettext("Back to mine")
  back.title = mine.text.slice(0, 200)
  const end = () => {
    rememberInTab(key(place), "")
    note.remove()
    field.focus()
  }
  back.addEventListener("click", () => {
    end()
    take(mine)
  })
  away.addEventListener("click", end)
  styled("attachment").then(() => field.before(note))
  announce(words.textContent)
}
