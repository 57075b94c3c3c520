/** When the server is another one than the page came from: say so once, and offer to load it anew.
 * What is being written is kept, as on every way out of the page. */
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

const DAY = 86_400_000
const LOST_PART = /module script|dynamically imported/i

let isSaid = false

/** @param {{build?: string} | null} hello of the socket */
export function compareBuild(hello) {
  const { build } = document.documentElement.dataset
  if (hello?.build && build && hello.build !== build) offerReload(gettext("ZaiChat was updated."))
}

/** A part that is loaded when it is wanted, and is no longer there. */
export function noticeLostParts() {
  addEventListener("unhandledrejection", ({ reason }) => {
    if (navigator.onLine && LOST_PART.test(reason?.message ?? "")) {
      offerReload(gettext("A part of this page could not be loaded."))
    }
  })
}

/** @param {string} words */
function offerReload(words) {
  if (isSaid) return
  isSaid = true
  const left = () => { isSaid = false }
  toast(words, { stays: DAY, left, action: { label: gettext("Reload"), run: () => location.reload() } })
}
