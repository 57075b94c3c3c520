/** Inside the frame that shows what a model wrote at work. The page stands one frame deeper, so that
 * it can replace neither this script nor, by going elsewhere, what the reader sees of us. */

/** Runs before the page. No policy of a page reaches WebRTC, which speaks to other computers past all. */
const BEFORE = `<script>addEventListener("keydown", (event) => {
  if (event.key === "Escape") parent.postMessage({ close: true }, "*")
})
for (const name of Object.getOwnPropertyNames(self)) if (/^(webkit)?RTC|^WebTransport/.test(name)) delete self[name]
</script>`

/** @type {HTMLIFrameElement | undefined} */
let shown

addEventListener("message", ({ source: speaker, data }) => {
  if (speaker === parent && typeof data?.source === "string" && !shown) show(data)
  else if (speaker && speaker === shown?.contentWindow && data?.close === true) leave()
})
addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave()
})
parent.postMessage({ ready: true }, "*")

/** @param {{source: string, isPicture: boolean}} artifact */
function show({ source, isPicture }) {
  if (isPicture) return showPicture(source)
  shown = document.createElement("iframe")
  shown.setAttribute("sandbox", "allow-scripts")
  shown.title = document.title
  shown.srcdoc = BEFORE + source
  shown.addEventListener("load", () => shown?.addEventListener("load", goneElsewhere), { once: true })
  document.body.append(shown)
}

/** As a picture, in which scripts never run. @param {string} source */
function showPicture(source) {
  const picture = new Image()
  const named = /\sxmlns=/.test(source) ? source : source.replace(/<svg/i, '<svg xmlns="http://www.w3.org/2000/svg"')
  picture.src = `data:image/svg+xml,${encodeURIComponent(named.trim())}`
  picture.alt = ""
  document.body.append(picture)
}

/** A page loads once. What loads after it is somewhere else, and all that its reader would see of
 * that is the browser's own words for a refusal. */
function goneElsewhere() {
  shown?.remove()
  parent.postMessage({ left: true }, "*")
}

function leave() {
  parent.postMessage({ close: true }, "*")
}
