"""The studio and the gallery as a person meets them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from media_gen import shown
from media_gen.indexing import index_the_rest
from media_gen.models import Job, State
from media_gen.templatetags.studio import usual_words
from tests.media_gen.making import done, png, wanted
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

SCRIPT = {"X-Requested-With": "fetch"}


def asked(client: Client, **said: Any) -> Any:
    fields = {"model": "glm-image", "prompt": "a cat", "count": "1", **said}
    return client.post("/studio/make/", fields, headers=SCRIPT)


def test_a_wish_becomes_a_batch_with_a_place_for_each_picture(hers: Client) -> None:
    answer = asked(hers, count="3", size="1568x1056")
    assert answer.status_code == 201
    assert answer.content.count(b'data-status="queued"') == 3
    assert answer.content.count(b'viewBox="0 0 1568 1056"') == 3


def test_pressing_twice_asks_once(hers: Client) -> None:
    command = str(uuid4())
    for _ in range(2):
        assert asked(hers, command=command).status_code == 201
    assert Job.objects.count() == 1


def test_a_wish_that_does_not_fit_says_why_and_makes_nothing(hers: Client) -> None:
    answer = asked(hers, size="1x1")
    assert answer.status_code == 422
    assert "Field “size”" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_picture_that_was_selected_is_never_made_and_paid_as_a_film(hers: Client) -> None:
    answer = asked(hers, model="cogvideox-3", kind="image")
    assert (answer.status_code, Job.objects.count()) == (422, 0)
    assert answer.content.decode() == "Field “kind”: CogVideoX-3 makes no pictures"
    assert "makes no films" in asked(hers, kind="video").content.decode()


def test_without_scripts_another_kind_brings_its_fields_and_keeps_the_words(hers: Client) -> None:
    fields = {"model": "glm-image", "prompt": "a rare bird", "count": "1", "kind": "video"}
    page = hers.post("/studio/make/", fields).content.decode()
    assert "a rare bird" in page
    assert 'value="cogvideox-3" selected' in page


def test_browsers_do_not_select_again_over_the_fields_of_the_studio(hers: Client) -> None:
    form = hers.get("/studio/").content.decode().split('class="studio__form"')[1].split(">")[0]
    assert 'autocomplete="off"' in form


def test_without_scripts_a_refused_wish_keeps_what_was_typed(hers: Client) -> None:
    fields = {"model": "glm-image", "prompt": "a rare bird", "count": "9", "kind": "image"}
    answer = hers.post("/studio/make/", fields)
    assert answer.status_code == 422
    assert "a rare bird" in answer.content.decode()
    assert "it must be from 1 to 8" in answer.content.decode()


def test_without_scripts_a_wish_leads_back_to_the_wall(hers: Client) -> None:
    answer = hers.post("/studio/make/", {"model": "glm-image", "prompt": "a cat"}, follow=True)
    assert answer.redirect_chain == [("/studio/", 302)]
    assert 'data-status="queued"' in answer.content.decode()


def test_a_picture_from_this_device_begins_a_film(hers: Client) -> None:
    upload = SimpleUploadedFile("cat.png", png(), "image/png")
    assert asked(hers, model="cogvideox-3", upload=upload).status_code == 201
    (reference,) = Job.objects.get().references.all()
    assert reference.file.name == "cat.png"


def test_a_broken_picture_is_named(hers: Client) -> None:
    upload = SimpleUploadedFile("cat.png", b"\x89PNG broken", "image/png")
    answer = asked(hers, model="cogvideox-3", upload=upload)
    assert answer.status_code == 422
    assert "cat.png" in answer.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("model", "there", "gone"),
    [
        ("cogvideox-3", ("with_audio", "duration", "fps", "upload"), ("style", "aspect_ratio")),
        ("viduq1-text", ("style", "aspect_ratio", "movement_amplitude"), ("upload", "fps")),
    ],
)
def test_each_model_offers_only_its_own_fields(
    hers: Client, model: str, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    page = hers.get(f"/studio/fields/?kind=video&model={model}").content.decode()
    assert all(f'name="{name}"' in page for name in there)
    assert not any(f'name="{name}"' in page for name in gone)


def test_a_picture_to_animate_stands_in_the_form_and_gives_the_shape(
    hers: Client, alice: User
) -> None:
    stored = receive(alice, SimpleUploadedFile("cat.png", png(90, 160)))
    page = hers.get(f"/studio/?kind=video&picture={stored.pk}").content.decode()
    assert f'name="picture" value="{stored.pk}"' in page
    assert 'value="720x1280" checked' in page


def test_the_settings_of_a_job_come_back_into_the_form(hers: Client, alice: User) -> None:
    (job,) = wanted(alice, prompt="a blue door", parameters={"size": "1728x960"})
    page = hers.get(f"/studio/?from={job.pk}").content.decode()
    assert "a blue door" in page
    assert 'value="1728x960" checked' in page


def test_how_jobs_stand_is_told_for_mine_only(hers: Client, mallory: User, alice: User) -> None:
    (mine,), (other,) = wanted(alice), wanted(mallory)
    page = hers.get(f"/studio/jobs/?id={mine.pk}&id={other.pk}&id=x").content.decode()
    assert str(mine.pk) in page
    assert str(other.pk) not in page


def test_a_waiting_job_is_cancelled_and_a_failed_one_tried_again(hers: Client, alice: User) -> None:
    (job,) = wanted(alice)
    page = hers.post(f"/studio/jobs/{job.pk}/cancel/", headers=SCRIPT).content.decode()
    assert 'data-status="cancelled"' in page
    assert hers.post(f"/studio/jobs/{job.pk}/again/", headers=SCRIPT).status_code == 201
    assert Job.objects.filter(state=State.QUEUED).count() == 1


def attended(user: User) -> Job:
    """One that was asked for, and nobody knows how that ended."""
    (job,) = wanted(user)
    Job.objects.filter(pk=job.pk).update(state=State.NEEDS_ATTENTION, error="fate_unknown")
    return job


def test_of_what_nobody_knows_the_person_decides(hers: Client, alice: User) -> None:
    left, repeated = attended(alice), attended(alice)
    page = hers.get("/studio/").content.decode()
    assert "Ask again (may cost twice)" in page
    page = hers.post(f"/studio/jobs/{left.pk}/give-up/", headers=SCRIPT).content.decode()
    assert 'data-status="cancelled"' in page
    assert hers.post(f"/studio/jobs/{repeated.pk}/again/", headers=SCRIPT).status_code == 201
    repeated.refresh_from_db()
    assert repeated.state == State.CANCELLED
    assert Job.objects.filter(state=State.QUEUED).count() == 1


def test_a_lost_film_can_be_fetched_free_of_charge(hers: Client, alice: User) -> None:
    (job,) = wanted(alice)
    lost = {"state": State.FAILED, "error": "not_saved", "task_id": "t"}
    Job.objects.filter(pk=job.pk).update(**lost)
    assert "Fetch it (free)" in hers.get("/studio/").content.decode()
    page = hers.post(f"/studio/jobs/{job.pk}/fetch/", headers=SCRIPT).content.decode()
    assert 'data-status="running"' in page
    assert Job.objects.count() == 1


def test_nothing_is_paid_for_that_there_is_no_room_for(
    hers: Client, alice: User, settings: LazySettings
) -> None:
    done(alice)
    settings.STORAGE_PER_PERSON = 1
    answer = asked(hers)
    assert answer.status_code == 422
    assert "Your storage is full" in answer.content.decode()
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    "error", ["fate_unknown", "too_slow", "task_lost", "not_saved", "no_room", "x"]
)
def test_a_failure_is_said_in_words(hers: Client, alice: User, error: str) -> None:
    (job,) = wanted(alice)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, error=error)
    page = hers.get("/studio/").content.decode()
    assert "It failed" in page
    assert shown.reason(Job.objects.get()) in page.replace("&#x27;", "'")


def test_the_usual_time_is_learned_from_what_was_made(alice: User) -> None:
    assert shown.usual_time("glm-image", "image").middle == 20
    assert usual_words(shown.usual_time("cogvideox-3", "video")) == "usually 2–4 min"
    for seconds in (30, 40, 80):
        begun = now() - timedelta(hours=1)
        done(alice, created_at=begun, ended_at=begun + timedelta(seconds=seconds))
    assert shown.usual_time("glm-image", "image").middle == pytest.approx(40)
    assert usual_words(shown.usual_time("glm-image", "image")) == "about 40 s"


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        (
            "kind=image&model=cogview-3&was=glm-image&size=1568x1056",
            ("Ratio: 1:1 instead of 3:2",),
            ("Quality",),
        ),
        (
            "kind=image&model=glm-image&was=cogview-4&size=1152x864&quality=hd",
            ('value="1472x1088" checked',),
            ("Ratio", "Quality"),
        ),
        (
            "kind=video&model=cogvideox-2&was=cogvideox-3&size=1080x1920&fps=60&duration=10&count=3",
            ('value="1080x1920" checked', 'value="60" checked', "Length: not with this model"),
            ("Ratio:", "Frames per second:"),
        ),
        (
            "kind=video&model=viduq1-text&was=cogvideox-3&with_audio_asked=1&with_audio=on",
            ("With sound: not with this model",),
            ("instead",),
        ),
    ],
)
def test_another_model_keeps_what_it_can_and_says_what_changed(
    hers: Client, query: str, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    page = hers.get(f"/studio/fields/?{query}").content.decode()
    notes = page.partition("data-changes")[2].partition("</ul>")[0]
    assert all(part in page for part in there)
    assert not any(part in notes for part in gone)


def test_pictures_that_a_model_cannot_take_are_kept_for_the_next(hers: Client, alice: User) -> None:
    keys = [receive(alice, SimpleUploadedFile("cat.png", png())).pk for _ in range(2)]
    query = "&".join(f"picture={key}" for key in keys)
    page = hers.get(f"/studio/fields/?kind=image&was=cogvideox-3&{query}").content.decode()
    assert page.count('name="kept"') == 2
    assert "takes no pictures; yours are kept" in page
    query = query.replace("picture", "kept")
    page = hers.get(f"/studio/fields/?kind=video&was=glm-image&{query}").content.decode()
    assert page.count('name="picture"') == 2
    assert 'name="quality"' not in page  # between two pictures films are only made fast


def test_the_estimate_counts_pictures_and_says_how_long(hers: Client) -> None:
    page = hers.get("/studio/fields/?kind=image&count=4").content.decode()
    assert "<span data-ordered>4 pictures</span>, about 20 s" in page


def test_what_was_made_is_offered_to_choose_from(hers: Client, alice: User, mallory: User) -> None:
    cat, _dog = done(alice, "一只橙色的猫"), done(alice, "a dog")
    done(mallory, "橙色的狗")
    index_the_rest()
    page = hers.get("/studio/pick/?kind=image&q=橙色").content.decode()
    assert page.count("data-told=") == 1
    assert str(cat.result_id) in page
    assert "data-told=" not in hers.get("/studio/pick/?kind=video").content.decode()


def test_the_gallery_has_what_is_done_and_finds_it_by_two_chinese_signs(
    hers: Client, alice: User, mallory: User
) -> None:
    done(alice, "一只橙色的猫在海边"), done(alice, "a red door"), done(mallory, "橙色的狗")
    index_the_rest()
    wanted(alice, prompt="not yet")
    page = hers.get("/gallery/").content.decode()
    assert page.count("data-job=") == 2
    found = hers.get("/gallery/?q=橙色").content.decode()
    assert found.count("data-job=") == 1
    assert "一只橙色的猫在海边" in found


def test_a_film_in_the_gallery_loads_nothing_by_itself(hers: Client, alice: User) -> None:
    job = done(alice)
    Job.objects.filter(pk=job.pk).update(kind="video")
    StoredFile.objects.filter(pk=job.result_id).update(kind="video", seconds=5)
    page = hers.get("/gallery/").content.decode()
    assert '<video preload="none"' in page
    assert f'data-src="/files/{job.result_id}/"' in page
    assert "0:05" in page


def test_pages_speak_chinese(hers: Client, alice: User) -> None:
    done(alice)
    for address in ("/studio/?kind=video", "/gallery/"):
        page = hers.get(address, headers={"Accept-Language": "zh-CN"}).content.decode()
        assert "创作室" in page
        assert "图库" in page
