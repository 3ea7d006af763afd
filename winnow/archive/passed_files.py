"""Remember which files were opened and found to be no pages, so that the next run need not open them."""

from __future__ import annotations

from collections.abc import Sequence

from winnow.archive.sqlite import Database

State = tuple[str, int | None, str | None]  # path, size in bytes, and modification time of a file


class PassedFiles:
    """The rows of `passed_files`: one for each file, with its state when it was looked at."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def known(self, source: str, paths: Sequence[str]) -> dict[State, tuple[str, str]]:
        """Return why files of a source were passed over, and when the run began that looked, by the files' states."""
        query = f"""SELECT path, size, modified, why, started FROM passed_files JOIN runs ON runs.id = run_id
            WHERE source = ? AND path IN ({", ".join("?" * len(paths))}) AND modified IS NOT NULL"""
        return {(*state,): (why, seen) for *state, why, seen in self._db.execute(query, [source, *paths])}

    def put(self, source: str, state: State, why: str, run_id: int) -> None:
        """Remember why a file is passed over, in place of what was known of a file at its path."""
        self._db.execute("INSERT OR REPLACE INTO passed_files VALUES (?, ?, ?, ?, ?, ?)", [source, *state, why, run_id])
