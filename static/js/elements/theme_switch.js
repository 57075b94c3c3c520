/** <theme-switch>: light, dark or the device's, at once; the server keeps it for every page and device. */
import { toastError } from "#elements/toast_stack"
import { post } from "#lib/requests"

export class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.#chosen(/** @type {SubmitEvent} */ (event)))
    // The settings page shows what a choice looks like before it is saved.
    document.addEventListener("change", ({ target }) => {
      const radio = /** @type {HTMLInputElement} */ (target)
      if (radio.name === "theme") showTheme(radio.value)
    })
  }

  /** @param {SubmitEvent} event */
  async #chosen(event) {
    event.preventDefault()
    const before = document.documentElement.dataset.theme ?? "auto"
    const theme = /** @type {HTMLButtonElement} */ (event.submitter).value
    this.#show(theme)
    const form = /** @type {HTMLFormElement} */ (event.target)
    const kept = await post(form.action, { theme }).catch(() => null)
    if (kept?.ok) return
    this.#show(before)
    toastError()
  }

  /** @param {string} theme */
  #show(theme) {
    showTheme(theme)
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-checked", String(button.value === theme))
    }
  }
}

/** The page itself, what the browser draws (scroll bars, lists), and the frame around it.
 * @param {string} theme */
export function showTheme(theme) {
  document.documentElement.dataset.theme = theme
  const known = document.querySelector("meta[name=color-scheme]")
  known?.setAttribute("content", theme === "auto" ? "light dark" : theme)
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    const its = meta.getAttribute("data-theme-of")
    const media = theme === its ? "all" : "not all"
    meta.setAttribute("media", theme === "auto" ? `(prefers-color-scheme: ${its})` : media)
  }
}

customElements.define("theme-switch", ThemeSwitch)
