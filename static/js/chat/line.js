/** The line to the server as a person sees it: a notice while it is broken, and a look whether it
 * lives whenever the device says that something changed. */
import { offerAgain } from "#chat/actions"
import { announce } from "#chat/announcing"
import { setServerTime } from "#lib/clock"
import { fetchNodes } from "#lib/requests"
import { compareBuild } from "#lib/updating"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

/** A line that comes back sooner is not worth a word. */
const PATIENCE = 700
/** Timers that stood still so long: the device slept, and its line may have died unnoticed. */
const SLEPT = 8000
const TICK = 2000
/** A network that is away so long is not just another one. */
const STAYS_AWAY = 3000

export class Line {
  #room
  #channel
  #awake = Date.now()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience

  /** @param {import("#elements/chat_room").ChatRoom} room */
  constructor(room) {
    this.#room = room
    this.#channel = room.channel
    this.#channel.addEventListener("ready", (event) => this.#ready(/** @type {CustomEvent} */ (event).detail))
    this.#channel.addEventListener("lost", (event) => this.#lost(/** @type {CustomEvent} */ (event).detail))
    this.#channel.addEventListener("signedout", () => location.reload())
    document.addEventListener("visibilitychange", () => document.hidden || this.#channel.check())
    document.addEventListener("resume", () => this.#channel.check())
    window.addEventListener("pageshow", (event) => event.persisted && this.#channel.check())
    window.addEventListener("online", () => this.#cameOnline())
    window.addEventListener("offline", () => this.#wentOffline())
    setInterval(() => this.#tick(), TICK)
  }

  /** @param {{now?: number, build?: string} | null} hello */
  #ready(hello) {
    setServerTime(hello?.now)
    compareBuild(hello)
    this.#show(null)
    document.documentElement.dataset.ready = ""
  }

  /** @param {{reason: string, attempt?: number}} detail */
  #lost({ reason, attempt = 0 }) {
    if (reason === "too-many" && attempt < 2) toast(gettext("ZaiChat is open in too many tabs. Close some of them."))
    offerAgain(this.#room)
    this.#patience ??= setTimeout(() => this.#show(navigator.onLine ? "lost" : "offline"), PATIENCE)
    // A server that forgot us refuses the socket without saying why; a page says it by a redirect.
    if (attempt === 2) fetchNodes("/sidebar/").catch(() => undefined)
  }

  #cameOnline() {
    this.#show(this.#channel.isReady ? null : "lost")
    this.#channel.check()
  }

  /** A socket notices that only much later: what is written meanwhile would seem to be on its way. */
  #wentOffline() {
    this.#show("offline")
    setTimeout(() => navigator.onLine || !this.#channel.isReady || this.#channel.check(), STAYS_AWAY)
  }

  #tick() {
    const asleep = Date.now() - this.#awake - TICK
    this.#awake = Date.now()
    if (asleep > SLEPT) this.#channel.check()
  }

  /** Styles say it everywhere where something waits. @param {"lost" | "offline" | null} state */
  #show(state) {
    clearTimeout(this.#patience)
    this.#patience = undefined
    if (state) this.#room.dataset.line = state
    else delete this.#room.dataset.line
    const notice = /** @type {HTMLElement | null} */ (this.#room.querySelector("[data-offline]"))
    if (!notice || notice.hidden === !state) return
    notice.hidden = !state
    announce(state ? (notice.querySelector(`.line__${state}`)?.textContent ?? "") : gettext("The connection is back."))
  }
}
