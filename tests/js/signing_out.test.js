/** Who signs out at a shared computer leaves no words on it. */
import { dom } from "./dom.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { guardSigningOut } from "#lib/signing_out"
import { remember } from "#lib/storage"
import { keep, keepProposal } from "../../static/js/studio/form_draft.js"

Object.assign(globalThis, { HTMLFormElement: dom.window.HTMLFormElement, FormData: dom.window.FormData })

test("signing out forgets drafts, the studio's prompt and what was told, and keeps what is not personal", async () => {
  document.documentElement.dataset.person = "p1"
  document.body.innerHTML = `<form id="studio"><input name="prompt" value="a secret birthday"></form>
    <form id="out" action="/accounts/logout/"><button>Sign out</button></form>`
  keep(document.querySelector("#studio"))
  keepProposal({ prompt: "a very secret birthday" })
  remember("draft.c1", "dear diary")
  remember("edit.m1", "dear diary")
  remember("jobs.told", ["b1"])
  localStorage.setItem("theme", "dark")
  const form = document.querySelector("#out")
  const sent = new Promise((done) => (form.submit = done))
  guardSigningOut(document)
  form.dispatchEvent(new dom.window.Event("submit", { bubbles: true, cancelable: true }))
  await sent
  assert.deepEqual(Object.keys(localStorage), ["theme"])
})
