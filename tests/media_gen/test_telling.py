"""Pages hear of jobs that other processes move, and what became of a wish."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from media_gen import news
from media_gen.jobs.watching import Watch
from media_gen.models import Job, State
from tests.conftest import OpenSocket
from tests.media_gen.making import done, wanted
from zaichat.accounts import hints
from zaichat.accounts.models import User


@pytest.fixture
def hinted(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    said: list[UUID] = []

    async def keep(_owner: UUID, _what: str, subject: UUID) -> None:
        said.append(subject)

    monkeypatch.setattr(hints, "ahint", keep)
    return said


async def set_state(job: Job, state: State) -> None:
    await Job.objects.filter(pk=job.pk).aupdate(state=state)


async def test_a_job_that_stands_otherwise_is_hinted_at_once(
    alice: User, mallory: User, hinted: list[UUID]
) -> None:
    (job,), (other,) = await sync_to_async(wanted)(alice), await sync_to_async(wanted)(mallory)
    watch = Watch()
    steps = (State.SUBMITTING, State.RUNNING, State.SAVING, State.DONE, State.DONE)
    await watch.look([alice.pk])
    for state in steps:
        for row in (job, other):
            await set_state(row, state)
        await watch.look([alice.pk])
    # What is handed over is running to a page.
    assert hinted == [job.pk] * 3


def test_many_jobs_are_told_with_as_many_queries_as_one(hers: Client, alice: User) -> None:
    def queries(jobs: list[Job]) -> int:
        with CaptureQueriesContext(connection) as seen:
            told(hers, *jobs)
        return len(seen)

    jobs = wanted(alice, count=8)
    assert queries(jobs) == queries(jobs[:1])


async def test_nobody_is_looked_for_whose_pages_are_closed(alice: User, hinted: list[UUID]) -> None:
    (job,) = await sync_to_async(wanted)(alice)
    watch = Watch()
    await watch.look([alice.pk])
    await set_state(job, State.DONE)
    await watch.look([])
    await watch.look([alice.pk])
    assert hinted == []


async def test_a_worker_elsewhere_reaches_an_open_page(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Redis its own hints reach nobody: here only the row changes."""
    (job,) = await sync_to_async(wanted)(alice)
    look, looked = Watch.look, asyncio.Event()

    async def observed(watch: Watch, people: set[UUID]) -> None:
        await look(watch, people)
        if people:
            looked.set()

    monkeypatch.setattr(Watch, "look", observed)
    tab = await open_socket(alice)
    await looked.wait()
    await set_state(job, State.RUNNING)
    await tab.hear_until("hint", what="job", id=str(job.pk))
    await set_state(job, State.FAILED)
    await tab.hear_until("hint", what="job", id=str(job.pk))


def told(client: Client, *jobs: Job) -> Any:
    query = "&".join(f"id={job.pk}" for job in jobs)
    return client.get(f"/jobs/?{query}&id=x").json()


def test_a_script_hears_how_my_jobs_stand_and_nobody_elses(
    hers: Client, alice: User, mallory: User
) -> None:
    made, (moving,), (other,) = done(alice), wanted(alice), wanted(mallory)
    said = told(hers, made, moving, other)
    first, second = said["jobs"]
    assert (first["id"], first["state"]) == (str(made.pk), "done")
    assert first["result"]["url"] == made.result.get_absolute_url()
    assert (second["state"], second["result"]) == ("queued", None)
    assert second["usual"] > 0
    assert [one["batch"] for one in said["news"]] == [str(made.batch)]
    assert said["news"][0]["words"] == "Your picture is ready"
    assert said["news"][0]["href"] == f"/gallery/{made.pk}/"


@pytest.mark.parametrize(
    ("states", "words", "chinese"),
    [
        ("done done", "Your 2 pictures are ready", "2 张图片已完成"),
        ("done cancelled", "Your picture is ready", "1 张图片已完成"),
        ("done failed", "1 of 2 are ready", "2 个中已完成 1 个"),
        ("failed failed", "Your picture could not be made", "图片未能生成"),
        ("needs_attention", "Your picture needs a decision", "图片需要你决定如何处理"),
    ],
)
def test_what_became_of_a_wish_is_said_in_words(
    alice: User, states: str, words: str, chinese: str
) -> None:
    jobs = wanted(alice, count=len(states.split()))
    for job, state in zip(jobs, states.split(), strict=True):
        Job.objects.filter(pk=job.pk).update(state=state)
    first = Job.objects.filter(pk=jobs[0].pk)
    assert news.of_jobs(first)["news"][0]["words"] == words
    with translation.override("zh-hans"):
        assert news.of_jobs(first)["news"][0]["words"] == chinese


def test_nothing_is_said_while_something_of_it_moves_or_when_all_was_cancelled(
    alice: User,
) -> None:
    first, second = wanted(alice, count=2)
    Job.objects.filter(pk=first.pk).update(state=State.DONE)
    assert news.of_jobs(Job.objects.filter(pk=first.pk))["news"] == []
    Job.objects.filter(pk__in=[first.pk, second.pk]).update(state=State.CANCELLED)
    assert news.of_jobs(Job.objects.filter(pk=first.pk))["news"] == []
