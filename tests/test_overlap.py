"""How much two texts share, and how cleanly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory_index import window, words
from winnow.fingerprint import fingerprint
from winnow.match.overlap import Overlap, compare

TEXTS = st.lists(st.sampled_from("abcdefgh"), max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_overlap_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    a, b = fingerprint(one), fingerprint(other)
    there, back = compare(a, b), compare(b, a)
    assert (there.shared, there.containment, there.resemblance) == (back.shared, back.containment, back.resemblance)
    assert there.shared == len(set(a.shingles.tolist()) & set(b.shingles.tolist()))
    assert 0 <= there.resemblance <= there.containment <= 1
    assert there.resemblance <= there.ratio <= 1
    assert 0 <= there.clean <= 1
    assert 0 <= there.start <= 1
    assert there.known_is_smaller == (len(b.shingles) < len(a.shingles))


@given(TEXTS.filter(len))
def test_a_text_overlaps_wholly_with_itself(text: str) -> None:
    one = fingerprint(text)
    words = float(one.word_count)
    assert compare(one, one) == Overlap(len(one.shingles), 1.0, 1.0, 1.0, False, clean=1.0, run=words, start=0.0)


def test_whole_lines_shared_are_clean_and_lines_shared_in_part_are_not() -> None:
    lines = words(400).split("\n")
    whole = compare(fingerprint("\n".join(lines[:6] + words(160, 1).split("\n"))), fingerprint("\n".join(lines)))
    assert whole.clean == 1.0
    partly = [" ".join(line.split()[:24] + words(16, seed).split()) for seed, line in enumerate(lines, 50)]
    half = compare(fingerprint("\n".join(partly)), fingerprint("\n".join(lines)))
    assert half.containment >= 0.5
    assert half.clean == 0.0


def test_start_tells_where_the_shared_part_lies_in_the_larger_text() -> None:
    assert compare(fingerprint(window(600, 800)), fingerprint(window(0, 1000))).start == pytest.approx(0.6, abs=0.01)


def test_nothing_overlaps_with_nothing() -> None:
    nothing = fingerprint("")
    assert compare(nothing, nothing) == Overlap(0, 0.0, 0.0, 0.0, False)
