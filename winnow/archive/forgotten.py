"""What is left of pages that were forgotten, and how nothing else is left of them in the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from winnow.archive import rows
from winnow.archive.sqlite import Database
from winnow.items import Reason

# What a forgotten page keeps: which file or record it was, and its outcome.
_CAPTURE = ("url", "captured", "revisits", "revisits_captured", "payload_digest")
_NOTHING = (*_CAPTURE, "media_type", "encoding", "kind", "title", "text_sha256", "words", "word_count")
_FORGOTTEN = f"pages INDEXED BY pages_forgotten WHERE reason = '{Reason.FORGOTTEN}'"
_IS_FORGOTTEN = f"""SELECT EXISTS (SELECT 1 FROM {_FORGOTTEN} AND sha256 = ?1)
    OR EXISTS (SELECT 1 FROM forgotten_digests WHERE digest IN (?1, ?2))"""
_DIGESTS = f"""SELECT sha256 FROM pages WHERE reason = '{Reason.FORGOTTEN}' AND sha256 IS NOT NULL
    UNION SELECT digest FROM forgotten_digests ORDER BY 1"""
_COME_BACK = f"""SELECT id FROM pages WHERE sha256 IN (SELECT digest FROM forgotten_digests)
        AND reason != '{Reason.FORGOTTEN}'
    UNION SELECT p.id FROM forgotten_digests JOIN texts t ON t.words_sha256 = digest
    JOIN pages p ON p.text_sha256 = t.sha256"""
_COPIES = f"""SELECT id FROM pages WHERE id IN (SELECT value FROM json_each(?1) UNION
        SELECT q.id FROM pages p JOIN pages q USING (sha256) WHERE p.id IN (SELECT value FROM json_each(?1)))
    AND reason != '{Reason.FORGOTTEN}'"""
_VERSIONS = """SELECT q.id FROM pages p JOIN pages q USING (source, path)
    WHERE p.id IN (SELECT value FROM json_each(?))"""
_GIVEN = "(SELECT value FROM json_each(?))"
_BYTES = f"""SELECT value FROM json_each(?) WHERE value IN (SELECT digest FROM forgotten_digests)
    OR EXISTS (SELECT 1 FROM {_FORGOTTEN} AND sha256 = value)"""


def tombstone() -> dict[str, Any]:
    """Return the columns of `pages` of which a forgotten page keeps nothing."""
    return dict.fromkeys(_NOTHING)


def is_forgotten(db: Database, sha256: str, words: str | None) -> bool:
    """Return whether a page with these bytes, or an article with the words of this digest, was forgotten."""
    return bool(db.execute(_IS_FORGOTTEN, [sha256, words]).fetchone()[0])


def digests(db: Database) -> list[str]:
    """Return the digests by which forgotten pages are known: of their bytes, and of words that no page has any more."""
    return [str(row[0]) for row in db.execute(_DIGESTS)]


def add_digests(db: Database, more: Iterable[str]) -> None:
    """Keep digests by which pages are known that were forgotten in another database."""
    db.conn.executemany("INSERT OR IGNORE INTO forgotten_digests VALUES (?)", [(digest,) for digest in more])


def come_back(db: Database) -> list[int]:
    """Return the pages that are there though their bytes or words were forgotten in another database."""
    return [row[0] for row in db.execute(_COME_BACK)]


def bytes_of(db: Database, digests: Collection[str]) -> set[str]:
    """Return which of these SHA-256 are of bytes that were forgotten."""
    return {sha256 for (sha256,) in db.execute(_BYTES, [json.dumps([*digests])])}


def versions(db: Database, page_ids: Collection[int]) -> list[int]:
    """Return these pages and all other versions of their files."""
    return _ids(db, _VERSIONS, page_ids)


def copies(db: Database, page_ids: Collection[int]) -> list[int]:
    """Return these pages and all others with the same bytes, in order, without those that were forgotten before."""
    return sorted(_ids(db, _COPIES, page_ids))


def tombstones(db: Database) -> list[int]:
    """Return all pages that were forgotten."""
    return [row[0] for row in db.execute(f"SELECT id FROM pages WHERE reason = '{Reason.FORGOTTEN}'")]


def articles_of(db: Database, page_ids: Collection[int]) -> list[int]:
    """Return the articles that pages carry, or carried at some time."""
    ids = json.dumps([*page_ids])
    query = f"""SELECT article_id FROM pages WHERE id IN {_GIVEN} AND article_id IS NOT NULL
        UNION SELECT article_id FROM revisions WHERE page_id IN {_GIVEN}"""
    return [row[0] for row in db.execute(query, [ids, ids])]


def pages_of(db: Database, articles: Collection[int]) -> list[int]:
    """Return the pages that carry articles."""
    return _ids(db, f"SELECT id FROM pages WHERE article_id IN {_GIVEN}", articles)


def without_pages(db: Database, articles: Collection[int]) -> list[int]:
    """Return which of these articles no page carries."""
    query = "SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM pages WHERE article_id = value)"
    return _ids(db, query, articles)


def digests_of(db: Database, page_ids: Collection[int]) -> list[str]:
    """Return the SHA-256 of the bytes of pages."""
    query = f"SELECT DISTINCT sha256 FROM pages WHERE id IN {_GIVEN} AND sha256 IS NOT NULL"
    return [str(row[0]) for row in db.execute(query, [json.dumps([*page_ids])])]


def paths_of(db: Database, page_ids: Collection[int]) -> list[str]:
    """Return the paths of pages."""
    return [
        row[0] for row in db.execute(f"SELECT DISTINCT path FROM pages WHERE id IN {_GIVEN}", [json.dumps([*page_ids])])
    ]


def is_there(db: Database, digests: Collection[str]) -> bool:
    """Return whether a page that carries an article has bytes or a text of one of these digests."""
    its = f"sha256 IN {_GIVEN} OR text_sha256 IN {_GIVEN}"
    query = f"SELECT EXISTS (SELECT 1 FROM pages WHERE article_id IS NOT NULL AND ({its}))"
    given = json.dumps([*digests])
    return bool(db.execute(query, [given, given]).fetchone()[0])


def detach(db: Database, page_ids: Collection[int], detail: str) -> None:
    """Let pages carry no article any more and end as forgotten. Their texts are still there."""
    ended = f"outcome = 'rejected', reason = '{Reason.FORGOTTEN}', detail = ?"
    nothing = "article_id = NULL, parent_id = NULL, similarity = NULL"
    db.execute(f"UPDATE pages SET {ended}, {nothing} WHERE id IN {_GIVEN}", [detail, json.dumps([*page_ids])])


def erase(db: Database, page_ids: Collection[int], articles: Collection[int]) -> None:
    """Delete what detached pages and the articles that they carried hold, as far as no other page has it.

    The words of a text that no page has any more are noted by their digest.
    """
    ids, carried = json.dumps([*page_ids]), json.dumps([*articles])
    its = f"SELECT DISTINCT text_sha256 FROM pages WHERE id IN {_GIVEN} AND text_sha256 IS NOT NULL"
    held = json.dumps([row[0] for row in db.execute(its, [ids])])
    for table in ("extractions", "refused_texts"):
        db.execute(f"DELETE FROM {table} WHERE page_id IN {_GIVEN}", [ids])
    db.execute(f"DELETE FROM revisions WHERE article_id IN {_GIVEN}", [carried])
    nothing = ", ".join(f"{name} = NULL" for name in _NOTHING)
    db.execute(f"UPDATE pages SET {nothing} WHERE id IN {_GIVEN}", [ids])
    db.execute(f"UPDATE articles SET markdown = NULL WHERE page_id IN {_GIVEN}", [ids])
    left = "NOT EXISTS (SELECT 1 FROM pages WHERE article_id = articles.id)"
    db.execute(f"DELETE FROM articles WHERE id IN {_GIVEN} AND {left}", [carried])
    gone = f"""sha256 IN {_GIVEN} AND NOT EXISTS (SELECT 1 FROM pages WHERE text_sha256 = known_texts.sha256)
        AND sha256 NOT IN (SELECT text_sha256 FROM revisions)"""
    db.execute(f"INSERT OR IGNORE INTO forgotten_digests SELECT words_sha256 FROM known_texts WHERE {gone}", [held])
    db.execute(f"DELETE FROM known_texts WHERE {gone}", [held])
    db.execute("DELETE FROM forgotten_digests WHERE digest IN (SELECT words_sha256 FROM known_texts)")


def erase_mentions(db: Database, names: Mapping[str, Collection[int | str]], archive: str | None = None) -> None:
    """Delete the rows of all tables but `pages` and `known_texts` that name what is gone in one of these columns.

    With `archive`, of a table that holds rows for several archives only those for this one.
    """
    for table in set(db.table_names()) - {"pages", "known_texts"}:
        columns = {column.name for column in db.table(table).columns}
        naming = {f"{name} IN {_GIVEN}": json.dumps([*gone]) for name, gone in names.items() if name in columns}
        if naming:
            of_archive = {" AND archive = ?": archive} if archive is not None and "archive" in columns else {}
            where = f"({' OR '.join(naming)}){''.join(of_archive)}"
            db.execute(f"DELETE FROM {table} WHERE {where}", [*naming.values(), *of_archive.values()])


def record(db: Database, moment: str, named: str, pages: int, note: str | None) -> None:
    """Note that pages were forgotten: when, how they were named, how many, and why."""
    rows.insert(db, "forgotten", {"moment": moment, "named": named, "pages": pages, "note": note})


def has_traces(db: Database) -> bool:
    """Return whether pages were forgotten after which the files of the database were not wiped to the end."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM forgotten WHERE wiped IS NULL)").fetchone()[0])


def record_wiped(db: Database, moment: str) -> None:
    """Note that the files of the database hold no trace any more of what was forgotten before."""
    db.execute("UPDATE forgotten SET wiped = ? WHERE wiped IS NULL", [moment])


def _ids(db: Database, query: str, page_ids: Collection[int]) -> list[int]:
    return [row[0] for row in db.execute(query, [json.dumps([*page_ids])])]
