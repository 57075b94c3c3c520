/** Files on their way to the server: in the order they were chosen, a few at once, each with its
 * own progress and its own end. Says `change` after everything that a person may see.
 * @typedef {{id: string, name: string, size: number, url: string, thumbnail: string, width: number,
 *   height: number, origin: {format?: string, width?: number, height?: number, is_animated?: boolean}}} Stored
 * @typedef {"waiting" | "sending" | "ready" | "refused"} UploadState */
import { token } from "#lib/requests"
import { gettext, interpolate } from "#lib/words"

const AT_ONCE = 3
const MOST = 20

export class Upload {
  /** @type {UploadState} */
  state = "waiting"
  /** From 0 to 1. */
  progress = 0
  /** Why it was refused, for a person. */
  words = ""
  /** Whether trying again may help. */
  mayRetry = false
  /** What the server made of it. @type {Stored | null} */
  stored = null

  /** @param {File | null} file null: the server has had it already */
  constructor(file) {
    this.file = file
  }

  get name() {
    return this.stored?.name ?? this.file?.name ?? ""
  }
}

export class Uploads extends EventTarget {
  /** @type {Upload[]} */
  list = []
  #send
  /** @type {Map<Upload, {abort: () => void}>} */
  #running = new Map()

  /** @param {Transport} send */
  constructor(send = sendByRequest) {
    super()
    this.#send = send
  }

  /** @param {Iterable<File>} files */
  add(files) {
    for (const file of files) {
      const upload = new Upload(file)
      this.list.push(upload)
      const isTooMany = this.list.filter(({ state }) => state !== "refused").length > MOST
      if (isTooMany) refuse(upload, interpolate(gettext("At most %(count)s files can be sent with one message."), { count: MOST }))
    }
    this.#go()
  }

  /** What a draft kept. @param {Stored[]} stored */
  restore(stored) {
    const uploads = stored.map((one) => Object.assign(new Upload(null), { stored: one, state: "ready", progress: 1 }))
    this.list.push(...uploads)
    this.#changed()
  }

  /** @param {Upload} upload */
  remove(upload) {
    this.#running.get(upload)?.abort()
    this.#running.delete(upload)
    this.list = this.list.filter((other) => other !== upload)
    this.#go()
  }

  /** @param {Upload} upload */
  retry(upload) {
    Object.assign(upload, { state: "waiting", progress: 0, words: "" })
    this.#go()
  }

  clear() {
    for (const { abort } of this.#running.values()) abort()
    this.#running.clear()
    this.list = []
    this.#changed()
  }

  /** What the server has, in order. @returns {Stored[]} */
  get ready() {
    return this.list.flatMap((upload) => upload.stored ?? [])
  }

  get isBusy() {
    return this.list.some(({ state }) => state === "waiting" || state === "sending")
  }

  /** Resolves when nothing is on its way any more. @returns {Promise<void>} */
  async settled() {
    while (this.isBusy) await new Promise((resolve) => this.addEventListener("change", resolve, { once: true }))
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
    const running = this.#send(/** @type {File} */ (upload.file), (progress) => {
      upload.progress = progress
      this.#changed()
    })
    this.#running.set(upload, running)
    running.end.then((end) => {
      if (!this.#running.delete(upload)) return
      if (end.stored) Object.assign(upload, { state: "ready", progress: 1, stored: end.stored })
      else refuse(upload, end.words ?? "", !end.words)
      this.#go()
    })
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

/** @typedef {{stored?: Stored, words?: string}} End without both: the line broke
 * @typedef {(file: File, progress: (share: number) => void) => {end: Promise<End>, abort: () => void}} Transport */

/** The one request that tells how far it is. @type {Transport} */
export function sendByRequest(file, progress) {
  const request = new XMLHttpRequest()
  const fields = new FormData()
  fields.append("file", file)
  request.open("POST", "/files/")
  request.setRequestHeader("X-CSRFToken", token())
  request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0))
  const end = new Promise((/** @type {(end: End) => void} */ resolve) => {
    request.addEventListener("load", () => resolve(endOf(request)))
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => resolve({}))
  })
  request.send(fields)
  return { end, abort: () => request.abort() }
}

/** @param {XMLHttpRequest} request @returns {End} */
function endOf(request) {
  if (request.status === 413) return { words: gettext("It is too large for this server.") }
  try {
    const said = JSON.parse(request.responseText)
    return request.status === 201 ? { stored: said } : { words: said.message }
  } catch {
    if (new URL(request.responseURL).pathname.startsWith("/accounts/")) location.reload()
    return {}
  }
}
