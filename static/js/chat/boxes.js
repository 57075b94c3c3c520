/** Places on pictures that an answer names, in thousandths of their size: `[[x, y, x, y], …]`,
 * `[x, y, x, y]`, `"bbox_2d": [x, y, x, y]`. They are drawn on copies of the pictures below it.
 * @typedef {{picture: number, number: number, label: string, at: number[]}} Box `picture` and
 *   `number` count from 1 */

const QUAD = /\[\s*(\d{1,4}(?:\.\d+)?)\s*,\s*(\d{1,4}(?:\.\d+)?)\s*,\s*(\d{1,4}(?:\.\d+)?)\s*,\s*(\d{1,4}(?:\.\d+)?)\s*\]/g
const FENCE = /^ {0,3}(`{3,}|~{3,}) *([\w+-]*)[^\n]*\n([\s\S]*?)(?:^ {0,3}\1[^\n]*$|(?![\s\S]))/gm
const DATA = ["", "json", "jsonc", "json5", "text", "plaintext"]
const OBJECT = /\{[^{}]*\}/g
const LABEL = /"(?:label|name|text|object|category)"\s*:\s*"([^"\n]{1,60})"/
const PICTURE = /(?:picture|image|photo|图片?|图像|照片)(?:_index)?"?\s*[:#]?\s*(\d{1,2})(?!\d)|第\s*(\d{1,2})\s*[张幅]/gi
const WHOLE = 1000
const LEAST = 4
const MOST = 60

/** Whether it is worth looking for some. @param {string} text */
export const mayHaveBoxes = (text) => text.search(QUAD) >= 0

/** The boxes of an answer in their order, each place once.
 * @param {string} text @param {number} pictures how many there are @returns {Box[]} */
export function boxesIn(text, pictures) {
  const plain = text.replace(FENCE, (all, _marks, kind) => (DATA.includes(kind.toLowerCase()) ? all : " ".repeat(all.length)))
  const objects = [...plain.matchAll(OBJECT)]
  const named = [...plain.matchAll(PICTURE)]
  /** @type {Map<string, Box>} */
  const found = new Map()
  for (const match of plain.matchAll(QUAD)) {
    const at = match.slice(1, 5).map(Number)
    if (!isBox(at) || found.size >= MOST) continue
    const object = objects.find(({ index, 0: all }) => index < match.index && match.index < index + all.length)
    const picture = pictureOf(object ? object.index + object[0].length : match.index, named, pictures)
    const key = `${picture}:${at.join()}`
    if (!found.has(key)) found.set(key, { picture, number: found.size + 1, label: LABEL.exec(object?.[0] ?? "")?.[1] ?? "", at })
  }
  return [...found.values()]
}

/** @param {number[]} at */
function isBox([x1, y1, x2, y2]) {
  return Math.max(x1, y1, x2, y2) <= WHOLE && x2 - x1 >= LEAST && y2 - y1 >= LEAST
}

/** The picture that was spoken of last. @param {number} end @param {RegExpExecArray[]} named @param {number} pictures */
function pictureOf(end, named, pictures) {
  const last = named.findLast(({ index, 1: one, 2: other }) => index < end && Number(one ?? other) <= pictures)
  return Math.max(1, Number(last?.[1] ?? last?.[2] ?? 1))
}
