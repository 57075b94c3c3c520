/** Tells that something is ready, once in all tabs: a short message with a link where somebody looks,
 * else a mark in the title, and a notification of the browser where that was allowed. */
import { recall, remember } from "#lib/storage"
import { toast } from "#elements/toast_stack"

/** Tabs that are seen come first. */
const OTHERS_FIRST = 400
const REMEMBERED = 50
const MARK = "● "

/** @typedef {{batch: string, level: string, words: string, prompt: string, href: string, picture: string}} News */

/** @param {News} news */
export function tell(news) {
  if (isTold(news)) return
  if (!document.hidden) return show(news)
  setTimeout(() => {
    if (isTold(news)) return
    if (!document.hidden) return show(news)
    keep(news)
    mark()
    notify(news)
    document.addEventListener("visibilitychange", () => say(news), { once: true })
  }, OTHERS_FIRST)
}

/** @param {News} news */
function show(news) {
  keep(news)
  say(news)
}

/** Who shows it in its place prevents the message. @param {News} news */
function say(news) {
  if (!document.dispatchEvent(new CustomEvent("job-news", { detail: news, cancelable: true }))) return
  const words = news.prompt ? `${news.words} · ${news.prompt}` : news.words
  toast(words, { href: news.href, ...(news.level === "error" && { level: "error" }) })
}

/** @param {News} news */
function isTold({ batch }) {
  return told().includes(batch)
}

/** @param {News} news */
function keep({ batch }) {
  remember("jobs.told", [...told(), batch].slice(-REMEMBERED))
}

/** @returns {string[]} */
function told() {
  return recall("jobs.told", /** @type {string[]} */ ([]))
}

function mark() {
  if (document.title.startsWith(MARK)) return
  document.title = MARK + document.title
  document.addEventListener("visibilitychange", () => (document.title = document.title.replace(MARK, "")), { once: true })
}

/** @param {News} news */
function notify({ batch, words, prompt, href, picture }) {
  if (!isAllowed()) return
  try {
    const notice = new Notification(words, { body: prompt, tag: batch, icon: picture || undefined })
    notice.addEventListener("click", () => {
      window.focus()
      location.assign(href)
    })
  } catch {
    // Some phones know it only from a service worker.
  }
}

export function isAllowed() {
  return "Notification" in window && Notification.permission === "granted" && recall("jobs.bell", true)
}
