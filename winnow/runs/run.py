"""Account for every page of a run: decide, save, count, and check at the end that none was lost."""

from __future__ import annotations

import contextlib
import json
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from winnow.archive import rows
from winnow.archive.database import FAILURES, explain
from winnow.archive.forgotten import has_traces
from winnow.archive.measures import AT_THE_END
from winnow.archive.moved import follow_container
from winnow.archive.store import Saved, Store
from winnow.decision import Decision, KnownFile, Unchanged, Verdict
from winnow.items import Page, Reason, Rejection, StartError, WinnowError
from winnow.match.decide_page import decide_page
from winnow.match.said import as_said
from winnow.reading import Reading
from winnow.runs.counts import Counts
from winnow.runs.places import folders_of
from winnow.runs.queue import take_over
from winnow.runs.revisits import settle
from winnow.runs.verify import NOTHING
from winnow.runs.versions import reader, versions
from winnow.runs.watch import MAX_VANISHED, Watch, missed, pages_seen
from winnow.sources.containers.reading_state import KnownContainer, ReadContainer
from winnow.sources.folder import Folder, Skipped
from winnow.text import one_line

_TRACES = "`scrapy forget` was stopped before it had wiped the files: run `scrapy forget --traces` once"

logger = logging.getLogger(__name__)


class AccountingError(WinnowError):
    """Raised at the end of a run whose counts do not add up: a page was lost, which is a bug."""


