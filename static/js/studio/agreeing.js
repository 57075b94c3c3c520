/** What is selected in the studio's form and the fields below it belong together: the fields are the
 * server's, for one kind and one model, and a browser may select others over them. */

/** @param {HTMLFormElement} form */
const kindsOf = (form) => /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=kind]"))

/** @param {HTMLFormElement} form */
const modelsOf = (form) => /** @type {NodeListOf<HTMLOptionElement>} */ (form.querySelectorAll("[name=model] option"))

/** The field that says something else than the fields were made for. @param {HTMLFormElement} form
 * @returns {"kind" | "model" | null} */
export function disagreeing(form) {
  if ([...kindsOf(form)].some((kind) => kind.checked !== kind.defaultChecked)) return "kind"
  const models = [...modelsOf(form)]
  const isOther = models.some((one) => one.selected && !one.defaultSelected) && models.some((one) => one.defaultSelected)
  return isOther ? "model" : null
}

/** Select again what the fields were made for. @param {HTMLFormElement} form */
export function agreeAgain(form) {
  for (const kind of kindsOf(form)) kind.checked = kind.defaultChecked
  for (const model of modelsOf(form)) if (model.defaultSelected) model.selected = true
}
