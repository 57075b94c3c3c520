/** The transcript: messages in their order, brought to what the server says without touching what
 * is already right, so that a reader's place, selection and open details stay. */
import { GenerationView } from "#chat/generation_view"

export class Log {
  #element
  /** @type {WeakMap<HTMLElement, GenerationView>} */
  #views = new WeakMap()

  /** @param {HTMLElement} element `.log` */
  constructor(element) {
    this.#element = element
  }

  get messages() {
    return /** @type {HTMLElement[]} */ ([...this.#element.querySelectorAll(":scope > article.message")])
  }

  get last() {
    return this.messages.at(-1)
  }

  /** Whether the path goes on to its end here, and not only after messages that are still to come. */
  get isWhole() {
    return !this.#element.querySelector(":scope > .later")
  }

  /** The answers that are still being written. */
  get streaming() {
    return this.messages.filter((message) => message.dataset.status === "streaming" && message.dataset.generation)
  }

  /** @param {string} id */
  message(id) {
    return this.messages.find((message) => message.dataset.message === id)
  }

  /** @param {string} generation */
  messageOf(generation) {
    return this.messages.find((message) => message.dataset.generation === generation)
  }

  /** @param {string} generation @returns {GenerationView | undefined} */
  view(generation) {
    const element = /** @type {HTMLElement | null} */ (
      this.#element.querySelector(`.generation[data-generation="${CSS.escape(generation)}"]`)
    )
    if (!element) return undefined
    const known = this.#views.get(element) ?? new GenerationView(element)
    this.#views.set(element, known)
    return known
  }

  /** Put the messages of an `opened` frame where they belong. False when they belong to a place
   * that is not on the screen. @param {ParentNode} [nodes] */
  insert(nodes) {
    const opened = nodes ? messagesIn(nodes) : []
    const first = opened[0]
    if (!first) return true
    const known = this.message(first.dataset.message ?? "")
    if (!known && !this.#makeRoom(first)) return false
    this.#putAfter(known ? before(known) : this.last, opened)
    return true
  }

  /** Make the transcript the given path; older messages above it stay when it joins them.
   * @param {DocumentFragment} path */
  reconcile(path) {
    const wanted = messagesIn(path)
    const keepsOlder = wanted[0] && this.message(wanted[0].dataset.message ?? "")
    const ids = new Set(wanted.map((message) => message.dataset.message))
    let isOlder = !!keepsOlder
    for (const message of this.messages) {
      if (ids.has(message.dataset.message)) isOlder = false
      else if (!isOlder) message.remove()
    }
    if (!keepsOlder) this.#replaceOlderLink(path)
    this.#element.querySelector(":scope > .later")?.remove()
    const first = this.message(wanted[0]?.dataset.message ?? "")
    this.#putAfter(first ? before(first) : undefined, wanted)
    this.#element.append(...path.querySelectorAll(".later"))
  }

  /** Put older messages above. @param {DocumentFragment} path */
  prepend(path) {
    this.#element.querySelector(":scope > .older")?.remove()
    this.#element.prepend(path)
  }

  /** Put later messages below. @param {DocumentFragment} path */
  append(path) {
    this.#element.querySelector(":scope > .later")?.remove()
    this.#element.append(path)
  }

  /** The answer is whole: replace its header and what can be done with it; its text only where it
   * was gone on with, since the server makes one text of both halves.
   * @param {{message: string, generation: string, status: string, nodes?: ParentNode}} frame */
  end(frame) {
    const message = this.message(frame.message)
    this.view(frame.generation)?.finish()
    if (!message || message.dataset.generation !== frame.generation) return
    const [ended] = frame.nodes ? messagesIn(frame.nodes) : []
    if (ended) replaceFrame(message, ended)
    message.dataset.status = frame.status
    message.removeAttribute("aria-busy")
  }

  /** Take away what a new version replaces. @param {HTMLElement} first @returns {boolean} */
  #makeRoom(first) {
    const parent = first.dataset.parent ?? ""
    const sibling = this.messages.find((message) => (message.dataset.parent ?? "") === parent)
    if (sibling) {
      this.#removeFrom(sibling)
      return true
    }
    const above = this.message(parent)
    if (!above) return parent === "" || this.messages.length === 0
    const next = above.nextElementSibling
    if (next) this.#removeFrom(/** @type {HTMLElement} */ (next))
    return true
  }

  /** @param {HTMLElement} first */
  #removeFrom(first) {
    const all = this.messages
    all.slice(all.indexOf(first)).forEach((message) => message.remove())
  }

  /** @param {HTMLElement | undefined} place the message after which they stand
   *  @param {HTMLElement[]} messages */
  #putAfter(place, messages) {
    for (const message of messages) {
      const shown = this.#merged(message)
      const next = place ? place.nextElementSibling : this.messages[0]
      if (shown !== next && shown !== place) this.#element.insertBefore(shown, next ?? null)
      place = shown
    }
  }

  /** A message as the server has it, or the one on the page where that knows at least as much.
   * @param {HTMLElement} message @returns {HTMLElement} */
  #merged(message) {
    const known = this.message(message.dataset.message ?? "")
    if (!known) return message
    const isAhead = known.dataset.generation === message.dataset.generation && isFresh(known, message)
    if (isAhead) return refreshed(known, message)
    known.replaceWith(message)
    return message
  }

  /** @param {DocumentFragment} path */
  #replaceOlderLink(path) {
    this.#element.querySelector(":scope > .older")?.remove()
    const link = path.querySelector(".older")
    if (link) this.#element.prepend(link)
  }
}

/** @param {ParentNode} nodes @returns {HTMLElement[]} */
function messagesIn(nodes) {
  return /** @type {HTMLElement[]} */ ([...nodes.querySelectorAll("article.message")])
}

/** @param {HTMLElement} message @returns {HTMLElement | undefined} */
function before(message) {
  const previous = message.previousElementSibling
  return previous instanceof HTMLElement && previous.matches("article.message") ? previous : undefined
}

/** @param {HTMLElement} known @param {HTMLElement} message */
function isFresh(known, message) {
  return known.dataset.status === "streaming" || known.dataset.status === message.dataset.status
}

/** @param {HTMLElement} known @param {HTMLElement} message */
function refreshed(known, message) {
  const [old, fresh] = [known, message].map((each) => each.querySelector(":scope > .message__foot"))
  const isOver = known.dataset.status !== "streaming"
  if (isOver && old && fresh && !old.isEqualNode(fresh)) old.replaceWith(fresh)
  return known
}

/** @param {HTMLElement} message @param {HTMLElement} ended */
function replaceFrame(message, ended) {
  const pieces = [".message__head", ".message__foot"]
  if (message.querySelector(".notice--resumed")) pieces.push(".message__body")
  for (const piece of pieces) {
    const after = ended.querySelector(`:scope > ${piece}`)
    if (after) message.querySelector(`:scope > ${piece}`)?.replaceWith(after)
  }
  for (const text of message.querySelectorAll("markdown-body:not(.is-drawn)")) /** @type {any} */ (text).finish?.()
}
