"""Whole texts changed by their different characters: the same as what the standard library does place by place."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.characters import beyond_ascii, caseless, changed, compatible, lower_ascii, words, words_by_line

TEXTS = st.text(st.sampled_from("aB1_ \n\r\t\x1c\u2028\xa0-’é½ßİſΣ\u0301\u1161ᄀ한ㅏ好ไท…ﬁ\ud800")) | st.text()
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


@given(TEXTS)
def test_each_other_character_is_told_once(text: str) -> None:
    other = {each for each in text if not each.isascii()}
    assert set(beyond_ascii(text)) == other
    assert sorted(beyond_ascii(text + " " * 5 * len(text))) == sorted(other)


@given(TEXTS)
def test_words_are_runs_of_letters_and_digits(text: str) -> None:
    assert words(text) == _LETTERS_AND_DIGITS.findall(text)
    by_line = [_LETTERS_AND_DIGITS.findall(line) for line in text.split("\n")]
    assert [[word.decode("utf-8", "surrogatepass") for word in line] for line in words_by_line(text)] == by_line


@given(TEXTS)
def test_case_and_form_are_those_of_unicode(text: str) -> None:
    assert caseless(text) == text.casefold()
    assert compatible(text) == unicodedata.normalize("NFKC", text)
    assert lower_ascii(text) == re.sub("[A-Z]", lambda found: found[0].lower(), text)


@pytest.mark.parametrize("number", [3, 3000])
def test_characters_are_replaced_however_many_there_are(number: int) -> None:
    signs = "".join(map(chr, range(0x2190, 0x2190 + number)))
    assert changed(f"a{signs}b", lambda sign: "" if sign == signs[0] else "sign ") == f"a{'sign ' * (number - 1)}b"
