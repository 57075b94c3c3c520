"""Chinese is written with its own punctuation, and counts in its own steps."""

import re

import pytest
from django.utils import translation
from django.utils.formats import number_format

from tests.architecture import tree
from tests.architecture.test_catalogues import DOMAINS, FOLDER, entries, read

HAN = "[\u3400-\u9fff，。、；：？！（）“”《》]"
NO_WORDS = re.compile(r"<[^>]*>|%\(\w+\)[sd]|\{\w+\}|`[^`]*`|\b\w+://\S*")
"""Elements, what is put in, code and addresses."""
HALF_WIDTH = re.compile(rf"{HAN} ?[:;?!,()\"']|[:;?!,()\"'] ?{HAN}|{HAN}\.|\.\.\.")


@pytest.mark.parametrize("domain", DOMAINS)
def test_chinese_texts_have_chinese_punctuation(domain: str) -> None:
    wrong = [text for text in texts(domain) if HALF_WIDTH.search(NO_WORDS.sub("X", text))]
    assert not wrong


@pytest.mark.parametrize("domain", DOMAINS)
def test_people_are_addressed_alike_and_things_have_one_name(domain: str) -> None:
    """你 and 账号, as everywhere else."""
    assert not [text for text in texts(domain) if re.search("您|帐|登陆|缺省|粘帖|其它", text)]


def test_no_template_puts_a_stop_of_its_own_behind_a_word() -> None:
    """`{% translate "Model" %}: ` would be half-width in Chinese."""
    behind = re.compile(r'\{% translate "[^"]+" %\} ?[:;,!?(]')
    pages = [path for path in tree.every_file() if path.suffix == ".html"]
    assert pages
    assert not [str(path) for path in pages if behind.search((tree.ROOT / path).read_text())]


def test_no_script_puts_a_stop_of_its_own_between_words() -> None:
    between = re.compile(r'(?:label|words|name|title|[a-z]"\))\}[:;,.] ?\$\{')
    scripts = [path for path in tree.every_file() if path.parts[:2] == ("static", "js")]
    assert scripts
    assert not [str(path) for path in scripts if between.search((tree.ROOT / path).read_text())]


def test_numbers_are_grouped_as_scripts_in_the_browser_group_them() -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert number_format(1234567, force_grouping=True) == "1,234,567"


def texts(domain: str) -> list[str]:
    catalog = read(tree.ROOT / FOLDER / f"{domain}.po")
    found: list[str] = []
    for entry in entries(catalog):
        found += entry.string if isinstance(entry.string, tuple) else [entry.string]
    return found
