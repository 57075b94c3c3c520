/** Every page: the sidebar and short messages. Pages with a socket say themselves when they are ready. */
import "#elements/toast_stack"
import "#elements/conversation_sidebar"
import "#elements/password_field"
import "#elements/theme_switch"
import "#elements/settings_nav"
import { leaveRoomForKeyboard } from "#lib/keyboard_room"
import "#elements/passkey_trouble"
import { tellZone } from "#lib/zone"
import "#finding/keys"
import { guardForms } from "#lib/keys"
import { guardSigningOut } from "#lib/signing_out"

if (document.querySelector("kept-list")) import("#elements/kept_list")
tellZone()
guardForms(document)
guardSigningOut(document)
leaveRoomForKeyboard()
if (!document.querySelector("chat-room")) document.documentElement.dataset.ready = ""
