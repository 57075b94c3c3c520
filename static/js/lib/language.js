/** Which language most of a text is in: `zh-Hans`, `ja`, `ko`, `en`, `und` for other words, or ""
 * for the page's own. A sign counts as a word. The server's `language_of` decides the same way, and says why. */

const SAMPLE = 2000
const NO_WORDS = /```.*?(?:```|$)|`[^`\n]*`|https?:\/\/\S+/gs
const SIGNS = [/[\u3400-\u9fff]/g, /[\u3040-\u30ff]/g, /[\uac00-\ud7af]/g]
const WORD = /[A-Za-z\u00c0-\u024f]+/g
const ENGLISH = /\b(?:the|and|of|is|are|you|with|this)\b/i

/** @param {string} text */
export function languageOf(text) {
  const sample = text.slice(0, SAMPLE).replace(NO_WORDS, " ")
  const count = (/** @type {RegExp} */ found) => sample.match(found)?.length ?? 0
  const [han, kana, hangul] = SIGNS.map(count)
  const signs = han + kana + hangul
  if (signs < count(WORD)) return ENGLISH.test(sample) ? "en" : "und"
  if (!signs) return ""
  if (hangul * 2 > signs) return "ko"
  return kana * 5 >= signs ? "ja" : "zh-Hans"
}
