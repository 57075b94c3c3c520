/** A conversation. Parts are defined before the room, so that it finds them working. */
import { load } from "#elements/markdown_body"
import "#elements/thinking_step"
import "#elements/follow_scroll"
import "#elements/model_picker"
import "#elements/thinking_control"
import "#elements/conversation_setup"
import "#elements/context_gauge"
import "#elements/chat_composer"
import "#chat/photos"
import { cleaner } from "#lib/cleaner"
import { ChatRoom } from "#elements/chat_room"

// A new chat needs what draws with its first answer; it comes while the question is typed.
if (!document.querySelector("markdown-body")) document.addEventListener("input", () => Promise.all([load(), cleaner()]).catch(() => {}), { once: true })

customElements.define("chat-room", ChatRoom)
