"""Create the search indexes of a table of texts, and the triggers that keep them current."""

from __future__ import annotations

from collections.abc import Sequence

from winnow.archive.utils import UtilsDatabase as Database
from winnow.archive.words import Index

# Without marks (Mn, Mc), of which the vowel signs of India are, SQLite cuts words at them and finds others for them.
_CATEGORIES = "categories 'L* N* Co Mn Mc'"
# In Thai, Lao, Burmese and Khmer, marks are all that divides a sentence: else only its beginning is found.
_DIVIDING = ((0xE31, 1), (0xE34, 7), (0xE47, 8), (0xEB1, 1), (0xEB4, 9), (0xEC8, 7), (0x102B, 20), (0x17B4, 32))
_SEPARATORS = "".join(chr(first + place) for first, count in _DIVIDING for place in range(count))
_TOKENIZE = f"unicode61 remove_diacritics 2 {_CATEGORIES} separators '{_SEPARATORS}'"


def create_fts(db: Database, table: str, key: str, names: Sequence[str]) -> None:
    """Create a search index and triggers that keep it current; a migration that rebuilds a table must call this again.

    Every run updates `last_seen` of every article. With these triggers, unlike those of sqlite-utils, an update that
    touches no indexed column costs nothing.
    """
    db.table(table).enable_fts(names, tokenize=_TOKENIZE)
    columns = ", ".join(names)
    old, new = (", ".join(f"{row}.{column}" for column in names) for row in ("old", "new"))
    remove = f"INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) VALUES ('delete', old.{key}, {old});"
    add = f"INSERT INTO {table}_fts (rowid, {columns}) VALUES (new.{key}, {new});"
    db.executescript(f"""
        CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {add} END;
        CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {remove} END;
        CREATE TRIGGER {table}_au AFTER UPDATE OF {columns} ON {table} BEGIN {remove} {add} END;
    """)


def create_search(db: Database, index: Index) -> None:
    """Create an index of folded words, and the table of what it does not hold as it is, which triggers write."""
    table, due, key = index.table, f"{index.table}_due", index.due_key
    columns = ", ".join(index.columns)
    held = ", ".join(f"old.{column}" for column in index.columns)
    new_id, old_id = f"new.{index.key}", f"old.{index.key}"
    unless = f"WHERE NOT EXISTS (SELECT 1 FROM {due} WHERE {key} ="
    db.executescript(f"""
        CREATE VIRTUAL TABLE {table}_search USING fts5 (
            {", ".join(index.names)}, content='', tokenize="unicode61 remove_diacritics 0 {_CATEGORIES}"
        );
        CREATE TABLE {due} ({key} INTEGER PRIMARY KEY, {columns.replace(",", " TEXT,")} TEXT);
        INSERT INTO {due} ({key}) SELECT {index.key} FROM {table};
        CREATE TRIGGER {due}_ai AFTER INSERT ON {table} BEGIN
            INSERT INTO {due} ({key}) SELECT {new_id} {unless} {new_id});
        END;
        CREATE TRIGGER {due}_ad AFTER DELETE ON {table} BEGIN
            INSERT INTO {due} ({key}, {columns}) SELECT {old_id}, {held} {unless} {old_id});
        END;
        CREATE TRIGGER {due}_au AFTER UPDATE OF {columns} ON {table} BEGIN
            INSERT INTO {due} ({key}, {columns}) SELECT {old_id}, {held} {unless} {old_id});
        END;
    """)
