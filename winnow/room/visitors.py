"""What visitors may ask of a database by Datasette's own pages: their SQL runs in processes of its own, under limits.

The room's own pages have queries of bounded cost, which stay in Datasette's threads; so they are served beside these.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.database import Database, QueryInterrupted, Results
from datasette.views.base import DatasetteError

from winnow.room import gate
from winnow.room.sql_pool import Busy, Seat, Stopped, pool
from winnow.room.sql_process import Question

if TYPE_CHECKING:
    from datasette.app import Datasette

COUNTED = ("articles", "pages", "runs", "revisions")  # tables whose rows are counted on the page of the database
COUNT_MS = 200  # milliseconds that counting the rows which pass a filter may take
BUSY = "The archive is busy with other people's queries: try again in a moment."
# What an answer may have, of which Datasette makes a page while all others wait.
HTML_CELLS, CELLS = 10_000, 100_000
SIZE, ROW_BY_ROW, UNPACKED = 8 * 2**20, 32 * 2**20, 2**20  # bytes as JSON; of CSV; with cells read as JSON (`_json=`)
PLAIN = (".json", ".jsono", ".csv", ".blob")  # endings of addresses whose answers are no HTML


def ask_apart(datasette: Datasette, database: Database) -> None:
    """Let queries that come with values be asked in a process; others are Datasette's own, without a visitor's words.

    Functions that other plugins add to SQLite are not known there.
    """
    execute, uri = database.execute, _uri(datasette, database)
    if uri is None:
        return

    async def execute_apart(sql: str, params: Any = None, truncate: bool = False, **more: Any) -> Any:
        if params is None:
            return await execute(sql, params, truncate=truncate, **more)
        asking = gate.asking.get(None) or gate.Asking()
        if asking.is_from_elsewhere:
            raise DatasetteError(gate.FOREIGN_QUERY, title="Asked by another site", status=403)
        longest, page_size = datasette.sql_time_limit_ms, more.get("page_size")
        question = Question(
            uri=uri,
            sql=sql,
            values=_values(sql, params),
            cache_kb=int(datasette.setting("cache_size_kb") or 0),
            seconds=min(longest, more.get("custom_time_limit") or longest) / 1000,
            rows=_most_rows(datasette, page_size) if truncate else None,
            cells=CELLS if asking.ending in PLAIN else HTML_CELLS,
            size=UNPACKED if asking.unpacks else ROW_BY_ROW if asking.ending == ".csv" else SIZE,
            is_cut=truncate and page_size is None,
        )
        return await _asked(question, asking.seat)

    database.execute = execute_apart


def _uri(datasette: Datasette, database: Database) -> str | None:
    """Return how another process opens a database; None for one that lives in this process."""
    if database.path is None:
        return "file::memory:" if database.name == "_memory" and not datasette.crossdb else None
    mode = "?mode=ro" + ("&nolock=1" if datasette.nolock else "") if database.is_mutable else "?immutable=1"
    return Path(database.path).absolute().as_uri() + mode


def _most_rows(datasette: Datasette, page_size: int | None) -> int:
    """Return how many rows Datasette fetches, one more where a page may have as many, to know if there are more."""
    most = int(datasette.max_returned_rows)
    return most + 1 if most == (page_size or datasette.page_size) else most


async def _asked(question: Question, seat: Seat) -> Results:
    try:
        wrong, found, rows, is_cut = await pool.ask(question, seat)
    except Busy:
        raise DatasetteError(BUSY, title="Busy", status=503) from None
    except Stopped as error:
        raise QueryInterrupted(error, question.sql, question.values) from None
    if wrong and found == "interrupted":
        raise QueryInterrupted(wrong, question.sql, question.values)
    if wrong:
        raise getattr(sqlite3, wrong, sqlite3.OperationalError)(found)
    return Results(_rows(found, rows), is_cut, [(name,) for name in found])


def _values(sql: str, params: Any) -> Any:
    """Return the values of a query; those that Datasette makes when they are asked for (`:_now_epoch`) are made."""
    if not isinstance(params, Mapping):
        return list(params)
    values = dict(params)
    for name in re.findall(r":(_\w+)", sql):
        with contextlib.suppress(KeyError):
            values[name] = params[name]
    return values


def _rows(names: list[str], rows: list[tuple[Any, ...]]) -> list[sqlite3.Row]:
    """Return tuples as the rows that Datasette knows; a cursor has to tell their names."""
    if not names:
        return []
    columns = ", ".join("NULL AS " + '"{}"'.format(name.replace('"', '""')) for name in names)
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        cursor = db.execute(f"SELECT {columns}")
        return [sqlite3.Row(cursor, row) for row in rows]


def spare(database: Database) -> None:
    """Keep Datasette from counting every table and from searching in table pages: seconds in a large archive."""
    execute = database.execute

    async def table_counts(limit: int = 10) -> dict[str, int | None]:
        tables = dict.fromkeys(await database.table_names())
        counted = await execute(" UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in COUNTED))
        return tables | dict(zip(COUNTED, (found[0] for found in counted.rows), strict=True))

    async def execute_or_not(sql: str, params: Any = None, truncate: bool = False, **more: Any) -> Any:
        # So the page of a table counts its rows; where that takes too long, Datasette shows no number. Queries that
        # people write come with `truncate`.
        counting = None if truncate else re.match(r"select count\(\*\) from (\S+)\s*(where )?", sql)
        if counting and not counting[2] and counting[1] not in COUNTED:
            raise QueryInterrupted(None, sql, params)
        limit = {"custom_time_limit": COUNT_MS} if counting else {}
        return await execute(sql, params, truncate=truncate, **{**more, **limit})

    async def fts_table(table: str) -> None:
        """Return None, so that searching is left to `filters_from_request`: Datasette would read every match."""

    async def attached_databases() -> list[Any]:
        """Return nothing: SQLite's own `temp`, which searches use, is not to be shown."""
        return []

    database.table_counts, database.execute, database.fts_table = table_counts, execute_or_not, fts_table
    database.attached_databases = attached_databases
