/** <passkey-trouble>: says in words why a passkey or security key was not taken. */
import { gettext } from "#lib/words"

export class PasskeyTrouble extends HTMLElement {
  connectedCallback() {
    document.addEventListener("allauth.error", this.#say)
  }

  disconnectedCallback() {
    document.removeEventListener("allauth.error", this.#say)
  }

  /** @param {Event} event */
  #say = (event) => {
    event.preventDefault()
    const { exception } = /** @type {CustomEvent<{exception: unknown}>} */ (event).detail
    const name = exception instanceof Error ? exception.name : ""
    this.className = "banner banner--error"
    this.setAttribute("role", "alert")
    this.textContent = reason(name)
    const page = this.closest(".auth__in, .account") ?? document.querySelector(".auth__in, .account")
    page?.append(this)
  }
}

/** @param {string} name of the browser's error */
function reason(name) {
  if (name === "NotAllowedError") return gettext("No key was used. Try again, or sign in another way.")
  if (name === "InvalidStateError") return gettext("This key is registered already.")
  if (name === "SecurityError") return gettext("Passkeys need an https address, or localhost.")
  return gettext("This browser could not use a passkey here.")
}

customElements.define("passkey-trouble", PasskeyTrouble)
