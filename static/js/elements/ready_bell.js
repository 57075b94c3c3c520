/** <ready-bell>: whether this browser tells when something is ready while its page is hidden. The
 * browser is asked for leave only when somebody presses the button in it. */
import { isAllowed } from "#jobs/telling"
import { remember } from "#lib/storage"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

export class ReadyBell extends HTMLElement {
  connectedCallback() {
    if (!("Notification" in window)) return
    this.hidden = false
    this.#button.addEventListener("click", () => this.#pressed())
    this.#show()
  }

  get #button() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("button"))
  }

  async #pressed() {
    if (isAllowed()) remember("jobs.bell", false)
    else await this.#allow()
    this.#show()
  }

  async #allow() {
    const said = await Notification.requestPermission()
    if (said === "granted") {
      remember("jobs.bell", true)
      toast(gettext("This browser tells you when something is ready."))
    } else if (said === "denied") {
      toast(gettext("The browser does not allow it. You can change that in its settings for this page."), { level: "error" })
    }
  }

  #show() {
    const isOn = isAllowed()
    this.#button.setAttribute("aria-pressed", String(isOn))
    for (const words of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-on], [data-off]"))) {
      words.hidden = "on" in words.dataset !== isOn
    }
  }
}

customElements.define("ready-bell", ReadyBell)
