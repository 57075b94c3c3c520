"""What talk is made of: Conversation, its tree of Messages, their Generations, Drafts.

And SearchEntry, by which they are found.
"""

from conversations.models.attachment import Attachment
from conversations.models.conversation import Conversation
from conversations.models.draft import Draft
from conversations.models.generation import Generation, Status
from conversations.models.message import Message, Role
from conversations.models.search_entry import SearchEntry

__all__ = [
    "Attachment",
    "Conversation",
    "Draft",
    "Generation",
    "Message",
    "Role",
    "SearchEntry",
    "Status",
]
