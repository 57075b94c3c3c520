"""Which models somebody may choose from, and which one is chosen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from conversations.engine.asking import wished as wished_by
from conversations.models import Conversation, Draft, Generation
from conversations.models.generation import Command
from zaichat import vendor
from zaichat.accounts.models import User
from zaichat.zai import catalog
from zaichat.zai.catalog import Model

FEW = 8
"""So many models are found without a field."""


@dataclass(frozen=True)
class Offer:
    """`local_demo`: a model on this computer answers, since no key is set.

    It is the small one that comes along, or with `own_model` the owner's (EMBEDDED_GGUF).
    """

    models: Sequence[Model]
    chosen: Model
    local_demo: bool
    own_model: bool = False
    is_open: bool = False
    """A name that is not listed can be typed: the owner did not close the list."""
    options: dict[str, Any] = field(default_factory=dict)
    """As they were chosen last, here."""

    @property
    def options_said(self) -> str:
        return json.dumps(self.options) if self.options else ""

    @property
    def is_searchable(self) -> bool:
        return self.is_open or len(self.models) > FEW


def offer(
    user: User, conversation: Conversation | None = None, draft: Draft | None = None
) -> Offer:
    """The models of the configured platform; chosen is the draft's, else the conversation's last,
    else the person's.

    At most one query.
    """
    models = vendor.chat_models()
    last, options = _last_used(user, conversation) if conversation else ("", {})
    names = (draft.model if draft else "", last, user.default_model)
    wished = [name for name in names if name and vendor.may_use(name)]
    chosen = catalog.find(next(iter(wished), vendor.default_model()))
    if settings.LOCAL_DEMO:
        chosen = models[0]
    elif chosen not in models:
        models = [chosen, *models]
    own_model = settings.LOCAL_DEMO and bool(settings.EMBEDDED_GGUF)
    options = (draft.options if draft else None) or options
    is_open = not settings.LOCAL_DEMO and not settings.MODELS
    return Offer(models, chosen, settings.LOCAL_DEMO, own_model, is_open, options)


def _last_used(user: User, conversation: Conversation) -> tuple[str, dict[str, Any]]:
    """Model and options of the newest question's answer; trying another way is for once."""
    used = Generation.objects.visible_to(user).filter(message__conversation=conversation)
    used = used.exclude(command=Command.REGENERATE)
    last = used.order_by("-created_at", "-pk").values_list("model", "options").first()
    return (last[0], wished_by(last[1])) if last else ("", {})
