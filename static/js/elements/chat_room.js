/** <chat-room>: one conversation. It joins the socket, the transcript and the composer; what happens
 * in it is said on `document`, see #chat/happenings.
 *
 * Whoever takes part in the page has one line in COMPANIONS and lives in a module of its own. */
import { act, takePart } from "#chat/actions"
import { Addressing } from "#chat/addressing"
import { announce, Announcing } from "#chat/announcing"
import { CatchingUp, stateOf } from "#chat/catching_up"
import { Channel } from "#chat/channel"
import { Commands } from "#chat/commands"
import { Drawing } from "#chat/drawing"
import { isLeaving, leaveGone } from "#chat/gone"
import { happens } from "#chat/happenings"
import { Jumping } from "#chat/jumping"
import { KeepingFocus } from "#chat/keeping_focus"
import { Landing } from "#chat/landing"
import { Line } from "#chat/line"
import { Log } from "#chat/log"
import { showMade } from "#chat/made_here"
import { MakingRoom } from "#chat/making_room"
import { Older } from "#chat/older"
import { Sending } from "#chat/sending"
import { Standing } from "#chat/standing"
import { Viewing } from "#chat/viewing"
import { Gone } from "#lib/requests"
import { socketAddress } from "#lib/socket_address"
import { remembers } from "#lib/storage"
import { gettext } from "#lib/words"
import { load } from "#elements/markdown_body"
import { toast } from "#elements/toast_stack"

/** Told of the room once, when transcript, composer and socket are there.
 * @type {((room: ChatRoom) => void)[]} */
const COMPANIONS = [
  (room) => new Line(room),
  (room) => new MakingRoom(room),
  whenDrawable((room) => {
    new Drawing(room)
    const landing = new Landing(room)
    new Older(room)
    landing.done.then(() => (room.dataset.landed = ""))
  }),
  (room) => showMade(room),
  (room) => new Jumping(room),
  (room) => new Announcing(room),
  (room) => new KeepingFocus(room),
  (room) => {
    if (remembers("edit.")) import("#chat/editing").then(({ reopenEditors }) => reopenEditors(room)).catch(() => undefined)
  },
]

/** Of a page that comes with answers, once they can be drawn: places depend on it. One writes before,
 * and what the server has said meanwhile goes first.
 * @param {(room: ChatRoom) => void} join @returns {(room: ChatRoom) => void} */
function whenDrawable(join) {
  return (room) => {
    if (!room.querySelector("markdown-body")) return join(room)
    load().then(() => setTimeout(() => join(room)))
  }
}

export class ChatRoom extends HTMLElement {
  log = /** @type {Log} */ (/** @type {unknown} */ (null))
  channel = new Channel(socketAddress())
  sending = /** @type {Sending} */ (/** @type {unknown} */ (null))
  commands = new Commands(this.channel)
  #addressing = /** @type {Addressing} */ (/** @type {unknown} */ (null))
  #viewing = new Viewing(this)
  #standing = new Standing(this)
  #wantsNewest = false
  #catchingUp = new CatchingUp(
    () => stateOf(this.conversation, this.#viewing.end),
    (state) => this.#showState(state),
    (error) => (error instanceof Gone ? leaveGone() : this.channel.check()),
  )

  connectedCallback() {
    this.log = new Log(this.#part(".log"))
    this.sending = new Sending(this.channel, this.composer, this.dataset.conversation || null)
    this.#addressing = new Addressing(this)
    for (const join of COMPANIONS) join(this)
    this.#listen()
    this.#hear()
    this.#followAll()
    this.channel.open()
  }

  get conversation() {
    return this.sending.conversation
  }

  get composer() {
    return /** @type {import("#elements/chat_composer").ChatComposer} */ (this.querySelector("chat-composer"))
  }

  get picker() {
    return /** @type {import("#elements/model_picker").ModelPicker | null} */ (this.querySelector("model-picker"))
  }

  get setup() {
    return /** @type {import("#elements/conversation_setup").ConversationSetup | null} */ (this.querySelector("conversation-setup"))
  }

  get scroller() {
    return /** @type {import("#elements/follow_scroll").FollowScroll} */ (this.querySelector("follow-scroll"))
  }

  /** Model and options as they stand in the composer. */
  get choices() {
    return { model: this.picker?.value ?? null, options: this.composer.options }
  }

  /** Another version was chosen here. @param {DocumentFragment} path */
  showPath(path) {
    this.#catchingUp.told()
    this.#viewing.over()
    this.#showPath(path)
  }

  /** Look at the server's state now. */
  catchUp() {
    this.#catchingUp.now()
  }

  /** @param {DocumentFragment} path */
  #showPath(path) {
    this.log.reconcile(path)
    this.#followAll()
    happens("path-shown", { conversation: this.conversation })
  }

