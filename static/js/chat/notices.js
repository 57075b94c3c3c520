/** What the program itself says about an answer, by code; the words are the server's. */
import { interpolate, ngettext } from "#lib/words"

/** @param {import("#chat/turn_state").Part} part */
export function noticeWords(part) {
  if (part.code === "context_cut" && part.count) {
    const words = ngettext(
      "%(count)s earlier message did not fit into the model’s window and was left out.",
      "%(count)s earlier messages did not fit into the model’s window and were left out.",
      part.count,
    )
    return interpolate(words, { count: part.count })
  }
  if (part.code === "unseen" && part.count) {
    const words = ngettext("This model was not shown %(count)s earlier picture.", "This model was not shown %(count)s earlier pictures.", part.count)
    return interpolate(words, { count: part.count })
  }
  const known = JSON.parse(document.getElementById("notices")?.textContent || "{}")
  return known[part.code] ?? ""
}
