"""Citations of an article with its address, moment of capture and digest, and addresses of articles that last.

The digest is that of the page's bytes: it is the same in every archive that has the page, however it was read.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from datasette import Response
from datasette.database import Database
from datasette.utils.asgi import NotFound
from datasette.views.base import DatasetteError

from winnow.room import serving
from winnow.room.database import Row, row, snapshot, value
from winnow.room.text import safe_link

FEWEST = 12  # hexadecimal digits of a digest that name a page
_LAST = "g"  # comes after every hexadecimal digit
_ABOUT = """SELECT a.id, a.title, a.author, a.date, a.sitename, a.hostname, a.language, a.kind,
        ifnull(a.url, p.url) AS url, p.captured, p.sha256, p.text_sha256, r.started AS first_read
    FROM articles a JOIN pages p ON p.id = a.page_id LEFT JOIN runs r ON r.id = p.first_run WHERE a.id = ?"""
_BY_DIGEST = """SELECT DISTINCT article_id FROM pages WHERE {} >= ?1 AND {} < ?2 AND article_id IS NOT NULL LIMIT 2"""
_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_AS_TEX = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def about(db: sqlite3.Connection, article_id: int) -> Row | None:
    """Return what a citation of an article says, without its lasting address; None if there is no such article."""
    found = row(db, _ABOUT, [article_id])
    if found is None:
        return None
    authors = [name.strip() for name in (found["author"] or "").split(";") if name.strip()]
    site = found["sitename"] or found["hostname"]
    lines = {name: _line(found[name]) for name in ("title", "date", "language", "url")}
    return {**found, **lines, "authors": [_line(name) for name in authors], "site": site and _line(site)}


def _line(text: str | None) -> str | None:
    return text and " ".join(text.split())[:1000]


def article_of(db: sqlite3.Connection, digest: str) -> int | None:
    """Return the article with a page, or a text, whose digest begins so; None if there is none, or more than one."""
    for column in ("sha256", "text_sha256"):
        sql = _BY_DIGEST.format(column, column)
        found = [each[0] for each in db.execute(sql, [digest, digest + _LAST])]
        if found:
            return int(found[0]) if len(found) == 1 else None
    sql = "SELECT article_id FROM revisions WHERE text_sha256 = ? ORDER BY id DESC LIMIT 1"
    return value(db, sql, [digest]) if len(digest) == 64 else None


def plain(told: Row, lasting: str) -> str:
    """Return a citation as a line for people.

    >>> plain({"authors": ["A. B"], "title": "Tide", "site": "Gazette", "date": "2024-03-15", "url": "http://g.example/1",
    ...     "captured": "2024-03-16T10:00:00+00:00", "sha256": "ab"}, "/a/ab")
    'A. B: Tide. Gazette, 2024-03-15. http://g.example/1. Captured 2024-03-16 10:00 UTC. SHA-256 ab. /a/ab'
    """
    who = ", ".join(told["authors"])
    where = ", ".join(filter(None, [told["site"], told["date"]]))
    when = (
        f"Captured {_moment(told['captured'])} UTC" if told["captured"] else f"Read {_moment(told['first_read'])} UTC"
    )
    title = f"{who}: {told['title'] or 'Untitled'}" if who else told["title"] or "Untitled"
    parts = [title, where, safe_link(told["url"]), when, f"SHA-256 {told['sha256']}", lasting]
    return ". ".join(part.rstrip(".") for part in parts if part)


def bibtex(told: Row, lasting: str) -> str:
    """Return a citation as an entry of BibTeX."""
    authors = " and ".join(
        f"{{{_tex(name)}}}" if re.search(r",|\band\b", name) else _tex(name) for name in told["authors"]
    )
    fields = {
        "author": authors,
        "title": f"{{{_tex(told['title'] or 'Untitled')}}}",
        "howpublished": _tex(told["site"] or ""),
        "year": (told["date"] or "")[:4],
        "date": told["date"],
        "url": _address(told),
        "urldate": _accessed(told)[:10],
        "language": told["language"],
        "note": _tex(_note(told, lasting)),
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{{_key(told)},\n{lines}}}\n"


def csl(told: Row, lasting: str) -> str:
    """Return a citation as CSL-JSON, which Zotero, pandoc and others read."""
    item = {
        "id": _key(told),
        "type": "article-newspaper" if told["kind"] == "article" and told["date"] else "webpage",
        "title": told["title"] or "Untitled",
        "author": [{"literal": name} for name in told["authors"]],
        "container-title": told["site"],
        "issued": _parts(told["date"]),
        "accessed": _parts(_accessed(told)[:10]),
        "URL": _address(told),
        "language": told["language"],
        "archive_location": lasting,
        "note": _note(told, lasting),
    }
    return json.dumps([{name: each for name, each in item.items() if each}], ensure_ascii=False, indent=2) + "\n"


def ris(told: Row, lasting: str) -> str:
    """Return a citation as RIS."""
    fields: list[tuple[str, Any]] = [("TY", "ELEC"), *(("AU", name) for name in told["authors"])]
    fields += [("TI", told["title"] or "Untitled"), ("T2", told["site"]), ("PY", (told["date"] or "")[:4])]
    fields += [("DA", (told["date"] or "").replace("-", "/")), ("Y2", _accessed(told)[:10].replace("-", "/"))]
    fields += [("UR", _address(told)), ("LA", told["language"]), ("N1", _note(told, lasting)), ("L1", lasting)]
    return "".join(f"{tag}  - {text}\r\n" for tag, text in fields if text) + "ER  - \r\n"


Write = Callable[[Row, str], str]
FORMATS: dict[str, tuple[str, Write]] = {
    "txt": ("text/plain", lambda told, lasting: plain(told, lasting) + "\n"),
    "bib": ("application/x-bibtex", bibtex),
    "json": ("application/vnd.citationstyles.csl+json", csl),
    "ris": ("application/x-research-info-systems", ris),
}


def _key(told: Row) -> str:
    first = re.sub(
        r"[^a-z0-9]+", "", (told["authors"][0].split()[-1] if told["authors"] else told["site"] or "").lower()
    )
    return f"{first or 'page'}{(told['date'] or '')[:4]}-{told['sha256'][:8]}"


def _note(told: Row, lasting: str) -> str:
    return f"{'captured' if told['captured'] else 'read'} {_accessed(told)}, SHA-256 {told['sha256']}, {lasting}"


def _accessed(told: Row) -> str:
    return str(told["captured"] or told["first_read"] or "")


def _address(told: Row) -> str:
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", safe_link(told["url"]) or "")


def _moment(stored: str | None) -> str:
    return (stored or "")[:16].replace("T", " ")


def _parts(day: str | None) -> dict[str, Any] | None:
    numbers = [int(part) for part in (day or "").split("-") if part.isdigit()]
    return {"date-parts": [numbers]} if numbers else None


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _AS_TEX.get(found[0], f"\\{found[0]}"), text)


async def lasting(database: Database, datasette: Any, request: Any) -> Response:
    """Lead from an article's lasting address to the article, or return its citation in a format."""
    await serving.permit(datasette, request, database.name)
    digest, form = request.url_vars["digest"].lower(), request.url_vars.get("form")

    def read(db: sqlite3.Connection) -> Row | None:
        with snapshot(db):
            found = article_of(db, digest)
            return about(db, found) if found else None

    told = await database.execute_fn(read)
    if told is None:
        raise NotFound("No article of this archive has a page or a text with this digest, or several begin like it.")
    if not form:
        return Response.redirect(f"{datasette.urls.table(database.name, 'articles')}/{told['id']}", status=302)
    if form not in FORMATS:
        raise DatasetteError(f"Citations end in {', '.join(FORMATS)}.", title="Another format", status=404)
    media_type, write = FORMATS[form]
    text = write(told, datasette.absolute_url(request, address(datasette, told)))
    return Response(text, content_type=f"{media_type}; charset=utf-8")


def address(datasette: Any, told: Row) -> str:
    """Return the lasting address of an article, without the host."""
    return str(datasette.urls.path(f"/a/{told['sha256']}"))


async def of_article(database: Database, datasette: Any, request: Any, article_id: int) -> Row:
    """Return the citation that the page of an article shows, and the article's lasting address."""
    told = await database.execute_fn(partial(about, article_id=article_id))
    if told is None or not told["sha256"]:
        return {"citation": None}
    lasting = address(datasette, told)
    return {"citation": plain(told, datasette.absolute_url(request, lasting)), "lasting": lasting, "formats": FORMATS}
