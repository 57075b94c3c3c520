/** What stands in the studio's form: neither a reload nor another page loses what was typed. */

/** Named as #lib/storage names things, which the first page has already: shared, it would be a
 * file more there. */
const name = () => `zaichat.${document.documentElement.dataset.person ?? ""}.studio`
const NOT_KEPT = new Set(["command", "csrfmiddlewaretoken", "upload"])

/** @typedef {[string, string][]} Entries */

/** @param {HTMLFormElement} form @returns {Entries} */
export function entriesOf(form) {
  return /** @type {Entries} */ ([...new FormData(form)].filter(([field, value]) => !NOT_KEPT.has(field) && typeof value === "string"))
}

/** @param {HTMLFormElement} form */
export function keep(form) {
  try {
    localStorage.setItem(name(), JSON.stringify(entriesOf(form)))
  } catch {
    // A full or forbidden storage only forgets.
  }
}

/** What a model proposed for the prompt, also across a reload: it was paid for.
 * @param {object | null} proposal */
export function keepProposal(proposal) {
  try {
    if (proposal) localStorage.setItem(`${name()}.proposal`, JSON.stringify(proposal))
    else localStorage.removeItem(`${name()}.proposal`)
  } catch {
    // As above.
  }
}

/** @returns {any} */
export function keptProposal() {
  try {
    return JSON.parse(localStorage.getItem(`${name()}.proposal`) ?? "null")
  } catch {
    return null
  }
}

/** @returns {Entries} */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(name()) ?? "[]")
  } catch {
    return []
  }
}

/** @returns {string} */
export const keptPrompt = () => kept().find(([field]) => field === "prompt")?.[1] ?? ""
