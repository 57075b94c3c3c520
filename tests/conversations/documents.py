"""Documents for tests, as rows: what their pages say matters, not how they came in."""

from uuid import uuid4

from conversations.models import Message
from zaichat.accounts.models import User
from zaichat.files.models import Kind, Page, StoredFile


def document(person: User, name: str, *texts: str, **fields: object) -> StoredFile:
    """One page for each text; an empty one is a scan."""
    path = f"ab/{uuid4().hex}.pdf"
    values: dict[str, object] = {
        "owner": person,
        "kind": Kind.DOCUMENT,
        "name": name,
        "media_type": "application/pdf",
        "path": path,
        "size": 1000,
        "sha256": "0" * 64,
        "page_count": len(texts),
    }
    made = StoredFile.objects.create(**values | fields)
    Page.objects.bulk_create(
        Page(
            file=made, number=n, label=str(n), text=text, picture="" if text else f"{path}-{n}.png"
        )
        for n, text in enumerate(texts, start=1)
    )
    return made


def asking(text: str, *files: StoredFile) -> Message:
    """A question that is not saved, with these files."""
    message = Message(role="user", text=text, attachment_count=len(files))
    message.attached = files
    return message
