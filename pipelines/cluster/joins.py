"""Find pairs of pages with the same article by joins: candidates by shared sketch hashes, matches by their texts.

The rules are those of `pipelines.sketch_index` and `pipelines.dedupe`, for all pages at once: where those ask what is
known when a page comes, here the pages' numbers say which of two is the earlier.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from daft import DataType, Window, col, func, lit
from daft.functions import row_number, when

from pipelines.dedupe import MAX_VERIFIED, MIN_SHARED_HASHES, MIN_WORDS
from pipelines.fingerprint import Fingerprint, fingerprint
from pipelines.overlap import compare
from pipelines.sketch_index import FULL_LIST, POSTINGS_CAP

VERIFIED = 1000  # pairs verified in one call
KEPT_TEXTS = 2000  # fingerprints meanwhile, some 20 bytes a word


def same_pages(pages: Any) -> Any:
    """Give pages with an article and the earliest with the same bytes (`twin`) and the same words (`first`).

    `pages` has `id`, `sha256` and `words_sha256`. `first` is null for a page whose bytes came earlier: its own
    extraction counts for nothing.
    """
    known = pages.where(col("words_sha256").not_null())
    twins = known.groupby("sha256").agg(col("id").min().alias("twin"))
    known = known.join(twins, on="sha256")
    leaders = known.where(col("id") == col("twin"))
    firsts = leaders.groupby("words_sha256").agg(col("id").min().alias("first"))
    leaders = leaders.select("id", "words_sha256").join(firsts, on="words_sha256").select("id", "first")
    return known.select("id", "twin").join(leaders, on="id", how="left")


def candidates(pages: Any) -> Any:
    """Give pairs (`id`, `other`) of a page and an earlier one to compare it with, for distinct texts.

    `pages` has `id`, `word_count` and `sketch`. The pages of a hash are its posting list: the first `POSTINGS_CAP` are
    found through it, by later pages; a page that finds it full counts it as less.
    """
    hashes = pages.explode(col("sketch")).select("id", "word_count", col("sketch").alias("hash"))
    shared = hashes.groupby("hash").agg(col("id").count().alias("pages")).where(col("pages") > 1).select("hash")
    hashes = hashes.join(shared, on="hash", how="semi")
    by_hash = Window().partition_by("hash").order_by("id")
    ranked = hashes.select("id", "word_count", "hash", row_number().over(by_hash).alias("rank")).collect()
    weight = when(col("rank") > POSTINGS_CAP, lit(1)).otherwise(lit(FULL_LIST))
    least = FULL_LIST * MIN_SHARED_HASHES
    asking = ranked.where((col("rank") > 1) & (col("word_count") >= MIN_WORDS))
    worth = asking.groupby("id").agg(weight.sum().alias("most")).where(col("most") >= least).select("id")
    asking = asking.join(worth, on="id", how="semi").select("id", "hash", "rank", weight.alias("weight"))
    listed = ranked.where(col("rank") <= POSTINGS_CAP)
    listed = listed.select("hash", col("id").alias("other"), col("rank").alias("other_rank"))
    hits = asking.join(listed, on="hash").where(col("other_rank") < col("rank"))
    pairs = hits.groupby("id", "other").agg(col("weight").sum(), col("hash").count().alias("shared"))
    pairs = pairs.where(col("weight") >= least)
    nearest = Window().partition_by("id").order_by("weight", "other", desc=[True, False])
    pairs = pairs.select("id", "other", "shared", row_number().over(nearest).alias("nearness"))
    return pairs.where(col("nearness") <= MAX_VERIFIED).select("id", "other", "shared")


def matches(pairs: Any, texts: Any) -> Any:
    """Give the pairs that carry the same article; `texts` has `id`, `word_count` and `text`."""
    known = texts.where(col("word_count") >= MIN_WORDS)
    pairs = pairs.join(known.select("id", "text"), on="id")
    pairs = pairs.join(known.select(col("id").alias("other"), col("text").alias("other_text")), on="other")
    verify = func.batch(return_dtype=DataType.bool(), batch_size=VERIFIED)(_verify)
    found = verify(col("id"), col("text"), col("other"), col("other_text"))
    return pairs.select("id", "other", "shared", found.alias("is_match")).where(col("is_match")).exclude("is_match")


def _verify(ids: Any, texts: Any, others: Any, other_texts: Any) -> list[bool]:
    known: OrderedDict[int, Fingerprint] = OrderedDict()

    def of(number: int, text: str) -> Fingerprint:
        found = known.pop(number, None) or fingerprint(text)
        known[number] = found
        if len(known) > KEPT_TEXTS:
            known.popitem(last=False)
        return found

    rows = zip(*(column.to_pylist() for column in (ids, texts, others, other_texts)), strict=True)
    return [compare(of(one, text), of(other, other_text)).is_match for one, text, other, other_text in rows]
