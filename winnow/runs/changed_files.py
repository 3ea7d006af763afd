"""Tell the files that must be read from those that have not changed since they were last read."""

from __future__ import annotations

from collections.abc import Sequence

from winnow.runs.run import Run
from winnow.sources.containers import kind_of
from winnow.sources.folder import SeedFile

LOOKUP_BATCH = 500  # files looked up in the database by one query


def changed_files(seeds: Sequence[SeedFile], root: str, run: Run) -> list[SeedFile]:
    """Return the files that must be read; count the others, which have not changed since they were last read.

    One query looks up all the files, so pass some `LOOKUP_BATCH` at a time. Containers are always returned.
    """
    known = run.known_files(root, [seed.path for seed in seeds if not kind_of(seed.path)])
    changed, unchanged = [], []
    for seed in seeds:
        row = known.get(seed.path)
        if row and row.is_settled and seed.modified and (row.size, row.modified) == (seed.size, seed.modified):
            unchanged.append((row.page_id, row.modified))
        else:
            changed.append(seed)
    if unchanged:
        run.skip_unchanged(unchanged)
    return changed
