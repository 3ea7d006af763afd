"""Keep the index of folded words in step with the articles: what has changed waits in a table until it is indexed.

Triggers in plain SQL put an article into `articles_due`, with what the index holds of it, so that other programs can
write articles too. It is indexed when a batch is committed. Workers fold the words of the pages that they read; all
others are folded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from winnow.archive.sqlite import Database
from winnow.search.fold import fold, prepare
from winnow.search.forms import forms_of_text, main_language

_INDEXED = ("title", "description", "text", "author")
COLUMNS = (*_INDEXED, "language")  # what the index of an article depends on
ROUND = 500  # articles between two commits, where many are due

_NAMES = ", ".join((*_INDEXED, "forms"))
_ADD = f"INSERT INTO articles_search (rowid, {_NAMES}) VALUES (?, ?, ?, ?, ?, ?)"
_REMOVE = f"INSERT INTO articles_search (articles_search, rowid, {_NAMES}) VALUES ('delete', ?, ?, ?, ?, ?, ?)"

Values = tuple[str | None, ...]


def catch_up(db: Database, most: int = -1, known: Mapping[Values, list[str]] = MappingProxyType({})) -> int:
    """Index the articles that are due, so many at most, and return their number; whoever calls commits.

    `known` has what was folded before, by the values of `COLUMNS`.
    """
    done = 0
    for article_id, held, now in _due(db, most):
        if held is not None:
            db.execute(_REMOVE, [article_id, *folded(held)])
        if now is not None:
            db.execute(_ADD, [article_id, *(known.get(now) or folded(now))])
        db.execute("DELETE FROM articles_due WHERE article_id = ?", [article_id])
        done += 1
    return done


def _due(db: Database, most: int) -> Iterator[tuple[int, Values | None, Values | None]]:
    """Yield the ids of articles in order, each with what the index holds of it and what it says now; None for nothing.

    One text is read at a time: some are as long as a book.
    """
    names = ", ".join(COLUMNS)
    for (article_id,) in db.execute("SELECT article_id FROM articles_due ORDER BY 1 LIMIT ?", [most]).fetchall():
        held = db.execute(f"SELECT {names} FROM articles_due WHERE article_id = ?", [article_id]).fetchone()
        now = db.execute(f"SELECT {names} FROM articles WHERE id = ?", [article_id]).fetchone()
        yield article_id, held if held[COLUMNS.index("text")] is not None else None, now


def folded(values: Values) -> list[str]:
    """Return what the index holds of an article, by the values of `COLUMNS`: the columns folded, then other forms.

    The name of an author has no other forms.
    """
    prepared = [prepare(value or "") for value in values[: len(_INDEXED)]]
    forms = forms_of_text("\n".join(prepared[:-1]), main_language(values[-1]))
    return [*(" ".join(fold(text)) for text in prepared), " ".join(forms)]
