/** Web pages an answer is based on, as chips. */
import { safeAddress } from "#markdown/addresses"
import { clone } from "#lib/templates"

/** @param {{title?: string, link?: string, media?: string}} source */
export function sourceItem(source) {
  const item = clone("source") ?? document.createElement("li")
  const chip = item.querySelector("a")
  const address = safeAddress(source.link ?? "")
  const words = item.querySelector("span")
  if (words) words.textContent = source.media || source.title || address || ""
  if (chip) chip.title = source.title ?? ""
  if (chip && address && !address.startsWith("mailto:")) {
    chip.href = address
    chip.target = "_blank"
    chip.rel = "noopener noreferrer nofollow"
  }
  return item
}
