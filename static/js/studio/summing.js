/** What stands below the studio's form: how long the words are, and what was ordered for how much. */
import { interpolate } from "#lib/words"

/** @param {HTMLFormElement} form */
export function showSums(form) {
  const prompt = form.querySelector("textarea")
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-count]"))
  if (prompt && place) count(prompt, place)
  copy(form, "[name=count]:checked", "ordered", "[data-ordered]:not(input)")
  copy(form, "[name=count]:checked", "amount", "[data-amount]:not(input)")
  copy(form, "[name=size]:checked", "said", "[data-size]")
}

/** @param {HTMLTextAreaElement} prompt @param {HTMLElement} place */
function count({ value, dataset }, place) {
  const most = Number(dataset.most)
  place.textContent = interpolate("%(count)s / %(most)s", { count: value.length.toLocaleString(), most: most.toLocaleString() })
  place.classList.toggle("prompt__count--over", value.length > most)
}

/** @param {HTMLFormElement} form @param {string} from @param {string} name @param {string} to */
function copy(form, from, name, to) {
  const words = /** @type {HTMLElement | null} */ (form.querySelector(from))?.dataset[name]
  const place = form.querySelector(to)
  if (words && place) place.textContent = words
}
