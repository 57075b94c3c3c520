"""A server that dies while it takes a file in, wherever that is: real processes, real kills."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, manage

TIMES = 24
OWNER = {
    "DJANGO_SUPERUSER_USERNAME": "alice",
    "DJANGO_SUPERUSER_EMAIL": "alice@example.org",
    "DJANGO_SUPERUSER_PASSWORD": "correct horse",
}


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_server_killed_at_any_step_leaves_no_row_without_its_file_and_no_file_without_its_row(
    tmp_path: Path,
) -> None:
    assert manage(tmp_path, "migrate", "--verbosity=0").returncode == 0
    assert manage(tmp_path, "createsuperuser", "--noinput", **OWNER).returncode == 0
    setting = {"DJANGO_SETTINGS_MODULE": "zaichat.settings", "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.zaichat.files.killing", str(TIMES)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | setting, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["lost"], found["nobodys"], found["half_done"]) == ([], [], [])
    assert found["killed"] == TIMES, found
    assert 1 <= found["rows"] < TIMES, f"some were killed before they were kept: {found}"
    assert found["steps"] > TIMES, "no step is the same as another"
