/** Pictures that a film begins with go to the server at once: they are seen, and stay when another
 * model is chosen. */
import { RequestRefused, token } from "#lib/requests"
import { gettext, interpolate } from "#lib/words"

/** @param {File[]} files @param {(words: string) => void} refuse
 * @returns {Promise<string[]>} ids of those that were taken */
export async function bring(files, refuse) {
  const ids = []
  for (const file of files) {
    try {
      ids.push(await brought(file))
    } catch (error) {
      const words = error instanceof RequestRefused ? error.message : gettext("The connection broke. Try again.")
      refuse(interpolate(gettext("%(name)s: %(reason)s"), { name: file.name, reason: words }))
    }
  }
  return ids
}

/** @param {File} file @returns {Promise<string>} its id */
async function brought(file) {
  const fields = new FormData()
  fields.append("file", file)
  const response = await fetch("/files/", { method: "POST", body: fields, headers: { "X-CSRFToken": token() } })
  if (response.status === 413) throw new RequestRefused(gettext("It is too large for this server."))
  const said = await response.json()
  if (response.status !== 201) throw new RequestRefused(said.message)
  if (said.kind !== "image") throw new RequestRefused(gettext("It is not a picture."))
  return said.id
}

/** Pictures that are dropped on an element or pasted into it. @param {HTMLElement} place
 * @param {(files: File[]) => void} take */
export function takeDropped(place, take) {
  place.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
  })
  place.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    take(files)
  })
  place.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length) take(files)
  })
}
