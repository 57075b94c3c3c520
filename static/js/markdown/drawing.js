/** All that draws texts, as one piece that is loaded when there is a text. */
import { recall } from "#lib/storage"
import { readable as readableBy, sourcesOf } from "#markdown/citations"
import { WRAP } from "#markdown/code"
import { press, showWrapped } from "#markdown/pressing"
import { MarkdownStream } from "#markdown/stream"

export { later } from "#lib/later"

/** @param {Element} element @param {string} text */
export const readable = (element, text) => readableBy(text, sourcesOf(element))

if (recall(WRAP, false)) showWrapped(true)

/** A stream that draws into `element`, with the text so far.
 * @param {HTMLElement} element @param {string} text */
export function begun(element, text) {
  element.addEventListener("click", press)
  const stream = new MarkdownStream(element)
  stream.add(text)
  return stream
}
