"""Which article a mark is of: by digests of its pages and texts, which outlast a rebuild, then by path and address."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from winnow.items import StartError

COPIES = 40  # pages of an article whose digests are kept with a mark
LOOKED_AT = 200  # pages of an article by which its marks are looked for
_CANONICAL = """SELECT p.sha256, p.source, p.path, ifnull(a.url, p.url), a.title
    FROM articles a JOIN pages p ON p.id = a.page_id WHERE a.id = ? AND p.sha256 IS NOT NULL"""
_PAGES = """SELECT sha256, text_sha256, path, url FROM pages WHERE article_id = ?1 AND sha256 IS NOT NULL
    ORDER BY id = (SELECT page_id FROM articles WHERE id = ?1) DESC, id LIMIT ?2"""
_GIVEN = "(SELECT value FROM json_each(?))"
_KNOWN = (
    f"SELECT marked_id, digest FROM known WHERE marked_id IN {_GIVEN} AND (place = 0) = ? ORDER BY marked_id, place"
)
_BY_DIGEST = """SELECT value, ifnull(
        (SELECT article_id FROM pages WHERE sha256 = value AND article_id IS NOT NULL LIMIT 1),
        (SELECT article_id FROM pages WHERE text_sha256 = value AND article_id IS NOT NULL LIMIT 1))
    FROM json_each(?)"""
_BY_PATH = "SELECT article_id FROM pages WHERE source = ? AND path = ? AND article_id IS NOT NULL ORDER BY id DESC"
_BY_ADDRESS = "SELECT article_id FROM pages WHERE url = ? AND article_id IS NOT NULL ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Subject:
    """An article as a mark names it: the digest of its canonical page's bytes, and all that it is found again by.

    `digests` are those of its pages, the canonical one first, then those of their texts.
    """

    sha256: str
    digests: list[str]
    source: str | None
    path: str | None
    url: str | None
    title: str | None


def subject(db: sqlite3.Connection, article_id: int) -> Subject:
    """Return an article of an archive as marks name it. Raises `StartError` if there is none."""
    found = db.execute(_CANONICAL, [article_id]).fetchone()
    if found is None:
        raise StartError("there is no such article")
    sha256, *rest = found
    pages = db.execute(_PAGES, [article_id, COPIES]).fetchall()
    digests = [page[0] for page in pages] + [page[1] for page in pages if page[1]]
    return Subject(sha256, list(dict.fromkeys(digests)), *rest)


def marked_of(db: sqlite3.Connection, marks: sqlite3.Connection, article_ids: Iterable[int]) -> dict[int, int]:
    """Return the marked articles (ids of `marked`) that are one of some articles of an archive, each with its article.

    An article may have several: they were marked before they became one.
    """
    wanted = set(article_ids)
    pages = [page for article_id in sorted(wanted) for page in db.execute(_PAGES, [article_id, LOOKED_AT])]
    digests = json.dumps([digest for page in pages for digest in page[:2] if digest])
    paths, urls = json.dumps([page[2] for page in pages]), json.dumps([page[3] for page in pages if page[3]])
    sql = f"""SELECT marked_id FROM known WHERE digest IN {_GIVEN} UNION SELECT id FROM marked WHERE path IN {_GIVEN}
        UNION SELECT id FROM marked WHERE url IN {_GIVEN}"""
    candidates = [row[0] for row in marks.execute(sql, [digests, paths, urls])]
    return {key: found for key, found in articles_of(db, marks, candidates).items() if found in wanted}


def article_known(db: sqlite3.Connection, about: Subject) -> int | None:
    """Return the article that the archive has by one of these digests, else by the address; None if it has none."""
    found = [row[1] for row in db.execute(_BY_DIGEST, [json.dumps(about.digests)]) if row[1] is not None]
    found += [row[0] for row in db.execute(_BY_ADDRESS, [about.url])] if not found and about.url else []
    return int(found[0]) if found else None


def articles_of(
    db: sqlite3.Connection, marks: sqlite3.Connection, marked: Collection[int] | None = None
) -> dict[int, int]:
    """Return the article of an archive that each marked one is, without those that are not in this archive.

    The first of its digests that the archive has tells; where it has none, the path in its source, then the address.
    """
    given, values = ("", []) if marked is None else (f" WHERE id IN {_GIVEN}", [json.dumps([*marked])])
    rows = marks.execute(f"SELECT id, source, path, url FROM marked{given}", values).fetchall()
    found: dict[int, int] = {}
    for is_first in (True, False):  # nearly all are found by their first digest
        left = json.dumps([row[0] for row in rows if row[0] not in found])
        known = marks.execute(_KNOWN, [left, is_first]).fetchall()
        there = dict(db.execute(_BY_DIGEST, [json.dumps(sorted({digest for _, digest in known}))]).fetchall())
        for key, digest in known:
            if there[digest] is not None:
                found.setdefault(key, there[digest])
    for key, source, path, url in rows:
        if key not in found:
            hit = db.execute(_BY_PATH, [source, path]).fetchone() or db.execute(_BY_ADDRESS, [url]).fetchone()
            if hit:
                found[key] = hit[0]
    return found
