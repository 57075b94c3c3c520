/** The button in the head of the studio: it says what is on its way and what came of it, and leads
 * there. On a phone the results stand below a form as tall as the screen. */
import { gettext, interpolate } from "#lib/words"

/** Who has this much of a figure in view has seen it. */
const SEEN = 0.35
const WORDS = {
  done: () => gettext("Done – show"),
  failed: () => gettext("It failed – show"),
  needs_attention: () => gettext("It needs you – show"),
}

export class Leading {
  #button
  #wall
  #moving
  /** What ended and was not in view since, in that order. @type {HTMLElement[]} */
  #unseen = []
  #watcher = new IntersectionObserver((entries) => this.#looked(entries), { threshold: [0, SEEN] })

  /** @param {HTMLElement} button @param {HTMLElement} wall says `ended` of figures
   * @param {() => HTMLElement[]} moving figures that are on their way */
  constructor(button, wall, moving) {
    this.#button = button
    this.#wall = wall
    this.#moving = moving
    button.addEventListener("click", () => this.#lead())
    wall.addEventListener("ended", (event) => this.#watcher.observe(/** @type {HTMLElement} */ (event.target)))
  }

  /** Whether an end was seen when it came, or only later. @param {IntersectionObserverEntry[]} entries */
  #looked(entries) {
    for (const { target, intersectionRatio } of entries) {
      const figure = /** @type {HTMLElement} */ (target)
      this.#unseen = this.#unseen.filter((other) => other !== figure)
      if (intersectionRatio >= SEEN) this.#watcher.unobserve(figure)
      else this.#unseen.push(figure)
    }
    this.draw()
  }

  draw() {
    this.#unseen = this.#unseen.filter((figure) => figure.isConnected)
    const { length: count } = this.#moving()
    const status = this.#unseen.at(-1)?.dataset.status ?? ""
    const told = /** @type {Record<string, () => string>} */ (WORDS)[status]
    const words = told?.() ?? interpolate(gettext("%(count)s running"), { count })
    this.#button.hidden = !told && !count
    this.#button.toggleAttribute("data-failed", !!told && status !== "done")
    if (this.#button.textContent !== words) this.#button.textContent = words
  }

  /** To what ended last, else to what was asked for last. */
  #lead() {
    const figure = this.#unseen.pop() ?? this.#moving()[0]
    if (!figure) return
    this.#watcher.unobserve(figure)
    this.bring(figure)
    this.#wall.focus({ preventScroll: true })
    this.draw()
  }

  /** @param {Element} place */
  bring(place) {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
    const batch = place.closest("[data-batch]") ?? place
    batch.scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" })
  }
}
