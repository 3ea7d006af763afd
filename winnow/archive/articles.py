"""Write what a page does to its article: begin it, join it, become its canonical page, or revise it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from winnow.archive import rows, texts
from winnow.archive.index.sketches import SketchIndex
from winnow.archive.measures import Measures
from winnow.archive.sqlite import Database
from winnow.decision import Verdict
from winnow.fingerprint import Fingerprint
from winnow.items import LISTS, METADATA, Article, Kind, Reason
from winnow.match.overlap import compare
from winnow.match.said import Said, latest_fields
from winnow.text import storable

EXTRACTED = tuple(name for name in METADATA if name != "title")  # in `extractions`; the title stands in `pages`
FILLED = ("title", "author", "date", "url", "hostname")  # taken from another page where the canonical one has none
SHAPE = ("kind", "markdown")  # how an article is told, not what it says: another shape alone is no change
_COLUMN = {name: f"{'p' if name == 'title' else 'e'}.{name}" for name in FILLED}
MAX_ASKED = 100  # pages of an article, the first ones, that fill what its canonical page does not state
_PAGES = f"""(SELECT id FROM pages WHERE article_id = ?1 ORDER BY id LIMIT {MAX_ASKED}) first
    CROSS JOIN pages p ON p.id = first.id JOIN extractions e ON e.page_id = p.id"""
_ANY_STATED = f"SELECT {{are_stated}} FROM {_PAGES}"
# The first page that states a field and is neither an excerpt nor a later page with the text of one.
_FIRST_STATED = f"""SELECT {{name}} FROM {_PAGES}
    WHERE p.reason != 'excerpt'
        AND {{name}} IS NOT NULL AND (?2 IS NULL OR e.hostname IS NULL OR e.hostname = ?2)
        AND (SELECT q.reason FROM pages q WHERE q.text_sha256 = p.text_sha256 AND q.revisits IS NULL
            ORDER BY q.id LIMIT 1) IS NOT 'excerpt'
    ORDER BY p.id LIMIT 1"""


class Articles:
    """The rows of `articles` and `revisions`, kept in step with the pages."""

    def __init__(self, db: Database, index: SketchIndex) -> None:
        self._db, self._index, self.measures = db, index, Measures(db, index)
        self._set: Said = {}  # pages of whose articles a person has set fields

    def obey(self, said: Said) -> None:
        """Let the fields that persons have set go before what pages state."""
        self._set = {sha256: told for sha256, told in said.items() if told.fields}

    def reads_as_before(self, verdict: Verdict, columns: dict[str, Any]) -> bool:
        """Return whether a verdict is a revision that would leave what the article says as it is.

        Then the article takes over the page's kind and Markdown at once.
        """
        if verdict.parent is None or not verdict.is_revision:
            return False
        current = self._row(verdict.parent.article_id)
        current |= self._stated(current["page_id"])
        if any(current[name] != value for name, value in columns.items() if name not in SHAPE):
            return False
        self.write(verdict.parent.article_id, {name: columns[name] for name in SHAPE})
        return True

    def begin(self, columns: dict[str, Any], now: str) -> int:
        """Insert a new article and return its id; the first page that joins becomes its canonical page."""
        return rows.insert(self._db, "articles", {**columns, "page_count": 0, "first_seen": now, "last_seen": now})

    def take_over(self, article_id: int, page_id: int, verdict: Verdict, columns: dict[str, Any], run_id: int) -> None:
        """Make a page the canonical page of an article, whose row takes over the page's extraction.

        After a revision, the earlier text is kept in `revisions`; otherwise the former canonical page becomes a
        duplicate.
        """
        article = self._row(article_id)
        old, new = (rows.get(self._db, "pages", id_) for id_ in (article["page_id"], page_id))
        if not verdict.is_revision:
            self._step_down(old, new)
        elif old["text_sha256"] != new["text_sha256"]:
            revision = {"article_id": article_id, "page_id": old["id"], "run_id": run_id}
            kept = {"title": old["title"], "text_sha256": old["text_sha256"]}
            rows.insert(self._db, "revisions", revision | kept)
        self.write(article_id, {**columns, "page_id": page_id})
        self.measures.begin(article_id)

    def write(self, article_id: int, columns: dict[str, Any]) -> None:
        """Update only the columns that differ, so that the search index is left alone where it can be."""
        current = self._row(article_id)
        changed = {name: value for name, value in columns.items() if current[name] != value}
        if changed:
            rows.update(self._db, "articles", article_id, changed)
        if "text" in changed or "page_id" in changed:
            texts.give(self._db, [article_id])

    def complete(self, article_id: int, joined: int | None = None) -> dict[str, Any]:
        """Write what an article has beyond its canonical page's own, and return these columns.

        What that page does not state comes from the first page that states it and is no excerpt, of the first
        `MAX_ASKED` pages; what persons have set goes before all. With `joined` nothing has changed but that this page
        has joined the article.
        """
        columns = self._filled(article_id, joined)
        if columns or joined is None or self._is_set(joined):
            columns |= self._set_of(article_id)
        if columns:
            self.write(article_id, columns)
        return columns

    def _filled(self, article_id: int, joined: int | None) -> dict[str, Any]:
        canonical_id = rows.get(self._db, "articles", article_id, columns="page_id")["page_id"]
        canonical = self._told(canonical_id)
        missing = [name for name in FILLED if canonical[name] is None and canonical_id != joined]
        if joined is not None and missing:
            told = self._told(joined)
            missing = [name for name in missing if told[name] is not None]
        elif missing:  # one pass tells what no page states, instead of one for each field
            are_stated = ", ".join(f"max({_COLUMN[name]} IS NOT NULL)" for name in missing)
            stated = self._db.execute(_ANY_STATED.format(are_stated=are_stated), [article_id]).fetchone()
            missing = [name for name, is_stated in zip(missing, stated, strict=True) if is_stated]
        found: dict[str, Any] = {}
        for name in missing:
            host = canonical["hostname"] if name == "url" else None
            first = self._db.execute(_FIRST_STATED.format(name=_COLUMN[name]), [article_id, host]).fetchone()
            found |= {name: first[0]} if first else {}
        return found

    def _told(self, page_id: int) -> dict[str, Any]:
        """Return what a page states of the fields that another page may fill."""
        stated = rows.get(self._db, "extractions", page_id, "page_id", ", ".join(FILLED[1:]))
        return stated | rows.get(self._db, "pages", page_id, columns=FILLED[0])

    def _is_set(self, page_id: int) -> bool:
        """Return whether a person has set a field by naming this page."""
        return bool(self._set) and rows.get(self._db, "pages", page_id, columns="sha256")["sha256"] in self._set

    def _set_of(self, article_id: int) -> dict[str, Any]:
        if not self._set:
            return {}
        pages = self._db.execute("SELECT DISTINCT sha256 FROM pages WHERE article_id = ?", [article_id])
        told = latest_fields(self._set, (sha256 for (sha256,) in pages if sha256 in self._set))
        return {name: _as_json(json.loads(value)) if value and name in LISTS else value for name, value in told.items()}

    def _stated(self, page_id: int) -> dict[str, Any]:
        """Return the columns of `articles` that can be set, as a page states them."""
        extracted = rows.get(self._db, "extractions", page_id, "page_id")
        page = rows.get(self._db, "pages", page_id)
        return {name: extracted[name] for name in EXTRACTED} | {name: page[name] for name in ("title", "kind")}

    def former(self, page_id: int) -> dict[str, Any]:
        """Return the columns of `articles` as a page states them that speaks for it no more; its Markdown is lost."""
        page = rows.get(self._db, "pages", page_id)
        text = rows.get(self._db, "texts", page["text_sha256"], "sha256")["text"]
        return self._stated(page_id) | {"text": text, "word_count": page["word_count"], "markdown": None}

    def join(self, article_id: int, page_id: int, now: str, captured: str | None = None, is_new: bool = True) -> None:
        """Count a page that has joined an article, and the times it was seen; the first page is the canonical one.

        `now` and `captured` (when the page was captured, if known) are ISO 8601 in UTC. A page that is not `is_new` has
        carried this article before.
        """
        self._db.execute(
            """UPDATE articles SET first_seen = min(first_seen, ?1), last_seen = max(min(first_seen, ?1), ?2),
                page_id = ifnull(page_id, ?3), page_count = page_count + ?4 WHERE id = ?5""",
            [captured or now, now, page_id, is_new, article_id],
        )
        self.measures.join(article_id, page_id)

    def _step_down(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        overlap = compare(self._index.extraction(old["id"]).text, self._index.extraction(new["id"]).text)
        reason = Reason.SAME_BYTES if old["sha256"] == new["sha256"] else overlap.as_duplicate
        relation = {
            Reason.SAME_BYTES: "the same file",
            Reason.SAME_TEXT: f"the same {old['word_count']} words",
            Reason.EXCERPT: f"an excerpt: {overlap}",
        }.get(reason, str(overlap))
        detail = f"page {new['id']} is better: {relation}"
        rows.update(self._db, "pages", old["id"], ending(reason, detail, old["article_id"], old["parent_id"]))

    def _row(self, article_id: int) -> dict[str, Any]:
        return rows.get(self._db, "articles", article_id)


def ending(
    reason: Reason,
    detail: str,
    article_id: int | None = None,
    parent_id: int | None = None,
    similarity: float | None = None,
) -> dict[str, Any]:
    """Return the columns of `pages` that say what became of a page."""
    return {
        "outcome": str(reason.outcome),
        "reason": str(reason),
        "detail": detail,
        "article_id": article_id,
        "parent_id": parent_id,
        "similarity": similarity,
    }


def ending_of(verdict: Verdict, article_id: int) -> dict[str, Any]:
    """Return the columns of `pages` that a verdict gives."""
    parent_id = verdict.parent.page_id if verdict.parent else None
    similarity = 1.0 if verdict.takes_over else verdict.similarity
    return ending(verdict.reason, verdict.detail, article_id, parent_id, similarity=similarity)


def extraction_row(article: Article, overruled: str | None = None) -> dict[str, Any]:
    """Return the columns of `extractions`, but for the page and its reader."""
    return _columns(article, (*EXTRACTED, "confidence")) | {"overruled": overruled}


def article_row(article: Article, text: Fingerprint) -> dict[str, Any]:
    """Return the columns of `articles` that come from the canonical page."""
    row = {**_columns(article, METADATA), "text": article.text, "word_count": text.word_count}
    return row | {"kind": str(article.kind), "markdown": storable(article.markdown) or None}


def article_of(row: Mapping[str, Any]) -> Article:
    """Return the article whose columns are among those of a row."""
    lists = {name: tuple(values) for name, values in lists_of(row).items()}
    kind, stated = Kind(row["kind"] or Kind.ARTICLE), {name: row[name] for name in METADATA}
    return Article(row["text"], row["confidence"], kind, row["markdown"] or "", **{**stated, **lists})


def lists_of(row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the columns of an article that hold lists, read from JSON; null is an empty list."""
    return {name: json.loads(row[name] or "[]") for name in LISTS}


def _columns(article: Article, names: Sequence[str]) -> dict[str, Any]:
    row = {name: getattr(article, name) for name in names}
    return row | {name: _as_json(row[name]) for name in LISTS}


def _as_json(values: Sequence[str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None
