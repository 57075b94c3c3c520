/** <settings-nav>: marks the section that is being read. */

export class SettingsNav extends HTMLElement {
  /** Gone to by its link; the last ones are too short to come to the top. @type {HTMLAnchorElement | null} */
  #chosen = null

  connectedCallback() {
    const scroller = this.closest(".scroll")
    scroller?.addEventListener("scroll", () => this.#mark(), { passive: true })
    this.addEventListener("click", (event) => this.#choose(/** @type {Element} */ (event.target).closest("a")))
    for (const own of ["wheel", "touchmove", "keydown"]) {
      scroller?.addEventListener(own, () => (this.#chosen = null), { passive: true })
    }
    this.#choose(this.#links.find((link) => link.hash === location.hash) ?? null)
  }

  /** @param {HTMLAnchorElement | null} link */
  #choose(link) {
    this.#chosen = link
    this.#mark()
  }

  get #links() {
    return [...this.querySelectorAll("a")]
  }

  #mark() {
    const half = innerHeight / 2
    const passed = this.#links.filter((link) => topOf(link) < half)
    const here = this.#chosen ?? passed.at(-1) ?? this.#links[0]
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
