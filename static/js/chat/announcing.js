/** The one place that is spoken aloud: what happens, never the text itself. */
import { gettext } from "#lib/words"

/** @param {string} words */
export function announce(words) {
  const status = document.getElementById("status")
  if (status) status.textContent = words
}

/** @param {{status: string, error: {message: string} | null}} frame `ended` */
export function announceEnd(frame) {
  const endings = {
    done: gettext("Answer complete"),
    stopped: gettext("Stopped"),
    interrupted: gettext("The answer was interrupted."),
    blocked: gettext("The answer was withdrawn."),
  }
  announce(frame.error?.message ?? endings[/** @type {"done"} */ (frame.status)] ?? "")
}
