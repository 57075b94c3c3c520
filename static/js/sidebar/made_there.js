/** Asks about the pictures and films that came out of conversations which were just put away. */
import { post } from "#lib/requests"
import { gettext, interpolate, ngettext } from "#lib/words"
import { toast, toastError } from "#elements/toast_stack"

const STAYS = 20_000

/** They stay in the gallery, unless the person says otherwise. @param {number} count @param {string[]} ids */
export function askAbout(count, ids) {
  const words = ngettext(
    "%(count)s picture or film from it stays in the gallery",
    "%(count)s pictures and films from it stay in the gallery",
    count,
  )
  const action = { label: gettext("Move to trash too"), run: () => putAway(ids) }
  toast(interpolate(words, { count }), { action, stays: STAYS })
}

/** @param {string[]} ids */
async function putAway(ids) {
  try {
    const response = await post("/conversations/", { do: "trash-made", conversation: ids.join(" ") })
    if (!response.ok) return toastError()
    toast(gettext("Pictures and films moved to trash"), { href: "/trash/" })
  } catch {
    toastError()
  }
}
