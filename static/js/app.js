/** Every page: the sidebar and short messages. A page with a conversation says itself when it is ready. */
import "#lib/early_socket"
import "#elements/toast_stack"
import "#elements/conversation_sidebar"
import "#elements/password_field"
import "#elements/theme_switch"
import "#elements/settings_nav"
import { makeRoomForKeyboard } from "#lib/viewport"
import "#elements/passkey_trouble"
import { remembers } from "#lib/storage"
import { noticeLostParts } from "#lib/updating"
import { tellZone } from "#lib/zone"
import "#finding/keys"
import { guardForms } from "#lib/keys"
import { closeWhenLeft, tellCovered } from "#lib/popovers"
import { guardSigningOut } from "#lib/signing_out"

const isConversation = !!document.querySelector("chat-room")
if (document.querySelector("studio-room, media-wall")) import("#elements/studio_room")
if (document.querySelector("media-wall")) import("#elements/media_wall")
if (document.querySelector("media-viewer")) import("#elements/media_viewer")
if (document.querySelector("ready-bell")) import("#elements/ready_bell")
if (remembers("jobs.moving")) import("#jobs/hearing").then(({ resume }) => resume())
if (document.querySelector("kept-list")) import("#elements/kept_list")
if (document.querySelector("conversation-sidebar") && !isConversation) import("#sidebar/hearing").then(({ hear }) => hear())
addEventListener("touchstart", () => import("#lib/pulling").then(({ watchSheets }) => watchSheets()), { once: true, passive: true })
noticeLostParts()
tellZone()
guardForms(document)
closeWhenLeft()
tellCovered()
guardSigningOut(document)
makeRoomForKeyboard()
// What answers a form is no page to come back to: the browser would offer to send the form again.
if ("posted" in document.documentElement.dataset) history.replaceState(null, "", location.href)
if (!isConversation) document.documentElement.dataset.ready = ""
