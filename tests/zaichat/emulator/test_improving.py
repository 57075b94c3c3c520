"""The stand-in makes prompts fuller as a small program can, and says that it is one."""

import pytest

from media_gen.improving import rules_for
from zaichat.emulator.improving import improved
from zaichat.emulator.turn import Turn
from zaichat.zai import catalog

PICTURE = catalog.find("glm-image")
FILM = catalog.find("cogvideox-3")


def asked(prompt: str, rules: str) -> str:
    said = [{"role": "system", "content": rules}, {"role": "user", "content": prompt}]
    told = improved(Turn.of({"model": "glm-4.6", "messages": said}, thinks=False))
    return told.words if told else ""


@pytest.mark.parametrize(
    ("prompt", "fuller"),
    [
        ("a cat", "a cat, soft light, wide framing, fine detail"),
        ("A cat at night.", "A cat at night, wide framing, fine detail."),
        ("一只猫", "一只猫，光线柔和，构图开阔，细节清晰"),
    ],
)
def test_what_a_picture_lacks_words_for_is_added_in_its_language(prompt: str, fuller: str) -> None:
    words, _rule, note = asked(prompt, rules_for(PICTURE, 600, begins=False)).partition("\n---\n")
    assert words.strip() == fuller
    assert "local demo" in note.lower() or "本地演示" in note


def test_a_film_gets_a_pace_and_a_camera() -> None:
    assert "the camera glides closer" in asked("a cat", rules_for(FILM, 512, begins=True))
    assert "镜头缓缓推近" in asked("一只猫", rules_for(FILM, 512, begins=False))


def test_it_stays_within_the_length_that_is_asked_for() -> None:
    words = asked("a cat", rules_for(PICTURE, 20, begins=False)).partition("\n---\n")[0]
    assert words.strip() == "a cat, soft light"


def test_where_nothing_is_missing_it_says_so() -> None:
    full = "a cat, soft light, wide view, a photo"
    said = asked(full, rules_for(PICTURE, 600, begins=False))
    assert said.startswith(full)
    assert "nothing to add" in said


def test_other_questions_are_none_of_its_business() -> None:
    assert not asked("Improve this prompt: a cat", "You are helpful.")
