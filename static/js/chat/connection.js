/** The socket of this tab: opened, kept open, opened again. It knows nothing of replies.
 *
 * Emits `frame` (detail: the frame), `ready` (hello arrived), `lost` (detail: why, and how often it
 * was tried) and `signedout`. */
import { pauseBefore } from "#lib/backoff"
import { takeEarly } from "#lib/early_socket"
import { jsonOf } from "#lib/well_formed"

const SIGNED_OUT = 4401
const TOO_SLOW = 4409
const TOO_MANY = 4429
const RESTARTING = 1012
const SILENCE = 40_000
const OPENING = 20_000
const ANSWER = 4000
/** Tabs of one browser come back together, but not in the same moment. */
const TOGETHER = 250

export class Connection extends EventTarget {
  #address
  /** @type {WebSocket | null} */
  #socket = null
  #attempt = 0
  #ready = false
  #stopped = false
  #lastHeard = 0
  /** A question is out; hearing nothing now means that nobody is there. */
  #probing = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog

  /** What this says, the same browser's other tabs hear. @type {Neighbours | null} */
  #neighbours

  /** @typedef {Pick<BroadcastChannel, "postMessage" | "addEventListener">} Neighbours */

  /** @param {string} address of the socket, ws: or wss: @param {Neighbours | null} [neighbours] */
  constructor(address, neighbours = otherTabs()) {
    super()
    this.#address = address
    this.#neighbours = neighbours
    neighbours?.addEventListener("message", () => this.#hurry())
  }

  get isReady() {
    return this.#ready
  }

  /** Milliseconds since the last frame. */
  get silence() {
    return Date.now() - this.#lastHeard
  }

  open() {
    clearTimeout(this.#retry)
    this.#retry = undefined
    if (this.#socket) return
    this.#stopped = false
    this.#expect(OPENING)
    const { socket, said } = takeEarly(this.#address) ?? { socket: new WebSocket(this.#address), said: [] }
    this.#socket = socket
    /** @param {MessageEvent | CloseEvent} event */
    const react = (event) => ("code" in event ? this.#closed(socket, event.code) : this.#hear(event.data))
    socket.addEventListener("message", react)
    socket.addEventListener("close", react)
    said.forEach(react)
  }

  /** Say something. False when nobody would hear it. @param {object} words */
  say(words) {
    if (!this.#ready || this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(jsonOf(words))
    return true
  }

  /** Something suggests that the line may be dead or alive again: find out at once. */
  check() {
    if (!this.#socket) {
      this.#attempt = 0
      this.open()
    } else if (!this.#probing && this.say({ do: "ping" })) {
      this.#expect(ANSWER)
    }
  }

  /** Give this socket up and open another. */
  renew() {
    const socket = this.#socket
    if (!socket) return this.open()
    this.#forget()
    socket.close()
    this.#lost(0)
  }

  close() {
    this.#stopped = true
    clearTimeout(this.#retry)
    const socket = this.#socket
    this.#forget()
    socket?.close()
  }

  /** @param {string} data */
  #hear(data) {
    this.#lastHeard = Date.now()
    this.#probing = false
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(() => this.check(), SILENCE)
    const frame = JSON.parse(data)
    if (frame.event === "hello") {
      this.#ready = true
      this.#attempt = 0
      this.#neighbours?.postMessage("the server is there")
      this.dispatchEvent(new CustomEvent("ready", { detail: frame }))
    } else {
      this.dispatchEvent(new CustomEvent("frame", { detail: frame }))
    }
  }

  /** Words must come within so many ms, or this socket is given up. @param {number} within */
  #expect(within) {
    this.#probing = true
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(() => this.renew(), within)
  }

  /** @param {WebSocket} socket @param {number} code */
  #closed(socket, code) {
    if (socket !== this.#socket) return
    this.#forget()
    if (this.#stopped) return
    if (code === SIGNED_OUT) return void this.dispatchEvent(new CustomEvent("signedout"))
    const soon = code === TOO_SLOW || code === RESTARTING
    // Too many may also be lines that died without a word and are not yet forgotten: try again.
    this.#lost(soon ? Math.random() * 1500 : pauseBefore(this.#attempt), code === TOO_MANY)
    this.#attempt += 1
  }

  /** @param {number} pause @param {boolean} [tooMany] */
  #lost(pause, tooMany = false) {
    const reason = tooMany ? "too-many" : "gone"
    this.dispatchEvent(new CustomEvent("lost", { detail: { reason, attempt: this.#attempt } }))
    this.#retry = setTimeout(() => this.open(), pause)
  }

  /** Another tab has reached the server: whoever waits need not wait on. */
  #hurry() {
    if (this.#socket || this.#retry === undefined || this.#stopped) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.open(), Math.random() * TOGETHER)
  }

  #forget() {
    this.#ready = this.#probing = false
    this.#socket = null
    clearTimeout(this.#watchdog)
  }
}

function otherTabs() {
  return "document" in globalThis && "BroadcastChannel" in globalThis ? new BroadcastChannel("zaichat.line") : null
}
