/** From the composer to the server: what is written waits in a list above the composer until the
 * server has it, and until the answer before it is done. */
import { filesOf } from "#chat/attached"
import { write } from "#chat/chips"
import { isDoubtful, isNameless } from "#chat/commands"
import { Outbox } from "#chat/outbox"
import { isRefused, showRefusal, showWaiting } from "#chat/unsent"
import { Waiting } from "#chat/waiting"
import { newId } from "#lib/ids"
import { announce } from "#lib/saying"
import { Tab } from "#lib/tab"
import { clone } from "#lib/templates"
import { gettext } from "#lib/words"

const OFTEN_QUICKER = 400

export class Sending {
  #tab = new Tab()
  #outbox = new Outbox(this.#tab.name)
  #channel
  #list
  #waiting
  #composer
  /** @type {string | null} */
  #conversation
  /** Ids that were handed to the channel. @type {Set<string>} */
  #handed = new Set()
  /** Ids of what the server could not read; what is behind them does not wait. @type {Set<string>} */
  #unread = new Set()

  /** @param {import("#chat/channel").Channel} channel
   *  @param {import("#elements/chat_composer").ChatComposer} composer
   *  @param {string | null} conversation */
  constructor(channel, composer, conversation) {
    this.#channel = channel
    this.#composer = composer
    this.#conversation = conversation
    this.#list = /** @type {HTMLElement} */ (composer.querySelector(".queue"))
    this.#waiting = new Waiting(this.#list, channel, composer)
    this.#list.addEventListener("click", (event) => this.#clicked(event))
    window.addEventListener("storage", () => this.#forgetGone())
    for (const name of ["ready", "lost"]) channel.addEventListener(name, () => this.#lineChanged())
    for (const name of ["online", "offline"]) window.addEventListener(name, () => this.#lineChanged())
    for (const unsent of this.#outbox.of(conversation)) this.#show(unsent)
    this.#deliver()
    if (!conversation) this.#showLeftBehind()
  }

  get conversation() {
    return this.#conversation
  }

  /** `below`: the message it goes below, where that is not the last one when the server obeys.
   * @param {{text: string, options: object, model: string | null, below?: string, setup?: object,
   *   attachments?: import("#chat/uploads").Stored[]}} what `setup`: of a new chat */
  send({ text, model, options, below, setup, attachments }) {
    const unsent = { id: newId(), conversation: this.#conversation, text, model, options, below, setup, attachments }
    this.#outbox.add(unsent)
    this.#show(unsent)
    this.#deliver()
  }

  /** The conversation has got its address. @param {string} conversation */
  adopt(conversation) {
    this.#conversation = conversation
    this.#outbox.adopt(conversation)
    for (const item of this.#list.querySelectorAll("[data-left-behind]")) item.remove()
    this.#tidy()
    this.#deliver()
  }

  /** The server has it. @param {string} id */
  sent(id) {
    const unsent = this.#drop(id)
    if (unsent) this.#composer.accepted()
    return unsent
  }

  /** @param {string} id */
  #drop(id) {
    const unsent = this.#outbox.find(id)
    this.#outbox.remove(id)
    this.#item(id)?.remove()
    this.#tidy()
    return unsent
  }

  /** The server will not have it: its words go back where they can be changed, unless they may be
   * on their way to an answer.
   * @param {import("#chat/commands").Refused} frame @returns {boolean} whether it was one of ours */
  refused(frame) {
    if (isNameless(frame)) return this.#nameless(frame)
    const unsent = this.#outbox.find(frame.id ?? "")
    if (!unsent) return false
    if (isDoubtful(frame)) this.#doubt(unsent, frame)
    else this.#giveBack(unsent, frame.message)
    return true
  }

  /** @param {import("#chat/commands").Refused} frame */
  #nameless(frame) {
    const sent = this.#outbox.of(this.#conversation).filter((each) => this.#handed.has(each.id) && !each.refused && !this.#unread.has(each.id))
    for (const unsent of sent) this.#doubt(unsent, frame)
    if (sent.length && !isDoubtful(frame)) this.#pass(sent)
    return sent.length > 0
  }

  /** It keeps its place in the list and its id. @param {import("#chat/outbox").Unsent[]} unread */
  #pass(unread) {
    for (const { id } of unread) {
      this.#unread.add(id)
      this.#channel.forget(id)
    }
    this.#deliver()
  }

  /** @param {import("#chat/outbox").Unsent} unsent @param {import("#chat/commands").Refused} frame */
  #doubt(unsent, frame) {
    const item = this.#item(unsent.id)
    if (item) showRefusal(item, frame.message, !isDoubtful(frame))
  }

  /** @param {import("#chat/outbox").Unsent} unsent @param {string} words */
  #giveBack(unsent, words) {
    const { id } = unsent
    if (this.#composer.isEmpty) {
      this.#drop(id)
      this.#composer.putBack(unsent)
      this.#composer.showError(words)
    } else {
      this.#outbox.refuse(id, words)
      this.#item(id)?.remove()
      this.#show({ ...unsent, refused: words })
    }
    this.#deliver()
  }

  /** It waits behind an answer, on the server.
   * @param {string} message @param {import("#chat/outbox").Unsent} sent */
  waits(message, sent) {
    this.#waiting.add(message, sent)
    this.#tidy()
  }

  /** It waits no more: it is being answered, or was taken back. @param {string} message */
  waited(message) {
    this.#waiting.remove(message)
    this.#tidy()
  }

  /** Stop was pressed: what waits is paused. */
  hold() {
    this.#waiting.hold()
  }

  /** Make the list of waiting questions the server's. @param {Element} list */
  reconcile(list) {
    this.#waiting.reconcile(list)
    this.#tidy()
  }

  /** What a closed tab did not get rid of: it is only sent when somebody says so. */
  async #showLeftBehind() {
    const present = await this.#tab.present()
    if (this.#conversation) return
    for (const unsent of this.#outbox.leftBehind(present)) {
      const item = this.#show({ ...unsent, refused: unsent.refused ?? gettext("Written in a tab that was closed, not sent yet.") })
      if (item) item.dataset.leftBehind = ""
    }
  }

  /** Another tab took over what was left behind or was never said, or threw it away. */
  #forgetGone() {
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("[data-left-behind], [data-state=away]"))) {
      const { unsent: id = "" } = item.dataset
      if (this.#outbox.find(id)) continue
      this.#channel.forget(id)
      item.remove()
    }
    this.#tidy()
  }

  /** A line that is back says everything that was handed over; without one, what was never said can
   * still be taken back. */
  #lineChanged() {
    for (const { id, refused } of this.#outbox.of(this.#conversation)) {
      if (this.#channel.isReady && this.#handed.has(id) && !refused) this.#outbox.said(id)
      const item = this.#item(id)
      if (item?.dataset.state) this.#showWaiting(item, id)
    }
  }

  /** A device that lost its network knows it long before the line does. */
  get #isAway() {
    return !this.#channel.isReady || globalThis.navigator?.onLine === false
  }

  /** @param {HTMLElement} item @param {string} id */
  #showWaiting(item, id) {
    const unsent = this.#outbox.find(id)
    if (unsent && !isRefused(item)) showWaiting(item, { isAway: this.#isAway, isSaid: !!unsent.said })
  }

  /** Hand over what the channel does not have yet; a conversation is begun by one message only. */
  #deliver() {
    if (!this.#conversation && this.#outbox.of(null).length) this.#tab.hold()
    const unsent = this.#outbox.of(this.#conversation).filter((each) => !each.refused && !this.#unread.has(each.id))
    for (const each of this.#conversation ? unsent : unsent.slice(0, 1)) {
      if (this.#handed.has(each.id)) continue
      this.#handed.add(each.id)
      this.#hand(each)
    }
  }

  /** It goes below whatever is last when the server obeys: where that was when it was written may
   * have got another answer since. @param {import("#chat/outbox").Unsent} unsent */
  #hand(unsent) {
    const { id, text, model, options, below, setup } = unsent
    const conversation = this.#conversation
    const begins = conversation || !setup ? {} : { setup }
    const command = { do: "send", id, conversation, parent: below ?? null, text, attachments: filesOf(unsent), model, options, ...begins }
    if (this.#channel.obey(command)) this.#outbox.said(id)
  }

  /** @param {import("#chat/outbox").Unsent} unsent */
  #show(unsent) {
    const item = clone("unsent")
    if (!item) return null
    item.dataset.unsent = unsent.id
    write(item, unsent)
    if (unsent.refused) showRefusal(item, unsent.refused)
    else if (this.#isAway) this.#showWaiting(item, unsent.id)
    else setTimeout(() => this.#showWaiting(item, unsent.id), OFTEN_QUICKER)
    this.#list.append(item)
    this.#tidy()
    return item
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-action]"))
    const item = /** @type {HTMLElement | null} */ (button?.closest("li") ?? null)
    if (!button || !item) return
    const { unsent = "", waiting } = item.dataset
    const { action = "" } = button.dataset
    if (waiting) this.#waiting.act(action, item)
    if (action === "resend") this.#again(unsent)
    if (action === "take-back") this.#takeBack(unsent)
    if (action === "throw-away") this.#throwAway(unsent)
  }

  /** A refused command is answered by its refusal for ever, so trying again is a new one; what was
   * perhaps obeyed keeps its id. @param {string} id */
  #again(id) {
    const unsent = this.#outbox.find(id)
    this.#item(id)?.remove()
    if (unsent?.refused) {
      this.#outbox.remove(id)
      this.send(unsent)
    } else if (unsent) {
      this.#outbox.takeOver(id)
      this.#handed.delete(id)
      this.#unread.delete(id)
      this.#show(unsent)
      this.#deliver()
    }
    this.#tidy()
  }

  /** Not what another tab has said meanwhile. @param {string} id */
  #takeBack(id) {
    const known = this.#outbox.find(id)
    if (!known || (known.said && !known.refused)) return
    this.#channel.forget(id)
    const unsent = /** @type {import("#chat/outbox").Unsent} */ (this.#drop(id))
    this.#deliver()
    this.#composer.putBack(unsent)
  }

  /** Perhaps it was obeyed; then it is shown as everything that was. @param {string} id */
  #throwAway(id) {
    this.#channel.forget(id)
    const unsent = this.#drop(id)
    this.#deliver()
    if (unsent && !unsent.said) announce(gettext("Taken back, and not sent"))
    if (!matchMedia("(pointer: coarse)").matches) this.#composer.focus()
  }

  #tidy() {
    this.#list.hidden = !this.#list.querySelector(":scope > :not([hidden])")
  }

  /** @param {string} id */
  #item(id) {
    const item = this.#list.querySelector(`[data-unsent="${CSS.escape(id)}"]`)
    return /** @type {HTMLElement | null} */ (item)
  }
}
