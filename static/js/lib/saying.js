/** What a screen reader hears without the focus going there: two quiet places at the end of every page. */

/** When it is its turn. @param {string} words */
export function announce(words) {
  say("status", words)
}

/** Interrupts what is being read. @param {string} words */
export function alarm(words) {
  say("alarm", words)
}

/** The same words twice are two pieces of news. @param {string} id @param {string} words */
function say(id, words) {
  document.getElementById(id)?.replaceChildren(words)
}
