"""Keep the indexes of folded words in step with their tables: what has changed waits in a table until it is indexed.

Triggers in plain SQL put a row into `articles_due` or `refused_texts_due`, with what the index holds of it, so that
other programs can write these tables too. It is indexed when a batch is committed. Workers fold the words of the pages
that they read; all others are folded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from winnow.archive.sqlite import Database
from winnow.search.fold import prepare, words_and_folded
from winnow.search.forms import forms_of_text, main_language

_INDEXED = ("title", "description", "text", "author")
COLUMNS = (*_INDEXED, "language")  # what the index of an article depends on
ROUND = 500  # rows between two commits, where many are due

Values = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index of folded words: its table, the key of a row there and among what is due, and the columns it is of."""

    table: str
    key: str
    due_key: str
    indexed: tuple[str, ...]
    columns: tuple[str, ...]  # what the index of a row depends on

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns of the index."""
        return (*self.indexed, "forms")


ARTICLES = Index("articles", "id", "article_id", _INDEXED, COLUMNS)
REFUSED = Index("refused_texts", "page_id", "page_id", ("text",), ("text",))


def catch_up(db: Database, most: int = -1, known: Mapping[Values, list[str]] = MappingProxyType({})) -> int:
    """Index the articles and refused texts that are due, so many of each at most, and return their number.

    `known` has what was folded before, by the values of an index's `columns`. Whoever calls commits.
    """
    return sum(_catch_up(db, index, most, known) for index in (ARTICLES, REFUSED))


def _catch_up(db: Database, index: Index, most: int, known: Mapping[Values, list[str]]) -> int:
    into, names = f"{index.table}_search", ", ".join(index.names)
    marks = ", ?" * len(index.names)
    done = last = 0
    for row_id, held, now in _due(db, index, most):
        if held is not None:
            values = [row_id, *folded(held)]
            db.execute(f"INSERT INTO {into} ({into}, rowid, {names}) VALUES ('delete', ?{marks})", values)
        if now is not None:
            values = [row_id, *(known.get(now) or folded(now))]
            db.execute(f"INSERT INTO {into} (rowid, {names}) VALUES (?{marks})", values)
        done, last = done + 1, row_id
    if done:
        db.execute(f"DELETE FROM {index.table}_due WHERE {index.due_key} <= ?", [last])
    return done


def _due(db: Database, index: Index, most: int) -> Iterator[tuple[int, Values | None, Values | None]]:
    """Yield the ids of rows in order, each with what the index holds of it and what it says now; None for nothing.

    One text is read at a time: some are as long as a book.
    """
    held, now = (", ".join(f"{table}.{name}" for name in index.columns) for table in ("due", "row"))
    found = db.execute(
        f"""SELECT due.{index.due_key}, due.text IS NOT NULL, row.{index.key} IS NOT NULL, {held}, {now}
            FROM {index.table}_due due LEFT JOIN {index.table} row ON row.{index.key} = due.{index.due_key}
            ORDER BY 1 LIMIT ?""",
        [most],
    )
    for row_id, was, is_there, *values in found:
        count = len(index.columns)
        yield row_id, tuple(values[:count]) if was else None, tuple(values[count:]) if is_there else None


def folded(values: Values) -> list[str]:
    """Return what an index holds of a row, by the values of its `columns`: the columns folded, then other forms.

    The name of an author has no other forms; the language of a refused text is not known.
    """
    is_article = len(values) == len(COLUMNS)
    texts, language = (values[:-1], main_language(values[-1])) if is_article else (values, "")
    prepared = [prepare(value or "") for value in texts]
    columns = [words_and_folded(text) for text in prepared]
    having_forms = slice(-1) if is_article else slice(None)
    words = chain.from_iterable(words for words, _ in columns[having_forms])
    forms = forms_of_text("\n".join(prepared[having_forms]), words, language)
    return [*(column for _, column in columns), " ".join(forms)]
