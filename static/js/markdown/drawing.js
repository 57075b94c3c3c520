/** All that draws texts, as one piece that is loaded when there is a text. */
import { recall } from "#lib/storage"
import { mayHaveBoxes } from "#chat/boxes"
import { readable as readableBy, sourcesOf } from "#markdown/citations"
import { WRAP } from "#markdown/code"
import { press, showWrapped } from "#markdown/pressing"
import { MarkdownStream } from "#markdown/stream"

export { later } from "#lib/later"

/** Nothing follows. What places it names on pictures is drawn there. @param {HTMLElement} element @param {string} text */
export async function ended(element, text) {
  if (!mayHaveBoxes(text)) return
  const drawing = await import("#chat/boxed_pictures").catch(() => null)
  await drawing?.showBoxes(element, text)
}

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
