"""Posting lists as arrays: the pages of each sketch hash, which of them a page finds, and how much each find counts.

A posting list, as `winnow.archive.index.postings` keeps it in a database, has the pages with one hash, in order. The
first `POSTINGS_CAP` of them are found through it. For a page that comes when the list is full, the hash weighs less.
All arrays of one call have the same length; `asks` says which pages look for others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from winnow.archive.index.postings import POSTINGS_CAP
from winnow.archive.index.sketches import FULL_LIST
from winnow.match.decide import MAX_VERIFIED

Numbers = npt.NDArray[np.int64]
Columns = dict[str, Numbers]


def weights(ids: Numbers, hashes: Numbers, asks: npt.NDArray[np.bool_]) -> Columns:
    """Return for each page that asks (`id`) the `weight` of all its hashes, as if one other page had them all."""
    order, _, rank = _lists(ids, hashes)
    asking = asks[order] & (rank > 0)
    found, which = np.unique(ids[order][asking], return_inverse=True)
    return {"id": found, "weight": np.bincount(which, _weight(rank[asking]), len(found)).astype(np.int64)}


def finds(ids: Numbers, hashes: Numbers, asks: npt.NDArray[np.bool_]) -> Columns:
    """Return each find of a page that asks (`id`): an earlier page (`other`), and the `weight` of the shared hash."""
    order, begin, rank = _lists(ids, hashes)
    ids = ids[order]
    asking = np.flatnonzero(asks[order] & (rank > 0))
    count = np.minimum(rank[asking], POSTINGS_CAP)
    one = np.repeat(asking, count)
    nth = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    return {"id": ids[one], "other": ids[begin[one] + nth], "weight": _weight(rank[one])}


def nearest(ids: Numbers, others: Numbers, weights: Numbers, shared: Numbers) -> Columns:
    """Return for each page the `MAX_VERIFIED` others that weigh most; of two with the same weight, the earlier."""
    order = np.lexsort((others, -weights, ids))
    order = order[_rank(ids[order])[1] < MAX_VERIFIED]
    return {"id": ids[order], "other": others[order], "shared": shared[order]}


def _lists(ids: Numbers, hashes: Numbers) -> tuple[Any, Numbers, Numbers]:
    """Return the order that makes posting lists, and for each place the begin of its list and its rank in the list."""
    order = np.lexsort((ids, hashes))
    return order, *_rank(hashes[order])


def _rank(key: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each place of a sorted key where the run of equal keys begins, and the distance from there."""
    begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    begin = np.repeat(begins, np.diff(np.append(begins, len(key))))
    return begin, np.arange(len(key)) - begin


def _weight(rank: Numbers) -> Numbers:
    return np.where(rank >= POSTINGS_CAP, 1, FULL_LIST)
