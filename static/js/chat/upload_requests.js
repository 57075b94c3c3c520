/** How a file comes to the server: from here, or fetched by the server from somewhere else. */
import { token } from "#lib/requests"
import { gettext } from "#lib/words"

/** Signs of a file's name that are sent: the server keeps fewer, and reads no form with thousands. */
const MOST_NAMED = 200

/** The one request that tells how far it is. @type {import("#chat/uploads").Transport} */
export function sendByRequest(upload, progress) {
  const request = new XMLHttpRequest()
  request.open("POST", upload.stored || !upload.address ? "/files/" : "/files/from-link/")
  request.setRequestHeader("X-CSRFToken", token())
  request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0))
  const end = new Promise((/** @type {(end: import("#chat/uploads").End) => void} */ resolve) => {
    request.addEventListener("load", () => resolve(endOf(request)))
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => resolve({}))
  })
  request.send(fieldsOf(upload))
  return { end, abort: () => request.abort() }
}

/** @param {import("#chat/uploads").Upload} upload */
function fieldsOf({ file, marks, address, text }) {
  const fields = new FormData()
  if (file) fields.append("file", file, sentName(file.name))
  else fields.append("address", address)
  if (marks.length) fields.append("marks", JSON.stringify(marks))
  if (text) fields.append("pasted", "1")
  return fields
}

/** Its beginning and its ending. @param {string} name */
export function sentName(name) {
  const signs = [...name]
  if (signs.length <= MOST_NAMED) return name
  const ending = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? ""
  return signs.slice(0, MOST_NAMED - ending.length).join("") + ending
}

/** @param {XMLHttpRequest} request @returns {import("#chat/uploads").End} */
function endOf(request) {
  if (request.status === 413) return { words: gettext("It is too large for this server.") }
  if (request.status === 507) return { words: gettext("The server's disk is full.") }
  try {
    const said = JSON.parse(request.responseText)
    return request.status === 201 ? { stored: said } : { words: said.message }
  } catch {
    if (new URL(request.responseURL).pathname.startsWith("/accounts/")) location.reload()
    return {}
  }
}
