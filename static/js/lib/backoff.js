/** How long to wait before trying again: full jitter between 0.5 s and a bound that doubles up to
 * 8 s, so that a thousand tabs do not come back in the same moment. */

const SHORTEST = 500
const LONGEST = 8_000

/** @param {number} attempt 0 for the first retry @param {() => number} [random] in [0, 1)
 *  @returns {number} milliseconds */
export function pauseBefore(attempt, random = Math.random) {
  const bound = Math.min(LONGEST, SHORTEST * 2 ** (attempt + 1))
  return SHORTEST + random() * (bound - SHORTEST)
}
