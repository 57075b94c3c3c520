"""Which language a text is in: for the shapes of signs that languages share, and for the voice of a
screen reader. `static/js/lib/language.js` decides the same way, by the same cases."""

import re

SAMPLE = 2000
NO_WORDS = re.compile(r"```.*?(?:```|$)|`[^`\n]*`|https?://\S+", re.S)
"""Code and addresses are in no language."""
HAN, KANA, HANGUL = (
    re.compile(signs) for signs in ("[\u3400-\u9fff]", "[\u3040-\u30ff]", "[\uac00-\ud7af]")
)
WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
ENGLISH = re.compile(r"\b(?:the|and|of|is|are|you|with|this)\b", re.I)


def language_of(text: str) -> str:
    """`zh-Hans`, `ja`, `ko` or `en` by what most of a text is; `und` for other words, whose quotes
    and dashes are no Chinese ones on a Chinese page either; "" (as the page) where there are none.

    A sign counts as a word. Han signs are Japanese where one sign in five is kana.
    """
    sample = NO_WORDS.sub(" ", (text or "")[:SAMPLE])
    han, kana, hangul = (len(signs.findall(sample)) for signs in (HAN, KANA, HANGUL))
    signs = han + kana + hangul
    if signs < len(WORD.findall(sample)):
        return "en" if ENGLISH.search(sample) else "und"
    if not signs:
        return ""
    if hangul * 2 > signs:
        return "ko"
    return "ja" if kana * 5 >= signs else "zh-Hans"
