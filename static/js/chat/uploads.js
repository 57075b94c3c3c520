/** Files on their way to the server: in the order they were chosen, a few at once, each with its
 * own progress and its own end. Says `change` after everything that a person may see.
 * @typedef {{id: string, kind: string, name: string, size: number, url: string, thumbnail: string,
 *   width: number | null, height: number | null, seconds: number | null, page_count: number, media_type: string,
 *   origin: {format?: string, width?: number, height?: number, is_animated?: boolean, marks?: object[], read?: number, entries?: number,
 *     scanned?: number, sheets?: number, pasted?: number},
 *   can_be_fetched?: boolean}} Stored `can_be_fetched`: a film that the vendor could get whole
 * @typedef {"offered" | "waiting" | "sending" | "ready" | "refused"} UploadState `offered`: a link that
 *   somebody may have fetched, or not */
import { kindOf } from "#chat/file_kinds"
import { gettext, interpolate } from "#lib/words"

/** @typedef {{stored?: Stored, words?: string}} End without both: the line broke
 * @typedef {{end: Promise<End>, abort: () => void}} Running
 * @typedef {(upload: Upload, progress: (share: number) => void) => Running} Transport
 * @typedef {Record<string, number>} Limits bytes by kind of file */

const AT_ONCE = 3
const MOST = 20
const MEGA = 1024 ** 2
/** Characters, as many as a draft has on the server; far more than can be sent. */
const BOX_BEARS = 500_000

export class Upload {
  /** @type {UploadState} */
  state = "waiting"
  /** From 0 to 1. */
  progress = 0
  /** Why it was refused, for a person. */
  words = ""
  /** Whether trying again may help. */
  mayRetry = false
  /** Whether it was tried once more because its question was sent. */
  isTriedAgain = false
  /** What the server made of it. @type {Stored | null} */
  stored = null
  /** As it was before somebody drew on it. @type {Stored | null} */
  unmarked = null
  /** What was drawn on it. @type {object[]} */
  marks = []
  /** Of a picture that the server is to fetch. */
  address = ""
  /** What was pasted, while this page knows it. */
  text = ""

  /** @param {File | null} file null: the server has had it already, or fetches it */
  constructor(file) {
    this.file = file
  }

  get name() {
    if (this.isPasted) return gettext("Pasted text")
    return this.stored?.name ?? this.file?.name ?? hostOf(this.address)
  }

  get isPasted() {
    return !!this.text || !!this.stored?.origin?.pasted
  }

  /** Whether a text box bears its text: a browser lays out millions of characters for minutes. */
  get fitsBox() {
    return (this.text.length || (this.stored?.origin?.pasted ?? 0)) <= BOX_BEARS
  }
}

export class Uploads extends EventTarget {
  /** @type {Upload[]} */
  list = []
  #send
  #limits
  /** @type {Map<Upload, Running>} */
  #running = new Map()

  /** @param {Transport} send @param {Limits} [limits] */
  constructor(send, limits = {}) {
    super()
    this.#send = send
    this.#limits = limits
  }

  /** @param {Iterable<File>} files @param {Iterable<File>} [folders] which cannot be sent */
  add(files, folders = []) {
    for (const file of files) this.#take(new Upload(file), whyNot(file, this.#limits))
    for (const folder of folders) this.#take(new Upload(folder), gettext("This is a folder. Drop the files that are in it."))
    this.#go()
  }

  /** A long paste. @param {string} text */
  addText(text) {
    const file = new File([text], `${gettext("Pasted text")}.pasted`, { type: "text/plain" })
    this.#take(Object.assign(new Upload(file), { text }), whyNot(file, this.#limits))
    this.#go()
  }

  /** A picture that may be fetched. @param {string} address */
  offer(address) {
    if (this.list.some((upload) => upload.address === address)) return
    this.list.push(Object.assign(new Upload(null), { address, state: /** @type {const} */ ("offered") }))
    this.#changed()
  }

  /** What was offered and not wished for. */
  forgetOffers() {
    this.list = this.list.filter(({ state }) => state !== "offered")
  }

  /** What was kept stands first, in place of what is ready. @param {Stored[]} stored */
  replace(stored) {
    const kept = stored.map((one) => this.#known(one))
    const there = this.list.filter((upload) => upload.state !== "ready" || kept.includes(upload))
    const isAsBefore = String(kept.map(idOf)) === String(there.filter(({ state }) => state === "ready").map(idOf))
    this.list = isAsBefore ? there : [...kept, ...there.filter(({ state }) => state !== "ready")]
    this.#changed()
  }

  /** @param {Stored} stored */
  #known(stored) {
    const known = this.list.find((upload) => upload.state === "ready" && upload.stored?.id === stored.id)
    return known ?? Object.assign(new Upload(null), { stored, state: /** @type {const} */ ("ready"), progress: 1 })
  }

