/** The keys of the gallery and its viewer, for the sheet alone: they are heard there. */
import { gettext } from "#lib/words"

/** @returns {import("#finding/shortcuts").Group} */
export function galleryKeys() {
  const keys = /** @type {[string[], string][]} */ ([
    [["Space", "X"], gettext("Select")],
    [["Shift+ArrowRight"], gettext("Select up to here")],
    [["I"], gettext("Information")],
    [["R"], gettext("Use these settings again")],
    [["V"], gettext("Vary")],
    [["S"], gettext("Star")],
    [["D"], gettext("Download")],
    [["O"], gettext("Open the conversation")],
    [["Delete"], gettext("Move to trash")],
    [["Escape"], gettext("Close")],
  ])
  const shortcuts = keys.map(([combinations, words]) => ({ id: "", keys: combinations, words, shown: true }))
  return { title: gettext("Gallery"), shortcuts }
}
