"""What is kept of a film, and what is refused and fetched again."""

import asyncio
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings

from media_gen.jobs.port import Looked
from media_gen.models import Job, State
from tests.media_gen.making import ADDRESS, Vendor, png, wanted
from tests.media_gen.test_leading import led, one
from tests.zaichat.files.films import film
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile

pytestmark = pytest.mark.usefixtures("house")


async def brought(user: User, *data: bytes | Exception, model: str = "cogvideox-3") -> Job:
    """A job whose result was fetched as often as there is something to fetch."""
    vendor = Vendor()
    vendor.bytes = list(data)
    return await led(await one(user, model=model), vendor, 2 + len(data))


async def test_a_film_is_kept_with_its_measures_and_a_poster(alice: User) -> None:
    job = await brought(alice, film(seconds=2, size=(64, 48)))
    assert job.state == State.DONE
    kept = await StoredFile.objects.aget(pk=job.result_id)
    assert (kept.kind, kept.media_type) == ("video", "video/mp4")
    assert (kept.width, kept.height) == (64, 48)
    assert kept.seconds == pytest.approx(2, abs=0.3)
    assert kept.thumbnail
    assert kept.colour


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        ("cogvideox-3", cut(film(seconds=2))),
        ("cogvideox-3", b"<html><body>Sign in</body></html>"),
        ("cogvideox-3", png()),
        ("cogvideox-3", b""),
        ("glm-image", cut(png(640, 480))),
        ("glm-image", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("glm-image", film(seconds=2)),
    ],
    ids=["half a film", "a page", "a picture", "nothing", "half a picture", "drawing", "a film"],
)
async def test_what_is_not_what_was_paid_for_is_not_kept_and_fetched_again(
    alice: User, settings: LazySettings, model: str, wrong: bytes
) -> None:
    job = await brought(alice, wrong, model=model)
    assert (job.state, job.tries) == (State.SAVING, 1)
    assert not await StoredFile.objects.aexists()
    incoming = Path(settings.DATA_DIR) / "incoming"
    assert await asyncio.to_thread(lambda: list(incoming.iterdir())) == []


async def test_of_four_pictures_one_may_fail_alone(alice: User) -> None:
    jobs = await sync_to_async(wanted)(alice, count=4)
    vendor = Vendor()
    for number, job in enumerate(jobs):
        vendor.looks = [Looked("failed") if number == 2 else Looked("done", ADDRESS)]
        await led(job, vendor, 2 if number == 2 else 3)
    rows = Job.objects.filter(batch=jobs[0].batch).order_by("number")
    states = [state async for state in rows.values_list("state", flat=True)]
    assert states == ["done", "done", "failed", "done"]
