"""Recorded conversations with the socket, against one process and against two.

With two, the tab that writes and the tab that watches are served by different ones.
"""

from pathlib import Path

import pytest

from tests.contract.conftest import StartRig
from tests.contract.player import Player, load
from tests.contract.rig import Rig

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.json"))


@pytest.fixture(scope="module", params=[1, 2], ids=["one_process", "two_processes"])
def rig(start_rig: StartRig, request: pytest.FixtureRequest) -> Rig:
    return start_rig(request.param)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_a_recorded_conversation_goes_as_written(rig: Rig, path: Path) -> None:
    await Player(rig).play(load(path))
