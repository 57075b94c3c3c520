/** Pictures and films that are made in a conversation: their figures stand in the answers. */
import { gettext } from "#lib/words"
import { placeBeside } from "#lib/popovers"
import { fetchNodes, Gone } from "#lib/requests"
import { toast, toastError } from "#elements/toast_stack"
import { Jobs } from "#studio/jobs"

/** @type {Jobs | undefined} */
let jobs

/** Look after those that are in the page. @param {Element} place one of them */
export function follow(place) {
  if (jobs) return jobs.tick()
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = /** @type {HTMLElement} */ (place).dataset.style ?? ""
  document.head.append(link)
  document.addEventListener("submit", again, { capture: true })
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-about]")
    if (button instanceof HTMLElement && !button.ariaBusy) tell(button)
  })
  jobs = new Jobs(/** @type {HTMLElement} */ (document.querySelector("chat-room")), () => undefined)
}

/** Another try, or a variant, is another version of the answer. @param {SubmitEvent} event */
function again(event) {
  const form = /** @type {HTMLFormElement} */ (event.target)
  if (form.dataset.deed !== "again" || !form.closest("[data-kind=media]")) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const button = form.closest("article")?.querySelector("[data-action=regenerate]")
  if (button instanceof HTMLElement) button.click()
}

/** What it was made with, as it stands now. @param {HTMLElement} button */
async function tell(button) {
  button.ariaBusy = "true"
  try {
    const nodes = await fetchNodes(button.dataset.about ?? "")
    open(/** @type {HTMLElement} */ (nodes.querySelector(".details")), button)
  } catch (error) {
    if (error instanceof Gone) toast(gettext("It was deleted."))
    else toastError()
  } finally {
    button.ariaBusy = null
  }
}

/** @param {HTMLElement} details @param {HTMLElement} button */
function open(details, button) {
  button.after(details)
  details.addEventListener("toggle", (event) => {
    const isOpen = /** @type {ToggleEvent} */ (event).newState === "open"
    button.setAttribute("aria-expanded", String(isOpen))
    if (!isOpen) setTimeout(() => details.remove())
  })
  details.showPopover()
  placeBeside(details, button)
  const first = /** @type {HTMLElement | null} */ (details.querySelector("a, button"))
  first?.focus()
}

/** A part that came over the line names its job only. @param {HTMLElement} place @param {string} job */
export async function fill(place, job) {
  place.dataset.jobOf = job
  try {
    const nodes = await fetchNodes(`/studio/jobs/?id=${job}`)
    const figure = nodes.querySelector("[data-job]")
    if (!figure) throw new Gone("")
    place.replaceChildren(figure)
  } catch {
    place.textContent = gettext("It cannot be shown now. Reload to see it.")
  }
  follow(place)
}
