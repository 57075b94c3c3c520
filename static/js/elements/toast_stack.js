/** <toast-stack>: short messages that leave by themselves. Anybody may say
 * `document.dispatchEvent(new CustomEvent("toast", { detail: words }))`. */

const STAYS = 5000
const PER_SIGN = 60

export class ToastStack extends HTMLElement {
  connectedCallback() {
    document.addEventListener("toast", (event) => this.#show(/** @type {CustomEvent} */ (event).detail))
    for (const toast of this.children) this.#leaveLater(/** @type {HTMLElement} */ (toast))
  }

  /** @param {string} words */
  #show(words) {
    const toast = document.createElement("p")
    toast.className = "toast"
    toast.textContent = words
    this.append(toast)
    const status = document.getElementById("status")
    if (status) status.textContent = words
    this.#leaveLater(toast)
  }

  /** @param {HTMLElement} toast */
  #leaveLater(toast) {
    setTimeout(() => toast.remove(), STAYS + PER_SIGN * (toast.textContent ?? "").length)
  }
}

/** @param {string} words */
export function toast(words) {
  document.dispatchEvent(new CustomEvent("toast", { detail: words }))
}

customElements.define("toast-stack", ToastStack)
