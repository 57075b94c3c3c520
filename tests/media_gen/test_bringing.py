"""Addresses of results come from the vendor, and are trusted no further than those of people."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from media_gen.jobs import saving, wire
from media_gen.jobs.port import NotBrought
from media_gen.jobs.wire import Wire
from media_gen.models import Job
from tests.zaichat.fetching import rig


async def test_a_result_inside_the_network_is_not_fetched(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.ZAI_BASE_URL = "https://api.z.ai/api/paas/v4"
    async with rig.site() as inside:
        for address in (f"{inside.origin}/a.mp4", "http://127.0.0.1:6379/", "file:///etc/passwd"):
            with pytest.raises(NotBrought):
                await Wire().bring(address, tmp_path / address[-9:].replace("/", "_"))
        assert inside.visits == 0


@pytest.mark.parametrize("said", [{}, {"Content_Length": str(10 * 1024**3)}])
async def test_a_result_that_is_too_large_is_left_whatever_it_says_of_itself(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, said: dict[str, str]
) -> None:
    monkeypatch.setattr(wire, "MAX_BYTES", 1000)
    async with rig.site({"/a.mp4": rig.says(bytes(5000), media_type="video/mp4", **said)}) as here:
        settings.ZAI_BASE_URL = f"{here.origin}/api/paas/v4"
        with pytest.raises(NotBrought, match="too large"):
            await Wire().bring(f"{here.origin}/a.mp4", tmp_path / "brought")
    assert (tmp_path / "brought").stat().st_size <= 5000


async def test_a_result_that_ends_before_it_says_is_not_brought(
    tmp_path: Path, settings: LazySettings
) -> None:
    async with rig.site({"/a.mp4": rig.says(b"half", Content_Length="5000")}) as here:
        settings.ZAI_BASE_URL = f"{here.origin}/api/paas/v4"
        with pytest.raises(NotBrought):
            await Wire().bring(f"{here.origin}/a.mp4", tmp_path / "brought")


@pytest.mark.parametrize(
    "prompt", ["../../../../tmp/pwn", "..\\..\\pwn", "/etc/passwd", 'a"\r\nX-Evil: 1', "a\0b"]
)
def test_what_was_made_is_named_by_a_name_and_no_path(prompt: str) -> None:
    name = saving.name_of(Job(prompt=prompt, kind="image"))
    assert not {"/", "\\", "\r", "\n"} & set(name)
