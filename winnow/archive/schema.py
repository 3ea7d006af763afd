"""The schema as it is today: a new database has it at once, an older one is led to it by the migrations.

`newest_schema.json` holds the names of all migrations and the statements that make what they make of an empty database;
`python -m lab.newest_schema` writes it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from winnow.archive.sqlite import Database
from winnow.fingerprint import PARAMETERS

NEWEST = Path(__file__).with_name("newest_schema.json")
_IS_MIGRATED = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'winnow' ORDER BY id"


def migrations() -> list[str]:
    """Return the names of all migrations, the first one first."""
    return list(_newest()["migrations"])


def applied(db: Database) -> list[str]:
    """Return the names of the migrations that a database has had, none for one that is no Winnow database."""
    return [name for (name,) in db.execute(_APPLIED)] if db.execute(_IS_MIGRATED).fetchone() else []


def bring_up_to_date(db: Database) -> None:
    """Give an empty database the schema of today, and an older one the migrations that it has not had."""
    if not db.table_names():
        begin(db)
    elif set(migrations()) - set(applied(db)):
        from winnow.archive import migrations as older  # noqa: PLC0415 (slow to import, and seldom needed)

        older.migrations.apply(db.utils)


def begin(db: Database) -> None:
    """Make the tables and the first rows of a new database, or nothing where that fails."""
    now = str(datetime.now(UTC))
    parameters = [(name, json.dumps(value)) for name, value in PARAMETERS.items()]
    with db.atomic():
        for statement in _newest()["statements"]:
            db.execute(statement)
        db.conn.executemany(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('winnow', ?, ?)",
            [(name, now) for name in migrations()],
        )
        db.conn.executemany("INSERT INTO parameters (name, value) VALUES (?, ?)", parameters)
        db.execute("INSERT INTO identity VALUES (lower(hex(randomblob(16))))")


@cache
def _newest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(NEWEST.read_text(encoding="utf-8"))
    return found
