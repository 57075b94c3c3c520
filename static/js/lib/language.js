/** Which of the languages that share signs a text is in: `zh-Hans`, `ja`, `ko`, or "" for the
 * page's own. The server's `language_of` decides the same way. */

/** @type {[string, RegExp][]} */
const SIGNS = [
  ["ja", /[\u3040-\u30ff]/],
  ["ko", /[\uac00-\ud7af]/],
  ["zh-Hans", /[\u4e00-\u9fff]/],
]

/** @param {string} text */
export function languageOf(text) {
  const sample = text.slice(0, 2000)
  return SIGNS.find(([, signs]) => signs.test(sample))?.[0] ?? ""
}
