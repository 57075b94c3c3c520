"""What a job was asked with and what came of it, beside its figure in a conversation."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.media_gen.making import done
from zaichat.accounts.models import User


@pytest.fixture(autouse=True)
def house(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


def test_the_details_of_a_job_say_what_it_was_and_cost_and_give_its_prompt(alice: User) -> None:
    job = done(alice, "a rare bird", task_id="task-7", cost_nano=0, currency="XXX")
    assert job.result
    size = f"{job.result.width} × {job.result.height}"
    hers = Client()
    hers.force_login(alice)
    page = hers.get(f"/studio/jobs/{job.pk}/about/").content.decode()
    for words in ("GLM-Image", size, "not billed", "task-7", f"/gallery/{job.pk}/"):
        assert words in page, words
    prompt = hers.get(f"/studio/jobs/{job.pk}/about/?as=text")
    assert (prompt.content, prompt["Content-Type"]) == (b"a rare bird", "text/plain; charset=utf-8")
