/** Another answer to the same question: by the same model, by another one, with more or less thinking. */
import { gettext, interpolate } from "#lib/words"

/** @typedef {import("#elements/chat_room").ChatRoom} ChatRoom */
/** @typedef {{name: string, title: string, note: string, thinking: string, efforts: string[]}} Model */

/** So many models are offered at once; the others come when asked for. */
const FEW = 4

/** How an answer was asked for. @param {HTMLElement} message */
function askedFor(message) {
  const { model = "", wish = "auto", search = "" } = actionsOf(message)?.dataset ?? {}
  return { model, wish, search: search === "yes" }
}

/** What an entry of the menu asks for, beside the message. @param {HTMLElement} message
 *  @param {HTMLElement} entry */
export function wishOf(message, entry) {
  const { model, wish } = entry.dataset
  if (wish) return { options: { thinking: wish, web_search: askedFor(message).search } }
  return model ? { model } : {}
}

/** Make the menu right for this message. @param {ChatRoom} room @param {HTMLElement} message */
export function fillRegenerateMenu(room, message) {
  const menu = document.getElementById("regenerate-menu")
  const list = menu?.querySelector("[data-models]")
  if (!menu || !list) return
  const asked = askedFor(message)
  const models = modelsOf(room)
  const same = models.find((model) => model.name === asked.model)
  const title = same?.title ?? asked.model
  const again = menu.querySelector("[data-again]")
  if (again) again.textContent = interpolate(gettext("Again with %(model)s"), { model: title })
  showWishes(menu, thinkable(same), asked.wish)
  const others = models.filter((model) => model !== same)
  list.replaceChildren(...likelyFirst(room, others).map(entryOf))
  showMore(menu, false)
}

/** Show every model, or the most likely ones. @param {Element} menu @param {boolean} isAll */
export function showMore(menu, isAll) {
  const entries = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[data-models] > button")])
  entries.forEach((entry, place) => {
    entry.hidden = !isAll && place >= FEW
  })
  const more = /** @type {HTMLElement} */ (menu.querySelector("[data-action=more-models]"))
  more.hidden = isAll || entries.length <= FEW
  const group = /** @type {HTMLElement} */ (menu.querySelector("[data-others]"))
  group.hidden = entries.length === 0
  if (isAll) entries[FEW]?.focus()
}

/** The wishes for thinking that make a difference. @param {Model | undefined} model */
function thinkable(model) {
  if (!model) return ["on", "off"]
  if (model.thinking === "none") return []
  const on = model.efforts.length ? model.efforts : ["on"]
  return model.thinking === "forced" ? model.efforts : [...on, "off"]
}

/** @param {Element} menu @param {string[]} wishes @param {string} last what it was asked for with */
function showWishes(menu, wishes, last) {
  const entries = /** @type {NodeListOf<HTMLElement>} */ (menu.querySelectorAll("[data-wish]"))
  for (const entry of entries) {
    const wish = entry.dataset.wish ?? ""
    entry.hidden = !wishes.includes(wish) || wish === last
  }
}

/** The chosen one and those that answered here before the others.
 * @param {ChatRoom} room @param {Model[]} models */
function likelyFirst(room, models) {
  const used = room.log.messages.map((message) => askedFor(message).model).reverse()
  const likely = [room.picker?.value ?? "", ...used]
  const rank = (/** @type {Model} */ { name }) => (likely.includes(name) ? likely.indexOf(name) : likely.length)
  return [...models].sort((one, two) => rank(one) - rank(two))
}

/** The models of the picker, in its order. @param {ChatRoom} room @returns {Model[]} */
function modelsOf(room) {
  const options = /** @type {NodeListOf<HTMLElement>} */ (
    room.picker?.querySelectorAll("[role=option]:not([data-own])") ?? []
  )
  return [...options].map((option) => ({
    name: option.dataset.model ?? "",
    title: option.dataset.title ?? "",
    note: option.querySelector("small")?.textContent ?? "",
    thinking: option.dataset.thinking ?? "none",
    efforts: (option.dataset.efforts ?? "").split(" ").filter(Boolean),
  }))
}

/** @param {Model} model */
function entryOf({ name, title, note }) {
  const entry = document.createElement("button")
  entry.type = "button"
  entry.setAttribute("role", "menuitem")
  entry.tabIndex = -1
  entry.dataset.action = "regenerate-with"
  entry.dataset.model = name
  const words = document.createElement("span")
  words.append(title)
  if (note) words.append(small(note))
  entry.append(words)
  return entry
}

/** @param {string} text */
function small(text) {
  const element = document.createElement("small")
  element.textContent = text
  return element
}

/** @param {HTMLElement} message */
function actionsOf(message) {
  return /** @type {HTMLElement | null} */ (message.querySelector(".message__actions"))
}
