"""Pages that come back: what has changed, and which page speaks for an article."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory_index import ARTICLE, MemoryIndex, window, with_furniture, words
from winnow.decision import Verdict
from winnow.items import Outcome, Reason
from winnow.match.decide import MIN_WORDS

# The page read earlier at the same path


def changed(text: str, *earlier: str) -> tuple[Verdict, MemoryIndex]:
    """Read a text at the path of the first of some earlier texts."""
    index = MemoryIndex(*earlier)
    return index.read(text, index.page(1)), index


@pytest.mark.parametrize("kept", [390, 300, 220])
def test_page_whose_text_has_changed_in_part_changes_its_article(kept: int) -> None:
    verdict, index = changed(f"{window(0, kept)} {words(400 - kept, 1)}", window(0, 400))
    assert (verdict.reason, verdict.takes_over) == (Reason.CHANGED, True)
    assert verdict.parent is not None
    assert verdict.parent.page_id == 1
    assert verdict.similarity == round((kept - 4) / 396, 4)
    assert index.page(1).canonical_id == 2


@pytest.mark.parametrize("text", [window(0, 200), window(0, 900)], ids=["shortened", "continued"])
def test_page_that_was_shortened_or_continued_changes_its_article(text: str) -> None:
    verdict, _ = changed(text, window(0, 400))
    assert (verdict.reason, verdict.takes_over, verdict.similarity) == (Reason.CHANGED, True, 1.0)


def test_page_of_which_only_the_beginning_is_left_is_an_excerpt_of_its_earlier_self() -> None:
    verdict, index = changed(window(0, 100), window(0, 400))
    assert (verdict.reason, verdict.takes_over, verdict.parent) == (Reason.EXCERPT, False, index.page(1))


@pytest.mark.parametrize("text", [words(400, 1), f"{window(0, 150)} {words(250, 1)}"], ids=["nothing", "little"])
def test_page_with_a_wholly_different_text_is_a_new_article(text: str) -> None:
    verdict, _ = changed(text, window(0, 400))
    assert (verdict.reason, verdict.parent) == (Reason.NEW, None)


def test_page_that_now_carries_another_known_article_is_a_duplicate_of_that() -> None:
    verdict, index = changed(with_furniture(window(0, 400, 5), 20, 40), window(0, 400), window(0, 400, 5))
    assert (verdict.reason, verdict.parent) == (Reason.NEAR_DUPLICATE, index.page(2))


def test_same_words_on_a_changed_page_keep_its_article() -> None:
    for count in (400, 10):
        verdict, index = changed(words(count).upper(), words(count))
        assert (verdict.reason, verdict.takes_over, verdict.similarity) == (Reason.CHANGED, True, 1.0)
        assert index.page(2).article_id == 1


def test_short_text_that_has_changed_is_new() -> None:
    verdict, _ = changed(window(0, MIN_WORDS - 1), window(0, MIN_WORDS))
    assert verdict.reason is Reason.NEW


def test_changed_page_goes_before_an_equal_text_elsewhere() -> None:
    verdict, _ = changed(window(40, 440), window(0, 400), window(40, 440))
    assert (verdict.reason, verdict.parent and verdict.parent.page_id) == (Reason.CHANGED, 1)


# Which page speaks for the article


def second(first: dict[str, Any], then: dict[str, Any], text: str = ARTICLE, other: str = "") -> Verdict:
    """Read a text, then the same or another with other attributes, and give the second verdict."""
    index = MemoryIndex()
    index.read(text, **first)
    return index.read(other or text, **then)


NOISY = with_furniture(ARTICLE, 20, 60)


@pytest.mark.parametrize("other", [ARTICLE, NOISY], ids=["same", "near"])
def test_html_takes_over_from_a_text_page_but_not_the_other_way_round(other: str) -> None:
    verdict = second({}, {"is_html": True, "confidence": 0.5}, other=other)
    assert (verdict.reason, verdict.takes_over, verdict.is_revision) == (Reason.CHANGED, True, False)
    assert "HTML" in verdict.detail
    assert not second({"is_html": True}, {"confidence": 0.9}, other=other).takes_over


def test_cleaner_page_takes_over_and_of_equals_the_earlier_stays() -> None:
    assert second({"confidence": 0.8}, {"confidence": 0.9}, NOISY, ARTICLE).takes_over
    assert not second({"confidence": 0.9}, {"confidence": 0.8}, NOISY, ARTICLE).takes_over
    assert not second({"confidence": 0.9}, {"confidence": 0.9}, NOISY, ARTICLE).takes_over


def test_same_words_never_take_over_within_one_kind_of_page() -> None:
    verdict = second({"confidence": 0.8}, {"confidence": 0.9})
    assert (verdict.reason, verdict.takes_over) == (Reason.SAME_TEXT, False)


@pytest.mark.parametrize("length", [200, 100])
def test_page_that_may_have_been_cut_does_not_take_over_from_a_longer_one(length: int) -> None:
    cut = window(0, length)
    verdict = second({"confidence": 0.5}, {"confidence": 0.9, "is_html": True}, other=cut)
    assert (verdict.reason.outcome, verdict.takes_over) == (Outcome.DUPLICATE, False)
    assert second({"confidence": 0.5}, {"confidence": 0.9}, cut, ARTICLE).takes_over


@given(st.permutations([(0.9, True), (0.7, True), (0.95, False), (0.5, False), (0.8, True)]))
def test_canonical_page_is_the_best_one_whatever_the_order(pages: list[tuple[float, bool]]) -> None:
    index = MemoryIndex()
    for confidence, is_html in pages:
        index.read(with_furniture(ARTICLE, 12, int(1000 * confidence)), confidence=confidence, is_html=is_html)
    known = index.page(1)
    best = index.extraction(known.canonical_id)
    assert (best.is_html, best.confidence) == (True, 0.9)
    assert {page.canonical_id for page, _ in index.pages} == {known.canonical_id}


CORRECTED = f"{window(0, 360)}\n{words(40, 8)}"
ADDRESS: dict[str, Any] = {"url": "https://paper.example/story"}


def test_later_text_at_the_same_address_is_a_revision() -> None:
    verdict = second(ADDRESS, ADDRESS, other=CORRECTED)
    assert (verdict.reason, verdict.takes_over, verdict.is_revision) == (Reason.CHANGED, True, True)
    assert second(ADDRESS, {}, other=CORRECTED).reason is Reason.NEAR_DUPLICATE
    assert second(ADDRESS, ADDRESS).reason is Reason.SAME_TEXT
    assert second(ADDRESS, ADDRESS, other=words(400, 8)).reason is Reason.NEW
    assert second(ADDRESS, ADDRESS, other=window(0, 100)).reason is Reason.EXCERPT


def test_another_capture_of_an_earlier_text_does_not_bring_it_back() -> None:
    index = MemoryIndex()
    index.read(ARTICLE, **ADDRESS)
    index.read(CORRECTED, **ADDRESS)
    verdict = index.read(with_furniture(ARTICLE, 6, 70), confidence=0.99, is_html=True)
    assert (verdict.reason, verdict.takes_over) == (Reason.NEAR_DUPLICATE, False)
    assert index.read(with_furniture(CORRECTED, 6, 80), confidence=0.99, is_html=True).takes_over
