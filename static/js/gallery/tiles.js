/** One picture or film of the gallery as the page shows it, and the heading of a day. */
import { gettext, interpolate } from "#lib/words"

const SVG = "http://www.w3.org/2000/svg"

/** @typedef {import("#gallery/layout").Row} Row
 * @typedef {{template: HTMLTemplateElement, query: string, isPicked: (id: string) => boolean}} Shown */

/** @param {Row} row @param {number} index @param {Shown} shown @returns {HTMLElement} */
export function tileOf(row, index, { template, query, isPicked }) {
  const [id, file, , , colour, kind, seconds, starred, , words] = row
  const figure = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true))
  Object.assign(figure.dataset, { job: id, kind, status: "done", index: String(index) })
  const link = /** @type {HTMLAnchorElement} */ (figure.querySelector("a"))
  const open = kind === "video" ? gettext("Open film: %(prompt)s") : gettext("Open picture: %(prompt)s")
  link.href = `/gallery/${id}/${query}`
  link.setAttribute("aria-label", interpolate(open, { prompt: words }))
  link.append(kind === "video" ? film(file) : picture(file))
  const length = /** @type {HTMLElement} */ (figure.querySelector(".made__length"))
  if (kind === "video") length.append(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`)
  else length.remove()
  if (colour) figure.prepend(ground(colour))
  markTile(figure, { starred: !!starred, picked: isPicked(id), words })
  return figure
}

/** @param {HTMLElement} figure @param {{starred: boolean, picked: boolean, words: string}} marks */
export function markTile(figure, { starred, picked, words }) {
  const star = /** @type {HTMLElement} */ (figure.querySelector(".made__star"))
  const pick = /** @type {HTMLElement} */ (figure.querySelector(".made__pick"))
  star.hidden = !starred
  figure.toggleAttribute("data-picked", picked)
  pick.setAttribute("aria-pressed", String(picked))
  pick.setAttribute("aria-label", interpolate(gettext("Select “%(name)s”"), { name: words }))
}

/** @param {string} file */
function picture(file) {
  const image = document.createElement("img")
  image.src = `/files/${file}/?size=small`
  image.alt = "" // Its link has the words.
  image.decoding = "async"
  return image
}

/** It loads nothing until somebody points at it. @param {string} file */
function film(file) {
  const video = document.createElement("video")
  video.preload = "none"
  video.muted = video.loop = video.playsInline = true
  video.poster = `/files/${file}/?size=small`
  video.dataset.src = `/files/${file}/`
  video.tabIndex = -1
  return video
}

/** @param {string} colour */
function ground(colour) {
  const svg = document.createElementNS(SVG, "svg")
  const field = document.createElementNS(SVG, "rect")
  svg.setAttribute("class", "made__colour")
  svg.setAttribute("aria-hidden", "true")
  for (const name of ["width", "height"]) field.setAttribute(name, "100%")
  field.setAttribute("fill", colour)
  svg.append(field)
  return svg
}

/** @param {string} day as 2026-11-23 @param {number} count 0: not known yet */
export function headingOf(day, count) {
  const heading = document.createElement("h2")
  heading.className = "day__name"
  heading.append(nameOf(day))
  const number = document.createElement("small")
  if (count) number.textContent = String(count)
  heading.append(" ", number)
  return heading
}

/** "Today", else with the weekday; with the year where it is another one. @param {string} day */
export function nameOf(day, today = new Date()) {
  const date = new Date(`${day}T12:00:00`)
  const apart = Math.round((new Date(today).setHours(12, 0, 0, 0) - date.getTime()) / 86_400_000)
  if (apart === 0) return gettext("Today")
  if (apart === 1) return gettext("Yesterday")
  const isThisYear = date.getFullYear() === today.getFullYear()
  const parts = /** @type {Intl.DateTimeFormatOptions} */ ({ day: "numeric", month: "long" })
  const more = isThisYear ? { weekday: "long" } : { year: "numeric" }
  return date.toLocaleDateString(document.documentElement.lang || "en", { ...parts, .../** @type {any} */ (more) })
}
