/** <settings-nav>: marks the section that is being read. */

export class SettingsNav extends HTMLElement {
  connectedCallback() {
    const scroller = this.closest(".scroll")
    scroller?.addEventListener("scroll", () => this.#mark(), { passive: true })
    this.#mark()
  }

  get #links() {
    return [...this.querySelectorAll("a")]
  }

  #mark() {
    const half = innerHeight / 2
    const passed = this.#links.filter((link) => topOf(link) < half)
    const here = passed.at(-1) ?? this.#links[0]
    for (const link of this.#links) {
      if (link === here) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
  }
}

/** @param {HTMLAnchorElement} link */
function topOf(link) {
  return document.getElementById(link.hash.slice(1))?.getBoundingClientRect().top ?? Infinity
}

customElements.define("settings-nav", SettingsNav)
