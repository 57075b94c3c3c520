/** <follow-scroll>: stays at the end while something is written there, unless the reader went up.
 * Says `following` when that changes. */

const NEAR = 48

export class FollowScroll extends HTMLElement {
  #following = true
  #last = 0
  /** @type {ResizeObserver | undefined} */
  #grown

  connectedCallback() {
    this.addEventListener("scroll", () => this.#scrolled(), { passive: true })
    this.#grown = new ResizeObserver(() => {
      if (this.#following) this.#toEnd()
      else this.#tell()
    })
    this.#grown.observe(this)
    for (const child of this.children) this.#grown.observe(child)
    this.#toEnd()
  }

  disconnectedCallback() {
    this.#grown?.disconnect()
  }

  get isFollowing() {
    return this.#following
  }

  /** Go to the end and stay there. */
  follow() {
    this.#following = true
    this.#toEnd()
    this.#tell()
  }

  /** Keep what is on the screen where it is while `change` adds something above it.
   * @param {() => void} change */
  keepPlace(change) {
    const fromEnd = this.scrollHeight - this.scrollTop
    change()
    this.scrollTo({ top: this.scrollHeight - fromEnd, behavior: "instant" })
  }

  #scrolled() {
    const up = this.scrollTop < this.#last - 1
    this.#last = this.scrollTop
    const gap = this.scrollHeight - this.scrollTop - this.clientHeight
    if (up && gap > NEAR) this.#following = false
    else if (gap <= NEAR) this.#following = true
    this.#tell()
  }

  #toEnd() {
    this.scrollTo({ top: this.scrollHeight, behavior: "instant" })
    this.#last = this.scrollTop
  }

  #tell() {
    this.toggleAttribute("data-following", this.#following)
    this.dispatchEvent(new CustomEvent("following", { bubbles: true, detail: this.#following }))
  }
}

customElements.define("follow-scroll", FollowScroll)
