/** Colours of code, by highlight.js: its core, and one small file per language when the first code
 * in that language is there. Few kinds of words are told apart, so that few colours say much. */
import highlighter from "highlight.js/lib/core"
import { definitionOf } from "#markdown/languages"

/** highlight.js' names for words -> ours */
/** @type {Record<string, string>} */
const KINDS = {
  keyword: "keyword", "selector-tag": "keyword", tag: "keyword", name: "keyword", section: "keyword", doctag: "keyword",
  string: "string", regexp: "string", symbol: "string", addition: "string", "template-tag": "string", code: "string", quote: "string",
  number: "number", literal: "number", "template-variable": "number", bullet: "number",
  comment: "comment", meta: "comment", deletion: "deletion",
  title: "function", function: "function", "selector-id": "function", "selector-class": "function", link: "function",
  type: "type", built_in: "type", class: "type", attr: "type", attribute: "type", property: "type", "selector-attr": "type", "selector-pseudo": "type",
}

highlighter.configure({ throwUnescapedHTML: false })

/** @param {string} name as the fence says it
 *  @returns {Promise<((source: string) => DocumentFragment) | null>} null: not known to us */
export async function coloursFor(name) {
  const known = definitionOf(name)
  if (!known) return null
  if (!highlighter.getLanguage(known.name)) {
    const definition = await known.load().catch(() => null)
    if (!definition) return null
    highlighter.registerLanguage(known.name, definition.default)
  }
  return (source) => coloured(source, known.name)
}

/** @param {string} source @param {string} language */
function coloured(source, language) {
  /** @type {any} */
  const result = highlighter.highlight(source, { language, ignoreIllegals: true })
  const painter = new Painter()
  result._emitter.walk(painter)
  return painter.fragment
}

/** Makes elements of what highlight.js found; it would give a string otherwise. */
class Painter {
  fragment = document.createDocumentFragment()
  /** @type {Node[]} */
  #open = [this.fragment]

  /** @param {string} text */
  addText(text) {
    this.#open[this.#open.length - 1].appendChild(document.createTextNode(text))
  }

  /** @param {{scope?: string}} node */
  openNode({ scope = "" }) {
    const kind = KINDS[scope.split(".")[0]]
    if (!kind) return void this.#open.push(this.#open[this.#open.length - 1])
    const span = document.createElement("span")
    span.className = `is-${kind}`
    this.#open[this.#open.length - 1].appendChild(span)
    this.#open.push(span)
  }

  closeNode() {
    this.#open.pop()
  }
}
