"""Decide all duplicates anew from what the database holds, after the rules, the parameters or the code have changed.

No seed file is read, unless what another version has read is to be read anew (`winnow.runs.reread`). Otherwise rejected
pages stay as they are, and pages of other kinds than are wanted join them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from winnow.archive.database import check_there
from winnow.archive.mend import mend
from winnow.archive.store import Store
from winnow.fingerprint import PARAMETERS
from winnow.kinds import EVERY_KIND, Kinds
from winnow.runs.anew import Rebuilt, Replay, settle_anew
from winnow.runs.options import RunOptions
from winnow.runs.reread import read_anew


def rebuild(
    path: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    kinds: Kinds = EVERY_KIND,
    stale: RunOptions | None = None,
) -> Rebuilt:
    """Decide all duplicates of a database anew, in one transaction.

    `progress` is called with the number of pages decided so far and the number of all. A page known to be of none of
    the `kinds` is rejected. With `stale`, pages that another version has read are read anew first, with these options,
    as far as their files are still there. Where another program has deleted rows, the rest is mended. Raises
    `StartError` if the database does not exist, cannot be opened or is in use.
    """
    check_there(path)
    store = Store(path, any_parameters=True)
    try:
        store.db.execute("PRAGMA foreign_keys = OFF")  # else nothing could be mended
        with store.db.atomic():
            lost = mend(store.db)
            replay = Replay(store, kinds)
            replay.set_back(None)
            store.db.execute("DELETE FROM parameters")
            parameters = ({"name": name, "value": json.dumps(value)} for name, value in PARAMETERS.items())
            store.db.table("parameters").insert_all(parameters)
            if stale:
                replay.reread = read_anew(store, stale)
            done = replay.run(progress)
            return replace(done, lost=lost, endings=done.endings + settle_anew(store, kinds))
    finally:
        store.close()
