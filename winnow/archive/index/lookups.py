"""Look-ups by worker processes: whether a page's bytes are known already, and which pages share the page's hashes.

The main process decides on every page, and can feed many workers only if it does little for each. So the workers look
up what they can. They see what is committed; where a worker finds nothing, or cannot read the database, the main
process looks again.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from winnow.reading import FoundPostings

HAS_BYTES = """SELECT 1 FROM pages p INDEXED BY pages_carried_bytes
    WHERE p.sha256 = ?1 AND p.article_id IS NOT NULL AND (?2 IS NULL OR p.captured <= ?2)"""
POSTINGS = "SELECT hash, page_id FROM json_each(?) JOIN sketches ON hash = value"
# One statement, not two, so that both answers are of one state of the database.
_FIRST_ROW_AND_POSTINGS = f"SELECT ifnull(min(id), 0), NULL FROM recent_sketches UNION ALL {POSTINGS}"


def has_bytes(database: Path, sha256: str, captured: str | None = None) -> bool:
    """Return whether a page with these bytes, captured no later than `captured` if given, carries an article.

    False, too, where the database cannot be read: a wrong False costs one page read in vain.
    """
    with contextlib.suppress(sqlite3.Error):
        return _connection(database).execute(HAS_BYTES, [sha256, captured]).fetchone() is not None
    return False


def postings_found(database: Path, sketch: Sequence[int]) -> FoundPostings | None:
    """Return the postings of a sketch in the table `sketches`, whose rows lie all over the file; None on an error."""
    with contextlib.suppress(sqlite3.Error):
        (first_row, _), *postings = _connection(database).execute(_FIRST_ROW_AND_POSTINGS, [json.dumps(sketch)])
        return FoundPostings(first_row, postings)
    return None


@cache
def _connection(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=1)
