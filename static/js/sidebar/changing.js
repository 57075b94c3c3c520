/** What is done to conversations, one or many: asked of the server, said in a message, undone from it. */
import { post, RequestRefused } from "#lib/requests"
import { announce } from "#lib/saying"
import { recallInTab, rememberInTab } from "#lib/storage"
import { offerUndo } from "#lib/undoing"
import { gettext, interpolate, ngettext } from "#lib/words"
import { toastError } from "#elements/toast_stack"

const ADDRESS = "/conversations/"
const KEY = "zaichat.undo"
const STAYS = 10_000

/** @typedef {"pin" | "unpin" | "archive" | "unarchive" | "trash" | "restore"} Deed */

/** @type {Record<string, Deed>} */
const OPPOSITES = { pin: "unpin", unpin: "pin", archive: "unarchive", unarchive: "archive", trash: "restore" }

/** `made`: how many pictures and films came out of what was put away.
 * @typedef {{made: number}} Changed */

/** Do it, and tell the list. Null: it was not done, and the person knows why.
 * @param {Deed} deed @param {string[]} ids @returns {Promise<Changed | null>} */
export async function change(deed, ids) {
  let response
  try {
    response = await post(ADDRESS, { do: deed, conversation: ids.join(" ") })
    if (!response.ok) throw new RequestRefused(gettext("The server could not do this. Try again."))
  } catch (error) {
    toastError(error instanceof RequestRefused ? error.message : "")
    return null
  }
  showOnPage(deed, ids)
  document.dispatchEvent(new CustomEvent("conversations-changed"))
  return { made: Number(response.headers.get("X-Made")) }
}

/** What the page says of its own conversation, also when the deed was undone.
 * @param {Deed} deed @param {string[]} ids */
function showOnPage(deed, ids) {
  const current = /** @type {HTMLElement | null} */ (document.querySelector("[data-current]"))
  if (!current || !ids.includes(current.dataset.menuFor ?? "")) return
  if (deed.endsWith("pin")) current.toggleAttribute("data-pinned", deed === "pin")
  if (deed.endsWith("archive")) current.toggleAttribute("data-archived", deed === "archive")
}

/** Do what is undone where it was done, and say so: the list alone shows it.
 * @param {Deed} deed @param {string} id */
export async function changeAloud(deed, id) {
  const done = await change(deed, [id])
  if (done) announce(wordsFor(deed, 1))
  return !!done
}

/** Do it and offer to undo it. Whoever puts away what is on the page goes to a new chat.
 * @param {Deed} deed @param {string[]} ids @param {string} current the conversation of this page */
export async function changeWithUndo(deed, ids, current) {
  const leaves = deed === "trash" && ids.includes(current)
  document.documentElement.toggleAttribute("data-leaving", leaves)
  const done = await change(deed, ids)
  if (!done) document.documentElement.removeAttribute("data-leaving")
  else if (leaves) leaveFor("/", { deed, ids, back: `/c/${current}/`, until: Date.now() + STAYS, made: done.made })
  else {
    offer(deed, ids)
    askAbout(done.made, ids)
  }
  return !!done
}

/** @param {Deed} deed @param {string[]} ids @param {string} [back] where to go when it is undone @param {number} [stays] */
function offer(deed, ids, back = "", stays = STAYS) {
  const undo = async () => {
    if (!(await change(OPPOSITES[deed], ids))) return
    announce(wordsFor(OPPOSITES[deed], ids.length))
    if (back) location.assign(back)
  }
  offerUndo(wordsFor(deed, ids.length), undo, { stays, left: forget })
}

/** Undo what the page before this one did. */
export function offerCarried() {
  const carried = recalled()
  if (!carried) return
  // The server said that it was done; this says so too, and how to undo it.
  if (carried.isSaid) document.querySelector("toast-stack > [data-level=success]")?.remove()
  carry({ ...carried, isSaid: false, made: 0 })
  askAbout(carried.made ?? 0, carried.ids)
  offer(carried.deed, carried.ids, carried.back, Math.max(1000, carried.until - Date.now()))
}

/** `isSaid`: the server says on the next page that it was done.
 * @typedef {{deed: Deed, ids: string[], back: string, until: number, isSaid?: boolean, made?: number}} Carried */

/** @param {number} count @param {string[]} ids */
async function askAbout(count, ids) {
  if (count) (await import("#sidebar/made_there")).askAbout(count, ids)
}

/** @param {string} address @param {Carried} carried */
function leaveFor(address, carried) {
  carry(carried)
  location.assign(address)
}

/** Let the next page of this tab offer to undo it. @param {Carried} carried */
export function carry(carried) {
  rememberInTab(KEY, JSON.stringify(carried))
}

/** @returns {Carried | null} */
function recalled() {
  const carried = JSON.parse(recallInTab(KEY) ?? "null")
  if (carried?.until > Date.now()) return carried
  forget()
  return null
}

/** What comes next makes it pointless to undo what was before. */
export function forget() {
  rememberInTab(KEY, "")
}

/** @param {Deed} deed @param {number} count */
function wordsFor(deed, count) {
  const words = {
    pin: () => ngettext("Pinned", "%(count)s conversations pinned", count),
    unpin: () => ngettext("Unpinned", "%(count)s conversations unpinned", count),
    archive: () => ngettext("Archived", "%(count)s conversations archived", count),
    unarchive: () => ngettext("Back in the list", "%(count)s conversations back in the list", count),
    trash: () => ngettext("Moved to trash", "%(count)s conversations moved to trash", count),
    restore: () => gettext("Restored"),
  }
  return interpolate(words[deed](), { count })
}
