/** Copies of pictures with boxes drawn on them, below the answer that named those places. */
import { boxesIn } from "#chat/boxes"
import { gettext, interpolate, ngettext } from "#lib/words"

/** @typedef {import("#chat/boxes").Box} Box */

const COLOURS = ["#e8590c", "#1971c2", "#2f9e44", "#c2255c", "#6741d9", "#0c8599"]
const EXPLICIT = /\[\s*\[|bbox/i
const THOUSANDTHS = 1000

/** @param {HTMLElement} text a whole answer @param {string} source */
export async function showBoxes(text, source) {
  const photos = photosFor(text, EXPLICIT.test(source))
  const boxes = photos.length ? boxesIn(source, photos.length) : []
  const made = boxes.length ? await Promise.all(photos.map((photo, place) => drawn(photo, boxes.filter(({ picture }) => picture === place + 1)))) : []
  if (text.nextElementSibling?.matches(".boxes")) text.nextElementSibling.remove()
  const shown = made.filter((one) => one !== null)
  if (shown.length && text.isConnected) text.after(figure(shown, boxes))
}

/** The pictures of the question, else, where places are surely meant, the last ones before it.
 * @param {HTMLElement} text @param {boolean} isSure @returns {HTMLAnchorElement[]} */
function photosFor(text, isSure) {
  /** @type {Element | null | undefined} */
  let message = text.closest("article")?.previousElementSibling
  while (message) {
    const photos = /** @type {HTMLAnchorElement[]} */ ([...message.querySelectorAll(".photos a[data-photo]")])
    if (photos.length || !isSure) return photos
    message = message.previousElementSibling
  }
  return []
}

/** @typedef {{photo: HTMLAnchorElement, address: string, width: number, height: number}} Copy */

/** Null where the picture is gone. @param {HTMLAnchorElement} photo @param {Box[]} boxes @returns {Promise<Copy | null>} */
async function drawn(photo, boxes) {
  if (!boxes.length) return null
  const image = new Image()
  image.src = photo.href
  const isThere = await image.decode().then(() => true, () => false)
  const canvas = document.createElement("canvas")
  const context = canvas.getContext("2d")
  if (!isThere || !context) return null
  canvas.width = image.naturalWidth
  canvas.height = image.naturalHeight
  context.drawImage(image, 0, 0)
  for (const box of boxes) draw(context, box)
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9))
  return blob && { photo, address: URL.createObjectURL(blob), width: canvas.width, height: canvas.height }
}

/** @param {CanvasRenderingContext2D} context @param {Box} box */
function draw(context, { number, label, at }) {
  const { width, height } = context.canvas
  const [x1, y1, x2, y2] = at.map((place, index) => (place / THOUSANDTHS) * (index % 2 ? height : width))
  const line = Math.max(2, Math.max(width, height) / 300)
  const colour = COLOURS[(number - 1) % COLOURS.length]
  for (const [style, thick] of /** @type {[string, number][]} */ ([["#fff", line * 2], [colour, line]])) {
    context.strokeStyle = style
    context.lineWidth = thick
    const [left, top] = [Math.max(x1, line), Math.max(y1, line)]
    context.strokeRect(left, top, Math.min(x2, width - line) - left, Math.min(y2, height - line) - top)
  }
  const words = label ? `${number} ${label}` : String(number)
  const size = line * 7
  context.font = `600 ${size}px system-ui, sans-serif`
  const wide = context.measureText(words).width + size * 0.8
  const left = Math.max(0, Math.min(x1, width - wide))
  const top = y1 - size * 1.4 >= 0 ? y1 - size * 1.4 : y1
  context.fillStyle = colour
  context.fillRect(left, top, wide, size * 1.4)
  context.fillStyle = "#fff"
  context.textBaseline = "middle"
  context.fillText(words, left + size * 0.4, top + size * 0.72)
}

/** @param {Copy[]} copies @param {Box[]} boxes */
function figure(copies, boxes) {
  const place = document.createElement("figure")
  place.className = "boxes"
  const photos = document.createElement("div")
  photos.className = "photos"
  photos.append(...copies.map((copy, index) => link(copy, boxes.filter(({ picture }) => copies.length === 1 || picture === index + 1).length)))
  place.append(photos, bar(photos, copies, boxes))
  return place
}

/** @param {Copy} copy @param {number} count */
function link({ photo, address, width, height }, count) {
  const link = document.createElement("a")
  link.dataset.photo = ""
  link.href = address
  const image = document.createElement("img")
  image.src = address
  image.width = width
  image.height = height
  const words = ngettext("%(name)s with %(count)s box", "%(name)s with %(count)s boxes", count)
  image.alt = interpolate(words, { name: photo.querySelector("img")?.alt ?? "", count })
  link.append(image)
  return link
}

/** What the boxes are called, and a switch. @param {HTMLElement} photos @param {Copy[]} copies @param {Box[]} boxes */
function bar(photos, copies, boxes) {
  const line = document.createElement("figcaption")
  const names = boxes.filter(({ label }) => label).map(({ number, label }) => `${number} ${label}`)
  const words = document.createElement("span")
  words.textContent = names.join(gettext(", "))
  const button = document.createElement("button")
  button.type = "button"
  button.className = "button button--small button--line"
  button.textContent = gettext("Show boxes")
  button.setAttribute("aria-pressed", "true")
  button.addEventListener("click", () => {
    const isShown = button.getAttribute("aria-pressed") !== "true"
    button.setAttribute("aria-pressed", String(isShown))
    ;[...photos.querySelectorAll("a")].forEach((link, index) => {
      const { address, photo } = copies[index]
      link.href = isShown ? address : photo.href
      const image = link.querySelector("img")
      if (image) image.src = link.href
    })
  })
  line.append(button, words)
  return line
}
