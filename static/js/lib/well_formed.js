/** Text as it may leave: half a character (a lone surrogate) is no text, and no server reads it. */

/** As `toWellFormed()`, which not every browser has. @param {string} text */
export const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd")

/** JSON whose texts are whole. @param {unknown} value */
export const jsonOf = (value) => JSON.stringify(value, (_name, part) => (typeof part === "string" ? wellFormed(part) : part))
