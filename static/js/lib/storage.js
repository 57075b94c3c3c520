/** What this browser remembers for one person. A full or forbidden storage is no error: the page
 * then only forgets on reload. */

/** @param {string} name */
const key = (name) => `zaichat.${document.documentElement.dataset.person ?? ""}.${name}`

/** @template T @param {string} name @param {T} otherwise @returns {T} */
export function recall(name, otherwise) {
  try {
    const text = localStorage.getItem(key(name))
    return text === null ? otherwise : JSON.parse(text)
  } catch {
    return otherwise
  }
}

/** @param {string} name @param {unknown} value null, "" and [] are forgotten */
export function remember(name, value) {
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0)
  try {
    if (empty) localStorage.removeItem(key(name))
    else localStorage.setItem(key(name), JSON.stringify(value))
  } catch {
    // Nothing to do: see above.
  }
}

/** Whether anything is remembered whose name begins so. @param {string} prefix */
export function remembers(prefix) {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(key(prefix)))
  } catch {
    return false
  }
}

/** Forget everything of this person whose name begins so. @param {string} prefix */
export function forget(prefix) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(key(prefix)))
    for (const name of names) localStorage.removeItem(name)
  } catch {
    // Nothing is kept: nothing is to be forgotten.
  }
}

/** What this tab alone remembers. @param {string} name */
export function recallInTab(name) {
  try {
    return sessionStorage.getItem(name)
  } catch {
    return null
  }
}

/** Whether this tab remembers something whose name ends so. @param {string} end */
export function remembersInTab(end) {
  try {
    return Object.keys(sessionStorage).some((name) => name.endsWith(end))
  } catch {
    return false
  }
}

/** The same, once. @param {string} name */
export function takeInTab(name) {
  const text = recallInTab(name)
  rememberInTab(name, "")
  return text
}

/** Whoever used this tab. */
export function forgetTab() {
  try {
    sessionStorage.clear()
  } catch {
    // Nothing is kept: nothing is to be forgotten.
  }
}

/** @param {string} name @param {string} text "" is forgotten, and so is what was there when there is no room */
export function rememberInTab(name, text) {
  try {
    sessionStorage.removeItem(name)
    if (text) sessionStorage.setItem(name, text)
  } catch {
    // Nothing to do: see above.
  }
}
