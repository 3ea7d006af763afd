"""Keep every text once: where an article has it, in `articles`, else in `known_texts`; the view `texts` shows them all.

Before an article gets another text or goes, triggers bring its text back to `known_texts`, whatever program does that.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from winnow.archive.sqlite import Database

ROUND = 500  # articles between two commits, where many are due

logger = logging.getLogger(__name__)

# `text` is empty where `article_id` names the article that has the text. The old name of the table goes to the view, in
# what persons have made as well: so the table is renamed as SQLite did before 3.26, which left other views alone.
SCHEMA = """
    PRAGMA legacy_alter_table = ON;
    ALTER TABLE texts RENAME TO known_texts;
    PRAGMA legacy_alter_table = OFF;
    ALTER TABLE known_texts ADD COLUMN article_id INTEGER REFERENCES articles(id);
    CREATE UNIQUE INDEX known_texts_article_id ON known_texts (article_id) WHERE article_id IS NOT NULL;
    CREATE VIEW texts AS SELECT sha256, words_sha256, CASE WHEN article_id IS NULL THEN text
        ELSE (SELECT a.text FROM articles a WHERE a.id = known_texts.article_id) END AS text FROM known_texts;
    CREATE TRIGGER known_texts_bu BEFORE UPDATE OF text ON articles WHEN old.text IS NOT new.text BEGIN
        UPDATE known_texts SET text = old.text, article_id = NULL WHERE article_id = old.id;
    END;
    CREATE TRIGGER known_texts_bd BEFORE DELETE ON articles BEGIN
        UPDATE known_texts SET text = old.text, article_id = NULL WHERE article_id = old.id;
    END;
    CREATE TABLE texts_due (article_id INTEGER PRIMARY KEY);
    INSERT INTO texts_due SELECT id FROM articles;
"""
_UPGRADED = "%s: each text is kept once now; %d MB are free in the file, which `sqlite-utils vacuum` gives back"
_PUT = """INSERT INTO known_texts (sha256, words_sha256, text, article_id)
    VALUES (?1, ?2, iif(?4 IS NULL, ?3, ''), ?4)
    ON CONFLICT (sha256) DO UPDATE SET text = '', article_id = ?4 WHERE article_id IS NULL AND ?4 IS NOT NULL"""
_GIVE = """UPDATE known_texts SET text = '', article_id = ?1 WHERE article_id IS NULL
    AND sha256 = (SELECT p.text_sha256 FROM articles a JOIN pages p ON p.id = a.page_id WHERE a.id = ?1)
    AND text = (SELECT text FROM articles WHERE id = ?1)"""

# To the end of the table: SQLite would leave the place of each text half empty, in whose pages nothing is ever put.
_MOVE = _GIVE.replace("SET", "SET rowid = (SELECT max(rowid) + 1 FROM known_texts),", 1)


def put(db: Database, sha256: str, words_sha256: str, text: str, article_id: int | None = None) -> None:
    """Know a text by its digest and by that of its words; with `article_id`, as the text that this article has."""
    db.execute(_PUT, [sha256, words_sha256, text, article_id])


def give(db: Database, article_ids: Iterable[int]) -> None:
    """Keep the texts of the canonical pages of articles with the articles alone, where these have the same."""
    db.conn.executemany(_GIVE, [(article_id,) for article_id in article_ids])


def drop(db: Database, sha256: str) -> None:
    """Delete a text that no page has any more."""
    left = "NOT EXISTS (SELECT 1 FROM pages WHERE text_sha256 = known_texts.sha256)"
    db.execute(f"DELETE FROM known_texts WHERE sha256 = ? AND {left}", [sha256])


def catch_up(db: Database, path: Path) -> None:
    """Keep the texts of a database of an earlier version once, which had most of them twice.

    Each round is committed, so that what is done stays done. SQLite keeps the space that this frees in the file.
    """
    if not _round(db):
        return
    while _round(db):
        pass
    [free] = db.execute("SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size").fetchone()
    if free >= 1e6:
        logger.warning(_UPGRADED, path, free / 1e6)


def _round(db: Database) -> int:
    due = db.execute("SELECT article_id FROM texts_due ORDER BY 1 LIMIT ?", [ROUND]).fetchall()
    db.conn.executemany(_MOVE, due)
    db.conn.executemany("DELETE FROM texts_due WHERE article_id = ?", due)
    db.commit()
    return len(due)
