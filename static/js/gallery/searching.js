/** The search of the gallery: what is found stands there while one types, and in the address. Where
 * the wall has its rows from: the server, for what is asked for now. */
import { goToLoginIfSignedOut } from "#lib/requests"
import { announce } from "#lib/saying"
import { gettext, interpolate } from "#lib/words"

const PAUSE = 300

/** @typedef {import("#elements/media_wall").MediaWall} MediaWall
 * @typedef {{rows: import("#gallery/layout").Row[], more: boolean}} Portion */

/** Throws where the server does not answer. @param {MediaWall} wall @param {string} [before] the row
 * below which they lie @returns {Promise<Portion>} */
export async function askForRows({ dataset }, before) {
  const query = new URLSearchParams(dataset.query)
  if (before) query.set("before", before)
  const response = await fetch(`${dataset.rows}?${query}`)
  goToLoginIfSignedOut(response)
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}

/** @param {MediaWall} wall */
export function searchAsTyped(wall) {
  const form = wall.querySelector("form[role=search]")
  const field = form?.querySelector("input")
  if (!form || !field) return
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause
  const search = () => {
    clearTimeout(pause)
    if (field.value.trim() !== (new URLSearchParams(wall.query).get("q") ?? "")) narrow(wall, field.value.trim())
  }
  const soon = () => {
    clearTimeout(pause)
    pause = setTimeout(search, PAUSE)
  }
  field.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || soon())
  field.addEventListener("compositionend", soon)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    search()
  })
  search() // What was typed before this was there.
}

/** @param {MediaWall} wall @param {string} words */
async function narrow(wall, words) {
  wall.dataset.query = asked(wall.query, words)
  history.replaceState({ ...history.state, gallery: null }, "", wall.query || location.pathname)
  carry(wall, words)
  const portion = await wall.renew()
  if (!portion) return
  const { rows: { length }, more } = portion
  announce(length ? interpolate(gettext("%(count)s found"), { count: more ? `${length}+` : length }) : gettext("Nothing found"))
}

/** The query of an address with these words. @param {string} query @param {string} words */
function asked(query, words) {
  const said = new URLSearchParams(query)
  if (words) said.set("q", words)
  else said.delete("q")
  return said.size ? `?${said}` : ""
}

/** The filters go on from these words. @param {MediaWall} wall @param {string} words */
function carry(wall, words) {
  for (const link of wall.querySelectorAll("a.way[href^='?']")) {
    link.setAttribute("href", asked(link.getAttribute("href") ?? "", words) || "?")
  }
  for (const form of wall.querySelectorAll(".filters__form")) {
    form.querySelector("input[name=q]")?.remove()
    const field = document.createElement("input")
    Object.assign(field, { type: "hidden", name: "q", value: words })
    if (words) form.prepend(field)
  }
}
