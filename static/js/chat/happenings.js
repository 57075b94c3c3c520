/** What happens in the conversation on this page, said on `document` for whoever listens.
 *
 * | name | detail | when |
 * |---|---|---|
 * | `conversation-opened` | conversation | the page shows it: loaded, come back to, or just begun |
 * | `conversation-adopted` | conversation | a new chat has got its address |
 * | `conversations-changed` | – | a title or the order of the list may be another |
 * | `answer-opened` | conversation, message, generation, question, isMine | an answer begins to be written; isMine: by a command of this tab that was not kept waiting |
 * | `answer-ended` | conversation, message, generation, status | it has ended; its last text is in the page |
 * | `path-shown` | conversation | messages were put in or taken out: another version, older ones, catching up |
 */

/** @param {string} name @param {Record<string, any>} [detail] */
export function happens(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(name, { detail }))
}
