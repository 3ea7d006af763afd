"""Decide on the pages of one bucket, in order, as a crawl decides on all pages, and write the tables of the bucket.

No page has a match in another bucket. So a database for this bucket alone, in which only verified matches are
candidates, holds the same rows for these pages as the database of a crawl would.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from winnow.archive.articles import article_of
from winnow.archive.index.sketches import SketchIndex
from winnow.archive.store import Store
from winnow.cluster.page_row import Row
from winnow.cluster.places import below, write_table
from winnow.cluster.shard_reader import KNOWN
from winnow.corrections import Correction
from winnow.decision import KnownPage
from winnow.fingerprint import Fingerprint, fingerprint
from winnow.items import Kind, Page, Reason, Rejection
from winnow.match.decide_page import is_known
from winnow.match.said import Said, gather
from winnow.reading import Reading
from winnow.runs.run import Run

# By page: the earlier pages that it matches, each with the number of hashes that the two share.
Matches = Mapping[int, Sequence[tuple[int, int]]]

TABLES = ("pages", "articles", "extractions", "texts", "revisions", "refused_texts")
_LEFT_OUT = {"first_run", "last_run", "run_id"}  # columns that name a run; a load is a run of its own
# In place of `first_seen`, which would tell when a bucket was decided.
_FIRST_CAPTURE = "(SELECT min(captured) FROM pages WHERE article_id = articles.id)"
_ARROW = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string(), "": pa.string()}  # none of a computed one
_NO_HASHES, _NO_LINES = np.empty(0, np.uint64), np.empty(0, np.int32)
_FASTER = """DROP TRIGGER articles_ai; DROP TRIGGER articles_ad; DROP TRIGGER articles_au;
    DROP TRIGGER articles_due_ai; DROP TRIGGER articles_due_ad; DROP TRIGGER articles_due_au;
    DROP TRIGGER refused_texts_ai; DROP TRIGGER refused_texts_ad;
    DROP TRIGGER refused_texts_due_ai; DROP TRIGGER refused_texts_due_ad;
    PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF"""  # the table of containers is empty here


class MatchIndex(SketchIndex):
    """An index that knows the matches of each page, and needs no hashes to find candidates."""

    matches: Matches
    page_id = 0  # the page that is being decided

    def candidates(self, sketch: list[int]) -> Iterable[tuple[KnownPage, int]]:
        """Yield the earlier pages that the page being decided matches, with the number of shared hashes."""
        for other, shared in self.matches.get(self.page_id, ()):
            known = self._known("p.id = ?", other)
            if known:
                yield known, shared

    def add(self, page_id: int, text: Fingerprint) -> None:
        """Do nothing: the matches are known already."""


def decide_bucket(
    rows: Iterable[Row],
    matches: Matches,
    out: str,
    name: str,
    sources: Mapping[str, str],
    corrections: Iterable[Correction] = (),
) -> dict[str, int]:
    """Decide on pages given in order, write their tables as `out`/TABLE/`name`.parquet, and return how many ended how.

    `sources` has the names of the sources, by root. The `corrections` go before what the pages say. The keys of the
    result are reasons.
    """
    with tempfile.TemporaryDirectory(prefix="winnow-") as temporary:
        store = Store(Path(temporary) / "bucket.db", index=MatchIndex)
        try:
            store.db.executescript(_FASTER)
            for root, source in sources.items():
                store.sources.add(root, source)
            store.obey(gather(corrections))
            sketches = _decide(store, rows, matches)
            founders = dict(store.db.execute("SELECT article_id, min(id) FROM pages WHERE article_id > 0 GROUP BY 1"))
            for table in TABLES:
                write_table(below(out, table, f"{name}.parquet"), _table(store, table, founders))
            endings = dict(store.db.execute("SELECT reason, count(*) FROM pages GROUP BY reason"))
        finally:
            store.close()
    write_table(below(out, "sketches", f"{name}.parquet"), sketches)  # written last: where it is, all are
    return endings


def _decide(store: Store, rows: Iterable[Row], matches: Matches) -> Any:
    """Send the pages through a run and return the sketches of the distinct texts (`page_id`, `hashes`)."""
    index = store.index
    assert isinstance(index, MatchIndex)
    index.matches = matches
    run = Run(store)
    sketches: dict[int, list[int]] = {}
    reading = partial(_reading, index=index, sketches=sketches, said=store.said)
    for row in rows:
        index.page_id = row["id"]
        run.take(_page(row), partial(reading, row=row))
    run.settle()
    run.commit()
    columns = pa.array(list(sketches), pa.int64()), pa.array(list(sketches.values()), pa.list_(pa.int32()))
    return pa.table(columns, ["page_id", "hashes"])


def _page(row: Row) -> Page:
    revisits = (row["revisits"], row["revisits_captured"]) if row["revisits"] else None
    known = {name: row[name] for name in KNOWN}
    return Page(**known, url=row["page_url"], revisits=revisits, number=row["id"])


def _reading(page: Page, row: Row, index: MatchIndex, sketches: dict[int, list[int]], said: Said) -> Reading:
    """Return what the page said when it was read; add the sketch of a text that no earlier page has to `sketches`."""
    if page.revisits:
        return Reading(None)
    sha256, media_type, encoding = row["sha256"], row["media_type"], row["encoding"]
    overruled = row["overruled"]
    if row["reason"]:
        refused = Reading(sha256, media_type, encoding, rejection=_rejection(row), overruled=overruled)
        return replace(refused, article=article_of(row), fingerprint=fingerprint(row["text"])) if overruled else refused
    if is_known(page, sha256, index.has_bytes):
        return Reading(sha256)
    same = index.page_with_bytes(sha256) or index.page_with_digest(row["words_sha256"])
    if same is None:
        sketches[row["id"]] = row["sketch"]
    is_compared = same or row["id"] in index.matches or sha256 in said
    text = fingerprint(row["text"]) if is_compared else _uncompared(row)
    article = replace(article_of(row), note=row["detail"])
    return Reading(sha256, media_type, encoding, article, text, overruled=overruled)


def _rejection(row: Row) -> Rejection:
    kind = Kind(row["kind"]) if row["kind"] else None
    return Rejection(Reason(row["reason"]), row["detail"], row["refused"] or "", kind)


def _uncompared(row: Row) -> Fingerprint:
    """Return the fingerprint of a text that matches no earlier one, without its shingles, which nothing asks for."""
    return Fingerprint(row["words_sha256"], row["word_count"], _NO_HASHES, _NO_LINES, _NO_HASHES, row["sketch"])


def _table(store: Store, table: str, founders: Mapping[int, int]) -> Any:
    """Return a table of the database; an article's id is that of its first page, which no other article has."""
    info = list(store.db.execute(f"SELECT name, type FROM pragma_table_info('{table}')"))
    left_out = _LEFT_OUT | ({"id"} if table == "revisions" else set())
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in info if name not in left_out])
    wanted = [_FIRST_CAPTURE if name == "first_seen" else name for name in schema.names]
    cursor = store.db.execute(f"SELECT {', '.join(wanted)} FROM {table} ORDER BY 1")
    columns = [list(column) for column in zip(*cursor.fetchall(), strict=True)] or [[] for _ in schema]
    articles = schema.get_field_index("id" if table == "articles" else "article_id")
    if articles >= 0:
        columns[articles] = [founders.get(number) for number in columns[articles]]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
