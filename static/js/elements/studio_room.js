/** <studio-room>: the form of the studio and the wall of what it asked for. It is a form and works
 * without this; here it stays on its page, fills placeholders in place, and counts the seconds. */
import { readNodes, RequestRefused, token } from "#lib/requests"
import { gettext, interpolate, ngettext } from "#lib/words"
import { toast, toastError } from "#elements/toast_stack"

const LOOK_EVERY = 1500
const TICK = 1000
/** A bar never says that it is done before it is. */
const MOST = 95

/** What has the focus when the fields are there anew, by what was changed. @type {Record<string, string>} */
const AFTER = { kind: "[name=kind]:checked", upload: "[name=upload]" }

export class StudioRoom extends HTMLElement {
  connectedCallback() {
    this.#form.addEventListener("submit", (event) => this.#submitted(event))
    this.#form.addEventListener("change", (event) => this.#changed(/** @type {HTMLInputElement} */ (event.target)))
    this.#form.addEventListener("input", () => this.#count())
    this.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)))
    this.#wall.addEventListener("submit", (event) => this.#deed(event))
    setInterval(() => this.#look(), LOOK_EVERY)
    setInterval(() => this.#tick(), TICK)
    document.addEventListener("visibilitychange", () => this.#look())
    this.#count()
    this.#tick()
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    event.preventDefault()
    const button = /** @type {HTMLButtonElement} */ (this.#form.querySelector("button[type=submit]"))
    if (button.disabled) return
    button.disabled = true
    this.#refuse("")
    try {
      const batch = await this.#post(this.#form.action, new FormData(this.#form))
      this.#renew(batch)
      this.#add(batch)
      announce(gettext("Being made"))
    } catch (error) {
      if (error instanceof RequestRefused && error.message) this.#refuse(error.message)
      else toastError()
    } finally {
      button.disabled = false
    }
  }

  /** A button of a job: cancel, or try again. @param {SubmitEvent} event */
  async #deed(event) {
    const form = /** @type {HTMLFormElement} */ (event.target)
    const { deed } = form.dataset
    if (!deed) return
    event.preventDefault()
    try {
      const nodes = await this.#post(form.action, new FormData(form))
      if (deed === "again") this.#add(nodes)
      else this.#replace(nodes, true)
    } catch (error) {
      if (error instanceof RequestRefused && error.message) toast(error.message)
      else toastError()
    }
  }

  /** @param {string} address @param {FormData} fields */
  async #post(address, fields) {
    const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch" }
    const response = await fetch(address, { method: "POST", body: fields, headers })
    if (response.status === 422) throw new RequestRefused(await response.text())
    return readNodes(response)
  }

  /** @param {DocumentFragment} batch */
  #add(batch) {
    this.#wall.querySelector("[data-empty]")?.remove()
    this.#wall.prepend(batch)
    this.#wall.scrollTop = 0
    this.#tick()
  }

  /** How those stand that were still on their way. */
  async #look() {
    const moving = this.#moving
    if (!moving.length || document.hidden) return
    const query = moving.map(({ dataset }) => `id=${dataset.job}`).join("&")
    try {
      const response = await fetch(`${this.#form.dataset.jobs}?${query}`, { headers: { Accept: "text/html" } })
      this.#replace(await readNodes(response))
    } catch {
      // The next look comes soon.
    }
  }

  /** @param {DocumentFragment} nodes @param {boolean} [always] also where the state is the same */
  #replace(nodes, always = false) {
    for (const figure of /** @type {NodeListOf<HTMLElement>} */ (nodes.querySelectorAll("[data-job]"))) {
      const known = /** @type {HTMLElement | null} */ (this.#wall.querySelector(`[data-job="${figure.dataset.job}"]`))
      if (!known || (!always && known.dataset.status === figure.dataset.status)) continue
      const hadFocus = known.contains(document.activeElement)
      known.replaceWith(figure)
      const next = /** @type {HTMLElement | null} */ (figure.querySelector("a, button"))
      if (hadFocus) next?.focus()
      if (figure.dataset.status === "done") announce(figure.dataset.kind === "video" ? gettext("The film is done") : gettext("The picture is done"))
      if (figure.dataset.status === "failed") announce(gettext("It failed"))
    }
    this.#tick()
  }

  #tick() {
    for (const figure of this.#moving) {
      const now = /** @type {HTMLElement | null} */ (figure.querySelector("[data-since]"))
      if (!now) continue
      now.dataset.begun ??= String(Date.now() - Number(now.dataset.since) * 1000)
      const seconds = Math.round((Date.now() - Number(now.dataset.begun)) / 1000)
      const usual = Number(now.dataset.usual)
      const bar = now.querySelector("progress")
      if (bar) bar.value = Math.min(MOST, (100 * seconds) / Math.max(1, usual))
      const words = now.querySelector("[data-elapsed]")
      if (words) words.textContent = elapsed(seconds, usual)
    }
  }

  /** @param {HTMLInputElement} field */
  #changed(field) {
    if (field.name === "kind" || field.name === "model") this.#refields(field.name)
    if (field.name === "upload") this.#bring(field)
  }

  /** Another model offers other fields; what was written stays.
   * @param {string} changed @param {string[]} [pictures] that were added */
  async #refields(changed, pictures = []) {
    const said = new FormData(this.#form)
    const query = new URLSearchParams()
    for (const name of ["kind", "model", "prompt", "picture"]) {
      if (name === "model" && changed === "kind") continue
      for (const value of said.getAll(name)) query.append(name, String(value))
    }
    for (const id of pictures) query.append("picture", id)
    try {
      const response = await fetch(`${this.#form.dataset.fields}?${query}`, { headers: { Accept: "text/html" } })
      this.#inner.replaceChildren(await readNodes(response))
      const field = /** @type {HTMLElement | null} */ (this.#form.querySelector(AFTER[changed] ?? "[name=model]"))
      field?.focus()
      this.#count()
    } catch {
      toastError()
    }
  }

  /** The next press is another command. @param {DocumentFragment} batch */
  #renew(batch) {
    const command = /** @type {HTMLInputElement | null} */ (this.#form.querySelector("[name=command]"))
    const next = /** @type {HTMLElement | null} */ (batch.querySelector("[data-next]"))
    if (command) command.value = next?.dataset.next ?? ""
  }

  /** Pictures go to the server at once: they are seen, and stay when another model is chosen.
   * @param {HTMLInputElement} field */
  async #bring(field) {
    const files = [...(field.files ?? [])]
    field.value = ""
    this.#refuse("")
    this.#inner.toggleAttribute("aria-busy", true)
    const brought = []
    for (const file of files) brought.push(await this.#brought(file))
    this.#inner.toggleAttribute("aria-busy", false)
    const ids = brought.filter(Boolean)
    if (ids.length) await this.#refields("upload", ids)
  }

  /** @param {File} file @returns {Promise<string>} its id; "" where it was not taken */
  async #brought(file) {
    const fields = new FormData()
    fields.append("file", file)
    try {
      const response = await fetch("/files/", { method: "POST", body: fields, headers: { "X-CSRFToken": token() } })
      if (response.status === 413) throw new RequestRefused(gettext("It is too large for this server."))
      const said = await response.json()
      if (response.status !== 201) throw new RequestRefused(said.message)
      if (said.kind !== "image") throw new RequestRefused(gettext("It is not a picture."))
      return said.id
    } catch (error) {
      const words = error instanceof RequestRefused ? error.message : gettext("The connection broke. Try again.")
      this.#refuse(interpolate(gettext("%(name)s: %(reason)s"), { name: file.name, reason: words }))
      return ""
    }
  }

  /** @param {Element} target */
  #clicked(target) {
    const button = target.closest("[data-remove-picture]")
    if (!button) return
    button.closest("figure")?.remove()
    const next = /** @type {HTMLElement | null} */ (this.#form.querySelector("[name=upload]"))
    next?.focus()
  }

  #count() {
    const prompt = this.#form.querySelector("textarea")
    const place = this.#form.querySelector("[data-count]")
    if (prompt && place) place.textContent = `${prompt.value.length} / ${prompt.maxLength}`
  }

  /** @param {string} words */
  #refuse(words) {
    const place = /** @type {HTMLElement | null} */ (this.#form.querySelector("[data-refusal]"))
    if (!place) return
    place.textContent = words
    place.hidden = !words
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector(".studio__form"))
  }

  get #inner() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-inner]"))
  }

  get #wall() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-wall]"))
  }

  /** @returns {HTMLElement[]} */
  get #moving() {
    return ["queued", "running", "saving"].flatMap((status) => [
      .../** @type {NodeListOf<HTMLElement>} */ (this.#wall.querySelectorAll(`[data-job][data-status=${status}]`)),
    ])
  }
}

