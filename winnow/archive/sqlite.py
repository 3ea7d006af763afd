"""A connection to the database, with what is asked of it for every page; sqlite-utils does the rest, once it is needed.

To import sqlite-utils takes a sixteenth of a start, and most runs need it for nothing.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils.db import Table

    from winnow.archive.utils import UtilsDatabase

_OPENS = ("BEGIN", "SAVEPOINT")


class Database:
    """A connection. What is written outside of a transaction is committed at once, as sqlite-utils does it."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.conn.execute("PRAGMA recursive_triggers = ON")  # a row that is replaced is deleted, for triggers too

    @cached_property
    def utils(self) -> UtilsDatabase:
        """Return the same connection as sqlite-utils has it."""
        from winnow.archive.utils import UtilsDatabase  # noqa: PLC0415 (slow to import)

        return UtilsDatabase(self.conn)

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        if self.conn.in_transaction:
            return self.conn.execute(sql, parameters)
        try:
            cursor = self.conn.execute(sql, parameters)
        except BaseException:
            self.rollback()
            raise
        if cursor.description is None and not sql.lstrip().upper().startswith(_OPENS):
            self.commit()
        return cursor

    def executescript(self, sql: str) -> None:
        """Execute several statements, in the open transaction if there is one."""
        self.utils.executescript(sql)

    def query(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[dict[str, Any]]:
        """Yield the rows of a query by the names of their columns."""
        found = self.execute(sql, parameters)
        names = [column[0] for column in found.description]
        return (dict(zip(names, row, strict=True)) for row in found)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Undo what is written in the block if the block fails: a part of the open transaction, else one of its own."""
        begin, end = ("SAVEPOINT part", "RELEASE part") if self.conn.in_transaction else ("BEGIN", "COMMIT")
        self.conn.execute(begin)
        try:
            yield
            self.conn.execute(end)
        except BaseException:
            if begin == "BEGIN":
                self.rollback()
            elif self.conn.in_transaction:  # some errors undo the whole transaction
                self.conn.execute("ROLLBACK TO part")
                self.conn.execute("RELEASE part")
            raise

    def commit(self) -> None:
        """End the open transaction, if there is one."""
        if self.conn.in_transaction:
            self.conn.execute("COMMIT")

    def rollback(self) -> None:
        """Undo the open transaction, if there is one."""
        if self.conn.in_transaction:
            self.conn.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self.conn.close()

    def table(self, name: str) -> Table:
        """Return a table as sqlite-utils has it."""
        return self.utils.table(name)

    def table_names(self) -> list[str]:
        """Return the names of all tables."""
        return [name for (name,) in self.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]

    @property
    def journal_mode(self) -> str:
        """Return how SQLite keeps its journal: `wal`, or another mode without a write-ahead log."""
        return str(self.execute("PRAGMA journal_mode").fetchone()[0])

    def enable_wal(self) -> None:
        """Ask for a write-ahead log; no transaction may be open."""
        self.execute("PRAGMA journal_mode = wal").fetchone()
