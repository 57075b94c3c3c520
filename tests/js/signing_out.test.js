/** Who signs out at a shared computer leaves no words on it. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { guardSigningOut } from "#lib/signing_out"
import { remember, rememberInTab } from "#lib/storage"
import { keep, keepProposal } from "../../static/js/studio/form_draft.js"

Object.assign(globalThis, { HTMLFormElement: dom.window.HTMLFormElement, FormData: dom.window.FormData })

test("signing out forgets whatever was written here, and keeps how somebody likes it", async () => {
  document.documentElement.dataset.person = "p1"
  document.body.innerHTML = `<form id="studio"><input name="prompt" value="a secret birthday"></form>
    <form id="out" action="/accounts/logout/"><button>Sign out</button></form>`
  keep(document.querySelector("#studio"))
  keepProposal({ prompt: "a very secret birthday" })
  remember("draft.c1", "dear diary")
  remember("edit.m1", "dear diary")
  remember("setup./setup/", { instructions: "a secret birthday" })
  remember("saved-setup", { instructions: "a secret birthday", parameters: {} })
  remember("jobs.told", ["b1"])
  remember("jobs.bell", false)
  rememberInTab("zaichat.p1.mine.new", "dear diary")
  localStorage.setItem("theme", "dark")
  const form = document.querySelector("#out")
  const sent = new Promise((done) => (form.submit = done))
  guardSigningOut(document)
  form.dispatchEvent(new dom.window.Event("submit", { bubbles: true, cancelable: true }))
  await sent
  assert.deepEqual(Object.keys(localStorage).sort(), ["theme", "zaichat.p1.jobs.bell"])
  assert.equal(sessionStorage.length, 0)
})
