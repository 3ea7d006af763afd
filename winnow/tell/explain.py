"""Say why a page is, or is not, a duplicate of another: find both, measure their overlap, compare it with the rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from winnow.archive import rows
from winnow.archive.index.sketches import SketchIndex
from winnow.archive.sqlite import Database
from winnow.items import WinnowError
from winnow.match import overlap as rule
from winnow.match.decide import MIN_SHARED_HASHES, MIN_WORDS
from winnow.match.kinship import refusal
from winnow.match.overlap import Overlap, compare
from winnow.tell.passages import Passage, passages
from winnow.text import one_line

NEAREST = 3  # pages shown beside a page that matched no earlier one
ARTICLE = "article:"


@dataclass(frozen=True, slots=True)
class Check:
    """One measure of an overlap, the value that the rule asks for, and whether the measure meets it."""

    name: str
    value: str
    needed: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pages side by side; `verdict` is what the rules say of the two alone."""

    page: dict[str, Any]
    other: dict[str, Any]
    overlap: Overlap
    shared_hashes: int
    verdict: str
    checks: tuple[Check, ...]
    passages: tuple[Passage, ...]


def find(db: Database, what: str) -> list[dict[str, Any]]:
    """Return pages by id, by path or the end of a path, or all pages of an article named as `article:ID`.

    Of several versions of one path, only the one read last is returned. Raises `WinnowError` if no page is found, or if
    the end of a path fits several pages.
    """
    columns = "SELECT p.*, a.title AS article_title, a.page_id AS canonical_id FROM pages p"
    query = f"{columns} LEFT JOIN articles a ON a.id = p.article_id WHERE"
    if what.startswith(ARTICLE):
        number = what.removeprefix(ARTICLE)
        pages = list(db.query(f"{query} p.article_id = ? ORDER BY p.id", [number]))
    elif what.isdecimal() and len(what) < 19:  # SQLite's integers have no more digits
        pages = list(db.query(f"{query} p.id = ?", [int(what)]))
    else:
        pages = _newest(db.query(f"{query} p.path = ? ORDER BY p.last_run, p.id", [what]))
        if not pages:
            pages = _newest(db.query(f"{query} substr(p.path, -?) = ? ORDER BY p.last_run, p.id", [len(what), what]))
        if len(pages) > 1:
            paths = ", ".join(f"{one_line(page['path'])} (page {page['id']})" for page in pages[:5])
            raise WinnowError(f"{what} fits {len(pages)} pages: name one by its id or whole path: {paths}")
    if not pages:
        raise WinnowError(f"no page is known as {what}: give a page's id or path, or {ARTICLE}ID")
    return pages


def ended(page: dict[str, Any]) -> Iterator[str]:
    """Yield lines that say what became of a page."""
    yield f"page {page['id']}  {one_line(page['path'])}"
    yield f"  {page['outcome']}, {page['reason']}: {one_line(page['detail'])}"
    if page["article_id"] is not None:
        yield f"  article {page['article_id']}: {one_line(page['article_title'] or 'without a title')}"


def _newest(pages: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(page["source"], page["path"]): page for page in pages}.values())


def partners(db: Database, page: dict[str, Any]) -> list[int]:
    """Return the ids of the pages to set beside a page: the one that it was matched with, or the nearest ones."""
    if page["article_id"] is None:
        return []
    if page["parent_id"] is not None:
        return [page["parent_id"]]
    index = SketchIndex(db)
    sketch = index.extraction(page["id"]).text.sketch
    found = [(count, known.page_id) for known, count in index.candidates(sketch) if known.page_id != page["id"]]
    return [page_id for _, page_id in sorted(found, key=lambda item: (-item[0], item[1]))[:NEAREST]]


def compare_pages(db: Database, page: dict[str, Any], other: dict[str, Any]) -> Comparison:
    """Return two pages side by side. Raises `WinnowError` for a page without an article."""
    for one in (page, other):
        if one["article_id"] is None:
            raise WinnowError(f"page {one['id']} carries no article: {one['reason']}, {one['detail']}")
    index = SketchIndex(db)
    said, known_said = (index.extraction(one["id"]) for one in (page, other))
    text, known = said.text, known_said.text
    overlap = compare(text, known)
    shared = len(set(text.sketch) & set(known.sketch))
    words = min(text.word_count, known.word_count)
    checks = tuple(_checks(overlap, shared, words))
    if why := refusal(said, known_said, overlap):
        checks += (Check("beside their words", why, "nothing may say that they are two", False),)
    texts = (rows.get(db, "texts", one["text_sha256"], "sha256")["text"] for one in (other, page))
    return Comparison(page, other, overlap, shared, _verdict(overlap, checks), checks, tuple(passages(*texts)))


def _verdict(overlap: Overlap, checks: tuple[Check, ...]) -> str:
    if overlap.resemblance == 1.0:
        return "the same text"
    if not all(check.is_met for check in checks):
        return "different articles"
    return "one article: a near-duplicate" if overlap.is_copy else "one article: the smaller is an excerpt"


def _checks(overlap: Overlap, shared_hashes: int, words: int) -> Iterator[Check]:
    """Yield the conditions of the rule in `winnow.match.overlap`, each with what was measured."""
    is_part = overlap.ratio < rule.MIN_SIZE_RATIO
    least = rule.MIN_CONTAINMENT if is_part else rule.MIN_COPY_CONTAINMENT
    kind = "an excerpt" if is_part else "a copy"
    yield _check("words of the smaller", words, words >= MIN_WORDS, f"{MIN_WORDS}, fewer match only when equal")
    yield _check("shared sketch hashes", shared_hashes, shared_hashes >= MIN_SHARED_HASHES, f"{MIN_SHARED_HASHES}")
    limit = f"below {rule.MIN_SIZE_RATIO} only an excerpt is possible"
    yield Check("size ratio", f"{overlap.ratio:.2f}", limit, True)
    yield _check("containment", f"{overlap.containment:.0%}", overlap.containment >= least, f"{least:.0%} for {kind}")
    is_clean = overlap.clean >= rule.MIN_CLEAN
    if is_part:
        yield _check("in whole lines", f"{overlap.clean:.0%}", is_clean, f"{rule.MIN_CLEAN:.0%}")
        limit = f"{rule.MAX_EXCERPT_START:.0%} at most: an excerpt is the beginning"
        yield Check("begins at", f"{overlap.start:.0%}", limit, overlap.start <= rule.MAX_EXCERPT_START)
        return
    limit = f"{rule.MIN_CLEAN:.0%}, or {rule.MIN_RUN} words in a row (here {overlap.run:.0f})"
    yield _check("in whole lines", f"{overlap.clean:.0%}", is_clean or overlap.run >= rule.MIN_RUN, limit)
    limit = f"{rule.MAX_COPY_START:.0%} at most, unless nearly all is shared"
    yield Check("begins at", f"{overlap.start:.0%}", limit, not overlap.is_quote)


def _check(name: str, value: object, is_met: bool, least: str) -> Check:
    return Check(name, str(value), f"at least {least}", is_met)
