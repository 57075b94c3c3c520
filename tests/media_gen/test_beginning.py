"""With what the studio's form begins when a link leads there."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from media_gen.models import Job, State
from tests.media_gen.making import png, wanted
from tests.zaichat.files.films import film
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive


def made(user: User, name: str, content: bytes, model: str = "glm-image") -> Job:
    (job,) = wanted(user, model=model)
    stored = receive(user, SimpleUploadedFile(name, content))
    Job.objects.filter(pk=job.pk).update(state=State.DONE, result=stored)
    return Job.objects.get(pk=job.pk)


def page(client: Client, query: str) -> str:
    answer = client.get(f"/studio/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_settings_of_a_job_come_back_with_its_pictures(client: Client, alice: User) -> None:
    client.force_login(alice)
    picture = receive(alice, SimpleUploadedFile("cat.png", png()))
    (job,) = wanted(
        alice,
        model="cogvideox-3",
        prompt="a blue door",
        pictures=[str(picture.pk)],
        parameters={"size": "1080x1920", "fps": 60, "with_audio": True},
    )
    for way in ("from", "vary"):
        html = page(client, f"{way}={job.pk}")
        for part in ("a blue door", 'value="1080x1920" checked', 'value="60" checked'):
            assert part in html
        assert f'name="picture" value="{picture.pk}"' in html
        assert ("autofocus" in html) is (way == "vary")


def test_a_picture_is_animated_by_its_job_or_by_its_file(client: Client, alice: User) -> None:
    client.force_login(alice)
    job = made(alice, "cat.png", png(90, 160))
    for key in (job.pk, job.result_id):
        html = page(client, f"animate={key}")
        assert 'value="video" checked' in html
        assert f'name="picture" value="{job.result_id}"' in html
        assert 'value="720x1280" checked' in html


def test_a_picture_to_keep_to_goes_to_a_model_that_can(client: Client, alice: User) -> None:
    client.force_login(alice)
    job = made(alice, "cat.png", png())
    html = page(client, f"reference={job.pk}")
    assert '<option value="vidu2-reference" selected>' in html
    assert f'name="picture" value="{job.result_id}"' in html


def test_a_film_goes_on_from_its_last_frame_which_is_made_once(client: Client, alice: User) -> None:
    client.force_login(alice)
    job = made(alice, "beach.mp4", film(seconds=2), "cogvideox-3")
    first, second = (page(client, f"continue={key}") for key in (job.pk, job.result_id))
    end = StoredFile.objects.get(origin__end_of=str(job.result_id))
    assert f'name="picture" value="{end.pk}"' in first
    assert f'name="picture" value="{end.pk}"' in second
    with Image.open(BytesIO(end.read())) as picture:
        red, *_rest = picture.convert("RGB").getpixel((30, 40))  # type: ignore[misc]
    assert (end.width, end.height) == (64, 48)
    assert red > 200  # it gets redder towards the end


@pytest.mark.parametrize("way", ["from", "vary", "reference", "animate", "continue"])
def test_what_belongs_to_somebody_else_is_not_there(
    client: Client, alice: User, mallory: User, way: str
) -> None:
    client.force_login(mallory)
    kind = ("beach.mp4", film(seconds=1)) if way == "continue" else ("cat.png", png())
    job = made(alice, *kind)
    for key in (str(job.pk), str(job.result_id), "x"):
        assert client.get(f"/studio/?{way}={key}").status_code == 404
    assert not StoredFile.objects.filter(owner=mallory).exists()
