"""The page of live sites: what became of each in a run, what is wrong with it, and what to do next.

It is there where the ledger of the sites is served beside the archive: `datasette articles.db sites/sites.db`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from winnow.room import serving
from winnow.room.database import Row, cpu_limit
from winnow.room.pages import whole_number
from winnow.sites.ledger import LEDGER, OUTCOMES
from winnow.sites.report import last_runs, reports

if TYPE_CHECKING:
    from datasette.app import Datasette

View = Callable[[Any, Any], Awaitable[Any]]
Reader = Callable[[sqlite3.Connection, Mapping[str, str]], Row | None]

RUNS = 14  # runs that are listed
_ledgers: WeakKeyDictionary[Datasette, str | None] = WeakKeyDictionary()


def ledger_of(datasette: Datasette) -> str | None:
    """Return the name of the first served database that is a ledger of sites; None if there is none."""
    if datasette not in _ledgers:
        _ledgers[datasette] = next((name for name in datasette.databases if _is_ledger(datasette, name)), None)
    return _ledgers[datasette]


def routes(datasette: Datasette, view_of: Callable[[str, Reader], View]) -> list[tuple[str, View]]:
    """Return the page with its address, if a ledger is served; `view_of` makes a view of a template and a reader."""
    name = ledger_of(datasette)
    if name is None:
        return []
    path = datasette.databases[name].path
    shown = view_of("sites.html", partial(_read, name, str(path), datasette.sql_time_limit_ms))

    async def view(datasette: Any, request: Any) -> Any:
        await serving.permit(datasette, request, name)
        return await shown(datasette, request)

    return [("^/sites$", view)]


def _is_ledger(datasette: Datasette, name: str) -> bool:
    path = datasette.databases[name].path
    if path is None or Path(path).name != LEDGER:
        return False
    with contextlib.suppress(sqlite3.Error), _opened(path) as db:
        tables = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
        return {"sites", "sources", "urls", "fetches", "runs"} <= tables
    return False


def _opened(path: str) -> contextlib.closing[sqlite3.Connection]:
    db = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    return contextlib.closing(db)


def _read(name: str, path: str, limit_ms: int, archive: sqlite3.Connection, form: Mapping[str, str]) -> Row | None:
    """Return the last runs and a report of each site in one of them; None if there is no such run."""
    with _opened(path) as db, cpu_limit(db, limit_ms):
        db.execute("begin")  # one state of the ledger, whatever a run writes meanwhile
        runs = last_runs(db, RUNS)
        wanted = whole_number(form.get("run"))
        run = db.execute("select * from runs where id = ?", [wanted]).fetchone() if wanted else next(iter(runs), None)
        if wanted and run is None:
            return None
        found = reports(db, time.time(), run["id"] if run else None, archive)
    shown = {"runs": [dict(each) for each in runs], "run": run and dict(run), "sites": found}
    return {**shown, "outcomes": OUTCOMES, "ledger": name}
