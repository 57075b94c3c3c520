/** <markdown-body>: a text part. Its text content is Markdown until it is drawn.
 *
 * Texts far from the view are drawn when they come near it; a growing text at once. */
import { MarkdownStream } from "#markdown/stream"
import { languageOf } from "#lib/language"
import { oncePerFrame } from "#lib/scheduling"

const NEAR = "1500px"

/** @type {IntersectionObserver | undefined} */
let nearby

export class MarkdownBody extends HTMLElement {
  #stream = new MarkdownStream(this)
  #known = false
  #growing = false
  #paint = oncePerFrame(() => this.#draw())

  connectedCallback() {
    this.#read()
    if (!this.classList.contains("is-drawn")) observer().observe(this)
  }

  disconnectedCallback() {
    nearby?.unobserve(this)
  }

  /** The Markdown itself. */
  get source() {
    this.#read()
    return this.#stream.source
  }

  /** @param {string} text */
  addText(text) {
    this.#read()
    this.#stream.add(text)
    this.#growing = true
    this.#paint.wish()
  }

  /** @param {string} text */
  setText(text) {
    this.#read()
    this.#stream.replace(text)
    this.replaceChildren()
    this.#growing = true
    this.#paint.wish()
  }

  /** Draw all of it now; nothing follows. */
  finish() {
    this.#read()
    this.#growing = false
    this.#draw()
  }

  /** Draw it if that has not been done. */
  show() {
    if (!this.classList.contains("is-drawn")) this.#draw()
  }

  #read() {
    if (this.#known) return
    this.#known = true
    this.#stream.add(this.textContent ?? "")
  }

  #draw() {
    nearby?.unobserve(this)
    if (this.#growing) this.#stream.paint()
    else this.#stream.finish()
    this.classList.add("is-drawn")
    const language = languageOf(this.#stream.source)
    if (language) this.lang = language
  }
}

function observer() {
  nearby ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) /** @type {MarkdownBody} */ (entry.target).show()
      }
    },
    { rootMargin: NEAR },
  )
  return nearby
}

customElements.define("markdown-body", MarkdownBody)
