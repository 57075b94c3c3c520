/** What comes into a block after it is drawn: colours of code, formulas, diagrams. All of it is
 * loaded when the first block wants it, and none of it changes what the block says. */
import { languageIn } from "#markdown/code"
import { drawFormulas } from "#markdown/formulas"
import { whenNear } from "#markdown/near"
import { later } from "#lib/later"

/** Above this, colours cost more than they help. */
const LONGEST = 50_000

/** @type {WeakSet<Element>} */
const seen = new WeakSet()

/** Formulas are drawn in blocks that grow, too. @param {Element[]} blocks */
export function enrichFormulas(blocks) {
  for (const block of blocks) {
    const places = fresh(block, ".formula:not(.is-open)")
    if (places.length) whenNear(block, () => drawFormulas(places))
  }
}

/** @param {Element[]} blocks that are whole @param {boolean} [isOver] whether open fences stay so */
export function enrich(blocks, isOver = false) {
  enrichFormulas(blocks)
  for (const block of blocks) {
    for (const code of fresh(block, isOver ? ".code" : ".code:not(.is-open)")) whenNear(block, () => enrichCode(code))
  }
}

/** What was not seen before. @param {Element} block @param {string} kind @returns {HTMLElement[]} */
function fresh(block, kind) {
  const within = [...block.querySelectorAll(kind)]
  const all = block.matches(kind) ? [block, ...within] : within
  const found = /** @type {HTMLElement[]} */ (all.filter((element) => !seen.has(element)))
  for (const element of found) seen.add(element)
  return found
}

/** @param {HTMLElement} block */
function enrichCode(block) {
  const code = block.querySelector("code")
  const language = languageIn(code)
  const source = code?.textContent ?? ""
  if (!code || !language || source.length > LONGEST) return
  if (block.matches(".diagram")) later(() => drawDiagram(block, source))
  else later(() => colour(code, language, source))
}

/** Without a network it stays as it is. @param {HTMLElement} block @param {string} source */
async function drawDiagram(block, source) {
  if (!block.isConnected) return
  const diagrams = await import("#markdown/diagrams").catch(() => null)
  await diagrams?.draw(block, source)
}

/** @param {Element} code @param {string} language @param {string} source */
async function colour(code, language, source) {
  const highlight = await import("#markdown/highlight").catch(() => null)
  const colours = await highlight?.coloursFor(language)
  if (!colours) return
  later(() => {
    if (code.textContent === source) code.replaceChildren(colours(source))
  })
}
