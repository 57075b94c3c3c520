/** <markdown-body>: a text part. Its text content is Markdown until it is drawn.
 *
 * Texts far from the view are drawn when they come near it; a growing text at once. What draws is
 * loaded with the first text, and until it is here the Markdown itself is read. A long text is
 * drawn in turns with everything else the page does. */
import { languageOf } from "#lib/language"
import { oncePerFrame } from "#lib/scheduling"

const NEAR = "1500px"
/** How long one turn of drawing may take, in milliseconds. */
const TURN = 12
/** The layout of so much plain text takes longer than drawing its beginning: it is not shown first. */
const LONG = 50_000

/** @type {typeof import("#markdown/drawing") | undefined} */
let renderer
/** @type {Promise<unknown> | undefined} */
let loading

/** @type {IntersectionObserver | undefined} */
let nearby

export class MarkdownBody extends HTMLElement {
  /** @type {import("#markdown/stream").MarkdownStream | undefined} */
  #stream
  /** What is known before there is a stream to hold it. */
  #text = ""
  #known = false
  #growing = false
  #paint = oncePerFrame(() => this.#draw())

  connectedCallback() {
    this.#read()
    load()
    if (!this.classList.contains("is-drawn")) observer().observe(this)
  }

  disconnectedCallback() {
    nearby?.unobserve(this)
  }

  /** The Markdown itself. */
  get source() {
    this.#read()
    return this.#stream?.source ?? this.#text
  }

  /** The Markdown for elsewhere, with words for what is a link here alone. */
  get readable() {
    return renderer?.readable(this, this.source) ?? this.source
  }

  /** @param {string} text */
  addText(text) {
    this.#read()
    if (this.#stream) this.#stream.add(text)
    else this.#addUndrawn(text)
    this.#growing = true
    this.#paint.wish()
  }

  /** @param {string} text */
  setText(text) {
    this.#read()
    this.replaceChildren()
    this.#text = ""
    if (this.#stream) this.#stream.replace(text)
    else this.#addUndrawn(text)
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
    this.#text = this.textContent ?? ""
    if (this.#text.length > LONG) this.dataset.long = ""
  }

  /** @param {string} text */
  #addUndrawn(text) {
    this.#text += text
    this.append(text)
  }

  #draw() {
    nearby?.unobserve(this)
    if (!renderer) return void load().then(() => (renderer ? this.#draw() : this.#showPlain()))
    this.#stream ??= renderer.begun(this, this.#text)
    const deadline = performance.now() + TURN
    const isDone = this.#growing ? this.#stream.paint(deadline) : this.#stream.finish(deadline)
    if (!isDone) this.#goOn(renderer)
    else if (!this.#growing) renderer.ended(this, this.#stream.source)
    this.classList.add("is-drawn")
    this.#showPlain()
    this.#nameLanguage(this.#stream.source)
  }

  /** Said anew, even the same language has the browser style every element in the text again.
   * @param {string} text */
  #nameLanguage(text) {
    const language = languageOf(text)
    if (language && language !== this.getAttribute("lang")) this.lang = language
  }

  #showPlain() {
    delete this.dataset.long
  }

  /** There is more than one turn can draw. @param {typeof import("#markdown/drawing")} renderer */
  #goOn(renderer) {
    this.classList.add("is-long")
    renderer.later(() => this.isConnected && this.#draw())
  }
}

/** Have what draws. Without a network the text stays as it is; the next one tries again. */
export function load() {
  loading ??= import("#markdown/drawing").then(
    (module) => {
      renderer = module
    },
    () => {
      loading = undefined
    },
  )
  return loading
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
