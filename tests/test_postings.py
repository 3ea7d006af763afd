"""Posting lists as arrays find what lists that are kept page by page would, whatever the order of the rows."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.archive.index.sketches import FULL_LIST
from winnow.cluster import postings

CAP = 3
Sketches = list[tuple[bool, set[int]]]


def _kept(sketches: Sketches) -> list[tuple[int, int, int, int]]:
    """Return each find: the page, the other, the hash, and what that counts; by lists that grow as pages come."""
    lists, found = defaultdict[int, list[int]](list), []
    for page, (asks, hashes) in enumerate(sketches, 1):
        for value in hashes:
            weight = 1 if len(lists[value]) >= CAP else FULL_LIST
            found += [(page, other, value, weight) for other in lists[value][:CAP] if asks]
            lists[value].append(page)
    return found


@given(st.lists(st.integers(0, 2**7 - 1), max_size=12), st.integers(0, 9))
def test_finds_are_those_of_lists_that_grow_page_by_page(bits: list[int], seed: int) -> None:
    sketches = [(page & 1 == 0, {value - 3 for value in range(1, 7) if page >> value & 1}) for page in bits]
    rows = [(page, value, asks) for page, (asks, hashes) in enumerate(sketches, 1) for value in hashes]
    random.Random(seed).shuffle(rows)
    ids, hashes = (np.array([row[side] for row in rows], np.int64) for side in (0, 1))
    asks = np.array([row[2] for row in rows], bool)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "POSTINGS_CAP", CAP)
        finds, weights = postings.finds(ids, hashes, asks), postings.weights(ids, hashes, asks)
    expected = _kept(sketches)
    found = zip(*(finds[name].tolist() for name in ("id", "other", "weight")), strict=True)
    assert sorted(found) == sorted((page, other, weight) for page, other, _, weight in expected)
    most = Counter[int]()
    for page, _, weight in {(page, value, weight) for page, _, value, weight in expected}:
        most[page] += weight
    assert dict(zip(weights["id"].tolist(), weights["weight"].tolist(), strict=True)) == most


@given(st.dictionaries(st.tuples(st.integers(1, 4), st.integers(1, 9)), st.integers(1, 3)))
def test_nearest_are_those_that_count_most_and_then_the_earlier(pairs: dict[tuple[int, int], int]) -> None:
    ids, others = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    weights = np.array(list(pairs.values()), np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "MAX_VERIFIED", 2)
        found = postings.nearest(ids, others, weights, weights + 10)
    expected = []
    for page in range(1, 5):
        ranked = sorted((-weight, other) for (one, other), weight in pairs.items() if one == page)
        expected += [(page, other, 10 - weight) for weight, other in ranked[:2]]
    assert list(zip(*(found[name].tolist() for name in ("id", "other", "shared")), strict=True)) == expected
