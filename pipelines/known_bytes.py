"""Let worker processes ask the database whether a page's bytes are known already, so that nothing need be extracted."""

from __future__ import annotations

import contextlib
import sqlite3
from functools import cache
from pathlib import Path

HAS_BYTES = """SELECT 1 FROM pages WHERE sha256 = ?1 AND article_id IS NOT NULL
    AND (?2 IS NULL OR captured <= ?2) LIMIT 1"""


def is_known(database: Path, sha256: str, captured: str | None = None) -> bool:
    """Tell whether a page with these very bytes carries an article, as far as that is committed.

    Of a page that was `captured` at a known time: whether one does that is known to be no later. The main process
    decides; where this says no too often, as for a database that cannot be read, a page is read in vain.
    """
    with contextlib.suppress(sqlite3.Error):
        return _connection(database).execute(HAS_BYTES, [sha256, captured]).fetchone() is not None
    return False


@cache
def _connection(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=1)
