/** Which answers this tab has had stopped, and by what. */

/** What ends an answer that is being written. */
const STOPPING = ["stop", "send_now", "edit"]

export class Stops {
  /** By generation: what was said. @type {Map<string, string>} */
  #said = new Map()

  /** @param {any} words a command @param {Iterable<string>} open the generations under way here */
  note(words, open) {
    if (!STOPPING.includes(words.do)) return
    for (const generation of words.do === "stop" ? [words.generation] : open) this.#said.set(generation, words.do)
  }

  /** undefined: nothing that was said here. @param {string} generation */
  by(generation) {
    return this.#said.get(generation)
  }
}
