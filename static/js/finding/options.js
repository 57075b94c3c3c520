/** The list of the palette as a list: which option is next, and which deeds fit what is typed. */

/** @param {string} key @param {number} at which one is active, -1 for none @param {number} count
 *  @returns {number | null} the next one, or null when the key does not move */
export function moved(key, at, count) {
  if (!count) return null
  if (key === "ArrowDown") return (at + 1) % count
  if (key === "ArrowUp") return (at <= 0 ? count : at) - 1
  if (key === "Home") return 0
  if (key === "End") return count - 1
  return null
}

/** Capitals, full width and accents make no difference. @param {string} text */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim()
}

/** Whether every word typed begins a word of the deed, or stands in it where there are no blanks.
 * @param {string} words of the deed @param {string} typed */
export function isMeant(words, typed) {
  const known = ` ${folded(words)}`
  const wanted = folded(typed).split(/\s+/).filter(Boolean)
  return wanted.every((word) => known.includes(/^[\x20-\x7e]+$/.test(word) ? ` ${word}` : word))
}
