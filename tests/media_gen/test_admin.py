"""The panel's view of jobs: every row readable, none editable, and three things to decide."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from media_gen.jobs import moving
from media_gen.models import Album, AlbumEntry, Job, Reference, State
from tests import factories
from tests.media_gen.making import LEASE, claimed, made, stored, wanted
from zaichat.accounts import ledger
from zaichat.accounts.models import LedgerEntry, User
from zaichat.files.models import Page

JOBS = "/admin/media_gen/job/"
LISTS = [
    "media_gen/job",
    "media_gen/reference",
    "media_gen/album",
    "media_gen/albumentry",
    "media_gen/promptentry",
    "files/storedfile",
    "files/page",
]
READ_ONLY = [name for name in LISTS if "album" not in name]


@pytest.fixture
def panel(transactional_db: None, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("owner"))
    return client


def fill(name: str) -> Job:
    """One row in every list."""
    person = factories.person(name)
    job = made(person, "一只猫" * 40)
    Reference.objects.create(job=job, file=stored(person), number=0)
    AlbumEntry.objects.create(album=Album.objects.create(owner=person, name="Tea"), job=job)
    Page.objects.create(file=stored(person), number=1, text="hello")
    return job


def decide(panel: Client, deed: str, *jobs: Job) -> str:
    said: dict[str, Any] = {"action": deed, "_selected_action": [str(job.pk) for job in jobs]}
    return panel.post(JOBS, said, follow=True).content.decode()


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_for_one_row_and_for_many(panel: Client, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert panel.get(f"/admin/{name}/").status_code == 200
        return len(seen)

    fill("alice")
    few = queries()
    for person in ("bob", "carol"):
        fill(person)
    assert queries() == few


@pytest.mark.parametrize("name", READ_ONLY)
def test_every_row_is_shown_and_none_is_changed(panel: Client, name: str) -> None:
    fill("alice")
    row = apps.get_model(name.replace("/", ".")).objects.first()
    page = panel.get(f"/admin/{name}/{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert panel.post(f"/admin/{name}/{row.pk}/change/", {}).status_code == 403
    assert panel.post(f"/admin/{name}/add/", {}).status_code == 403


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("words", ["alice", "猫", "0192f0c1-7a3b-7c4d-8e5f-a1b2c3d4e5f6"])
def test_searching_takes_whatever_is_typed(panel: Client, name: str, words: str) -> None:
    fill("alice")
    assert panel.get(f"/admin/{name}/", {"q": words}).status_code == 200


def test_jobs_are_found_by_owner_state_model_and_task(panel: Client) -> None:
    job, other = fill("alice"), fill("bob")
    Job.objects.filter(pk=other.pk).update(
        state=State.FAILED, model="cogvideox-3", task_id="task-7", error="too_slow"
    )
    asked = (
        {"owner__id__exact": str(other.owner_id)},
        {"state__exact": "failed"},
        {"model": "cogvideox-3"},
        {"error": "too_slow"},
        {"q": "task-7"},
        {"q": str(other.batch)},
    )
    for query in asked:
        found = panel.get(JOBS, query).context["cl"].result_list
        assert [row.pk for row in found] == [other.pk], query
    assert panel.get(JOBS, {"q": str(job.pk)}).context["cl"].result_list[0].pk == job.pk


@pytest.mark.usefixtures("house")
def test_what_moves_is_cancelled_and_what_has_ended_stays(panel: Client, alice: User) -> None:
    waiting, ended = wanted(alice, count=2)
    Job.objects.filter(pk=ended.pk).update(state=State.DONE, ended_at=now())
    page = decide(panel, "cancel", waiting, ended)
    assert "Done for 1 job." in page
    assert "1 job does not stand so that this could be done" in page
    assert (state_of(waiting), state_of(ended)) == ("cancelled", "done")
    kinds = LedgerEntry.objects.filter(subject=waiting.pk).values_list("kind", flat=True)
    assert sorted(kinds) == ["refund", "reserve"]


@pytest.mark.usefixtures("house")
def test_a_lost_result_is_looked_for_again(panel: Client, alice: User) -> None:
    (job,) = wanted(alice)
    Job.objects.filter(pk=job.pk).update(task_id="task-7")
    moving.fail(claimed(Job.objects.get(pk=job.pk)), "too_slow", billed=True)
    assert "Done for 1 job." in decide(panel, "fetch_again", job)
    assert state_of(job) == "running"


@pytest.mark.usefixtures("house")
def test_what_needs_attention_is_left_at_that(panel: Client, alice: User) -> None:
    (job,) = wanted(alice)
    moving.ask_a_person(claimed(job), moving.FATE_UNKNOWN)
    assert "Done for 1 job." in decide(panel, "give_up", job)
    assert state_of(job) == "cancelled"
    assert LedgerEntry.objects.filter(subject=job.pk, kind="settle").exists()


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("way", ["one by one", "together"])
@pytest.mark.parametrize(
    ("state", "closed"),
    [
        ("queued", "refund"),
        ("submitting", "settle"),
        ("running", "settle"),
        ("needs_attention", "settle"),
    ],
)
def test_money_of_a_job_that_was_deleted_on_its_way_stayed_set_aside_for_ever(
    panel: Client, alice: User, state: str, closed: str, way: str
) -> None:
    (job,) = wanted(alice)
    Job.objects.filter(pk=job.pk).update(state=state)
    if way == "together":
        said = {"action": "delete_selected", "_selected_action": [str(job.pk)], "post": "yes"}
        panel.post(JOBS, said)
    else:
        panel.post(f"{JOBS}{job.pk}/delete/", {"post": "yes"})
    assert not Job.objects.exists()
    assert ledger.open_calls([job.pk]) == []
    assert LedgerEntry.objects.filter(subject=job.pk, kind=closed).count() == 1


@pytest.mark.usefixtures("house")
def test_a_worker_writes_nothing_about_a_job_that_was_deleted_meanwhile(
    panel: Client, alice: User
) -> None:
    (job,) = wanted(alice)
    held = claimed(job)
    panel.post(f"{JOBS}{job.pk}/delete/", {"post": "yes"})
    with pytest.raises(moving.Superseded):
        moving.hand_over(held, LEASE)
    with pytest.raises(moving.Superseded):
        moving.fail(held, "too_slow", billed=True)
    assert list(LedgerEntry.objects.values_list("kind", flat=True).order_by("created_at")) == [
        "reserve",
        "refund",
    ]


def test_who_may_only_look_decides_nothing(alice: User, client: Client) -> None:
    from django.contrib.auth.models import Permission

    (job,) = wanted(alice)
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_job"))
    client.force_login(looker)
    assert client.get(JOBS).status_code == 200
    decide(client, "cancel", job)
    assert state_of(job) == "queued"


def test_the_panel_says_it_in_chinese(panel: Client) -> None:
    fill("alice")
    page = panel.get(JOBS, headers={"Accept-Language": "zh-CN"}).content.decode()
    for words in ("取消", "再次查找", "按已计费处理", "提示词"):
        assert words in page
