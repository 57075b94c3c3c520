/** What a reply looks like after its events: a pure fold, the twin of the server's, tested with the
 * same cases.
 * @typedef {{kind: string, text?: string, started?: number, ended?: number, [key: string]: any}} Part
 * @typedef {{new: Part} | {part: number, add: string} | {part: number, set: Record<string, any>} | {withdraw: true}} TurnEvent
 */

const KEPT_WHEN_WITHDRAWN = ["kind", "started", "ended"]

/** @param {readonly Part[]} parts @param {TurnEvent} event @returns {Part[]} */
export function fold(parts, event) {
  if ("new" in event) return [...parts, event.new]
  if ("withdraw" in event) return parts.map(withdrawn)
  const before = parts[event.part]
  const after =
    "add" in event
      ? { ...before, text: (before.text ?? "") + event.add }
      : { ...before, ...event.set }
  return parts.with(event.part, after)
}

/** @param {readonly TurnEvent[]} events @param {readonly Part[]} [parts] @returns {readonly Part[]} */
export function foldAll(events, parts = []) {
  return events.reduce(fold, parts)
}

/** @param {Part} part @returns {Part} */
function withdrawn(part) {
  const kept = KEPT_WHEN_WITHDRAWN.filter((key) => key in part).map((key) => [key, part[key]])
  return Object.fromEntries(kept)
}
