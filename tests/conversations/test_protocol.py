"""What the socket accepts, and how it refuses: by name, with a limit, staying open."""

import json
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from conversations import protocol
from conversations.protocol import Refusal

ID = str(uuid4())


def read(**said: object) -> protocol.Command:
    return protocol.read(json.dumps(said))


def refusal(**said: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(**said)
    return caught.value


def test_a_send_is_read_with_its_defaults() -> None:
    assert read(do="send", id=ID, text="Hi") == protocol.Send(id=UUID(ID), text="Hi")


def test_every_command_of_the_contract_is_read() -> None:
    assert read(do="edit", id=ID, message=ID, text="x") == protocol.Edit(UUID(ID), UUID(ID), "x")
    other = read(do="edit", id=ID, message=ID, text="x", model="glm-4.6v")
    assert isinstance(other, protocol.Edit)
    assert other.model == "glm-4.6v"
    assert read(do="regenerate", id=ID, message=ID) == protocol.Regenerate(UUID(ID), UUID(ID))
    assert read(do="continue", id=ID, message=ID) == protocol.Continue(UUID(ID), UUID(ID))
    assert read(do="answer_now", id=ID, generation=ID) == protocol.AnswerNow(UUID(ID), UUID(ID))
    assert read(do="deny", id=ID, generation=ID, tool="t").allowed is False
    assert read(do="approve", id=ID, generation=ID, tool="t", always=True).always is True
    assert read(do="unqueue", message=ID) == protocol.Unqueue(UUID(ID))
    assert read(do="stop", generation=ID) == protocol.Stop(UUID(ID))
    assert read(do="watch", generation=ID, after=7) == protocol.Watch(UUID(ID), 7)
    assert read(do="ack", generation=ID, seen=7) == protocol.Ack(UUID(ID), 7)
    assert read(do="ping") == protocol.Ping()


@pytest.mark.parametrize(
    "frame",
    ["", "{", "[]", "null", "7", '"send"', "[" * 10_000, "NaN", r'"\ud83d', r'["\ud83d", NaN]'],
)
def test_what_is_no_object_is_a_bad_frame(frame: str) -> None:
    with pytest.raises(Refusal) as caught:
        protocol.read(frame)
    assert caught.value.code == "bad_frame"


@pytest.mark.parametrize(("half", "read_as"), [("\\ud83d", "\ufffd"), ("\\uD83D\\uDE00", "😀")])
def test_a_message_with_half_an_emoji_is_read_with_a_mark_in_its_place(
    half: str, read_as: str
) -> None:
    command = protocol.read(
        f'{{"do": "edit", "id": "{ID}", "message": "{ID}", "text": "a{half}b"}}'
    )
    assert command == protocol.Edit(UUID(ID), UUID(ID), f"a{read_as}b")


@pytest.mark.parametrize("do", [None, 1, "", "drop_tables", "__class__", ["send"]])
def test_an_unknown_command_is_refused(do: object) -> None:
    assert refusal(do=do, id=ID).code == "unknown_command"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "7"),
        ("conversation", 7),
        ("parent", "x"),
        ("text", ""),
        ("text", "  \n"),
        ("text", ["Hi"]),
        ("attachments", "x"),
        ("attachments", [1]),
        ("attachments", [ID] * 21),
        ("model", "a b"),
        ("model", "x" * 101),
        ("options", []),
    ],
)
def test_a_bad_field_is_refused_by_name(field: str, value: object) -> None:
    refused = refusal(**{"do": "send", "id": ID, "text": "Hi", field: value})
    assert refused.code == "bad_field"
    assert f"“{field}”" in refused.message


def test_unknown_options_are_refused_by_name() -> None:
    refused = refusal(do="send", id=ID, text="Hi", options={"temperatur": 1})
    assert "options.temperatur" in refused.message
    assert refusal(do="send", id=ID, text="Hi", options={"thinking": "very"}).code == "bad_field"


def test_a_refusal_carries_the_id_of_its_command() -> None:
    assert refusal(do="send", id=ID, text="").command_id == UUID(ID)


def test_a_text_over_the_limit_names_the_limit() -> None:
    refused = refusal(do="send", id=ID, text="x" * 100_001)
    assert refused.code == "too_large"
    assert "100,001" in refused.message
    assert "100,000" in refused.message


def test_a_frame_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refusal) as caught:
        protocol.read("[" * (256 * 1024 + 1))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("number", [-1, 2**31, 1.5, True, "1", 1e400])
def test_numbers_are_whole_and_bounded(number: object) -> None:
    assert refusal(do="watch", generation=ID, after=number).code in ("bad_field", "bad_frame")


def test_people_are_refused_in_their_language() -> None:
    with translation.override("zh-hans"):
        message = refusal(do="send", id=ID, text="").message
    assert any("\u4e00" <= letter <= "\u9fff" for letter in message)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_nothing_but_a_refusal_comes_of_nonsense(said: object) -> None:
    with suppress(Refusal):
        protocol.read(json.dumps(said))


@pytest.mark.parametrize(
    ("setup", "field"),
    [
        ([], "setup"),
        ({"instruction": "x"}, "setup.instruction"),
        ({"instructions": 7}, "setup.instructions"),
        ({"instructions": "x" * 20_001}, "setup.instructions"),
        ({"parameters": []}, "setup.parameters"),
        ({"parameters": {"temperatur": 1}}, "setup.parameters.temperatur"),
        ({"parameters": {"temperature": 1.01}}, "setup.parameters.temperature"),
        ({"parameters": {"temperature": True}}, "setup.parameters.temperature"),
        ({"parameters": {"temperature": "0.5"}}, "setup.parameters.temperature"),
        ({"parameters": {"top_p": 0}}, "setup.parameters.top_p"),
        ({"parameters": {"max_tokens": 1.5}}, "setup.parameters.max_tokens"),
        ({"parameters": {"max_tokens": 131_073}}, "setup.parameters.max_tokens"),
        ({"parameters": {"stop": "END"}}, "setup.parameters.stop"),
        ({"parameters": {"stop": ["a"] * 5}}, "setup.parameters.stop"),
        ({"parameters": {"stop": [""]}}, "setup.parameters.stop"),
        ({"parameters": {"stream": "no"}}, "setup.parameters.stream"),
        ({"parameters": {"response_format": "xml"}}, "setup.parameters.response_format"),
    ],
)
def test_a_setup_that_cannot_be_is_refused_by_name(setup: object, field: str) -> None:
    refused = refusal(do="send", id=ID, text="Hi", setup=setup)
    assert refused.code == "bad_field"
    assert f"“{field}”" in refused.message


def test_a_setup_keeps_only_what_differs_from_the_models_own_way() -> None:
    parameters = {
        "temperature": 0.567,
        "top_p": None,
        "stream": True,
        "do_sample": True,
        "stop": [],
    }
    setup = read(
        do="send", id=ID, text="Hi", setup={"instructions": " Rhyme. ", "parameters": parameters}
    ).setup
    assert (setup.instructions, setup.parameters) == ("Rhyme.", {"temperature": 0.57})
    assert read(do="send", id=ID, text="Hi", setup=None).setup is None
    assert not read(do="send", id=ID, text="Hi", setup={}).setup
