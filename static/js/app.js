/** Every page: the sidebar and short messages. Pages with a socket say themselves when they are ready. */
import "#elements/toast_stack"
import "#elements/conversation_sidebar"
import "#elements/password_field"
import "#elements/theme_switch"
import "#elements/passkey_trouble"

if (document.querySelector("kept-list")) import("#elements/kept_list")
if (!document.querySelector("chat-room")) document.documentElement.dataset.ready = ""
