"""What the studio calls sizes and failures."""

import re

import pytest
from django.test import Client

from media_gen.models import Job, State
from tests.media_gen.making import wanted
from zaichat.accounts.models import User


def shapes_in(page: str) -> list[str]:
    return re.findall(r"<span>(\d+:\d+)</span>", page.partition('class="shapes"')[2])


def test_going_from_films_to_pictures_leaves_no_second_square(hers: Client) -> None:
    """The film's square stood beside the picture's, and both were called 1:1."""
    page = hers.get("/studio/fields/?kind=image&was=cogvideox-3&size=1024x1024").content.decode()
    assert 'value="1280x1280" checked' in page
    assert shapes_in(page).count("1:1") == 1
    assert "<small>" not in page.partition('class="shapes"')[2].partition("</fieldset>")[0]


def test_a_size_of_ones_own_comes_back_beside_the_others_with_its_pixels(
    hers: Client, alice: User
) -> None:
    (job,) = wanted(alice, parameters={"size": "1024x1024"})
    page = hers.get(f"/studio/?from={job.pk}").content.decode()
    assert 'value="1024x1024" checked' in page
    assert "<small>1024×1024</small>" in page
    assert "<small>1280×1280</small>" in page


def test_shapes_of_one_ratio_are_told_apart_by_pixels_and_not_by_960p(hers: Client) -> None:
    page = hers.get("/studio/fields/?kind=video&model=cogvideox-2").content.decode()
    for told in ("1280×960", "960×1280", "3840×2160"):
        assert f"<small>{told}</small>" in page
    assert "960p" not in page


@pytest.mark.parametrize(
    ("error", "code"), [("content_blocked", "1301"), ("vendor_failed", "1301")]
)
def test_a_film_that_was_refused_asks_for_other_words_and_speaks_of_no_question(
    hers: Client, alice: User, error: str, code: str
) -> None:
    (job,) = wanted(alice)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, error=error, vendor_code=code)
    page = hers.get(f"/studio/jobs/?id={job.pk}").content.decode()
    assert "Refused" in page
    assert "Change the words" in page.partition("made__ways")[2]
    assert "question" not in page
    assert "Try again" not in page
    page = hers.get(
        f"/studio/jobs/?id={job.pk}", headers={"Accept-Language": "zh-CN"}
    ).content.decode()
    assert "提示词或生成的内容可能不安全" in page
    assert "提问" not in page


def test_where_other_words_may_help_they_come_first(hers: Client, alice: User) -> None:
    (job,) = wanted(alice)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, error="vendor_failed")
    ways = hers.get(f"/studio/jobs/?id={job.pk}").content.decode().partition("made__ways")[2]
    assert ways.index("Change the words") < ways.index("Try again")
