/** The palette: search and deeds over any page. It keeps nothing; closed, it is gone.
 *
 * The list is the server's (`/search/?piece=palette`), asked for a moment after the last key. What
 * comes too late for the words in the field is thrown away; Enter waits for what fits them. */
import { folded, isMeant, moved } from "#finding/options"
import { caps, isMac, shortcuts } from "#finding/shortcuts"
import { showTheme } from "#elements/theme_switch"
import { icon } from "#lib/icon"
import { compositionGuard } from "#lib/keys"
import { post, readNodes } from "#lib/requests"
import { clone } from "#lib/templates"
import { gettext, interpolate, ngettext } from "#lib/words"

const PAUSE = 120
const SLOW = 200

/** Deeds that are about what is typed. @type {Record<string, () => string>} */
const ABOUT = {
  new: () => gettext("New chat about “%(words)s”"),
  all: () => gettext("All results for “%(words)s”"),
}

export function openPalette() {
  // Pressed twice while this was on its way.
  if (document.querySelector("dialog.palette")) return
  const dialog = /** @type {HTMLDialogElement | null} */ (clone("palette"))
  if (dialog) new Palette(dialog).open()
}

export class Palette {
  #dialog
  #field
  #found
  /** What the list on the screen was made for; null before the first. @type {string | null} */
  #shown = null
  /** Enter came before the list did. @type {KeyboardEvent | null} */
  #waiting = null
  /** The keyboard has moved since something was typed. */
  #isMoved = false
  /** @type {AbortController | undefined} */
  #asking
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause
  #ends = new AbortController()

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.#dialog = dialog
    this.#field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"))
    this.#found = /** @type {HTMLElement} */ (dialog.querySelector("[data-found]"))
    const composing = compositionGuard(this.#field)
    this.#field.addEventListener("keydown", (event) => composing(event) || this.#pressed(event))
    this.#field.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.#typed()
    })
    this.#field.addEventListener("compositionend", () => this.#typed())
    // Escape takes back what is being composed, and no more than that.
    let isComposing = false
    this.#field.addEventListener("compositionstart", () => (isComposing = true))
    this.#field.addEventListener("compositionend", () => (isComposing = false))
    dialog.addEventListener("cancel", (event) => isComposing && event.preventDefault())
    dialog.addEventListener("close", () => this.#gone())
    dialog.addEventListener("click", (event) => this.#clicked(event))
    dialog.addEventListener("mousemove", (event) => this.#pointed(event))
    // The field keeps the focus, and with it the keyboard of a phone.
    dialog.addEventListener("mousedown", (event) => event.target !== this.#field && event.preventDefault())
    addEventListener("online", () => this.#ask(), { signal: this.#ends.signal })
    this.#describeDeeds()
    if (matchMedia("(max-width: 40rem)").matches) this.#fitPhone()
  }

  /** Fewer words, and nothing about keys that are not there. */
  #fitPhone() {
    this.#field.placeholder = this.#field.dataset.placeholderNarrow ?? ""
    this.#dialog.querySelector("[data-do=sheet]")?.remove()
  }

  open() {
    document.body.append(this.#dialog)
    this.#dialog.showModal()
    this.#field.focus()
    this.#fitDeeds()
    this.#ask()
  }

  get #words() {
    return this.#field.value.trim()
  }

  #typed() {
    clearTimeout(this.#pause)
    this.#waiting = null
    this.#isMoved = false
    this.#asking?.abort()
    this.#fitDeeds()
    this.#pause = setTimeout(() => this.#ask(), PAUSE)
  }

  async #ask() {
    clearTimeout(this.#pause)
    this.#asking?.abort()
    const { signal } = (this.#asking = new AbortController())
    const words = this.#words
    const slow = setTimeout(() => this.#dialog.toggleAttribute("data-busy", !signal.aborted), SLOW)
    try {
      const address = `/search/?${new URLSearchParams({ q: words, piece: "palette" })}`
      const list = await readNodes(await fetch(address, { signal, headers: { Accept: "text/html" } }))
      if (!signal.aborted) this.#show(list, words)
    } catch {
      if (!signal.aborted) this.#fail()
    } finally {
      clearTimeout(slow)
      if (!signal.aborted) this.#dialog.removeAttribute("data-busy")
    }
  }

  /** @param {DocumentFragment} list @param {string} words */
  #show(list, words) {
    this.#found.replaceChildren(list)
    this.#shown = words
    // Who has gone to a deed meanwhile stays there.
    if (!this.#isMoved || !this.#options.some(isActive)) this.#activate(this.#options[0])
    const count = this.#found.querySelectorAll("[role=option]").length
    this.#say(words ? interpolate(ngettext("%(count)s conversation", "%(count)s conversations", count), { count }) : "")
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting) this.#choose(waiting)
  }

  #fail() {
    this.#waiting = null
    this.#shown = null
    const words = navigator.onLine
      ? gettext("The server cannot be reached. Try again.")
      : gettext("You are offline. Search is back when you are.")
    const line = document.createElement("p")
    line.className = "palette__none"
    const retry = document.createElement("button")
    retry.type = "button"
    retry.className = "button button--small button--line"
    retry.dataset.retry = ""
    retry.textContent = gettext("Retry")
    line.append(icon("offline", "small"), words, retry)
    this.#found.replaceChildren(line)
    this.#activate(this.#options[0])
    this.#say(words)
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const isMod = event.ctrlKey || event.metaKey
    if (event.key === "Enter") {
      event.preventDefault()
      return this.#choose(event)
    }
    if (isMod && event.key.toLowerCase() === "k") {
      event.preventDefault()
      return this.#dialog.close()
    }
    if (event.shiftKey || event.altKey || isMod) return
    const options = this.#options
    const next = moved(event.key, options.findIndex(isActive), options.length)
    if (next === null) return
    event.preventDefault()
    this.#isMoved = true
    this.#activate(options[next])
    options[next].scrollIntoView({ block: "nearest" })
  }

  /** @param {KeyboardEvent} event */
  #choose(event) {
    const option = this.#options.find(isActive)
    const isDeed = option?.closest("[data-deeds]")
    if (!isDeed && this.#shown !== this.#words) {
      this.#waiting = event
      if (!this.#asking || this.#asking.signal.aborted) this.#ask()
      return
    }
    const { href } = /** @type {HTMLAnchorElement} */ (option ?? {})
    if (href && (event.ctrlKey || event.metaKey)) return void open(href, "_blank", "noopener")
    option?.click()
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const deed = /** @type {HTMLElement | null} */ (target.closest("[data-do]"))
    if (target === this.#dialog || target.closest("[data-palette-close]")) this.#dialog.close()
    else if (target.closest("[data-retry]")) this.#ask()
    else if (deed) this.#do(deed)
    else if (target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.#dialog.close()
  }

  /** @param {HTMLElement} deed */
  async #do({ dataset }) {
    this.#dialog.close()
    if (dataset.do === "sheet") return (await import("#finding/sheet")).openSheet()
    const theme = isDark() ? "light" : "dark"
    showTheme(theme)
    await post("/settings/theme/", { theme }).catch(() => undefined)
  }

  /** @param {MouseEvent} event */
  #pointed({ target, movementX, movementY }) {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[role=option]"))
    if (option && (movementX || movementY)) this.#activate(option)
  }

  /** @param {HTMLElement | undefined} option */
  #activate(option) {
    for (const each of this.#dialog.querySelectorAll("[role=option]")) {
      each.setAttribute("aria-selected", String(each === option))
    }
    if (option) this.#field.setAttribute("aria-activedescendant", option.id)
    else this.#field.removeAttribute("aria-activedescendant")
  }

  /** Deeds are shown when nothing is typed, or when their words are. */
  #fitDeeds() {
    const words = this.#words
    for (const deed of this.#deeds) {
      const { plain, worded } = label(deed).dataset
      if (worded) label(deed).textContent = words ? interpolate(ABOUT[worded](), { words }) : (plain ?? "")
      // The key knows nothing of what is typed here.
      const key = deed.querySelector("kbd")
      if (worded && key) key.hidden = !!words
      const isShown = "wordedOnly" in deed.dataset ? !!words : fits(deed, words)
      deed.hidden = !isShown
      const { about } = deed.dataset
      if (about) setQuery(/** @type {HTMLAnchorElement} */ (deed), words ? about + encodeURIComponent(words.replace(/\p{Surrogate}/gu, "\ufffd")) : "")
    }
    if (!this.#options.some(isActive)) this.#activate(this.#options[0])
  }

  /** What does not change while it is open. */
  #describeDeeds() {
    const known = new Map(shortcuts().flatMap((group) => group.shortcuts.map(({ id, keys }) => [id, keys[0]])))
    const areOn = document.documentElement.dataset.shortcuts !== "off"
    for (const deed of this.#deeds) {
      const keys = known.get(deed.dataset.shortcut ?? "")
      const place = deed.querySelector("kbd")
      if (place && keys && areOn) place.textContent = caps(keys, isMac()).join(" ")
      const { dark, light } = deed.dataset
      if (dark) label(deed).textContent = (isDark() ? light : dark) ?? ""
    }
    for (const key of this.#dialog.querySelectorAll("[data-control]")) key.textContent = caps("Mod", isMac())[0]
  }

  #gone() {
    this.#asking?.abort()
    clearTimeout(this.#pause)
    this.#ends.abort()
    this.#dialog.remove()
  }

  /** @param {string} words */
  #say(words) {
    const status = this.#dialog.querySelector("[data-said]")
    if (status) status.textContent = words
  }

  get #options() {
    const all = /** @type {NodeListOf<HTMLElement>} */ (this.#dialog.querySelectorAll("[role=option]"))
    return [...all].filter((option) => !option.hidden)
  }

  get #deeds() {
    return /** @type {HTMLElement[]} */ ([...this.#dialog.querySelectorAll("[data-deeds] [role=option]")])
  }
}

/** @param {Element} option */
const isActive = (option) => option.getAttribute("aria-selected") === "true"

/** @param {HTMLElement} deed */
const label = (deed) => /** @type {HTMLElement} */ (deed.querySelector("b"))

/** @param {HTMLElement} deed @param {string} words */
function fits(deed, words) {
  return "always" in deed.dataset || !folded(words) || isMeant(label(deed).textContent ?? "", words)
}

/** @param {HTMLAnchorElement} link @param {string} query */
function setQuery(link, query) {
  link.href = `${link.getAttribute("href")?.split("?")[0]}${query}`
}

function isDark() {
  const { theme } = document.documentElement.dataset
  return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
}
