"""Find pairs of pages with the same article by joins: candidates by shared sketch hashes, matches by their texts.

The rules are those of `winnow.archive.index.sketches` and `winnow.match.decide`, for all pages at once: a crawl knows
only the pages that came before; here the pages' numbers say which of two came before the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
from daft import DataType, col, func, lit

from winnow.archive.index.sketches import FULL_LIST
from winnow.cluster import postings
from winnow.cluster.engine import machines
from winnow.fingerprint import fingerprint
from winnow.match.decide import MIN_SHARED_HASHES, MIN_WORDS
from winnow.match.overlap import compare

LEAST = FULL_LIST * MIN_SHARED_HASHES  # weight of all hashes that two pages share, below which the pair is no candidate
PAGES_AT_ONCE = 50_000  # pages whose hashes are sorted in one call, more or less
PAIRS_AT_ONCE = 200_000  # pairs that one machine holds with their texts
VERIFIED = 1000  # pairs verified in one call
KEPT_TEXTS = 20_000  # texts whose fingerprints a process keeps, 5 to 20 KB each


def same_pages(pages: Any) -> Any:
    """Return each page with an article (`id`), the earliest page with its bytes (`twin`) and with its words (`first`).

    `pages` has `id`, `sha256` and `words_sha256`. `first` is null for a page whose bytes came earlier: the words of
    such a page count for nothing.
    """
    known = pages.where(col("words_sha256").not_null())
    twins = known.groupby("sha256").agg(col("id").min().alias("twin"))
    known = known.join(twins, on="sha256")
    leaders = known.where(col("id") == col("twin"))
    firsts = leaders.groupby("words_sha256").agg(col("id").min().alias("first"))
    leaders = leaders.select("id", "words_sha256").join(firsts, on="words_sha256").select("id", "first")
    return known.select("id", "twin").join(leaders, on="id", how="left")


def candidates(pages: Any, count: int) -> Any:
    """Return pairs of a page (`id`) and an earlier one to compare it with (`other`), with their `shared` hashes.

    `pages` has `id`, `word_count` and `sketch`, about `count` rows, each with another text. A page whose hashes would
    make no candidate even if one other page had all of them looks for none. `shared` is a number.
    """
    parts = 1 + count // PAGES_AT_ONCE
    names = ("id", "hash", "asks")
    hashes = pages.select("id", (col("word_count") >= MIN_WORDS).alias("asks"), col("sketch").alias("hash"))
    hashes = hashes.explode(col("hash")).with_column("part", col("hash").hash() % parts)
    sums = _by_part(hashes, postings.weights, names, ("id", "weight"))
    worth = sums.groupby("id").agg(col("weight").sum()).where(col("weight") >= LEAST)
    worth = worth.select("id", lit(True).alias("asks")).collect()
    hashes = hashes.exclude("asks").join(worth, on="id", how="left")
    hashes = hashes.with_column("asks", col("asks").fill_null(False))
    finds = _by_part(hashes, postings.finds, names, ("id", "other", "weight"))
    pairs = finds.groupby("id", "other").agg(col("weight").sum(), col("weight").count().alias("shared"))
    pairs = pairs.where(col("weight") >= LEAST).with_column("part", col("id") % parts)
    return _by_part(pairs, postings.nearest, ("id", "other", "weight", "shared"), ("id", "other", "shared"))


def _by_part(frame: Any, work: Callable[..., postings.Columns], names: Sequence[str], gives: Sequence[str]) -> Any:
    """Apply `work`, a function from the columns `names` to the columns `gives`, to each `part` of a frame."""

    def rows(*columns: Any) -> Any:
        found = work(*(column.to_arrow().to_numpy(zero_copy_only=False) for column in columns))
        return pa.StructArray.from_arrays([pa.array(found[name], pa.int64()) for name in gives], list(gives))

    kind = DataType.struct({name: DataType.int64() for name in gives})
    row = func.batch(return_dtype=kind)(rows)(*map(col, names))
    found = frame.groupby("part").map_groups(row.alias("row"))
    return found.select(*(col("row").get(name).alias(name) for name in gives))


def matches(pairs: Any, texts: Any) -> Any:
    """Return the pairs that carry the same article as an Arrow table; `texts` has `id`, `word_count` and `text`.

    The join holds both texts of each pair, some 10 KB a pair. So the pairs are taken in parts, and all texts are read
    again for each part.
    """
    parts = 1 + len(pairs) // (PAIRS_AT_ONCE * machines())
    return pa.concat_tables([_matches(pairs.where(col("id") % parts == part), texts) for part in range(parts)])


def _matches(pairs: Any, texts: Any) -> Any:
    known = texts.where(col("word_count") >= MIN_WORDS)
    pairs = pairs.join(known.select("id", "text"), on="id")
    pairs = pairs.join(known.select(col("id").alias("other"), col("text").alias("other_text")), on="other")
    verify = func.batch(return_dtype=DataType.bool(), batch_size=VERIFIED)(_verify)
    found = verify(col("text"), col("other_text"))
    found = pairs.select("id", "other", "shared", found.alias("is_match"))
    return found.where(col("is_match")).exclude("is_match").to_arrow()


def _verify(texts: Any, other_texts: Any) -> list[bool]:
    pairs = zip(texts.to_pylist(), other_texts.to_pylist(), strict=True)
    return [compare(_fingerprint(text), _fingerprint(other)).is_match for text, other in pairs]


_fingerprint = lru_cache(KEPT_TEXTS)(fingerprint)  # a page is compared with several, not all in one call
