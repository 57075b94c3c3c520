/** The keyboard's shortcuts: one table, for the handler of keys and for the sheet that shows them.
 *
 * `Mod` is Command on a Mac and Ctrl elsewhere. What a browser needs for itself is not in it. */
import { gettext } from "#lib/words"

/** `needs`: what must be on the page, else the key is the browser's; `anywhere`: also in fields;
 * `shown`: done by the field itself, so it only stands on the sheet.
 * @typedef {{id: string, keys: string[], words: string, needs?: string, anywhere?: boolean, shown?: boolean}} Shortcut
 * @typedef {{title: string, shortcuts: Shortcut[]}} Group */

const CHAT = "chat-room[data-conversation]:not([data-conversation=''])"

/** @returns {Group[]} */
export function shortcuts() {
  const sends = globalThis.document?.documentElement.dataset.sendKey === "ctrl_enter" ? "Mod+Enter" : "Enter"
  return [
    {
      title: gettext("Everywhere"),
      shortcuts: [
        { id: "search", keys: ["Mod+K"], words: gettext("Search"), anywhere: true },
        { id: "new", keys: ["Mod+Shift+O"], words: gettext("New chat"), anywhere: true },
        { id: "previous", keys: ["Alt+ArrowUp"], words: gettext("Previous chat"), needs: ".entry__link" },
        { id: "next", keys: ["Alt+ArrowDown"], words: gettext("Next chat"), needs: ".entry__link" },
        { id: "sidebar", keys: ["Mod+Shift+S"], words: gettext("Show or hide the sidebar"), needs: "#sidebar" },
        { id: "settings", keys: ["Mod+,"], words: gettext("Settings"), anywhere: true },
        { id: "rename", keys: ["F2"], words: gettext("Rename"), shown: true },
        { id: "close", keys: ["Escape"], words: gettext("Close what is open, or stop"), shown: true },
        { id: "undo", keys: ["Mod+Z"], words: gettext("Undo what was just done"), shown: true },
        { id: "sheet", keys: ["Mod+/", "?"], words: gettext("Keyboard shortcuts"), anywhere: true },
      ],
    },
    {
      title: gettext("Writing"),
      shortcuts: [
        { id: "focus", keys: ["Shift+Escape"], words: gettext("To the message box"), needs: "#message" },
        { id: "model", keys: ["Mod+Shift+M"], words: gettext("Choose a model"), needs: ".picker__button" },
        { id: "send", keys: [sends], words: gettext("Send"), shown: true },
        { id: "line", keys: [sends === "Enter" ? "Shift+Enter" : "Enter"], words: gettext("New line"), shown: true },
        { id: "last", keys: ["ArrowUp"], words: gettext("Edit the last question, in an empty box"), shown: true },
      ],
    },
    {
      title: gettext("Answers"),
      shortcuts: [
        { id: "stop", keys: ["Mod+Shift+X"], words: gettext("Stop generating"), needs: "[data-stop]:not([hidden])" },
        { id: "copy", keys: ["Alt+C"], words: gettext("Copy the last answer"), needs: "article[data-role=assistant]" },
        { id: "code", keys: ["Mod+Shift+;"], words: gettext("Copy the last code"), needs: "[data-action=copy-code]" },
        { id: "regenerate", keys: ["Alt+R"], words: gettext("Regenerate"), needs: "[data-action=regenerate]" },
        { id: "delete", keys: ["Mod+Shift+Backspace"], words: gettext("Move the chat to trash"), needs: CHAT },
      ],
    },
  ]
}

/** Which shortcut was pressed, whatever is on the page. @param {KeyboardEvent} event @param {boolean} mac */
export function pressed(event, mac) {
  if (event.getModifierState?.("AltGraph")) return null
  const known = shortcuts().flatMap((group) => group.shortcuts)
  return known.find(({ keys, shown }) => !shown && keys.some((combination) => fits(combination, event, mac))) ?? null
}

/** @param {string} combination @param {KeyboardEvent} event @param {boolean} mac */
function fits(combination, event, mac) {
  const [key = "", ...rest] = combination.split("+").reverse()
  const wants = (/** @type {string} */ name) => rest.includes(name)
  const mod = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (other || mod !== wants("Mod") || event.altKey !== wants("Alt")) return false
  // Where these signs lie differs between keyboards, and with it whether Shift is needed.
  if ("/?,".includes(key)) return event.key === key
  return event.shiftKey === wants("Shift") && isKey(key, event)
}

/** @param {string} key @param {KeyboardEvent} event */
function isKey(key, event) {
  if (key === ";") return event.key === ";" || event.key === ":"
  if (key.length > 1) return event.key === key
  if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase() === key
  // A keyboard without Latin letters, and Option on a Mac: then the place of the key counts.
  return event.code === `Key${key}`
}

export function isMac() {
  const { platform = "", userAgent = "" } = globalThis.navigator ?? {}
  return /Mac|iP(hone|ad|od)/.test(platform || userAgent)
}

const ON_MAC = { Mod: "⌘", Shift: "⇧", Alt: "⌥", Backspace: "⌫", Enter: "↵" }
const ELSEWHERE = { Mod: "Ctrl", Shift: "Shift", Alt: "Alt", Backspace: "⌫", Enter: "Enter" }
const SIGNS = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" }

/** As it is written on the keys of this computer. @param {string} combination @param {boolean} mac */
export function caps(combination, mac) {
  const names = /** @type {Record<string, string>} */ ({ ...SIGNS, ...(mac ? ON_MAC : ELSEWHERE) })
  return combination.split("+").map((key) => names[key] ?? key)
}
