/** A page without a browser, for tests. Import it before anything that touches `document`. */
import { JSDOM } from "jsdom"

const dom = new JSDOM(
  `<!doctype html><html lang="en" data-sprite="/static/images/icons.svg" data-person="p1"><body></body></html>`,
  { url: "http://localhost/", pretendToBeVisual: true },
)

for (const name of [
  "window", "document", "HTMLElement", "HTMLTemplateElement", "HTMLScriptElement", "Element", "Image", "Node", "NodeFilter", "DocumentFragment", "Text",
  "CustomEvent", "customElements", "localStorage", "sessionStorage", "location", "history", "requestAnimationFrame",
  "MutationObserver", "KeyboardEvent", "getComputedStyle",
]) {
  const value = name === "window" ? dom.window : dom.window[name]
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}
globalThis.IntersectionObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = globalThis.IntersectionObserver
globalThis.matchMedia = () => ({ matches: false, addEventListener() {} })

export { dom }
