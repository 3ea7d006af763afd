"""Which pages must be decided together: those that a chain of matches connects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from winnow.cluster.places import read_table
from winnow.corrections import Correction

Numbers = npt.NDArray[np.int64]


def order(places: Numbers) -> Numbers:
    """Return the number of each page, from 1, in the order of `places`, which is the order of a crawl."""
    numbers = np.empty(len(places), np.int64)
    numbers[np.argsort(places)] = np.arange(1, len(places) + 1)
    return numbers


def revisits(files: Sequence[str], ids: Numbers) -> Any:
    """Return pairs (`id`, `other`) of pages that share an address or a payload which a revisit names.

    The revisit ends as one of these pages, so all of them must be decided together. `ids` are the numbers of all pages,
    in the order of `files`.
    """
    sought = [key for file in files for key in _revisited(file)]
    keys = pa.chunked_array(sought, pa.string()).drop_null().unique()
    one, other, first = [], [], dict[str, int]()
    begin = 0
    for file in files if len(keys) else ():
        pages = read_table(file, ["page_url", "revisits", "payload_digest"])
        for name in pages.column_names:
            found = np.flatnonzero(pc.is_in(pages[name], value_set=keys).to_numpy(zero_copy_only=False))
            for page, key in zip(ids[begin + found].tolist(), pages[name].take(found).to_pylist(), strict=True):
                one.append(page)
                other.append(first.setdefault(key, page))
        begin += len(pages)
    return pa.table({"id": pa.array(one, pa.int64()), "other": pa.array(other, pa.int64())})


def merged(files: Sequence[str], ids: Numbers, corrections: Iterable[Correction]) -> Any:
    """Return pairs (`id`, `other`) of pages that a person has merged; `ids` are those of all pages, by files."""
    pairs = [(each.sha256, each.other) for each in corrections if each.other]
    named = pa.array({sha256 for pair in pairs for sha256 in pair}, pa.string())
    first, begin = dict[str | None, int](), 0
    for file in files if pairs else ():
        pages = read_table(file, ["sha256"])["sha256"]
        found = np.flatnonzero(pc.is_in(pages, value_set=named).to_numpy(zero_copy_only=False))
        for page, sha256 in zip(ids[begin + found].tolist(), pages.take(found).to_pylist(), strict=True):
            first.setdefault(sha256, page)
        begin += len(pages)
    known = [(first[one], first[other]) for one, other in pairs if one in first and other in first]
    return pa.table(
        {name: pa.array([pair[at] for pair in known], pa.int64()) for at, name in enumerate(("id", "other"))}
    )


def _revisited(file: str) -> list[Any]:
    pages = read_table(file, ["revisits", "payload_digest"])
    pages = pages.filter(pages["revisits"].is_valid())
    return [chunk for column in pages.columns for chunk in column.chunks]


def components(count: int, one: Numbers, other: Numbers) -> Numbers:
    """Return for each number from 0 to `count` the lowest one connected with it; edges lead from `one` to `other`."""
    lowest = np.arange(count + 1)
    while not np.array_equal(lowest[one], lowest[other]):
        low = np.minimum(lowest[one], lowest[other])
        np.minimum.at(lowest, lowest[one], low)
        np.minimum.at(lowest, lowest[other], low)
        while not np.array_equal(lowest, lowest[lowest]):
            lowest = lowest[lowest]
    return lowest


def buckets(lowest: Numbers, size: int) -> Numbers:
    """Return the bucket of each page, given its component: about `size` pages, or one component that has more."""
    found, sizes = np.unique(lowest, return_counts=True)
    bucket: Any = (np.cumsum(sizes) - 1) // size
    return np.asarray(bucket[np.searchsorted(found, lowest)], np.int64)
