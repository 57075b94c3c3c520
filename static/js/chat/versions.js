/** Paging through the versions of a message: what is read stays where the pager stands, which keeps
 * the focus, and says aloud which version is shown. */
import { announce } from "#chat/announcing"
import { fromTop } from "#chat/place"
import { post, readNodes } from "#lib/requests"
import { toastError } from "#elements/toast_stack"

/** @typedef {import("#elements/chat_room").ChatRoom} ChatRoom */
/** @typedef {-1 | 1} Step */

/** Pressed while another version is on its way: how far to go on from there. */
let wished = 0
let isOnTheWay = false

/** @param {ChatRoom} room @param {HTMLElement} message @param {HTMLButtonElement} button */
export function pageBy(room, message, button) {
  page(room, message, button.dataset.step === "-1" ? -1 : 1)
}

/** Left and Right page while the focus is in a pager; with Alt they are the browser's.
 * @param {ChatRoom} room @param {KeyboardEvent} event */
export function pageByKey(room, event) {
  const pager = /** @type {Element} */ (event.target).closest?.(".pager")
  const message = /** @type {HTMLElement | null | undefined} */ (pager?.closest("article.message"))
  if (!pager || !message || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const isRtl = getComputedStyle(pager).direction === "rtl"
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (!step) return
  event.preventDefault()
  page(room, message, /** @type {Step} */ (isRtl ? -step : step))
}

/** @param {ChatRoom} room @param {HTMLElement} message @param {Step} step */
async function page(room, message, step) {
  if (isOnTheWay) {
    wished += step
    return
  }
  const version = buttonOf(message, step)?.dataset.version
  if (!version) return
  isOnTheWay = true
  try {
    await show(room, message, version, step)
  } catch {
    toastError()
  } finally {
    isOnTheWay = false
  }
  goOn(room, version)
}

/** @param {ChatRoom} room @param {string} version */
function goOn(room, version) {
  const message = room.log.message(version)
  const step = Math.sign(wished)
  wished = message ? wished - step : 0
  if (message && step) page(room, message, /** @type {Step} */ (step))
}

/** @param {ChatRoom} room @param {HTMLElement} message @param {string} version @param {Step} step */
async function show(room, message, version, step) {
  const path = await choose(room, version)
  const offset = fromTop(pagerOf(message) ?? message, room.scroller)
  room.showPath(path)
  const shown = room.log.message(version)
  const pager = shown && pagerOf(shown)
  if (!shown || !pager) return
  room.scroller.readAt(pager, offset)
  focusIn(shown, step)
  announce(pager.querySelector(".pager__words")?.textContent ?? "")
}

/** Make a version the shown one, everywhere. @param {ChatRoom} room @param {string} message */
async function choose(room, message) {
  return readNodes(await post(`/c/${room.conversation}/leaf/`, { message }))
}

/** The same button again, or the other one where there is nothing further.
 * @param {HTMLElement} message @param {Step} step */
function focusIn(message, step) {
  const same = buttonOf(message, step)
  const next = same?.disabled ? buttonOf(message, /** @type {Step} */ (-step)) : same
  next?.focus({ preventScroll: true })
}

/** @param {HTMLElement} message */
function pagerOf(message) {
  return /** @type {HTMLElement | null} */ (message.querySelector(".pager"))
}

/** @param {HTMLElement} message @param {Step} step */
function buttonOf(message, step) {
  return /** @type {HTMLButtonElement | null} */ (message.querySelector(`.pager [data-step="${step}"]`))
}
