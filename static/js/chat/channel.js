/** Talks with the server for everything on this page: commands that are obeyed once however often
 * they are sent, and replies that are followed to their end however often the line breaks.
 *
 * Emits the server's frames by name (`opened`, `events`, `snapshot`, `ended`, `queued`,
 * `unqueued`, `hint`, `refused`), and `ready`, `lost`, `signedout`. */
import { Arrivals } from "#chat/arrivals"
import { Connection } from "#chat/connection"
import { Following } from "#chat/following"
import { Stops } from "#chat/stops"

const LOOK = 5000
const QUIET = 12_000

/** @typedef {{do: string, id: string, [key: string]: any}} Command */

export class Channel extends EventTarget {
  #connection
  /** Commands without an answer, by id. @type {Map<string, Command>} */
  #unanswered = new Map()
  /** Stops and the like that were said while nobody listened. @type {object[]} */
  #unsaid = []
  following
  stops = new Stops()

  /** @param {string} address */
  constructor(address) {
    super()
    this.#connection = new Connection(address)
    this.following = new Following((words) => this.#connection.say(words))
    this.#connection.addEventListener("ready", (event) => this.#ready(/** @type {CustomEvent} */ (event).detail))
    const arrivals = new Arrivals((frame) => this.#hear(frame))
    this.#connection.addEventListener("frame", (event) => arrivals.take(/** @type {CustomEvent} */ (event).detail))
    for (const name of ["lost", "signedout"]) {
      this.#connection.addEventListener(name, (event) => this.#emit(name, /** @type {CustomEvent} */ (event).detail))
    }
    setInterval(() => this.#look(), LOOK)
  }

  get isReady() {
    return this.#connection.isReady
  }

  open() {
    this.#connection.open()
  }

  close() {
    this.#connection.close()
  }

  check() {
    this.#connection.check()
    if (this.isReady) this.following.watchAll()
  }

  /** Have a command obeyed once: it is sent again, with the same id, until it is answered.
   * @param {Command} command @returns {boolean} whether the server may have heard it already */
  obey(command) {
    this.#unanswered.set(command.id, command)
    this.stops.note(command, this.following.open)
    return this.#connection.say(command)
  }

  /** Say it no more: nobody waits for the answer. @param {string} id */
  forget(id) {
    this.#unanswered.delete(id)
  }

  /** Say something once, that needs no answer. @param {object} words */
  tell(words) {
    this.stops.note(words, this.following.open)
    if (!this.#connection.say(words)) this.#unsaid.push(words)
  }

  /** @param {object} hello */
  #ready(hello) {
    this.following.watchAll()
    for (const command of this.#unanswered.values()) this.#connection.say(command)
    for (const words of this.#unsaid.splice(0)) this.#connection.say(words)
    this.#emit("ready", hello)
  }

  /** @param {any} frame */
  #hear(frame) {
    if (frame.event === "pong") return
    if ("id" in frame && frame.event !== "hint" && frame.code !== "unavailable") this.#unanswered.delete(frame.id)
    if (frame.event === "events" && !this.following.accepts(frame, sizeOf(frame))) return
    if (frame.event === "snapshot" && !this.following.acceptsSnapshot(frame, sizeOf(frame))) return
    // An end that overtook a gap is said again after what was missed.
    if (frame.event === "ended" && this.following.isBehind(frame.generation)) {
      return this.following.watch(frame.generation)
    }
    this.#emit(frame.event, frame)
  }

  /** While a reply is open, silence may mean that its last frame was lost. */
  #look() {
    if (!this.isReady || !this.following.isAnyOpen || this.#connection.silence < QUIET) return
    this.following.watchAll()
    this.#connection.check()
  }

  /** @param {string} name @param {any} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }
}

/** About how much a frame carried. @param {{events?: any[], parts?: any[]}} frame */
function sizeOf(frame) {
  const pieces = frame.events ?? frame.parts ?? []
  return pieces.reduce((sum, piece) => sum + (piece.add ?? piece.text ?? piece.new?.text ?? "").length + 32, 0)
}