class Run:
    """One invocation: a row in `runs`, counts, and the steps of the path that need the database.

    A run owns its store: `finish` closes the store, and so does a run that cannot begin. As a context manager a run
    finishes by itself, with status `failed` after an exception. Raises `StartError` if the database cannot be written.
    """

    def __init__(self, store: Store, settings: Mapping[str, Any] | None = None) -> None:
        self.store = store
        known = versions()
        store.reader = reader(known)
        self.counts = self._committed = Counts()
        self.folders: list[tuple[Folder, Watch]] = []
        self.skipped = Counter[str]()  # what was passed over beside what the folders' watches count, by reason
        self.verify = NOTHING  # which files are read anew though they have not changed
        self.missed: str | None = None  # what the run should have seen of a source and did not, once it has ended
        self._ended_in = Counter[int]()  # pages, by the id of their container
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._clock = time.monotonic()
        made_with = {"settings": json.dumps(dict(settings or {})), "versions": json.dumps(known)}
        try:
            # A run that was killed could not write how it ended.
            store.db.execute("UPDATE runs SET status = 'failed' WHERE status IS NULL")
            self.id = rows.insert(store.db, "runs", {"started": self.started, **made_with})
            store.commit()
            self.taken_over = take_over(store)  # corrections that the reading room had queued
            if has_traces(store.db):
                logger.warning("%s: %s", store.path, _TRACES)
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                store.close()
            raise StartError(f"the database cannot be written: {explain(error)}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, FAILURES):
            self.roll_back()
        self.finish("failed" if error else "finished")

    def take(self, page: Page, read: Callable[[Page], Reading]) -> Saved | Unchanged:
        """Send a page along the whole path, for callers with no other page on its way meanwhile."""
        self.enter()
        page = self.with_replaced(page)
        reading = read(page)
        page = reading.as_read(page)
        return self.save(page, reading, self.decide(page, reading))

    def begin_sources(
        self, places: Iterable[tuple[Path, str | None]], source: str | None = None, max_vanished: float = MAX_VANISHED
    ) -> list[str]:
        """Note which folders and files the run reads; at the end, the run looks whether it has seen them.

        `source` is the name of their source where one is given. Returns lines that say what is new about them, each of
        which goes on from the name of the database. Raises `StartError`, after which the run is withdrawn, where they
        cannot belong to that source.
        """
        self.store.begin()
        try:
            folders, said = folders_of(self.store, places, source)
        except StartError:
            self._withdraw()
            raise
        self.folders = [(folder, Watch(folder.name, max_vanished)) for folder in folders]
        names = [folder.name for folder in folders]
        self._note_paths(names[0] if len(names) == 1 else names)
        return said

    def _note_paths(self, paths: str | list[str] | dict[str, int]) -> None:
        named = "UPDATE runs SET settings = json_set(settings, '$.path', json(?)) WHERE id = ?"
        self.store.db.execute(named, [json.dumps(paths), self.id])

    def _withdraw(self) -> None:
        """Leave the database as if the run had not been."""
        self.roll_back()
        self.store.db.execute("DELETE FROM runs WHERE id = ?", [self.id])
        self.store.close()

    def enter(self) -> None:
        """Count a page that comes in; `save` or `leave` must follow for every page."""
        self.counts.seen += 1

    def leave(self) -> None:
        """Take back the count of a page that came in but is left to the next run."""
        self.counts.seen -= 1

    def known_files(self, root: str, paths: Sequence[str]) -> dict[str, KnownFile]:
        """Return what is known of seed files, by path, so that unchanged files need not be read."""
        return self.store.known_files(root, paths)

    def known_containers(self, root: str, paths: Sequence[str]) -> dict[tuple[str, int | None, str | None], str]:
        """Return the kinds of the containers known at these paths, by path, size and modification time."""
        return self.store.containers.kinds(self.store.source_of(root), paths)

    def known_passed(self, root: str, paths: Sequence[str]) -> dict[tuple[str, int | None, str | None], str]:
        """Return why files at these paths were passed over, by path, size and modification time; none that is due."""
        found = self.store.passed.known(self.store.source_of(root), paths)
        return {state: why for state, (why, seen) in found.items() if not self.is_due(state[0], seen)}

    def pass_over(self, found: Iterable[object]) -> None:
        """Remember those among what was found in a folder that were opened and are passed over."""
        looked_at = [(each.seed, each.why) for each in found if isinstance(each, Skipped) and each.seed]
        if not looked_at:
            return
        self.store.begin()
        for seed, why in looked_at:
            state = (seed.path, seed.size, seed.modified)
            self.store.passed.put(self.store.source_of(seed.root), state, why, self.id)
        self._commit_if_due()

    def is_due(self, path: str, seen: str | None) -> bool:
        """Return whether a file or container is read anew though it has not changed since the run that began `seen`."""
        return bool(seen and self.verify.is_due(path, seen, self.started))

    def skip_unchanged(self, known: Sequence[tuple[int, str | None, str]]) -> None:
        """Account for pages, given as id, modification time and root, whose files have not changed."""
        self.counts.seen += len(known)
        self._count_unchanged(known)

    def _count_unchanged(self, known: Sequence[tuple[int, str | None, str]]) -> None:
        self.counts.unchanged += len(known)
        self.store.mark_unchanged(known, self.id, self.started)
        self._commit_if_due()

    def find_container(self, place: Page, kind: str) -> KnownContainer:
        """Return how far a container has been read before this run; one that has moved is followed.

        One that was touched is due if a record of it was damaged or too large.
        """
        self.store.begin()
        source = self.store.source_of(place.root)
        if place.file:
            follow_container(self.store.db, source, place, kind, self.id)
        known = self.store.containers.find(source, place.root, place.path, kind)
        was_touched = place.size == known.size and place.modified != known.modified
        is_due = self.is_due(place.path, known.seen) or (was_touched and self.store.containers.has_refused(known))
        return replace(known, is_due=is_due)

    def skip_container(self, known: KnownContainer) -> int:
        """Account for the pages of a container that has not changed, and return their number."""
        self.store.begin()
        count = self.store.containers.see_again(known, self.id, self.started)
        self.counts.seen += count
        self.counts.unchanged += count
        self._commit_if_due()
        return count

    def end_container(self, known: KnownContainer, read: ReadContainer) -> None:
        """Note that a container has been read to its end, unless a page of it was left to the next run."""
        if self._ended_in.pop(known.id, 0) != read.pages:
            return
        if read.has_grown:
            self.skip_container(known)
        self.store.begin()
        self.store.containers.end(known, read, self.id)
        self._commit_if_due()

    def with_replaced(self, page: Page) -> Page:
        """Return a page with what its path held before, in `replaces` and `held`."""
        if page.problem or page.revisits or not (known := self.store.known_file(page)):
            return page
        replaces = known.sha256 if self.store.previous_page(page) else None
        return replace(page, replaces=replaces, held=known.sha256 if known.is_settled else None)

    def decide(self, page: Page, reading: Reading) -> Decision:
        """Return what becomes of a page; `save` must follow before the next page is decided.

        A page on which the decision fails is rejected as crashed; errors of the database (`FAILURES`) are raised.
        """
        if reading.found and reading.fingerprint:
            self.store.index.postings.give(reading.fingerprint.sketch, reading.found)
        self.store.follow(page, reading.sha256, self.id)
        try:
            return decide_page(page, reading, self.store)
        except FAILURES:
            raise
        except Exception as error:
            logger.exception("%s: dedupe failed", one_line(page.path))
            return Rejection(Reason.CRASHED, f"dedupe failed: {type(error).__name__}")

    def save(self, page: Page, reading: Reading, decision: Decision) -> Saved | Unchanged:
        """Write what was decided on a page, and count the page by its reason."""
        if page.container is not None:
            self._ended_in[page.container] += 1
        if page.anew and reading.sha256:
            self.counts.anew += 1
            self.counts.other_bytes += page.held not in (None, reading.sha256)
        if isinstance(decision, Unchanged):
            self._count_unchanged([(decision.page_id, page.modified, page.root)])
            return decision
        reading = as_said(reading, self.store.said)
        if decision.reason is Reason.SAME_BYTES or (isinstance(decision, Verdict) and decision.by_bytes):
            reading = Reading(reading.sha256)  # whether a worker has extracted the page as well is a matter of chance
        elif isinstance(decision, Rejection) and decision != reading.rejection:  # nothing is kept of its article
            reading = replace(reading, article=None, fingerprint=None)
        saved = self.store.save(page, reading, decision, self.id, self.started)
        self.counts.reasons[saved.reason] += 1
        self._commit_if_due()
        return saved

    def settle(self) -> None:
        """Do what has to wait for the last page: settle revisits, measure pages whose article speaks otherwise now."""
        self._settle_revisits()
        for _ in range(2 + self.counts.reasons.total() // AT_THE_END):
            if not self.store.measure():
                break
            self._commit_if_due()

    def _settle_revisits(self) -> None:
        """Settle revisits that came before their original; those of this run are counted by their new reason."""
        reasons = self.counts.reasons
        for waiting, reason in settle(self.store, self.started):
            if waiting.first_run == self.id:
                reasons[waiting.reason] -= 1
                if reason:
                    reasons[reason] += 1
                else:
                    self.counts.unchanged += 1
            self._commit_if_due()
        self.counts.reasons = +reasons

    def commit(self) -> None:
        """Write the counts so far, without pages that are still on their way, and make everything durable."""
        rows.update(self.store.db, "runs", self.id, {**self._row(), "seconds": self.seconds})
        self.store.commit()
        self._committed = self.counts.copy()

    def _row(self) -> dict[str, Any]:
        skipped = sum((watch.skipped for _, watch in self.folders), self.skipped)
        return {**self.counts.row(), "pages": self.counts.ended, "skipped": json.dumps(skipped)}

    def roll_back(self) -> None:
        """Undo the writes and the counts since the last commit."""
        with contextlib.suppress(sqlite3.Error):
            self.store.db.conn.rollback()
        self.counts = self._committed

    def finish(self, status: str) -> None:
        """Write how the run ended (`finished`, `stopped`, `failed`) and close the database.

        A finished run that has `missed` what it should have seen of its source is written as `stopped`. Raises
        `AccountingError`, and writes `failed`, if the counts of a finished run do not add up to the pages seen.
        """
        lost = status == "finished" and self.counts.seen != self.counts.ended
        try:
            if status == "finished":
                self.settle()
                self.missed = self._missed()
            ended = {
                "status": "failed" if lost else "stopped" if self.missed else status,
                "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            rows.update(self.store.db, "runs", self.id, {**self._row(), **ended, "seconds": self.seconds})
        finally:
            self.store.close()
        if lost:
            raise AccountingError(f"{self.counts.seen} pages came in but {self.counts.ended} ended in an outcome")

    def _missed(self) -> str | None:
        """Return what the run should have seen of its sources and did not, and note how many pages it saw of each."""
        db, watches = self.store.db, [watch for _, watch in self.folders]
        if len(watches) == 1:
            return missed(db, self.id, watches[0], self.counts.ended)
        pages = {watch.source: pages_seen(db, self.id, watch.source) for watch in watches}
        if pages:
            self._note_paths(pages)
        return next(filter(None, (missed(db, self.id, watch, pages[watch.source]) for watch in watches)), None)

    def _commit_if_due(self) -> None:
        if self.store.batch_is_due:
            self.commit()

    @property
    def seconds(self) -> float:
        """Return the seconds since the run began."""
        return round(time.monotonic() - self._clock, 3)
