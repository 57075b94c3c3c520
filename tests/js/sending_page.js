/** What is sent from a page, for tests: its channel only keeps what it is given. */
import "./dom.js"
import { beforeEach } from "node:test"

globalThis.CSS = { escape: (text) => text }
const { Sending } = await import("#chat/sending")

export const TEMPLATES = `
  <template id="unsent"><li data-unsent><span></span><small data-note hidden></small><button data-action="resend" hidden></button><button data-action="take-back" hidden></button><button data-action="throw-away" hidden></button></li></template>
  <template id="waiting"><li data-waiting><span></span><button data-action="send-now"></button><button data-action="edit-waiting"></button><button data-action="unqueue"></button></li></template>`

export function page(conversation, isReady = true) {
  const composer = document.createElement("div")
  composer.innerHTML = `<ul class="queue" hidden></ul><textarea id="message" placeholder="Ask anything" data-placeholder-busy="when it is done" data-placeholder-paused="at once"></textarea><button data-stop hidden></button>`
  Object.assign(composer, {
    text: "",
    attached: [],
    showError: (words) => composer.setAttribute("data-error", words),
    putBack: ({ text, attachments = [] }) => {
      composer.text = composer.text ? `${text}\n\n${composer.text}` : text
      composer.attached = [...attachments, ...composer.attached]
    },
    accepted: () => undefined,
  })
  Object.defineProperty(composer, "isEmpty", { get: () => !composer.text.trim() && !composer.attached.length })
  document.body.append(composer)
  const said = []
  const waiting = []
  const channel = Object.assign(new EventTarget(), {
    isReady,
    obey: (command) => !!(channel.isReady ? said : waiting).push(command) && channel.isReady,
    tell: (words) => said.push(words),
    forget: (id) => waiting.splice(0, Infinity, ...waiting.filter((command) => command.id !== id)),
    goes: () => changes("lost"),
    returns: () => changes("ready"),
  })
  const changes = (name) => {
    channel.isReady = name === "ready"
    if (channel.isReady) said.push(...waiting.splice(0))
    channel.dispatchEvent(new Event(name))
  }
  const sending = new Sending(channel, composer, conversation)
  return { channel, composer, said, sending, chips: () => [...composer.querySelectorAll("li")] }
}

export const what = (text) => ({ text, model: null, options: {} })
export const texts = (said) => said.map((command) => command.text)

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = TEMPLATES
})
