/** <chat-room>: one conversation. It joins the socket, the transcript and the composer. */
import { act, offerAgain, placeDetails } from "#chat/actions"
import { announce, announceEnd } from "#chat/announcing"
import { CatchingUp, stateOf } from "#chat/catching_up"
import { Channel } from "#chat/channel"
import { Commands } from "#chat/commands"
import { Log } from "#chat/log"
import { Sending } from "#chat/sending"
import { fetchNodes, Gone } from "#lib/requests"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

const DRAWN_AT_ONCE = 12
const PATIENCE = 2000

export class ChatRoom extends HTMLElement {
  log = /** @type {Log} */ (/** @type {unknown} */ (null))
  #channel = new Channel(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`)
  #sending = /** @type {Sending} */ (/** @type {unknown} */ (null))
  commands = new Commands(this.#channel)
  #catchingUp = new CatchingUp(
    () => stateOf(this.conversation),
    (state) => this.#showState(state),
    (error) => (error instanceof Gone ? location.replace("/") : this.#channel.check()),
  )
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience

  connectedCallback() {
    this.log = new Log(this.#part(".log"))
    this.#drawNewest()
    this.#sending = new Sending(this.#channel, this.#composer, this.dataset.conversation || null)
    this.#listen()
    this.#hear()
    this.#followAll()
    this.#channel.open()
  }

  get conversation() {
    return this.#sending.conversation
  }

  /** Model and options as they stand in the composer. */
  get choices() {
    return { model: this.#picker?.value ?? null, options: this.#composer.options }
  }

  /** Another version was chosen here. @param {DocumentFragment} path */
  showPath(path) {
    this.#catchingUp.told()
    this.#showPath(path)
  }

  /** @param {DocumentFragment} path */
  #showPath(path) {
    this.log.reconcile(path)
    this.#followAll()
  }

  /** The conversation as the server has it. @param {DocumentFragment} state */
  #showState(state) {
    const queue = state.querySelector("[data-queue]")
    if (queue) this.#sending.reconcile(queue)
    queue?.remove()
    this.#showPath(state)
  }

  #listen() {
    this.addEventListener("compose", (event) => this.#send(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("stop", () => this.#stop())
    this.addEventListener("model", () => this.#modelChanged())
    this.addEventListener("click", (event) => this.#clicked(event))
    this.addEventListener("toggle", placeDetails, { capture: true })
    this.addEventListener("following", (event) => {
      this.#part("[data-jump]").hidden = /** @type {CustomEvent} */ (event).detail
    })
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#channel.check()
    })
    window.addEventListener("online", () => {
      this.#showOffline(!this.#channel.isReady)
      this.#channel.check()
    })
    window.addEventListener("offline", () => this.#showOffline(true))
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.#catchingUp.now()
    })
    window.addEventListener("popstate", () => {
      if (location.pathname !== (this.conversation ? `/c/${this.conversation}/` : "/")) location.reload()
    })
    document.addEventListener("titles", (event) => this.#retitle(/** @type {CustomEvent} */ (event).detail))
    this.#modelChanged()
  }

  #hear() {
    /** @type {Record<string, (frame: any) => void>} */
    const heard = {
      ready: () => this.#ready(),
      lost: (detail) => this.#lost(detail),
      signedout: () => location.reload(),
      opened: (frame) => this.#opened(frame),
      events: (frame) => this.#events(frame),
      snapshot: (frame) => this.log.view(frame.generation)?.show(frame.parts),
      ended: (frame) => this.#ended(frame),
      queued: (frame) => this.#queued(frame),
      unqueued: (frame) => this.#sending.waited(frame.message),
      refused: (frame) => this.#refused(frame),
      hint: (frame) => this.#hint(frame),
    }
    for (const [name, react] of Object.entries(heard)) {
      this.#channel.addEventListener(name, (event) => react(/** @type {CustomEvent} */ (event).detail))
    }
  }

