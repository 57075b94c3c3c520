/** Films of the studio and the gallery play, without a sound, while somebody points at them or has
 * come to them by the keyboard. They load nothing before. */

export function previewFilms() {
  const hears = (/** @type {string} */ name, /** @type {(at: Element) => void} */ act) =>
    document.addEventListener(name, ({ target }) => target instanceof Element && act(target))
  hears("pointerover", play)
  hears("pointerout", rest)
  hears("focusin", (at) => at.matches(":focus-visible") && play(at))
  hears("focusout", rest)
}

/** @param {Element} at */
function play(at) {
  const film = filmOf(at)
  if (!film || matchMedia("(prefers-reduced-motion: reduce)").matches) return
  film.src ||= film.dataset.src ?? ""
  film.play().catch(() => undefined)
}

/** @param {Element} at */
function rest(at) {
  filmOf(at)?.pause()
}

/** @param {Element} at */
function filmOf(at) {
  return at.closest(".made")?.querySelector("video")
}