  /** The conversation as the server has it. @param {DocumentFragment} state */
  #showState(state) {
    const queue = state.querySelector("[data-queue]")
    if (queue) this.sending.reconcile(queue)
    queue?.remove()
    if (!this.log.isWhole && !this.#wantsNewest) return // Somebody reads far from what has changed.
    if (!this.#wantsNewest && this.#standing.keeps(state)) return
    this.#showPath(state)
    if (this.#wantsNewest) this.scroller.follow()
    this.#wantsNewest = false
  }

  /** Leave what is read, and go to the end of the path. */
  showNewest() {
    this.#wantsNewest = true
    this.#catchingUp.now()
  }

  #listen() {
    this.addEventListener("compose", (event) => this.#send(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("stop", () => this.#stop())
    this.addEventListener("click", (event) => this.#clicked(event))
    takePart(this)
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.#catchingUp.now()
    })
  }

  #hear() {
    /** @type {Record<string, (frame: any) => void>} */
    const heard = {
      opened: (frame) => this.#opened(frame),
      events: (frame) => this.#events(frame),
      snapshot: (frame) => this.log.view(frame.generation)?.show(frame.parts),
      ended: (frame) => this.#ended(frame),
      queued: (frame) => this.#queued(frame),
      unqueued: (frame) => this.sending.waited(frame.message),
      refused: (frame) => this.#refused(frame),
      hint: (frame) => this.#hint(frame),
    }
    for (const [name, react] of Object.entries(heard)) {
      this.channel.addEventListener(name, (event) => react(/** @type {CustomEvent} */ (event).detail))
    }
  }

  /** @param {{text: string, options: object}} what */
  #send(what) {
    if (!this.channel.isReady) this.channel.check()
    const below = this.#standing.goOn() ?? this.#viewing.goOn()
    this.sending.send({ ...what, model: this.choices.model, setup: this.setup?.value, below })
    if (this.log.isWhole) this.scroller.follow()
  }

  #stop() {
    const [message] = this.log.streaming
    if (message) this.channel.tell({ do: "stop", generation: message.dataset.generation, hold: true })
  }

  /** @param {any} frame */
  #opened(frame) {
    const unsent = this.sending.sent(frame.id)
    const isMine = this.commands.answered(frame.id) || !!unsent
    this.sending.waited(frame.user_message)
    happens("conversations-changed")
    if (!this.conversation) this.#adopt(frame.conversation, unsent?.text)
    if (frame.conversation !== this.conversation) return
    this.#catchingUp.told()
    const isShown = this.log.isWhole && this.log.insert(frame.nodes)
    if (isShown) this.#followAll(frame.generation)
    const { conversation, message, generation, user_message: question } = frame
    happens("answer-opened", { conversation, message, generation, question, isMine })
    if (isShown) return
    if (isMine) this.showNewest()
    else this.#catchingUp.now()
  }

  /** @param {string} conversation @param {string} [question] */
  #adopt(conversation, question) {
    this.sending.adopt(conversation)
    this.#addressing.adopt(conversation, question)
    this.composer.moveDraft()
  }

  /** @param {any} frame */
  #events(frame) {
    const view = this.log.view(frame.generation)
    for (const event of frame.events) view?.apply(event)
  }

  /** @param {any} frame */
  #ended(frame) {
    this.channel.following.end(frame.generation)
    this.#catchingUp.told()
    this.log.end(frame)
    this.#showBusy()
    const { message, generation, status } = frame
    happens("answer-ended", { conversation: this.conversation, message, generation, status })
  }

  /** @param {any} frame */
  #queued(frame) {
    this.#catchingUp.told()
    const unsent = this.sending.sent(frame.id)
    if (!this.conversation) this.#adopt(frame.conversation, unsent?.text)
    if (!unsent || frame.conversation !== this.conversation) return
    this.sending.waits(frame.message, unsent)
    announce(gettext("Waiting to be sent"))
  }

  /** @param {any} frame */
  #refused(frame) {
    const isTold = [this.commands.refused(frame), this.sending.refused(frame)].includes(true)
    if (!isTold) toast(frame.message)
  }

  /** @param {any} frame */
  #hint(frame) {
    if (frame.what === "job") import("#jobs/hearing").then(({ heard }) => heard(frame.id))
    if (!["title", "conversation", "list"].includes(frame.what) || isLeaving()) return
    happens("conversations-changed")
    if (frame.what === "conversation" && frame.id === this.conversation) this.#catchingUp.hinted()
  }

  /** @param {string} [sent] what the server sends to this socket by itself */
  #followAll(sent) {
    const { following } = this.channel
    for (const message of this.log.streaming) {
      const generation = message.dataset.generation ?? ""
      if (following.has(generation)) continue
      following.begin(generation, Number(message.dataset.seq))
      if (this.channel.isReady && generation !== sent) following.watch(generation)
    }
    this.#showBusy()
  }

  #showBusy() {
    this.composer.busy = this.log.streaming.length > 0
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const starter = /** @type {HTMLElement | null} */ (target.closest("[data-starter]"))
    if (starter) this.composer.begin(starter.dataset.starter ?? "")
    else act(this, event)
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector))
  }
}