/** The page's one status node says it. @param {string} words */
function announce(words) {
  const status = document.getElementById("status")
  if (status) status.textContent = words
}

/** @param {number} seconds @param {number} usual */
function elapsed(seconds, usual) {
  if (seconds > usual * 2) return gettext("still on its way, we keep looking")
  if (usual < 90) return interpolate(gettext("%(seconds)s s of about %(usual)s"), { seconds, usual })
  const minutes = Math.round(usual / 60)
  return interpolate(ngettext("%(clock)s · usually %(count)s minute", "%(clock)s · usually %(count)s minutes", minutes), {
    clock: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`,
    count: minutes,
  })
}

/** Films play while somebody points at them. @param {Element} target */
function play(target) {
  const film = /** @type {HTMLVideoElement | null} */ (target.closest(".made")?.querySelector("video") ?? null)
  if (!film || matchMedia("(prefers-reduced-motion: reduce)").matches) return
  film.src ||= film.dataset.src ?? ""
  film.play().catch(() => undefined)
}

/** @param {Element} target */
function pause(target) {
  target.closest(".made")?.querySelector("video")?.pause()
}

// In the gallery as well, which has no form.
document.addEventListener("pointerover", (event) => play(/** @type {Element} */ (event.target)))
document.addEventListener("pointerout", (event) => pause(/** @type {Element} */ (event.target)))
customElements.define("studio-room", StudioRoom)
