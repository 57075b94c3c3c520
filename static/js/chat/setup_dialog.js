/** The dialog in which a conversation is set up. The server draws its form and judges what it says. */
import { compositionGuard } from "#lib/keys"
import { fetchNodes, goToLoginIfSignedOut, post, RequestRefused } from "#lib/requests"
import { recall, remember } from "#lib/storage"
import { gettext } from "#lib/words"
import { toast } from "#elements/toast_stack"

/** @typedef {{instructions: string, parameters: Record<string, any>}} Setup */

/** @typedef {Record<string, string | boolean>} Typed fields that were changed, by name */

/** What is typed and not saved, by address, for browsers that keep nothing. @type {Record<string, Typed>} */
const unsaved = {}

/** It outlives Escape and a reload; Cancel throws it away. @param {string} address @returns {Typed | null} */
const recalled = (address) => recall(`setup.${address}`, unsaved[address] ?? null)

/** @param {string} address @param {Typed} typed */
function keep(address, typed) {
  unsaved[address] = typed
  remember(`setup.${address}`, Object.keys(typed).length ? typed : null)
}

/** @param {{address: string, model: string, kept: Setup | null, reopen: () => void}} what `kept`: of a chat
 *    without a row; `reopen`: asks once more, with what was typed
 *  @returns {Promise<Setup | null>} what holds from now on; null: nothing was changed */
export async function askForSetup({ address, model, kept, reopen }) {
  const nodes = await fetchNodes(`${address}?model=${encodeURIComponent(model)}`)
  const form = /** @type {HTMLFormElement} */ (nodes.querySelector("form"))
  if (kept) fill(form, kept)
  const before = valuesOf(form)
  offerTyped(form, address, before)
  const dialog = document.createElement("dialog")
  dialog.className = "dialog dialog--setup"
  dialog.setAttribute("aria-labelledby", "setup-title")
  dialog.append(form)
  document.body.append(dialog)
  form.addEventListener("input", () => keep(address, changes(form, before)))
  const answer = wire(dialog, form, address)
  dialog.showModal()
  const saved = await answer
  if (saved || form.hasAttribute("data-given-up")) keep(address, {})
  else if (Object.keys(changes(form, before)).length) sayUnsaved(reopen)
  return saved
}

/** @param {() => void} reopen */
function sayUnsaved(reopen) {
  const words = gettext("Your changes to instructions and parameters are not saved.")
  toast(words, { action: { label: gettext("Open again"), run: reopen } })
}

/** What was typed before and not saved stands in the fields again, and says so.
 * @param {HTMLFormElement} form @param {string} address @param {Map<string, string | boolean>} before */
function offerTyped(form, address, before) {
  const typed = recalled(address)
  if (!typed) return
  restore(form, new Map(Object.entries(typed)))
  const note = /** @type {HTMLElement | null} */ (form.querySelector("[data-unsaved]"))
  if (!note || !Object.keys(changes(form, before)).length) return
  note.hidden = false
  note.querySelector("button")?.addEventListener("click", () => {
    restore(form, before)
    keep(address, {})
    note.hidden = true
    form.querySelector("textarea")?.focus()
  })
}

/** @param {HTMLFormElement} form @param {Map<string, string | boolean>} before @returns {Typed} */
function changes(form, before) {
  return Object.fromEntries([...valuesOf(form)].filter(([name, value]) => before.get(name) !== value))
}

/** @param {HTMLDialogElement} dialog @param {HTMLFormElement} form @param {string} address
 *  @returns {Promise<Setup | null>} */
function wire(dialog, form, address) {
  return new Promise((resolve) => {
    /** @type {Setup | null} */
    let saved = null
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(saved)
    })
    form.querySelector("[data-close]")?.addEventListener("click", () => {
      form.toggleAttribute("data-given-up", true)
      dialog.close()
    })
    form.querySelector("[data-empty]")?.addEventListener("click", () => empty(form))
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      saved = await save(form, address)
      if (saved) dialog.close()
    })
    keepComposing(dialog, form)
  })
}

/** While a word is being composed, Enter does not save and Escape does not close.
 * @param {HTMLDialogElement} dialog @param {HTMLFormElement} form */
function keepComposing(dialog, form) {
  const composing = compositionGuard(form)
  let isComposing = false
  form.addEventListener("keydown", (event) => {
    isComposing = composing(event)
    const isLine = event.target instanceof HTMLInputElement && event.target.type !== "checkbox"
    if (event.key !== "Enter" || !(isLine || event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!isComposing) form.requestSubmit()
  })
  dialog.addEventListener("cancel", (event) => {
    if (isComposing) event.preventDefault()
  })
}

/** @param {HTMLFormElement} form @param {string} address @returns {Promise<Setup | null>} */
async function save(form, address) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"))
  button.disabled = true
  try {
    const response = await post(address, new FormData(form))
    goToLoginIfSignedOut(response)
    if (!response.ok) throw new Error(String(response.status))
    return await response.json()
  } catch (error) {
    showErrors(form, error instanceof RequestRefused ? JSON.parse(error.message).errors : unreachable())
    return null
  } finally {
    button.disabled = false
  }
}

function unreachable() {
  return { all: gettext("The server cannot be reached. Try again.") }
}

/** The field that has the focus already is not read out again: its line speaks for itself.
 * @param {HTMLFormElement} form @param {Record<string, string>} errors by the name of the field */
function showErrors(form, errors) {
  /** @type {HTMLElement | undefined} */
  let first
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-error]"))) {
    const words = errors[line.dataset.error ?? ""] ?? ""
    const field = /** @type {HTMLElement | null} */ (form.elements.namedItem(line.dataset.error ?? ""))
    if (field && field === document.activeElement) line.setAttribute("role", "alert")
    else line.removeAttribute("role")
    line.hidden = !words
    line.textContent = words
    field?.setAttribute("aria-invalid", String(!!words))
    if (words) first ??= field ?? line
  }
  first?.focus()
}

/** @param {HTMLFormElement} form */
function valuesOf(form) {
  const fields = /** @type {HTMLInputElement[]} */ ([...form.elements].filter((field) => "name" in field && field.name))
  return new Map(fields.map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]))
}

/** @param {HTMLFormElement} form @param {Map<string, string | boolean>} values */
function restore(form, values) {
  for (const field of /** @type {Iterable<HTMLInputElement>} */ (/** @type {unknown} */ (form.elements))) {
    const value = values.get(field.name)
    if (field.name === "csrfmiddlewaretoken" || value === undefined) continue
    if (typeof value === "boolean") field.checked = value
    else field.value = value
  }
}

/** @param {HTMLFormElement} form */
function empty(form) {
  fill(form, { instructions: "", parameters: {} })
  form.dispatchEvent(new Event("input"))
}

/** @param {HTMLFormElement} form @param {Setup} setup */
function fill(form, { instructions, parameters }) {
  for (const field of /** @type {Iterable<any>} */ (form.elements)) {
    if (field.type === "checkbox") field.checked = parameters[field.name] ?? field.name !== "response_format"
    else if (field.name === "instructions") field.value = instructions
    else if (field.name) field.value = [parameters[field.name] ?? ""].flat().join("\n")
  }
}
