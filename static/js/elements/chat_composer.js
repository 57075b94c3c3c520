/** <chat-composer>: where one writes. It says `compose` (detail: text, options, attachments) and `stop`; what
 * happens then is the room's business. The draft is kept by #chat/drafts. */
import { Attaching } from "#chat/attaching"
import { listenToKeys } from "#chat/composer_keys"
import { keepOnTheWay } from "#chat/draft_moments"
import { Drafts } from "#chat/drafts"
import { refusal, showLength, tooMuch } from "#chat/length"
import { showQueue } from "#chat/queue_words"
import { toast } from "#elements/toast_stack"
import { recall, remember } from "#lib/storage"

const GROWS_BY_ITSELF = globalThis.CSS?.supports?.("field-sizing", "content") ?? true

export class ChatComposer extends HTMLElement {
  #isBusy = false
  #drafts = /** @type {Drafts} */ (/** @type {unknown} */ (null))
  #attaching = /** @type {Attaching} */ (/** @type {unknown} */ (null))

  connectedCallback() {
    const field = this.#field
    this.#drafts = new Drafts(this, field.dataset.stamp ?? "")
    this.#attaching = new Attaching(this.#form, {
      changed: (isOther) => {
        if (isOther) this.showError("")
        if (isOther) this.#changed()
        else this.#showText()
      },
      hold: (words) => this.showError(words),
      place: () => this.place,
    })
    listenToKeys(field, {
      submit: () => this.#submit(),
      stop: () => this.#attaching.cancel() || (this.#isBusy && this.#emit("stop")),
      editLast: () => this.#editLast(),
    })
    field.addEventListener("input", () => this.#changed())
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#submit()
    })
    this.#stop.addEventListener("click", () => this.#emit("stop"))
    // What was wrong with the model chosen before.
    document.addEventListener("model", () => this.showError(""))
    for (const toggle of this.#toggles) toggle.addEventListener("click", () => this.#press(toggle))
    this.#form.querySelector("[data-makes]")?.addEventListener("click", async ({ currentTarget }) => {
      const { openMakeMenu } = await import("#chat/making")
      openMakeMenu(/** @type {HTMLElement} */ (currentTarget))
    })
    this.#recallChoices()
    this.#drafts.begin()
    this.#takeFromAddress()
    this.#showText()
    showQueue(this)
    keepOnTheWay(this.#drafts)
    if (matchMedia("(pointer: fine)").matches) this.#focusAtEnd()
  }

  /** Where the draft is kept: of which conversation. */
  get place() {
    return this.closest("chat-room")?.getAttribute("data-conversation") || "new"
  }

  get text() {
    return this.#field.value
  }

  set text(text) {
    this.#field.value = text
    this.#changed()
  }

  get options() {
    return {
      thinking: this.#thinking?.value ?? "auto",
      web_search: isOn(this.#toggle("web_search")),
      ...(this.#form.dataset.make && { make: this.#form.dataset.make }),
    }
  }

  /** @param {{thinking?: string, web_search?: boolean}} options what is left out stays */
  set options({ thinking, web_search }) {
    if (thinking !== undefined && this.#thinking) this.#thinking.value = thinking
    const search = this.#toggle("web_search")
    if (web_search !== undefined && !isFixed(search)) search.setAttribute("aria-pressed", String(web_search))
  }

  /** Everything that is kept of a message before it is sent. */
  get draft() {
    const attachments = this.#attaching.stored
    return { text: this.text, model: this.#picker?.value ?? null, options: this.options, attachments }
  }

  /** Nothing is written here, and nothing goes along. */
  get isEmpty() {
    return !/\S/.test(this.text) && this.#attaching.isEmpty
  }

  /** @param {import("#chat/drafts").Draft} draft */
  show({ text, model, options, attachments }) {
    this.#field.value = text
    this.options = options
    if (model && this.#picker) this.#picker.value = model
    if (attachments) this.#attaching.replace(attachments)
    this.#showText()
  }

  /** An answer is being written: it can be stopped; what is sent waits. @param {boolean} busy */
  set busy(busy) {
    if (busy === this.#isBusy) return
    this.#isBusy = busy
    this.#stop.hidden = !busy
    showQueue(this)
    this.#showText()
  }

  focus() {
    this.#field.focus()
  }

  /** Begin with these words. What is written already comes after them, unless it is another
   * beginning. @param {string} text */
  begin(text) {
    const written = this.#field.dataset.begun === this.text ? "" : this.text.trim()
    this.text = written && written !== text.trim() ? `${text.trimEnd()}\n\n${written}` : text
    if (!written) this.#field.dataset.begun = text
    this.#focusAtEnd()
  }

  /** Give back what was written before; what is written now comes after it.
   * @param {{text: string, attachments?: import("#chat/attaching").Stored[]}} what */
  putBack({ text, attachments = [] }) {
    if (attachments.length) this.#attaching.replace([...attachments, ...this.#attaching.stored])
    const written = this.text.trim() ? `\n\n${this.text}` : ""
    this.text = text + written
    this.#field.focus()
    this.#field.setSelectionRange(text.length, text.length)
  }

  /** @param {string} words empty: nothing is wrong */
  showError(words) {
    const line = /** @type {HTMLElement} */ (this.querySelector(":scope > .composer__error"))
    const place = line.querySelector("span")
    if (place) place.textContent = words
    line.hidden = !words
  }

  /** The server has stored what was sent from here. */
  accepted() {
    this.#drafts.accepted()
  }

  /** The draft moves with a conversation that has just got its address. */
  moveDraft() {
    this.#drafts.moved()
  }

  #submit() {
    const { text, options } = this
    if (this.isEmpty) return
    if (tooMuch(text, this.#limit) > 0) return this.showError(refusal(text, this.#limit))
    this.showError("")
    if (this.#attaching.mustWait()) return this.#attaching.whenThere(() => this.#submit())
    const attachments = this.#attaching.take()
    this.text = ""
    this.#emit("compose", { text, options, attachments })
  }

  /** The newest question that can still be changed: one that waits, else one that was answered. */
  #editLast() {
    const room = this.closest("chat-room")
    const waiting = [...this.querySelectorAll("[data-waiting]")].at(-1)
    const asked = [...(room?.querySelectorAll("article[data-role=user]") ?? [])].at(-1)
    const edit = waiting?.querySelector("[data-action=edit-waiting]") ?? asked?.querySelector("[data-action=edit]")
    if (edit instanceof HTMLElement) edit.click()
    return !!edit
  }

  #changed() {
    this.#showText()
    this.#drafts.changed()
  }

  #showText() {
    const { text, isEmpty } = this
    this.#send.disabled = isEmpty
    this.#send.hidden = isEmpty && this.#isBusy
    const isTooMuch = tooMuch(text, this.#limit) > 0
    this.#send.setAttribute("aria-disabled", String(isTooMuch))
    this.#send.title = isTooMuch ? refusal(text, this.#limit) : ""
    showLength(/** @type {HTMLElement} */ (this.querySelector(".composer__count")), text, this.#limit)
    if (!GROWS_BY_ITSELF) this.#grow()
  }

  /** For browsers whose fields do not grow by themselves; its style bounds it. */
  #grow() {
    const { style } = this.#field
    style.blockSize = "auto"
    style.blockSize = `${this.#field.scrollHeight}px`
  }

  /** Words that an address brings stand in the box, once. */
  #takeFromAddress() {
    const address = new URL(location.href)
    const brought = address.searchParams.get("q")?.trim()
    if (!brought) return
    address.searchParams.delete("q")
    history.replaceState(history.state, "", address)
    const { text } = this
    if (!text.includes(brought)) this.#field.value = text.trim() ? `${text}\n\n${brought}` : brought
    this.#changed()
  }

  #focusAtEnd() {
    this.#field.focus()
    this.#field.setSelectionRange(this.text.length, this.text.length)
  }

  /** @param {HTMLButtonElement} toggle */
  #press(toggle) {
    if (isFixed(toggle)) return toast(toggle.title)
    toggle.setAttribute("aria-pressed", String(!isOn(toggle)))
    remember(`option.${toggle.dataset.option}`, isOn(toggle))
    this.#drafts.changed()
  }

  /** As they were here, else as they were in this browser. */
  #recallChoices() {
    for (const toggle of this.#toggles) {
      const on = !isFixed(toggle) && recall(`option.${toggle.dataset.option}`, isOn(toggle))
      toggle.setAttribute("aria-pressed", String(on))
    }
    const said = this.#field.dataset.options
    if (said) this.options = JSON.parse(said)
  }

  /** @param {string} name @param {any} [detail] */
  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }

  get #limit() {
    return Number(this.#field.dataset.limit)
  }

  get #picker() {
    const picker = this.closest("chat-room")?.querySelector("model-picker") ?? null
    return /** @type {import("#elements/model_picker").ModelPicker | null} */ (picker)
  }

  get #thinking() {
    const control = this.querySelector("thinking-control")
    return /** @type {import("#elements/thinking_control").ThinkingControl | null} */ (control)
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector(":scope > form"))
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("#message"))
  }

  get #send() {
    return /** @type {HTMLButtonElement} */ (this.#form.querySelector("[type=submit]"))
  }

  get #stop() {
    return /** @type {HTMLButtonElement} */ (this.#form.querySelector("[data-stop]"))
  }

  get #toggles() {
    return /** @type {HTMLButtonElement[]} */ ([...this.#form.querySelectorAll("[data-option]")])
  }

  /** @param {string} name */
  #toggle(name) {
    return /** @type {HTMLButtonElement} */ (this.#form.querySelector(`[data-option="${name}"]`))
  }
}

/** @param {Element} toggle */
function isOn(toggle) {
  return toggle.getAttribute("aria-pressed") === "true"
}

/** Whether pressing it only says why it cannot be. @param {Element} toggle */
function isFixed(toggle) {
  return toggle.getAttribute("aria-disabled") === "true"
}

customElements.define("chat-composer", ChatComposer)