  /** @param {{text: string, options: object}} what */
  #send(what) {
    this.#sending.send({ ...what, model: this.choices.model })
    this.#scroll.follow()
  }

  #stop() {
    const [message] = this.log.streaming
    if (message) this.#channel.tell({ do: "stop", generation: message.dataset.generation })
  }

  /** @param {any} frame */
  #opened(frame) {
    this.commands.answered(frame.id)
    this.#sending.sent(frame.id)
    this.#sending.waited(frame.user_message)
    document.dispatchEvent(new CustomEvent("conversations-changed"))
    if (!this.conversation) this.#adopt(frame.conversation)
    if (frame.conversation !== this.conversation) return
    this.#catchingUp.told()
    if (!this.log.insert(frame.html)) return void this.#catchingUp.now()
    this.#followAll(frame.generation)
    if (frame.message === this.log.last?.dataset.message) this.#scroll.follow()
    announce(gettext("Generating answer"))
  }

  /** A new conversation gets its address, without loading. @param {string} conversation */
  #adopt(conversation) {
    history.pushState(null, "", `/c/${conversation}/`)
    this.dataset.conversation = conversation
    delete this.dataset.new
    this.#composer.querySelector(".composer--large")?.classList.remove("composer--large")
    const menu = /** @type {HTMLElement | null} */ (this.querySelector("[data-current]"))
    if (menu) {
      menu.dataset.menuFor = conversation
      menu.hidden = false
    }
    this.#sending.adopt(conversation)
    this.#composer.moveDraft()
  }

  /** @param {any} frame */
  #events(frame) {
    const view = this.log.view(frame.generation)
    for (const event of frame.events) view?.apply(event)
  }

  /** @param {any} frame */
  #ended(frame) {
    this.#channel.following.end(frame.generation)
    this.#catchingUp.told()
    this.log.end(frame)
    this.#showBusy()
    announceEnd(frame)
  }

  /** @param {any} frame */
  #queued(frame) {
    this.#catchingUp.told()
    const unsent = this.#sending.sent(frame.id)
    if (!this.conversation) this.#adopt(frame.conversation)
    if (unsent && frame.conversation === this.conversation) this.#sending.waits(frame.message, unsent.text)
  }

  /** @param {any} frame */
  #refused(frame) {
    const isTold = [this.commands.refused(frame), this.#sending.refused(frame)].includes(true)
    if (!isTold) toast(frame.message)
  }

  /** @param {any} frame */
  #hint(frame) {
    if (frame.what !== "title" && frame.what !== "conversation") return
    document.dispatchEvent(new CustomEvent("conversations-changed"))
    if (frame.what === "conversation" && frame.id === this.conversation) this.#catchingUp.hinted()
  }

  #ready() {
    this.#showOffline(false)
    document.documentElement.dataset.ready = ""
  }

  /** @param {{reason: string, attempt?: number}} detail */
  #lost({ reason, attempt = 0 }) {
    if (reason === "too-many" && attempt < 2) toast(gettext("ZaiChat is open in too many tabs. Close some of them."))
    offerAgain(this)
    this.#patience ??= setTimeout(() => this.#showOffline(true), PATIENCE)
    // A server that forgot us refuses the socket without saying why; a page says it by a redirect.
    if (attempt === 2) fetchNodes("/sidebar/").catch(() => undefined)
  }

  /** @param {boolean} isOffline */
  #showOffline(isOffline) {
    clearTimeout(this.#patience)
    this.#patience = undefined
    this.#part("[data-offline]").hidden = !isOffline
  }

  /** @param {string} [sent] what the server sends to this socket by itself */
  #followAll(sent) {
    const { following } = this.#channel
    for (const message of this.log.streaming) {
      const generation = message.dataset.generation ?? ""
      if (following.has(generation)) continue
      following.begin(generation, Number(message.dataset.seq))
      if (this.#channel.isReady && generation !== sent) following.watch(generation)
    }
    this.#showBusy()
  }

  #showBusy() {
    this.#composer.busy = this.log.streaming.length > 0
  }

  #modelChanged() {
    if (this.#picker) this.#composer.thinking = this.#picker.thinking
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const starter = /** @type {HTMLElement | null} */ (target.closest("[data-starter]"))
    const older = target.closest("[data-older]")
    if (starter) this.#composer.begin(starter.dataset.starter ?? "")
    else if (older) this.#showOlder(event, older)
    else if (target.closest("[data-jump]")) this.#scroll.follow()
    else act(this, event)
  }

  /** @param {MouseEvent} event @param {Element} link */
  async #showOlder(event, link) {
    event.preventDefault()
    try {
      const path = await fetchNodes(link.getAttribute("href") ?? "")
      this.#scroll.keepPlace(() => this.log.prepend(path))
    } catch {
      toast(gettext("The server cannot be reached. Try again."))
    }
  }

  /** @param {(id: string) => string} titleOf */
  #retitle(titleOf) {
    const title = this.conversation ? titleOf(this.conversation) : ""
    if (!title) return
    document.title = `${title} · ZaiChat`
    this.#part("[data-title]").textContent = title
  }

  #drawNewest() {
    const bodies = /** @type {NodeListOf<import("#elements/markdown_body").MarkdownBody>} */ (
      this.querySelectorAll("markdown-body")
    )
    for (const body of [...bodies].slice(-DRAWN_AT_ONCE)) body.show()
  }

  get #composer() {
    return /** @type {import("#elements/chat_composer").ChatComposer} */ (this.querySelector("chat-composer"))
  }

  get #picker() {
    return /** @type {import("#elements/model_picker").ModelPicker | null} */ (this.querySelector("model-picker"))
  }

  get #scroll() {
    return /** @type {import("#elements/follow_scroll").FollowScroll} */ (this.querySelector("follow-scroll"))
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector))
  }
}

customElements.define("chat-room", ChatRoom)
