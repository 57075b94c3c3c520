"""The Z.ai API: knows the wire, and nothing about who uses it.

No Django, no settings, no database. `ZaiClient` is the way in; what it gives back is defined in
deltas.py and types.py, what it raises in errors.py, what to tell a person about it in words.py,
and what each model can do and costs in catalog.py.
"""

from .client import CHINA, INTERNATIONAL, ZaiClient
from .deltas import (
    Content,
    ContentFilter,
    Delta,
    Finish,
    Reasoning,
    Started,
    ToolCallDelta,
    Usage,
    WebSearch,
)
from .errors import ZaiError
from .types import ChatRequest, Pool, Reply, Timeouts, ToolCall

__all__ = [
    "CHINA",
    "INTERNATIONAL",
    "ChatRequest",
    "Content",
    "ContentFilter",
    "Delta",
    "Finish",
    "Pool",
    "Reasoning",
    "Reply",
    "Started",
    "Timeouts",
    "ToolCall",
    "ToolCallDelta",
    "Usage",
    "WebSearch",
    "ZaiClient",
    "ZaiError",
]
