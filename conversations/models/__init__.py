"""What a conversation is made of: Conversation, its tree of Messages, their Generations."""

from conversations.models.conversation import Conversation
from conversations.models.generation import Generation, Status
from conversations.models.message import Message, Role

__all__ = ["Conversation", "Generation", "Message", "Role", "Status"]
