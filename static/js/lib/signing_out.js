/** Signing out leaves nothing behind that was written here. */
import { forget, forgetTab } from "#lib/storage"

const PATIENCE = 1500
/** How names, as #lib/storage has them, begin of what holds words or things of a person. */
const WRITTEN = ["draft.", "edit.", "setup.", "saved-setup", "studio", "jobs.told", "jobs.moving"]

/** @type {Set<() => Promise<void>>} */
const works = new Set()

/** Have `work` done before somebody is signed out. @param {() => Promise<void>} work */
export function beforeSigningOut(work) {
  works.add(work)
}

/** @param {Document} page */
export function guardSigningOut(page) {
  page.addEventListener("submit", async (event) => {
    const form = event.target
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !/\/accounts\/logout\/$/.test(form.action)) return
    event.preventDefault()
    const all = Promise.allSettled([...works].map((work) => work()))
    await Promise.race([all, new Promise((done) => setTimeout(done, PATIENCE))])
    for (const written of WRITTEN) forget(written)
    forgetTab()
    form.submit()
  })
}
