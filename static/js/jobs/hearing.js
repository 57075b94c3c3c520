/** Hears how jobs stand and says it on `document`, on whichever page: `job` with a job's public
 * fields, and `job-news` with what became of a wish; who prevents the default of that shows it itself,
 * else #jobs/telling does. Loaded with the first hint, or where something is on its way.
 *
 * The socket hints at once. A slow look besides it finds what was missed, as long as anything moves;
 * what moves is remembered, so that the next page goes on. See media_gen/news.py for the fields. */
import { recall, remember } from "#lib/storage"
import { tell } from "#jobs/telling"

const GATHER = 150
const LOOK_EVERY = 5000
const MOVING = ["queued", "running", "saving"]
const AT_ONCE = 60

/** @type {Set<string>} */
const asked = new Set()
/** @type {ReturnType<typeof setTimeout> | undefined} */
let asking
/** @type {ReturnType<typeof setTimeout> | undefined} */
let looking

/** The server hinted at it, or the page shows that it moves. @param {string[]} ids */
export function heard(...ids) {
  for (const id of ids) asked.add(id)
  asking ??= setTimeout(ask, GATHER)
}

/** Go on with what moved when the last page was left. */
export function resume() {
  heard(...open())
}

/** @returns {string[]} */
function open() {
  return recall("jobs.moving", /** @type {string[]} */ ([]))
}

async function ask() {
  const ids = [...asked].slice(0, AT_ONCE)
  asking = undefined
  for (const id of ids) asked.delete(id)
  if (asked.size) heard()
  if (ids.length) await look(ids)
  lookLater()
}

function lookLater() {
  clearTimeout(looking)
  if (open().length) looking = setTimeout(resume, LOOK_EVERY)
}

/** @param {string[]} ids */
async function look(ids) {
  try {
    const query = ids.map((id) => `id=${id}`).join("&")
    const response = await fetch(`/jobs/?${query}`, { headers: { Accept: "application/json" } })
    if (response.ok && !response.redirected) show(ids, await response.json())
  } catch {
    // The next look comes soon.
  }
}

/** @param {string[]} ids @param {{jobs: any[], news: any[]}} said */
function show(ids, { jobs, news }) {
  const moving = jobs.filter((job) => MOVING.includes(job.state)).map((job) => job.id)
  remember("jobs.moving", [...open().filter((id) => !ids.includes(id)), ...moving])
  for (const job of jobs) document.dispatchEvent(new CustomEvent("job", { detail: job }))
  for (const one of news) tell(one)
}
