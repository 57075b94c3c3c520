/** <password-field>: around a password's input; lets people see what they type. */
import { gettext } from "#lib/words"

export class PasswordField extends HTMLElement {
  /** @type {HTMLButtonElement | undefined} */
  #button

  connectedCallback() {
    if (this.#button) return
    this.#button = document.createElement("button")
    this.#button.type = "button"
    this.#button.className = "password-field__show"
    this.#button.addEventListener("click", () => this.#turn())
    this.append(this.#button)
    this.#name()
    this.#input.form?.addEventListener("submit", () => this.#hide())
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"))
  }

  #turn() {
    this.#input.type = this.#input.type === "password" ? "text" : "password"
    this.#name()
    this.#input.focus()
  }

  /** Browsers offer to keep a password only from a password's input. */
  #hide() {
    this.#input.type = "password"
    this.#name()
  }

  #name() {
    const hidden = this.#input.type === "password"
    if (this.#button) this.#button.textContent = hidden ? gettext("Show") : gettext("Hide")
    this.#button?.setAttribute("aria-label", hidden ? gettext("Show password") : gettext("Hide password"))
  }
}

customElements.define("password-field", PasswordField)
