/** What Mermaid is given of a model's text. */

/** Labels are drawn as text, so tags in them are text too, but for line breaks. Mermaid would parse
 * them as HTML on its way to throwing them away. `<<interface>>`, `<|--` and `<-->` are no tags.
 * @param {string} source */
export function withoutTags(source) {
  return source.replace(/(?<!<)<(?!br\s*\/?>)(?=[a-z/!?])/gi, "#lt;")
}
