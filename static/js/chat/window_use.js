/** How much of a model's window a conversation takes, read from the messages on the page. */

const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g
const CHARACTERS_PER_TOKEN = 3.2
const TOKENS_PER_MESSAGE = 6

/** Tokens up to the last message: what the last answer told, and an estimate of what came after it.
 * @param {HTMLElement[]} messages in their order @returns {number} */
export function tokensUsed(messages) {
  let used = 0
  for (const message of [...messages].reverse()) {
    const told = footOf(message)?.dataset.context
    if (told !== undefined) return used + Number(told)
    used += estimate(textOf(message))
  }
  return used
}

/** The server's estimate of the tokens of a text, see `tokens_in`. @param {string} text */
export function estimate(text) {
  if (!text) return 0
  const wide = text.match(WIDE)?.length ?? 0
  return Math.floor(wide + (text.length - wide) / CHARACTERS_PER_TOKEN) + TOKENS_PER_MESSAGE
}

/** By message, in billionths. @param {HTMLElement[]} messages @returns {[string, number][]} */
export function costs(messages) {
  return messages.map((message) => [message.dataset.message ?? "", Number(footOf(message)?.dataset.cost ?? 0)])
}

/** @param {number} used @param {{context: number, room: number}} model */
export function fullness(used, { context, room }) {
  const percent = Math.min(100, Math.max(used > 0 ? 1 : 0, Math.round((100 * used) / context)))
  return { percent, state: used > room ? "full" : used > 0.8 * room ? "high" : "room" }
}

/** @param {HTMLElement} message */
function footOf(message) {
  return /** @type {HTMLElement | null} */ (message.querySelector(":scope > .message__foot"))
}

/** @param {HTMLElement} message */
function textOf(message) {
  const texts = [...message.querySelectorAll(".message__text")]
  return texts.map((text) => ("source" in text ? String(text.source) : (text.textContent ?? ""))).join("")
}
