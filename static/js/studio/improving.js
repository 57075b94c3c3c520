/** A fuller prompt from a model, beside what was typed, which stays until it is taken, and comes back. */
import { goToLoginIfSignedOut, RequestRefused, token } from "#lib/requests"
import { compositionGuard } from "#lib/keys"
import { clone } from "#lib/templates"
import { gettext, interpolate } from "#lib/words"
import { keepProposal, keptProposal } from "#studio/form_draft"
import { announce } from "#studio/jobs"

/** `of`: the words it was proposed for. `mine`: what it took the place of, once it is used.
 * @typedef {{prompt: string, note: string, by: string, cost: string, of: string, mine?: string}} Proposal */

export class Improver {
  /** @type {AbortController | null} */
  #asking = null
  /** @type {Proposal | null} */
  #proposal = null

  /** @param {HTMLFormElement} form @param {{address: string}} where */
  constructor(form, { address }) {
    this.form = form
    this.address = address
    this.composing = compositionGuard(form)
    form.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)))
    form.addEventListener("input", () => this.#noticeTyping())
    form.addEventListener("keydown", (event) => this.#pressed(event))
  }

  /** What was proposed before a reload. */
  restore() {
    this.#proposal = keptProposal()
  }

  /** Other words than those it was asked for have come into the form. */
  forget() {
    this.stop()
    this.#say("")
    this.#set(null)
  }

  stop() {
    this.#asking?.abort()
  }

  /** The form's fields are there, or there anew. */
  draw() {
    this.form.querySelector(".proposal")?.remove()
    this.#showButtons()
    if (this.#proposal) this.form.querySelector(".prompt")?.after(this.#card(this.#proposal))
    this.#noticeTyping()
  }

  /** @param {Element} target */
  #clicked(target) {
    if (target.closest("[data-improve-ask]")) this.#ask()
    else if (target.closest("[data-improve-stop]")) this.stop()
    else if (target.closest("[data-use]")) this.#use()
    else if (target.closest("[data-keep]")) this.#end(null)
    else if (target.closest("[data-back]")) this.#back()
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== "Escape" || !this.#asking || this.composing(event)) return
    event.preventDefault()
    this.stop()
  }

  async #ask() {
    if (this.#asking || !this.#field) return
    const of = this.#field.value
    const asking = new AbortController()
    this.#asking = asking
    this.#say("")
    this.#showButtons()
    announce(gettext("A model is improving your words"))
    try {
      const told = await this.#told(asking.signal)
      this.#proposal = { ...told, of }
      keepProposal(this.#proposal)
      announce(gettext("A proposal stands below your words"))
    } catch (error) {
      if (!asking.signal.aborted) this.#say(wordsFor(error))
    } finally {
      const hadFocus = document.activeElement === this.#part("[data-improve-stop]")
      this.#asking = null
      this.draw()
      if (hadFocus) this.#part("[data-use], [data-improve-ask]")?.focus()
    }
  }

  /** @param {AbortSignal} signal */
  async #told(signal) {
    const headers = { "X-CSRFToken": token() }
    const response = await fetch(this.address, { method: "POST", body: new FormData(this.form), headers, signal })
    goToLoginIfSignedOut(response)
    if (response.status === 422) throw new RequestRefused(await response.text())
    if (!response.ok) throw new RequestRefused("")
    return response.json()
  }

  /** What stands there now is `mine`, also what was typed since it was asked for. */
  #use() {
    const proposal = /** @type {Proposal} */ (this.#proposal)
    const mine = this.#field?.value ?? ""
    this.#write(proposal.prompt)
    this.#end({ ...proposal, mine })
    announce(gettext("Your words are replaced"))
  }

  #back() {
    this.#write(this.#proposal?.mine ?? "")
    this.#part("[data-use]")?.focus({ preventScroll: true })
  }

  #offerAgain() {
    const { mine = "", ...proposal } = /** @type {Proposal} */ (this.#proposal)
    this.#set({ ...proposal, of: mine })
    announce(gettext("Your own words are back"))
  }

  /** @param {Proposal | null} proposal */
  #end(proposal) {
    this.#set(proposal)
    this.#part(proposal?.mine === undefined ? "[data-use], [data-improve-ask]" : "[data-back]")?.focus({ preventScroll: true })
  }

  /** @param {Proposal | null} proposal */
  #set(proposal) {
    this.#proposal = proposal
    keepProposal(proposal)
    this.draw()
  }

  /** As typing does, so that Ctrl+Z takes it back, too. With fingers it would bring up the keyboard.
   * @param {string} words */
  #write(words) {
    const field = /** @type {HTMLTextAreaElement} */ (this.#field)
    if (!matchMedia("(pointer: coarse)").matches) {
      field.focus()
      field.select()
      if (document.execCommand?.("insertText", false, words)) return
    }
    field.value = words
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  /** @param {Proposal} proposal */
  #card(proposal) {
    const isUsed = proposal.mine !== undefined
    const card = /** @type {HTMLElement} */ (clone(isUsed ? "proposal-used" : "proposal"))
    const told = { by: `${proposal.by} · ${proposal.cost}`, words: proposal.prompt, note: proposal.note }
    if (isUsed) told.by = interpolate(gettext("Improved by %(model)s"), { model: proposal.by })
    for (const [name, words] of Object.entries(told)) {
      const place = card.querySelector(`[data-${name}]`)
      if (place) place.textContent = words
    }
    return card
  }

  #showButtons() {
    this.#part("[data-improve-ask]")?.toggleAttribute("hidden", !!this.#asking)
    const stop = this.#part("[data-improve-stop]")
    const hadFocus = document.activeElement === this.#part("[data-improve-ask]")
    stop?.toggleAttribute("hidden", !this.#asking)
    if (this.#asking && (hadFocus || document.activeElement === document.body)) stop?.focus()
  }

  /** Ctrl+Z goes back to one's own words, too. */
  #noticeTyping() {
    const proposal = this.#proposal
    if (proposal?.mine !== undefined && proposal.mine === this.#field?.value) return this.#offerAgain()
    this.#part("[data-changed]")?.toggleAttribute("hidden", !proposal || proposal.of === this.#field?.value)
    this.#part("[data-improve-ask]")?.toggleAttribute("disabled", !this.#field?.value.trim())
  }

  /** @param {string} words */
  #say(words) {
    const place = this.#part("[data-improve-trouble]")
    if (!place) return
    place.textContent = words
    place.hidden = !words
  }

  /** @param {string} which @returns {HTMLElement | null} */
  #part(which) {
    return this.form.querySelector(which)
  }

  get #field() {
    return this.form.querySelector("textarea")
  }
}

/** @param {unknown} error */
function wordsFor(error) {
  const words = error instanceof RequestRefused ? error.message : ""
  return words || gettext("The connection broke. Try again.")
}
