/** What kind of file something is, its drawing, and what is said of it.
 * @typedef {import("#chat/uploads").Stored} Stored
 * @typedef {{file: File | null, stored: Stored | null}} Brought */
import { counted } from "#chat/units"
import { gettext, interpolate, ngettext } from "#lib/words"

const KILO = 1024
const KINDS = ["image", "video", "audio"]
const WITH_PAGES = ["PDF", "Word"]
/** @type {Record<string, string>} */
const ICONS = { image: "image", video: "film", audio: "sound" }
/** @type {Record<string, string>} */
const ICONS_OF_DOCUMENTS = { Excel: "table", CSV: "table", TSV: "table", PowerPoint: "slides", JSON: "code", HTML: "code", ZIP: "archive" }

/** As the server has found it, else as the browser guesses. @param {Brought} brought */
export function kindOf({ file, stored }) {
  if (stored) return stored.kind || "image"
  const family = (file?.type ?? "").split("/")[0] ?? ""
  return KINDS.includes(family) ? family : "document"
}

/** @param {Brought & {address?: string}} brought */
export function iconOf(brought) {
  if (brought.address && !brought.stored) return "link"
  const { format = "" } = brought.stored?.origin ?? {}
  const isProgram = brought.stored?.media_type === "text/plain" && format !== "Text"
  return ICONS[kindOf(brought)] ?? ICONS_OF_DOCUMENTS[format] ?? (isProgram ? "code" : "file")
}

/** One line about what the server made of it. @param {Stored} stored */
export function madeOf(stored) {
  /** @type {Record<string, (stored: Stored) => string>} */
  const words = { video: filmWords, audio: recordingWords, document: documentWords }
  return (words[stored.kind] ?? pictureWords)(stored)
}

/** @param {Stored} stored */
function pictureWords({ width, height, origin, size }) {
  const [before, after] = [Math.max(origin.width ?? 0, origin.height ?? 0), Math.max(width ?? 0, height ?? 0)]
  if (origin.marks?.length) return [marksWords(origin.marks.length), `${width} × ${height} px`].join(gettext(", "))
  if (origin.is_animated) return gettext("First frame of the animation")
  if (before > after) return `${before} → ${after} px`
  return `${width} × ${height} px, ${weight(size)}`
}

/** @param {number} count */
function marksWords(count) {
  return interpolate(ngettext("%(count)s mark", "%(count)s marks", count), { count })
}

/** @param {Stored} stored */
function filmWords({ seconds, page_count: count, can_be_fetched: canGo }) {
  const route = canGo && modelWatches() ? gettext("as film") : interpolate(ngettext("as %(count)s still", "as %(count)s stills", count), { count })
  return [clock(seconds ?? 0), route].join(gettext(", "))
}

/** Whether the chosen model is shown films as they are. */
function modelWatches() {
  const picker = /** @type {import("#elements/model_picker").ModelPicker | null} */ (document.querySelector("model-picker"))
  return !!picker?.model?.films
}

/** @param {Stored} stored */
function recordingWords({ seconds, size }) {
  return [clock(seconds ?? 0), weight(size)].join(gettext(", "))
}

/** @param {Stored} stored */
function documentWords({ origin, page_count: count, size }) {
  if (origin.pasted) return characters(origin.pasted)
  const { format = "", scanned = 0 } = origin
  const said = [format === "Text" ? gettext("Text") : format]
  const unit = unitOf(format, origin.sheets ?? count, count)
  if (unit) said.push(counted(unit, count))
  else if (isPartlyRead(origin)) said.push(partlyWords(origin))
  else said.push(weight(size))
  if (scanned) said.push(interpolate(ngettext("%(count)s scanned", "%(count)s scanned", scanned), { count: scanned }))
  return said.filter(Boolean).join(gettext(", "))
}

/** Of an archive, what of it cannot be read. @param {Stored["origin"]} origin */
function isPartlyRead({ read, entries }) {
  return read !== undefined && entries !== undefined && read < entries
}

/** @param {Stored["origin"]} origin */
function partlyWords({ read: count = 0, entries: all = 0 }) {
  return interpolate(ngettext("%(count)s of %(all)s file read", "%(count)s of %(all)s files read", all), { count, all })
}

/** "" where it is told by its size. @param {string} format @param {number} sheets @param {number} count */
function unitOf(format, sheets, count) {
  if (WITH_PAGES.includes(format)) return "page"
  if (format === "Excel" && sheets === count) return "sheet"
  return format === "PowerPoint" ? "slide" : ""
}

/** @param {number} count */
export function characters(count) {
  const said = count.toLocaleString(document.documentElement.lang || "en")
  return interpolate(ngettext("%(count)s character", "%(count)s characters", count), { count: said })
}

/** `0:05`, `1:02:03`. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.round(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const last = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(rest).padStart(2, "0")}`
  return hours ? `${hours}:${last}` : last
}

/** As the server writes it. @param {number} size bytes */
export function weight(size) {
  if (size < KILO) return interpolate(ngettext("%(count)s byte", "%(count)s bytes", size), { count: size }).replace(" ", "\u00a0")
  const kilo = size / KILO
  return kilo < KILO ? `${kilo.toFixed(1)}\u00a0KB` : `${(kilo / KILO).toFixed(1)}\u00a0MB`
}
