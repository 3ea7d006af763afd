"""Bring the rows of a database together again after another program has deleted some of them."""

from __future__ import annotations

from winnow.archive.sqlite import Database

LOST = "what it said was deleted from the database"

_CARRIED = "SELECT article_id FROM pages WHERE article_id IS NOT NULL"
# Pages without their text, or without what they state, and the containers of such pages: the next run reads them again.
_ARE_LOST = """text_sha256 IS NOT NULL AND (text_sha256 NOT IN (SELECT sha256 FROM known_texts
        WHERE article_id IS NULL OR article_id IN (SELECT id FROM articles))
    OR id NOT IN (SELECT page_id FROM extractions))"""
_READ_AGAIN = f"UPDATE containers SET size = NULL WHERE id IN (SELECT container_id FROM pages WHERE {_ARE_LOST})"
_LOSE = f"""UPDATE pages SET outcome = 'rejected', reason = 'unreadable', detail = '{LOST}', article_id = NULL,
    parent_id = NULL, similarity = NULL, title = NULL, text_sha256 = NULL, words = NULL,
    word_count = NULL WHERE {_ARE_LOST}"""
_MEND = (
    "DELETE FROM revisions",  # which are made anew
    # A run of which nothing is known but that it was; it began no later than the next.
    """INSERT INTO runs (id, started, status, settings, versions)
    SELECT gone.id, ifnull((SELECT min(started) FROM runs WHERE id > gone.id), datetime('now') || '+00:00'),
        'failed', '{}', '{}'
    FROM (SELECT first_run AS id FROM pages UNION SELECT last_run FROM pages) AS gone
    WHERE gone.id NOT IN (SELECT id FROM runs)""",
    "UPDATE pages SET container_id = NULL WHERE container_id NOT IN (SELECT id FROM containers)",
    "UPDATE pages SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM pages)",
    "UPDATE articles SET page_id = NULL WHERE page_id NOT IN (SELECT id FROM pages)",
    f"DELETE FROM articles WHERE id NOT IN ({_CARRIED})",
    f"""INSERT INTO articles (id, text, word_count, first_seen, last_seen)
    SELECT DISTINCT article_id, '', 0, '', '' FROM ({_CARRIED}) WHERE article_id NOT IN (SELECT id FROM articles)""",
    *(
        f"DELETE FROM {table} WHERE page_id NOT IN (SELECT id FROM pages)"
        for table in ("extractions", "refused_texts", "former_articles")
    ),
    "DELETE FROM extractions WHERE page_id IN (SELECT id FROM pages WHERE text_sha256 IS NULL)",
    "DELETE FROM known_texts WHERE sha256 NOT IN (SELECT text_sha256 FROM pages WHERE text_sha256 IS NOT NULL)",
)


def mend(db: Database) -> int:
    """Mend what can be mended before all pages are decided anew, which fills articles that have gone.

    Return the number of pages of which so much has gone that the next run has to read them again: until then they are
    rejected as unreadable.
    """
    db.execute(_READ_AGAIN)
    lost = db.execute(_LOSE).rowcount
    for statement in _MEND:
        db.execute(statement)
    return lost
