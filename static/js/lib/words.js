/** Words for people in the language of the page. The page carries the translations as JSON;
 * what it does not carry is shown as it is written in the source, in English. */

/** @type {Record<string, string> | undefined} */
let translations

function table() {
  if (!translations) {
    const block = globalThis.document?.getElementById("words")
    translations = JSON.parse(block?.textContent || "{}")
  }
  return /** @type {Record<string, string>} */ (translations)
}

/** @param {string} text */
export function gettext(text) {
  return table()[text] ?? text
}

/** @param {string} one @param {string} many @param {number} count */
export function ngettext(one, many, count) {
  const translated = table()[`${one} %0`]
  return translated ?? (count === 1 ? one : many)
}

/** Fill `%(name)s` from `values`.
 * @param {string} text @param {Record<string, string | number>} values */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => String(values[name] ?? ""))
}
