/** Figures of jobs that are on their way, wherever they stand: they count the seconds, are looked
 * after, and are replaced in place; their buttons cancel, vary and try again. */
import { heard } from "#jobs/hearing"
import { readNodes, RequestRefused, token } from "#lib/requests"
import { gettext, interpolate } from "#lib/words"
import { toast, toastError } from "#elements/toast_stack"

const TICK = 1000
/** Two presses within this belong together. */
const TWICE = 1000
/** A bar never says that it is done before it is. */
const MOST = 95
const MOVING = ["queued", "running", "saving"]

export class Jobs {
  /** Jobs whose changes are heard. @type {Set<string>} */
  #followed = new Set()

  /** @param {HTMLElement} root @param {(nodes: DocumentFragment, form: HTMLFormElement) => void} add shows a new batch
   * @param {() => void} [changed] */
  constructor(root, add, changed = () => undefined) {
    this.root = root
    this.add = add
    this.changed = changed
    root.addEventListener("submit", (event) => this.#deed(event))
    setInterval(() => this.tick(), TICK)
    document.addEventListener("job", (event) => this.#stands(/** @type {CustomEvent} */ (event).detail))
    document.addEventListener("job-news", (event) => this.#shows(/** @type {CustomEvent} */ (event)))
    this.tick()
  }

  /** A button of a job. Pressed twice, it does it once. @param {SubmitEvent} event */
  async #deed(event) {
    const form = /** @type {HTMLFormElement} */ (event.target)
    const { deed } = form.dataset
    if (!deed) return
    event.preventDefault()
    if (form.ariaBusy || isSecondPress(form)) return
    form.ariaBusy = "true"
    try {
      const nodes = await ask(form.action, new FormData(form))
      if (deed === "again") this.add(nodes, form)
      else this.replace(nodes, true)
    } catch (error) {
      if (error instanceof RequestRefused && error.message) toast(error.message)
      else toastError()
    } finally {
      form.ariaBusy = null
    }
  }

  /** It may stand otherwise than here. @param {{id: string, state: string}} job */
  #stands({ id, state }) {
    const known = /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-job="${id}"]`))
    if (known && known.dataset.status !== state) this.look()
  }

  /** What stands on the page needs no message: in the studio its batch, in a conversation its figure.
   * @param {CustomEvent} event */
  #shows(event) {
    const { batch } = event.detail
    if (this.root.querySelector(`[data-batch="${batch}"], [data-of="${batch}"]`)) event.preventDefault()
  }

  /** How those stand that were still on their way. */
  async look() {
    const moving = this.moving
    if (!moving.length) return
    const query = moving.map(({ dataset }) => `id=${dataset.job}`).join("&")
    try {
      const response = await fetch(`/studio/jobs/?${query}`, { headers: { Accept: "text/html" } })
      this.replace(await readNodes(response))
    } catch {
      // The next look comes soon.
    }
  }

  /** @param {DocumentFragment} nodes @param {boolean} [always] also where the state is the same */
  replace(nodes, always = false) {
    for (const figure of /** @type {NodeListOf<HTMLElement>} */ (nodes.querySelectorAll("[data-job]"))) {
      const known = /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-job="${figure.dataset.job}"]`))
      if (!known || (!always && known.dataset.status === figure.dataset.status)) continue
      const hadFocus = known.contains(document.activeElement)
      known.replaceWith(figure)
      const next = /** @type {HTMLElement | null} */ (figure.querySelector("a, button"))
      if (hadFocus) next?.focus()
      tell(figure.dataset, this.#place(figure))
      if (isMoving(known) && !isMoving(figure)) figure.dispatchEvent(new CustomEvent("ended", { bubbles: true }))
    }
    this.tick()
  }

  /** How many of those that were asked for together are done, where they are several.
   * @param {HTMLElement} figure */
  #place({ dataset }) {
    const all = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll(`[data-of="${dataset.of}"]`)])
    const done = all.filter((one) => one.dataset.status === "done")
    return all.length > 1 ? interpolate(gettext(" (%(done)s of %(all)s)"), { done: done.length, all: all.length }) : ""
  }

  tick() {
    const { moving } = this
    for (const figure of moving) tickOne(figure)
    const fresh = moving.map(({ dataset }) => dataset.job ?? "").filter((id) => !this.#followed.has(id))
    for (const id of fresh) this.#followed.add(id)
    if (fresh.length) heard(...fresh)
    this.changed()
  }

  /** @returns {HTMLElement[]} */
  get moving() {
    const figures = /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-job]"))
    return [...figures].filter(isMoving)
  }
}

/** @param {HTMLElement} figure */
function isMoving({ dataset }) {
  return MOVING.includes(dataset.status ?? "")
}

/** Whether this press belongs to the one before it: people press twice what they want at once.
 * @param {HTMLFormElement} form */
export function isSecondPress(form) {
  const before = Number(form.dataset.pressed ?? -Infinity)
  form.dataset.pressed = String(performance.now())
  return performance.now() - before < TWICE
}

/** @param {string} address @param {FormData} fields @returns {Promise<DocumentFragment>} */
export async function ask(address, fields) {
  const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" }
  const response = await fetch(address, { method: "POST", body: fields, headers })
  if (response.status === 422) throw new RequestRefused(await response.text())
  return readNodes(response)
}

/** @param {HTMLElement} figure */
function tickOne(figure) {
  const now = /** @type {HTMLElement | null} */ (figure.querySelector("[data-since]"))
  if (!now) return
  now.dataset.begun ??= String(Date.now() - Number(now.dataset.since) * 1000)
  const seconds = Math.round((Date.now() - Number(now.dataset.begun)) / 1000)
  const bar = now.querySelector("progress")
  if (bar && figure.dataset.status !== "queued") bar.value = Math.min(MOST, (100 * seconds) / Math.max(1, Number(now.dataset.usual)))
  const words = now.querySelector("[data-elapsed]")
  if (words) words.textContent = elapsed(seconds, now.dataset)
}

/** @param {number} seconds @param {DOMStringMap} told */
export function elapsed(seconds, { most, words }) {
  if (seconds > Math.max(30, Number(most) * 1.5)) return gettext("still on its way, we keep looking")
  const clock = seconds < 60 ? interpolate(gettext("%(seconds)s s"), { seconds }) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
  return `${clock} · ${words}`
}

/** @param {DOMStringMap} job @param {string} place */
function tell({ status, kind }, place) {
  if (status === "done") announce((kind === "video" ? gettext("The film is done") : gettext("The picture is done")) + place)
  if (status === "failed") announce(gettext("It failed"))
}

/** The page's one status node says it. @param {string} words */
export function announce(words) {
  const status = document.getElementById("status")
  if (status) status.textContent = words
}
