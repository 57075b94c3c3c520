"""The typed readers of the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from zaichat import env

DEFAULT = Path("/nowhere/db.sqlite3")


def test_an_absent_or_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_NUMBER", raising=False)
    assert env.integer("SOME_NUMBER", 3, 1, 9) == 3
    monkeypatch.setenv("SOME_NUMBER", " ")
    assert env.integer("SOME_NUMBER", 3, 1, 9) == 3
    assert env.flag("SOME_NUMBER", True) is True
    assert env.secret("SOME_NUMBER") == ""


@pytest.mark.parametrize(
    ("word", "meaning"), [("on", True), ("TRUE", True), ("0", False), ("No", False)]
)
def test_a_flag_is_read_from_the_usual_words(
    monkeypatch: pytest.MonkeyPatch, word: str, meaning: bool
) -> None:
    monkeypatch.setenv("SOME_FLAG", word)
    assert env.flag("SOME_FLAG", not meaning) is meaning


def test_a_value_that_makes_no_sense_is_refused_by_name_and_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOME", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="SOME must be on or off"):
        env.flag("SOME", False)
    with pytest.raises(ImproperlyConfigured, match="SOME must be a whole number from 1 to 9"):
        env.integer("SOME", 3, 1, 9)
    with pytest.raises(ImproperlyConfigured, match=r"SOME must be a number from 0\.5 to 9"):
        env.number("SOME", 3, 0.5, 9)
    with pytest.raises(ImproperlyConfigured, match="SOME must be one of a, b"):
        env.choice("SOME", "a", ("a", "b"))
    with pytest.raises(ImproperlyConfigured, match="SOME must be an address that starts with http"):
        env.url("SOME")
    with pytest.raises(ImproperlyConfigured, match="SOME must be IP addresses or networks"):
        env.networks("SOME")
    with pytest.raises(ImproperlyConfigured, match="SOME must be sqlite:///path"):
        env.database("SOME", DEFAULT)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "10"])
def test_a_number_outside_its_limits_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOME", value)
    with pytest.raises(ImproperlyConfigured):
        env.number("SOME", 1, 0, 9)


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("abc.def\n")
    monkeypatch.setenv("SOME_FILE", str(path))
    assert env.secret("SOME") == "abc.def"


def test_a_secret_is_given_once_and_its_file_must_be_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOME_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match=r"SOME_FILE: .* must be a text file"):
        env.secret("SOME")
    monkeypatch.setenv("SOME", "hush-hush")
    with pytest.raises(ImproperlyConfigured, match="SOME and SOME_FILE are both set") as refusal:
        env.secret("SOME")
    assert "hush-hush" not in str(refusal.value)


def test_a_database_on_disk_lets_writers_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME", "sqlite:////srv/data%20base/db.sqlite3")
    database = env.database("SOME", DEFAULT)
    assert database["NAME"] == Path("/srv/data base/db.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] >= 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "synchronous=NORMAL" in database["OPTIONS"]["init_command"]


def test_a_postgres_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "SOME", "postgres://zai%40home:p%2Fw@db.example:5433/chat?sslmode=require&connect_timeout=5"
    )
    assert env.database("SOME", DEFAULT) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "chat",
        "USER": "zai@home",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require", "connect_timeout": 5},
    }


def test_a_file_of_settings_yields_to_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / ".env"
    path.write_text("# words\nexport SOME_A=1\nSOME_B='two words' # why\n\nSOME_C=\n")
    monkeypatch.setenv("SOME_A", "kept")
    for name in ("SOME_B", "SOME_C"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    env.load_file(path)
    assert [env.text(name) for name in ("SOME_A", "SOME_B", "SOME_C")] == ["kept", "two words", ""]


@pytest.mark.parametrize("line", ["SOME THING=1", "no sign", "1A=2", "SOME_Q='open"])
def test_a_line_that_is_no_setting_is_refused_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / ".env"
    path.write_text(f"\n{line}\n")
    with pytest.raises(ImproperlyConfigured, match=r"\.env, line 2: only NAME=value"):
        env.load_file(path)


@contextmanager
def suppress_refusals(name: str) -> Iterator[None]:
    """A refusal is fine when it begins with the variable's name."""
    try:
        yield
    except ImproperlyConfigured as refusal:
        if not str(refusal).startswith(name):
            raise


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_no_value_at_all_breaks_a_reader_without_a_sentence(value: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOME", value)
        for read in (lambda: env.url("SOME"), lambda: env.database("SOME", DEFAULT)):
            with suppress_refusals("SOME"):
                read()
