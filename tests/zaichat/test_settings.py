"""What the environment makes of the settings, in processes of their own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.running import ROOT

READ = r'\b(?:env\.[a-z_]+|text|secret|url)\(\s*"([A-Z_]+)"'
"""How the environment is read by `zaichat.settings`, and by `zaichat.env` itself."""

ASK = """
import json, sys
from zaichat import settings
print(json.dumps([getattr(settings, name) for name in sys.argv[1:]], default=str))
"""


def ask(folder: Path, *names: str, **environment: str) -> list[Any]:
    """The values of settings in a process that has only this environment."""
    done = start(folder, *names, **environment)
    assert done.returncode == 0, done.stderr
    values: list[Any] = json.loads(done.stdout)
    return values


def start(folder: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", ASK, *names],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_empty_environment_is_a_safe_demo(tmp_path: Path) -> None:
    debug, local, url, hosts, cookie = ask(
        tmp_path, "DEBUG", "LOCAL_DEMO", "ZAI_BASE_URL", "ALLOWED_HOSTS", "SESSION_COOKIE_NAME"
    )
    assert (debug, local) == (False, True)
    assert url == "http://127.0.0.1:8001/api/paas/v4"
    assert hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert cookie == "sessionid"


def test_a_key_alone_means_the_vendors_address(tmp_path: Path) -> None:
    assert ask(tmp_path, "LOCAL_DEMO", "ZAI_BASE_URL", ZAI_API_KEY="id.secret") == [
        False,
        "https://api.z.ai/api/paas/v4",
    ]


def test_a_base_url_alone_is_nobodys_demo(tmp_path: Path) -> None:
    address = "http://127.0.0.1:11434/v1/"
    assert ask(tmp_path, "LOCAL_DEMO", "ZAI_BASE_URL", ZAI_BASE_URL=address) == [
        False,
        "http://127.0.0.1:11434/v1",
    ]


def test_https_brings_secure_cookies_with_host_names_and_hsts(tmp_path: Path) -> None:
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
    ]
    values = ask(
        tmp_path,
        *names,
        "SECURE_HSTS_SECONDS",
        "CSRF_TRUSTED_ORIGINS",
        PUBLIC_URL="https://chat.test",
    )
    assert values == [
        "__Host-sessionid",
        "__Host-csrftoken",
        True,
        True,
        31_536_000,
        ["https://chat.test"],
    ]


def test_redis_carries_tasks_hints_and_counters(tmp_path: Path) -> None:
    tasks, layers, caches = ask(
        tmp_path, "TASKS", "CHANNEL_LAYERS", "CACHES", REDIS_URL="redis://127.0.0.1:1/0"
    )
    assert tasks["default"]["BACKEND"] == "django_tasks_rq.RQBackend"
    assert tasks["default"]["QUEUES"] == ["default", "poll", "media"]
    assert layers["default"]["BACKEND"] == "channels_redis.core.RedisChannelLayer"
    assert caches["default"]["BACKEND"].endswith("RedisCache")


def test_a_bucket_takes_the_files_with_the_keys_that_are_said(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("hidden\n")
    (found,) = ask(
        tmp_path,
        "MEDIA_STORAGE",
        MEDIA_STORAGE="s3://our-files/chat/",
        AWS_ENDPOINT_URL="http://127.0.0.1:9000",
        AWS_ACCESS_KEY_ID="us",
        AWS_SECRET_ACCESS_KEY_FILE=str(tmp_path / "key"),
    )
    assert found["BACKEND"] == "zaichat.files.bucket.Bucket"
    assert found["OPTIONS"] == {
        "bucket_name": "our-files",
        "location": "chat",
        "access_key": "us",
        "secret_key": "hidden",
        "region_name": None,
        "endpoint_url": "http://127.0.0.1:9000",
        "addressing_style": "path",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "80a"),
        ("MEDIA_STORAGE", "s3://"),
        ("MEDIA_STORAGE", "s3://key:secret@bucket"),
        ("MEDIA_STORAGE", "gs://bucket"),
        ("DEBUG", "perhaps"),
        ("MAX_RUNNING_PER_PERSON", "0"),
        ("LANGUAGE_CODE", "fr"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(
    tmp_path: Path, name: str, value: str
) -> None:
    done = start(tmp_path, "PORT", **{name: value})
    assert done.returncode != 0
    assert f"{name} must be" in done.stderr.splitlines()[-1]


def test_a_command_refuses_in_one_line_without_a_traceback(tmp_path: Path) -> None:
    environment = os.environ | {"HOST": "0.0.0.0", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("ZaiChat cannot start: HOST is 0.0.0.0")
    assert len(done.stderr.splitlines()) == 1


def test_hashed_names_of_both_kinds_are_cached_for_ever() -> None:
    immutable = re.compile(settings.WHITENOISE_IMMUTABLE_FILE_TEST)
    assert immutable.match("/static/app.55e7cbb9ba48.css")
    assert immutable.match("/static/c/katex-BX2F7GQH.js")
    assert not immutable.match("/static/app.css")
    assert not immutable.match("/static/c/katex.js")


def test_every_variable_that_is_read_stands_in_the_example() -> None:
    sources = [path.read_text() for path in (ROOT / "zaichat").glob("*.py")]
    read = set(re.findall(READ, "\n".join(sources))) | {"ENV_FILE"}
    told = set(re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == told
