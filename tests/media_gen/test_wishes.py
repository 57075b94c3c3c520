"""What may be wished for, and what is said of the rest."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.utils import translation

from media_gen.jobs import asking, wishes
from media_gen.jobs.wishes import MOST_AT_ONCE, Unfit
from media_gen.models import Job
from tests.media_gen.making import wanted
from zaichat.accounts.models import LedgerEntry, User
from zaichat.files.models import Kind, StoredFile

GONE = "018f0000-0000-7000-8000-000000000000"


def read(user: User, **said: Any) -> wishes.Wish:
    return wishes.read(user, {"model": "cogvideox-3", "prompt": "a cat", **said})


def a_picture(owner: User, **more: Any) -> StoredFile:
    fields: dict[str, Any] = {"kind": Kind.IMAGE, "name": "cat.png", "size": 1000, **more}
    return StoredFile.objects.create(
        owner=owner, media_type="image/png", path=f"aa/{uuid4()}.png", **fields
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"model": "glm-4.6"}, "Field “model”: it must be one that makes pictures or films here"),
        ({"model": 5}, "Field “model”: it must be one that makes pictures or films here"),
        ({"prompt": "  "}, "Field “prompt”: say what is to be made"),
        ({"prompt": ["a"]}, "Field “prompt”: it must be text"),
        (
            {"prompt": "x" * 513},
            "Field “prompt”: it has 513 characters; CogVideoX-3 takes at most 512",
        ),
        ({"count": 0}, f"Field “count”: it must be from 1 to {MOST_AT_ONCE}"),
        ({"count": True}, f"Field “count”: it must be from 1 to {MOST_AT_ONCE}"),
        ({"pictures": "x"}, "Field “pictures”: it must be a list of ids"),
        ({"pictures": ["x"]}, "Field “pictures”: it must be a list of ids"),
        ({"pictures": [GONE]}, "Field “pictures”: a picture was not found"),
        ({"pictures": [GONE] * 3}, "Field “pictures”: CogVideoX-3 starts from 0 to 2 pictures"),
        ({"parameters": []}, "Field “parameters”: it must be an object"),
        ({"parameters": {"size": "1x1"}}, "Field “size”: it must be one of 1280x720"),
        ({"parameters": {"fps": 31}}, "Field “fps”: it must be one of 30, 60"),
        ({"parameters": {"fps": True}}, "Field “fps”: it must be one of 30, 60"),
        ({"parameters": {"style": "anime"}}, "Field “style”: this model cannot be told"),
        ({"parameters": {"with_audio": 1}}, "Field “with_audio”: this model cannot be told"),
        ({"parameters": {"webhook": "x"}}, "Field “webhook”: it is not known"),
    ],
)
def test_what_does_not_fit_is_said_by_its_field(
    alice: User, said: dict[str, Any], words: str
) -> None:
    with pytest.raises(Unfit) as refusal:
        read(alice, **said)
    assert str(refusal.value).startswith(words)


def test_people_are_told_in_their_language(alice: User) -> None:
    with translation.override("zh-hans"), pytest.raises(Unfit) as refusal:
        read(alice, prompt="")
    assert str(refusal.value) == "字段“prompt”：请写下要生成的内容"


def test_a_strangers_picture_is_not_found(alice: User, mallory: User) -> None:
    picture = a_picture(alice)
    with pytest.raises(Unfit, match="was not found"):
        read(mallory, pictures=[str(picture.pk)])


def test_a_picture_too_large_for_the_model_is_named(alice: User) -> None:
    picture = a_picture(alice, size=5_000_001)
    with pytest.raises(Unfit, match=r"“cat.png” is larger than the 5 MB"):
        read(alice, pictures=[str(picture.pk)])


def test_a_film_between_two_pictures_is_made_fast(alice: User) -> None:
    keys = [str(a_picture(alice).pk) for _ in range(2)]
    wish = read(alice, prompt="", pictures=keys, parameters={"quality": "quality"})
    assert [str(file.pk) for file in wish.pictures] == keys
    assert wish.parameters["quality"] == "speed"


def test_a_picture_needs_words_and_a_film_words_or_a_picture(alice: User) -> None:
    assert read(alice, prompt="", pictures=[str(a_picture(alice).pk)]).prompt == ""
    with pytest.raises(Unfit, match="say what is to be made"):
        read(alice, model="glm-image", prompt="")


def test_only_models_that_the_owner_left_open(alice: User, settings: LazySettings) -> None:
    settings.LOCAL_DEMO = False
    settings.MODELS = ["cogview-4"]
    with pytest.raises(Unfit):
        read(alice)


def test_variants_are_jobs_of_their_own_each_with_its_money(alice: User) -> None:
    jobs = wanted(alice, count=3)
    assert [job.number for job in jobs] == [0, 1, 2]
    assert len({job.batch for job in jobs}) == 1
    assert LedgerEntry.objects.filter(subject__in=[job.pk for job in jobs]).count() == 3


def test_the_same_command_again_makes_nothing_new(alice: User) -> None:
    command, wish = uuid4(), read(alice, count=2)
    first, second = asking.ask(alice, command, wish), asking.ask(alice, command, wish)
    assert [job.pk for job in first] == [job.pk for job in second]
    assert Job.objects.count() == LedgerEntry.objects.count() == 2


def test_once_more_is_a_job_of_its_own_with_the_same_wish(alice: User) -> None:
    keys = [str(a_picture(alice).pk)]
    wish = read(alice, pictures=keys, parameters={"fps": 60})
    (job,) = asking.ask(alice, uuid4(), wish)
    more = asking.again(job, uuid4())
    assert more.pk != job.pk
    assert (more.model, more.prompt, more.parameters) == (job.model, job.prompt, job.parameters)
    assert [str(row.file_id) for row in more.references.all()] == keys
