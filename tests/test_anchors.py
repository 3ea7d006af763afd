"""Quotes are found again in a text that was set differently, or revised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.marks.anchors import AROUND, Anchor, Letters, anchored

TEXT = (
    "The ferry left at seven. Nobody had seen the keeper since Tuesday evening, when he lit the lamp.\n\n"
    "- bread\n- two candles\n\nThe ferry left at seven. It came back with the keeper’s dog, and no keeper."
)


def found(text: str, anchor: Anchor) -> str | None:
    span = Letters(text).find(anchor)
    return text[slice(*span)] if span else None


def test_a_quote_is_kept_with_what_stands_around_it() -> None:
    anchor = anchored(TEXT, Anchor("Nobody had  seen\nthe keeper"))
    assert anchor == Anchor("Nobody had seen the keeper", TEXT[:25], TEXT[51 : 51 + AROUND])
    assert anchored(TEXT, Anchor("Nobody had heard of a lighthouse here")) is None
    assert anchored(TEXT, Anchor("… —")) is None


def test_of_two_alike_the_one_with_the_same_neighbours_is_found() -> None:
    quote = "The ferry left at seven."
    second = Letters(TEXT).find(Anchor(quote, "two candles", "It came back"))
    assert second == (TEXT.rindex(quote), TEXT.rindex(quote) + len(quote) - 1)
    assert Letters(TEXT).find(Anchor(quote, "", "Nobody had")) == (0, len(quote) - 1)


@pytest.mark.parametrize(
    ("revised", "wanted"),
    [
        (f"A correction came first.\n\n{TEXT}", "Nobody had seen the keeper since Tuesday evening"),
        (TEXT.replace("since Tuesday", "since late Tuesday"), "Nobody had seen the keeper since late Tuesday evening"),
        (TEXT.replace("seen the", "ever seen the"), "Nobody had ever seen the keeper since Tuesday evening"),
        (TEXT.replace("Nobody had seen the keeper since Tuesday evening, when he lit the lamp.", "He left."), None),
        (TEXT.replace("Nobody", "| Nobody |").replace("Tuesday", "Tu-\nesday"), "since Tu-\nesday evening"),
    ],
    ids=["moved", "a word put in", "another word", "taken out", "set differently"],
)
def test_a_quote_survives_a_revision(revised: str, wanted: str | None) -> None:
    anchor = anchored(TEXT, Anchor("Nobody had seen the keeper since Tuesday evening"))
    assert anchor
    got = found(revised, anchor)
    assert (got is None) if wanted is None else got is not None and wanted in got


def test_other_scripts_and_letters_that_grow_in_lower_case() -> None:
    assert found("東京は今日も雨だった。明日は晴れる。", Anchor("明日は晴れる")) == "明日は晴れる"
    assert found("İstanbul’da yağmur yağdı", Anchor("yağmur")) == "yağmur"
    assert found("กรุงเทพ ฝนตก", Anchor("ฝนตก")) == "ฝนตก"


@given(st.text(max_size=80), st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_found_stands_in_the_text(quote: str, text: str, prefix: str, suffix: str) -> None:
    span = Letters(text).find(Anchor(quote, prefix, suffix))
    if span:
        assert 0 <= span[0] < span[1] <= len(text)


@given(st.text(max_size=60), st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_what_stands_in_a_text_is_found(before: str, quote: str, after: str) -> None:
    span = Letters(before + quote + after).find(Anchor(quote, before, after))
    assert (span is None) == (not any(letter.isalnum() for letter in quote))
