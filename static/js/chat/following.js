/** Cursors: how many events of each open generation this tab has seen. Everything is counted, so
 * nothing is shown twice and nothing is missed, whatever the network does. */

const ACK_PAUSE = 250
const ACK_SIZE = 64 * 1024
const ASK_AGAIN = 2000

/** `behind` is the furthest event heard of in a frame that did not fit.
 * @typedef {{seen: number, behind: number, acked: number, unacked: number, asked: number, askedAt: number, timer?: ReturnType<typeof setTimeout>}} Cursor */

export class Following {
  /** @type {Map<string, Cursor>} */
  #cursors = new Map()
  #say

  /** @param {(words: object) => boolean} say */
  constructor(say) {
    this.#say = say
  }

  get isAnyOpen() {
    return this.#cursors.size > 0
  }

  /** The generations that are followed. */
  get open() {
    return this.#cursors.keys()
  }

  /** @param {string} generation */
  has(generation) {
    return this.#cursors.has(generation)
  }

  /** Begin at event `seen`. @param {string} generation @param {number} seen */
  begin(generation, seen) {
    this.#cursors.set(generation, { seen, behind: 0, acked: seen, unacked: 0, asked: -1, askedAt: 0 })
  }

  /** @param {string} generation */
  end(generation) {
    clearTimeout(this.#cursors.get(generation)?.timer)
    this.#cursors.delete(generation)
  }

  /** Whether something is still to come that is known to exist. @param {string} generation */
  isBehind(generation) {
    const cursor = this.#cursors.get(generation)
    return !!cursor && cursor.behind > cursor.seen
  }

  /** Ask for whatever was missed, of every open generation. */
  watchAll() {
    for (const [generation, cursor] of this.#cursors) this.#watch(generation, cursor)
  }

  /** Ask for whatever was missed of one. @param {string} generation */
  watch(generation) {
    const cursor = this.#cursors.get(generation)
    if (cursor) this.#watch(generation, cursor)
  }

  /** Whether the events of this frame are the next ones; if not, nothing may be done with them.
   * @param {{generation: string, from: number, to: number}} frame @param {number} size */
  accepts(frame, size = 0) {
    const cursor = this.#cursors.get(frame.generation)
    if (!cursor || frame.to <= cursor.seen) return false
    if (frame.from !== cursor.seen) {
      cursor.behind = Math.max(cursor.behind, frame.to)
      this.#askOnce(frame.generation, cursor)
      return false
    }
    this.#advance(frame.generation, cursor, frame.to, size)
    return true
  }

  /** A snapshot says how things stand, whatever was seen before.
   * @param {{generation: string, to: number}} frame @param {number} size */
  acceptsSnapshot(frame, size = 0) {
    const cursor = this.#cursors.get(frame.generation)
    if (!cursor) return false
    cursor.behind = 0
    this.#advance(frame.generation, cursor, frame.to, size)
    return true
  }

  /** @param {string} generation @param {Cursor} cursor */
  #watch(generation, cursor) {
    cursor.asked = cursor.seen
    cursor.askedAt = Date.now()
    this.#say({ do: "watch", generation, after: cursor.seen })
  }

  /** @param {string} generation @param {Cursor} cursor */
  #askOnce(generation, cursor) {
    const again = cursor.asked !== cursor.seen || Date.now() - cursor.askedAt > ASK_AGAIN
    if (again) this.#watch(generation, cursor)
  }

  /** @param {string} generation @param {Cursor} cursor @param {number} to @param {number} size */
  #advance(generation, cursor, to, size) {
    cursor.seen = to
    cursor.unacked += size
    if (cursor.unacked >= ACK_SIZE) this.#ack(generation, cursor)
    else cursor.timer ??= setTimeout(() => this.#ack(generation, cursor), ACK_PAUSE)
  }

  /** @param {string} generation @param {Cursor} cursor */
  #ack(generation, cursor) {
    clearTimeout(cursor.timer)
    cursor.timer = undefined
    cursor.unacked = 0
    if (cursor.acked === cursor.seen) return
    cursor.acked = cursor.seen
    this.#say({ do: "ack", generation, seen: cursor.seen })
  }
}
