"""With what the studio's form begins: what its address says.

`?from=` and `?vary=` name a job whose settings come back. `?reference=`, `?animate=` and
`?continue=` name a picture or a film, by its job or by its file. `?kind=`, `?model=`, `?prompt=`,
`?count=`, `?picture=` and the fields of a request say it one by one. A stranger's id is 404.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from media_gen import asked
from media_gen.models import Job
from zaichat import vendor
from zaichat.accounts.asking import person, uuid_in
from zaichat.accounts.models import User
from zaichat.files.frames import last_frame
from zaichat.files.made import Unreadable
from zaichat.files.models import Kind, StoredFile


def begun(request: HttpRequest) -> dict[str, Any]:
    """`{"kind", "model", "prompt", "count", "pictures": [id], "parameters": {…}}`, and what is
    `said` about it where something could not be done."""
    user, address = person(request), request.GET
    for name, begin in WAYS.items():
        if name in address:
            key = uuid_in(address[name])
            if key is None:
                raise Http404
            return _said(address) | begin(user, key)
    return _said(address)


def _said(address: QueryDict) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: address.get(name, "") for name in ("kind", "model", "prompt", "was")
    }
    count = address.get("count", "")
    return said | {
        "count": int(count) if count.isascii() and count.isdecimal() and len(count) < 3 else 1,
        "pictures": [*address.getlist("picture"), *address.getlist("kept")],
        "parameters": asked.parameters_of(address),
    }


def _as_before(user: User, key: UUID) -> dict[str, Any]:
    job = get_object_or_404(Job.objects.visible_to(user), pk=key)
    used = job.references.order_by("number").values_list("file", flat=True)
    return {
        "kind": job.kind,
        "model": job.model,
        "prompt": job.prompt,
        "pictures": [str(file) for file in used],
        "parameters": job.parameters,
    }


def _varied(user: User, key: UUID) -> dict[str, Any]:
    return _as_before(user, key) | {"is_ready": True}


def _animated(user: User, key: UUID) -> dict[str, Any]:
    return {"kind": "video", "pictures": [str(_file(user, key, Kind.IMAGE).pk)]}


def _referred(user: User, key: UUID) -> dict[str, Any]:
    """The first model that keeps to a picture without beginning with it, or that begins with it."""
    picture = str(_file(user, key, Kind.IMAGE).pk)
    able = [m for kind in ("image", "video") for m in vendor.makers(kind) if _takes_picture(m)]
    able.sort(key=lambda model: not (model.making and model.making.refers))
    model = able[0] if able else None
    return {
        "kind": model.kind if model else "video",
        "model": model.name if model else "",
        "pictures": [picture],
    }


def _takes_picture(model: Any) -> bool:
    return bool(model.making and model.making.pictures[1])


def _continued(user: User, key: UUID) -> dict[str, Any]:
    film = _file(user, key, Kind.VIDEO)
    try:
        return {"kind": "video", "pictures": [str(last_frame(film).pk)]}
    except (Unreadable, OSError) as refusal:
        return {"kind": "video", "refusal": str(refusal) if isinstance(refusal, Unreadable) else ""}


def _file(user: User, key: UUID, kind: str) -> StoredFile:
    """What a job made, or a file that was brought."""
    found = StoredFile.objects.visible_to(user).filter(kind=kind)
    job = Job.objects.visible_to(user).filter(pk=key).first()
    return get_object_or_404(found, pk=job.result_id if job else key)


WAYS = {
    "from": _as_before,
    "again": _as_before,  # as addresses that people kept still say it
    "vary": _varied,
    "reference": _referred,
    "animate": _animated,
    "continue": _continued,
}
