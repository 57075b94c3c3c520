/** A conversation. Parts are defined before the room, so that it finds them working. */
import "#elements/markdown_body"
import "#elements/thinking_step"
import "#elements/follow_scroll"
import "#elements/model_picker"
import "#elements/thinking_control"
import "#elements/conversation_setup"
import "#elements/chat_composer"
import "#elements/chat_room"
