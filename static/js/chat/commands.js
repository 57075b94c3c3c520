/** What buttons ask of the server, and what they do when it says no. */

/** A server that failed on the way may have obeyed all the same, and where it names no command it
 * could not read which one it was.
 * @typedef {{id: string | null, code: string, message: string}} Refused */

const NAMELESS = ["unavailable", "too_large", "bad_frame"]

/** Whether it may be obeyed nevertheless: then it is only said again with the same id.
 * @param {Refused} frame */
export function isDoubtful(frame) {
  return frame.code === "unavailable"
}

/** Whether it may speak of a command that waits for an answer, though it does not say which.
 * @param {Refused} frame */
export function isNameless(frame) {
  return frame.id === null && NAMELESS.includes(frame.code)
}

export class Commands {
  #channel
  /** By the command's id; true: the person knows already. @type {Map<string, (frame: Refused) => boolean | void>} */
  #refusals = new Map()

  /** @param {import("#chat/channel").Channel} channel */
  constructor(channel) {
    this.#channel = channel
  }

  /** Have it obeyed once, however often it must be said.
   * @param {import("#chat/channel").Command} command @param {(frame: Refused) => boolean | void} refused */
  obey(command, refused) {
    this.#refusals.set(command.id, refused)
    this.#channel.obey(command)
  }

  /** Say it once; the server only answers when it refuses.
   * @param {import("#chat/channel").Command} command @param {(frame: Refused) => boolean | void} refused */
  tell(command, refused) {
    this.#refusals.set(command.id, refused)
    this.#channel.tell(command)
  }

  /** @param {string} id @returns {boolean} whether it was said in this tab */
  answered(id) {
    return this.#refusals.delete(id)
  }

  /** @param {Refused} frame @returns {boolean} whether the person knows already */
  refused(frame) {
    const asked = isNameless(frame) ? [...this.#refusals.keys()] : [frame.id ?? ""]
    const told = asked.map((id) => this.#refusals.get(id)?.(frame))
    for (const id of asked) this.#refusals.delete(id)
    return told.includes(true)
  }
}
