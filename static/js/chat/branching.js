/** Parts of a conversation: a new conversation from here, and putting away what follows from here. */
import { offerUndo } from "#lib/undoing"
import { fetchNodes, Gone, post, readNodes, RequestRefused } from "#lib/requests"
import { announce } from "#lib/saying"
import { recall, remember } from "#lib/storage"
import { gettext } from "#lib/words"
import { happens } from "#chat/happenings"
import { toastError } from "#elements/toast_stack"

/** @typedef {import("#elements/chat_room").ChatRoom} ChatRoom */

const EXTENT = "fork.extent"

/** Ask how much goes along, remember it, open the new conversation.
 * @param {ChatRoom} room @param {HTMLElement} message */
export async function askToFork(room, message) {
  const dialog = dialogNamed("fork")
  const wanted = /** @type {HTMLInputElement | null} */ (
    dialog?.querySelector(`[name=extent][value="${CSS.escape(recall(EXTENT, "path"))}"]`)
  )
  if (wanted) wanted.checked = true
  if (!dialog || !(await isAgreed(dialog))) return
  const chosen = /** @type {HTMLInputElement | null} */ (dialog.querySelector("[name=extent]:checked"))
  const extent = chosen?.value ?? "path"
  remember(EXTENT, extent)
  await tried(() => fork(room, message, extent))
}

/** Say how much goes, put it away, offer to undo that.
 * @param {ChatRoom} room @param {HTMLElement} message */
export async function askToDelete(room, message) {
  const address = branchAddress(room, message.dataset.message)
  const size = await tried(() => fetchNodes(address))
  const dialog = dialogNamed("delete-branch")
  const place = dialog?.querySelector("[data-size]")
  const root = size?.querySelector("[data-root]")
  if (!size || !dialog || !place || !root) return
  const words = root.textContent ?? ""
  const id = /** @type {HTMLElement} */ (root).dataset.root ?? ""
  place.replaceChildren(words)
  if (await isAgreed(dialog)) await tried(() => remove(room, id))
}

/** @param {ChatRoom} room @param {HTMLElement} message @param {string} extent */
async function fork(room, message, extent) {
  const fields = { message: message.dataset.message ?? "", extent }
  const response = await post(`/c/${room.conversation}/fork/`, fields)
  if (response.status === 404) throw new Gone("")
  const address = response.headers.get("Location")
  if (!response.ok || !address) throw new RequestRefused(gettext("The server could not do this. Try again."))
  location.assign(address)
}

/** @param {ChatRoom} room @param {string} root */
async function remove(room, root) {
  const conversation = room.conversation
  await change(room, `${branchAddress(room, root)}delete/`)
  offerUndo(gettext("Branch moved to trash"), () => tried(async () => {
    await change(room, `/c/${conversation}/branch/${root}/restore/`)
    announce(gettext("Restored"))
  }))
  room.composer.focus()
}

/** @param {ChatRoom} room @param {string} address */
async function change(room, address) {
  room.showPath(await readNodes(await post(address, {})))
  happens("conversations-changed")
}

/** @param {ChatRoom} room @param {string} [message] */
function branchAddress(room, message) {
  return `/c/${room.conversation}/branch/${message}/`
}

/** @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>} */
async function tried(work) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Gone) toastError(gettext("This was not found. It may have been deleted."))
    else toastError(error instanceof RequestRefused ? error.message : "")
  }
}

/** @param {string} name */
function dialogNamed(name) {
  return /** @type {HTMLDialogElement | null} */ (document.querySelector(`dialog[data-ask="${name}"]`))
}

/** Ask, and wait for the answer; the focus goes back to where it was.
 * @param {HTMLDialogElement} dialog @returns {Promise<boolean>} */
function isAgreed(dialog) {
  dialog.returnValue = ""
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close(), { once: true })
  dialog.showModal()
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true })
  })
}
