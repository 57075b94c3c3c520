"""An answer that is to go on is written on, not told again."""

from zaichat.emulator.prompting import goes_on

ANSWER = {"role": "assistant", "content": "Once upon a"}


def asks(words: str) -> bool:
    return goes_on([ANSWER, {"role": "user", "content": words}])


def test_a_request_to_go_on_is_recognised() -> None:
    assert asks("Continue exactly where your last answer stops. Do not repeat any of it.")
    assert asks("Go on from where you left off.")


def test_an_ordinary_question_is_not() -> None:
    assert not asks("Continue the war of the roses in three sentences")
    assert not asks("Why?")
    assert not goes_on([{"role": "user", "content": "Continue where it stops"}])
