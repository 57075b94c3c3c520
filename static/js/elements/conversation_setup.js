/** <conversation-setup>: opens the dialog for instructions and parameters, and shows whether there are
 * any. Those of a new chat are kept by the server, too, until its first question takes them along. */
import { recall, remember } from "#lib/storage"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

/** @typedef {import("#chat/setup_dialog").Setup} Setup */

/** Where this browser's other tabs hear what was saved for the next new chat. */
const SAVED = "saved-setup"
const HEARD = ["click", "conversation-adopted", "draft-read"]

export class ConversationSetup extends HTMLElement {
  #isOpen = false

  connectedCallback() {
    for (const name of HEARD) document.addEventListener(name, this)
    window.addEventListener("storage", this)
  }

  disconnectedCallback() {
    for (const name of HEARD) document.removeEventListener(name, this)
    window.removeEventListener("storage", this)
  }

  /** What a new chat is set up with; undefined for nothing, and where a conversation keeps it.
   * @returns {Setup | undefined} */
  get value() {
    const { kept } = this.dataset
    return this.#conversation || !kept ? undefined : JSON.parse(kept)
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "conversation-adopted") return void delete this.dataset.kept
    if (event.type === "draft-read") return this.#savedOnServer(/** @type {CustomEvent} */ (event).detail)
    if (event.type === "storage") return this.#savedInOtherTab(/** @type {StorageEvent} */ (event))
    const opener = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-setup]"))
    if (opener) this.#open(opener)
  }

  /** @param {HTMLElement} opener */
  async #open(opener) {
    if (this.#isOpen) return
    this.#isOpen = true
    try {
      const { askForSetup } = await import("#chat/setup_dialog")
      const sheet = /** @type {HTMLElement | null} */ (opener.closest("[popover]"))
      sheet?.hidePopover()
      const reopen = () => this.#open(opener)
      const setup = await askForSetup({ address: this.#address, model: this.#model, kept: this.value ?? null, reopen })
      if (setup) this.#keep(setup)
    } catch {
      toast(gettext("The server cannot be reached. Try again."))
    } finally {
      this.#isOpen = false
    }
  }

  /** @param {StorageEvent} event */
  #savedInOtherTab({ key }) {
    const saved = key?.endsWith(`.${SAVED}`) ? recall(SAVED, /** @type {Setup | null} */ (null)) : null
    if (saved && !this.#conversation) this.#take(saved)
  }

  /** Another device may have saved something. That nothing is kept may also mean that another new chat
   * took it along; then its stamp is another. @param {{place: string, setup: Setup | {}, isSame: boolean}} draft */
  #savedOnServer({ place, setup, isSame }) {
    const saved = /** @type {Setup} */ ({ instructions: "", parameters: {}, ...setup })
    if (place === "new" && !this.#conversation && !this.#isOpen && (isSame || !isEmpty(saved))) this.#take(saved)
  }

  /** @param {Setup} setup */
  #keep(setup) {
    if (!this.#conversation) remember(SAVED, setup)
    this.#take(setup)
    toast(gettext("Saved. It holds from the next answer on."))
  }

  /** @param {Setup} setup */
  #take(setup) {
    if (isEmpty(setup)) delete this.dataset.kept
    else this.dataset.kept = JSON.stringify(setup)
    this.#show(setup)
  }

  /** @param {Setup | null} setup */
  #show(setup) {
    const isOwn = !!setup && !isEmpty(setup)
    this.toggleAttribute("data-own", isOwn)
    const button = this.querySelector("button")
    const { label = "", labelOwn = "" } = this.dataset
    button?.setAttribute("aria-label", isOwn ? labelOwn : label)
    if (button) button.title = isOwn ? labelOwn : label
  }

  get #conversation() {
    return this.closest("chat-room")?.getAttribute("data-conversation") ?? ""
  }

  get #address() {
    return this.#conversation ? `/c/${this.#conversation}/setup/` : "/setup/"
  }

  get #model() {
    const picker = /** @type {import("#elements/model_picker").ModelPicker | null} */ (document.querySelector("model-picker"))
    return picker?.value ?? ""
  }
}

/** @param {Setup} setup */
function isEmpty({ instructions, parameters }) {
  return !instructions && Object.keys(parameters).length === 0
}

customElements.define("conversation-setup", ConversationSetup)
