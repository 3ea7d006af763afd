"""Let worker processes ask the database whether a page's bytes are known already, so that nothing need be extracted."""

from __future__ import annotations

import contextlib
import sqlite3
from functools import cache
from pathlib import Path


def is_known(database: Path, sha256: str) -> bool:
    """Tell whether a page with these very bytes carries an article, as far as that is committed.

    The main process decides; where this says no too often, as for a database that cannot be read, a page is read in
    vain.
    """
    query = "SELECT 1 FROM pages WHERE sha256 = ? AND article_id IS NOT NULL LIMIT 1"
    with contextlib.suppress(sqlite3.Error):
        return _connection(database).execute(query, [sha256]).fetchone() is not None
    return False


@cache
def _connection(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=1)
