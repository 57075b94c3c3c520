"""What does not fit on a page, or is too small for a finger."""

from typing import Any

from playwright.sync_api import Page

CUT = """() => {
  const scrolls = (at) => {
    for (let up = at.parentElement; up; up = up.parentElement) {
      const wide = up.scrollWidth > up.clientWidth
      if (wide && /auto|scroll/.test(getComputedStyle(up).overflowX)) return true
    }
    return false
  }
  const kinds = "button, a, input, select, textarea, h1, h2, p, td, th, label"
  return [...document.querySelectorAll(kinds)]
    .filter((at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((at) => !at.closest(".visually-hidden, .skip, .katex"))
    .filter((at) => {
      const { left, right, width } = at.getBoundingClientRect()
      return width > 0 && (left < -1 || right > innerWidth + 1) && !scrolls(at)
    })
    .map((at) => at.outerHTML.slice(0, 120))
}"""

SMALL = """() => {
  // The whole row of a switch is its label.
  const around = (at) => at.closest(".setting:has(> .switch)") ?? at.labels?.[0] ?? at
  const height = (at) => at.getBoundingClientRect().height
  return [...document.querySelectorAll(
    "button, select, textarea, input:not([type=hidden], [type=file]), a.button, nav a, .menu a")]
  .filter((at) => at.checkVisibility({ visibilityProperty: true }))
  .filter((at) => !at.closest(".visually-hidden"))
  .filter((at) => height(at) > 0 && Math.max(height(at), height(around(at))) < 43.5)
  .map((at) => `${height(at)} ${at.outerHTML.slice(0, 120)}`)
}"""

ZOOMS = """() => [...document.querySelectorAll("input, textarea, select")]
  .filter((at) => !/^(hidden|checkbox|radio)$/.test(at.type))
  .filter((at) => at.checkVisibility() && parseFloat(getComputedStyle(at).fontSize) < 16)
  .map((at) => at.outerHTML.slice(0, 120))"""


def cut(page: Page) -> Any:
    """What stands out of the window sideways and cannot be scrolled into it."""
    return page.evaluate(CUT)


def too_small(page: Page) -> Any:
    """Controls lower than a finger needs."""
    return page.evaluate(SMALL)


def makes_phones_zoom(page: Page) -> Any:
    """Fields whose letters are smaller than 16 px: a phone magnifies the page for them."""
    return page.evaluate(ZOOMS)
