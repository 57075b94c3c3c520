/** Files on their way to the server: in the order they were chosen, a few at once, each with its
 * own progress and its own end. Says `change` after everything that a person may see.
 * @typedef {{id: string, name: string, size: number, url: string, thumbnail: string, width: number,
 *   height: number, origin: {format?: string, width?: number, height?: number, is_animated?: boolean, marks?: object[]}}} Stored
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
  /** As it was before somebody drew on it. @type {Stored | null} */
  unmarked = null
  /** What was drawn on it. @type {object[]} */
  marks = []

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

  /** What was kept stands first, in place of what is ready. @param {Stored[]} stored */
  replace(stored) {
    const others = this.list.filter(({ state }) => state !== "ready")
    this.list = [...stored.map((one) => this.#known(one)), ...others]
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

  /** @param {Upload} upload */
  retry(upload) {
    Object.assign(upload, { state: "waiting", progress: 0, words: "" })
    this.#go()
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

  #go() {
    for (const upload of this.list) {
      if (upload.state === "waiting" && this.#running.size < AT_ONCE) this.#start(upload)
    }
    this.#changed()
  }

  /** @param {Upload} upload */
  #start(upload) {
    upload.state = "sending"
    const file = /** @type {File} */ (upload.file)
    const running = this.#send(file, (progress) => this.#progressed(upload, progress), upload.marks)
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

/** @typedef {{stored?: Stored, words?: string}} End without both: the line broke
 * @typedef {(file: File, progress: (share: number) => void, marks?: object[]) => {end: Promise<End>, abort: () => void}} Transport */

/** The one request that tells how far it is. @type {Transport} */
export function sendByRequest(file, progress, marks = []) {
  const request = new XMLHttpRequest()
  const fields = new FormData()
  fields.append("file", file)
  if (marks.length) fields.append("marks", JSON.stringify(marks))
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
  if (request.status === 507) return { words: gettext("The server's disk is full.") }
  try {
    const said = JSON.parse(request.responseText)
    return request.status === 201 ? { stored: said } : { words: said.message }
  } catch {
    if (new URL(request.responseURL).pathname.startsWith("/accounts/")) location.reload()
    return {}
  }
}