  /** Send a marked copy in its place. @param {Upload} upload @param {File} file @param {object[]} marks */
  mark(upload, file, marks) {
    const unmarked = upload.unmarked ?? upload.stored
    Object.assign(upload, { file, marks, unmarked, state: "waiting", progress: 0 })
    this.#go()
  }

  /** @param {Upload} upload */
  remove(upload) {
    this.#running.get(upload)?.abort()
    this.#running.delete(upload)
    this.list = this.list.filter((other) => other !== upload)
    this.#go()
  }

  /** Again, or for the first time where it was offered. @param {Upload} upload */
  retry(upload) {
    Object.assign(upload, { state: "waiting", progress: 0, words: "" })
    this.#go()
  }

  /** Once more what a broken line kept back, now that its question is sent; only once, so that the
   * question can still be asked without it. */
  retryBroken() {
    for (const upload of this.#broken) {
      if (upload.isTriedAgain) continue
      upload.isTriedAgain = true
      this.retry(upload)
    }
  }

  /** The line is back. */
  resume() {
    for (const upload of this.#broken) this.retry(upload)
  }

  get #broken() {
    return this.list.filter(({ state, mayRetry }) => state === "refused" && mayRetry)
  }

  /** What the server has, in order. @returns {Stored[]} */
  get ready() {
    return this.list.flatMap(({ state, stored }) => (state === "refused" ? [] : (stored ?? [])))
  }

  /** How many were not taken. */
  get refused() {
    return this.list.filter(({ state }) => state === "refused").length
  }

  get isBusy() {
    return this.list.some(({ state }) => state === "waiting" || state === "sending")
  }

  /** Resolves when nothing is on its way any more. @returns {Promise<void>} */
  async settled() {
    while (this.isBusy) await new Promise((resolve) => this.addEventListener("change", resolve, { once: true }))
  }

  /** @param {Upload} upload @param {string} words why it is not even tried */
  #take(upload, words) {
    this.list.push(upload)
    const count = this.list.filter(({ state }) => state !== "refused" && state !== "offered").length
    if (words) refuse(upload, words)
    else if (count > MOST) refuse(upload, interpolate(gettext("At most %(count)s files can be sent with one message."), { count: MOST }))
  }

  #go() {
    for (const upload of this.list) {
      if (upload.state === "waiting" && this.#running.size < AT_ONCE) this.#start(upload)
    }
    this.#changed()
  }

  /** @param {Upload} upload */
  #start(upload) {
    upload.state = "sending"
    const running = this.#send(upload, (progress) => this.#progressed(upload, progress))
    this.#running.set(upload, running)
    running.end.then((end) => {
      if (!this.#running.delete(upload)) return
      if (end.stored) Object.assign(upload, { state: "ready", progress: 1, stored: end.stored })
      else refuse(upload, end.words ?? "", !end.words)
      this.#go()
    })
  }

  /** @param {Upload} upload @param {number} progress */
  #progressed(upload, progress) {
    upload.progress = progress
    this.#changed()
  }

  #changed() {
    this.dispatchEvent(new Event("change"))
  }
}

/** @param {Upload} upload @param {string} words @param {boolean} [mayRetry] */
function refuse(upload, words, mayRetry = false) {
  upload.state = "refused"
  upload.mayRetry = mayRetry
  upload.words = words || gettext("The connection broke. Try again.")
}

/** What can be said before anything is sent: "" where nothing speaks against it.
 * @param {File} file @param {Limits} limits */
function whyNot(file, limits) {
  if (file.size === 0) return gettext("It is empty.")
  const limit = limits[kindOf({ file, stored: null })] ?? Infinity
  if (file.size <= limit) return ""
  const numbers = { size: Math.ceil(file.size / MEGA), limit: Math.floor(limit / MEGA) }
  return interpolate(gettext("It has %(size)s MB; at most %(limit)s MB are taken."), numbers)
}

/** @param {Upload} upload */
const idOf = ({ stored }) => stored?.id

/** @param {string} address */
function hostOf(address) {
  return URL.canParse(address) ? new URL(address).host : address
}
