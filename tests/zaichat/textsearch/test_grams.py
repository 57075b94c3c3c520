"""Text as grams: whatever piece of a text is looked for, its grams are in the text's grams."""

from hypothesis import given
from hypothesis import strategies as st

from zaichat.textsearch.grams import grams, pieces, readable
from zaichat.textsearch.query import Term, read

SIGNS = "我喜欢喝绿茶的茶馆ひらがなカタカナ한국어々"
LETTERS = "abcXYZéß019"
BETWEEN = " ，。!?*`_-\n（）"
TEXTS = st.text(alphabet=SIGNS * 3 + LETTERS + BETWEEN, max_size=60)


def has(text: str, term: Term) -> bool:
    """What either database looks for."""
    return f" {' '.join(term.grams)}" in grams(readable(text))


@given(TEXTS, st.data())
def test_every_piece_of_a_text_with_a_chinese_sign_is_found_in_it(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    in_a_word = 0 < start < len(text) and text[start - 1] in LETTERS and text[start] in LETTERS
    piece = text[start:end]
    if in_a_word or not any(sign in SIGNS for sign in piece):
        return
    assert read(piece).terms
    assert all(has(text, term) for term in read(piece).terms)
    assert all(has(text, term) for term in read(f'"{piece}"').terms)


@given(st.text(max_size=80))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    for term in read(typed, {"in": lambda text: None, "is": str}).terms:
        assert all(gram.strip() for gram in term.grams)
        assert "'" not in "".join(term.grams)
        assert '"' not in "".join(term.grams)


@given(st.text(alphabet=SIGNS + LETTERS + " ", max_size=300))
def test_a_text_in_pieces_loses_nothing_at_the_seams(text: str) -> None:
    cut = list(pieces(text, size=40, overlap=10))
    assert "".join([cut[0], *(piece[10:] for piece in cut[1:])]) == text
    assert all(len(piece) <= 40 for piece in cut)


def test_signs_become_pairs_and_words_stay_whole() -> None:
    assert grams("我喝绿茶, Tea 3.5") == " 我喝 喝绿 绿茶 茶 tea 3 5 "
    assert grams("*** ---") == ""


def test_a_sign_that_is_written_in_another_way_is_the_same_sign() -> None:
    assert grams("ＴＥＡ　ﾃｽﾄ Straße") == grams("tea テスト STRASSE")


def test_marks_of_markdown_do_not_part_what_is_read_as_one() -> None:
    assert has("我喜欢**绿茶**，你呢", read("欢绿茶").terms[0])
    assert has("用`print`输出", read("用print输出").terms[0])


def test_what_a_database_refuses_is_left_out() -> None:
    assert readable("gr\x00een \ud800tea") == "green ?tea"


def test_words_are_found_by_their_beginning_only() -> None:
    assert has("a teapot", read("tea").terms[0])
    assert not has("a teapot", read("pot").terms[0])


def test_signs_apart_are_not_found_as_neighbours() -> None:
    assert not has("绿色的茶", read("绿茶").terms[0])
    assert not has("绿，茶", read("绿茶").terms[0])
    assert has("绿，茶", read("绿 茶").terms[0])


def test_a_word_longer_than_any_index_takes_is_found_by_its_beginning() -> None:
    key = "k" * 5000
    assert has(f"the key {key} end", read(key[:200]).terms[0])
    assert max(map(len, grams(key).split())) <= 60


def test_quotes_hold_words_together_and_others_must_all_be_there() -> None:
    assert [term.runs for term in read('tea "green house" tea').terms] == [
        ("tea",),
        ("green", "house"),
    ]
    assert [term.runs for term in read("“绿 茶” 《书》").terms] == [("绿", "茶"), ("书",)]
    assert [term.runs for term in read('an "open end').terms] == [("an",), ("open", "end")]


def test_a_filter_that_makes_no_sense_is_words() -> None:
    known = {"before": lambda text: 7 if text == "x" else None}
    assert read("before:x tea", known).filters == {"before": 7}
    assert read("Before：x", known).filters == {"before": 7}
    assert read("before:soon", known).terms == (Term(("before", "soon")),)
    assert read("https://tea.example", known).terms == (Term(("https", "tea", "example")),)
