"""Account for every page of a run: decide, save, count, and check at the end that none was lost."""

from __future__ import annotations

import contextlib
import json
import platform
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from winnow.archive import rows
from winnow.archive.database import explain
from winnow.archive.store import KnownFile, Saved, Store
from winnow.decision import Decision, Unchanged, Verdict
from winnow.items import Outcome, Page, Reason, StartError, WinnowError
from winnow.match.decide import decide, decide_copy
from winnow.reading import Extraction, Reading
from winnow.runs.revisits import decide_revisit, settle
from winnow.sources.containers.state import KnownContainer, ReadContainer

_VERSIONED = ("winnow", "scrapy", "trafilatura", "sqlite-utils", "lxml", "numpy")


class AccountingError(WinnowError):
    """Raised at the end of a run whose counts do not add up: a page was lost, which is a bug."""


@dataclass(slots=True)
class Counts:
    """What became of the pages of a run so far; `seen` counts pages as they come in, the others as they end."""

    seen: int = 0
    unchanged: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)

    @property
    def ended(self) -> int:
        """Give the number of pages that have their outcome."""
        return self.unchanged + sum(self.reasons.values())

    def row(self) -> dict[str, int]:
        """Give the columns of `runs`."""
        by_outcome = Counter[Outcome]()
        for reason, count in self.reasons.items():
            by_outcome[reason.outcome] += count
        return {
            "pages": self.seen,
            "new": self.reasons[Reason.NEW],
            "changed": self.reasons[Reason.CHANGED],
            "unchanged": self.unchanged,
            "duplicates": by_outcome[Outcome.DUPLICATE],
            "rejected": by_outcome[Outcome.REJECTED],
            "failed": sum(count for reason, count in self.reasons.items() if reason.is_failure),
        }

    def told(self) -> list[str]:
        """Say of duplicates and of rejected pages how many there are for each reason, a line each."""
        lines = []
        for outcome, label in ((Outcome.DUPLICATE, "duplicates"), (Outcome.REJECTED, "rejected")):
            ended = [f"{n:,} {reason}" for reason, n in self.reasons.most_common() if reason.outcome is outcome]
            lines += [f"  {label}: {', '.join(ended)}"] if ended else []
        return lines


class Run:
    """One invocation: a row in `runs`, counts, and the steps of the path that need the database."""

    def __init__(self, store: Store, settings: Mapping[str, Any] | None = None) -> None:
        self.store = store
        self.counts = self._committed = Counts()
        self._ended_in = Counter[int]()  # pages, by the id of their container
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._clock = time.monotonic()
        made_with = {"settings": json.dumps(dict(settings or {})), "versions": json.dumps(versions())}
        try:
            # Runs that were killed never wrote how they ended.
            store.db.execute("UPDATE runs SET status = 'failed' WHERE status IS NULL")
            self.id = rows.insert(store.db, "runs", {"started": self.started, **made_with})
            store.commit()
        except sqlite3.Error as error:
            raise StartError(f"the database cannot be written: {explain(error)}") from error

    def enter(self) -> None:
        """Count a page that comes in; it must leave through `save` or `leave`."""
        self.counts.seen += 1

    def leave(self) -> None:
        """Take back a page that came in but is left to the next run."""
        self.counts.seen -= 1

    def known_files(self, root: str, paths: Sequence[str]) -> dict[str, KnownFile]:
        """Look up what is known of seed files, so that unchanged ones need not be read."""
        return self.store.known_files(root, paths)

    def skip_unchanged(self, known: Sequence[tuple[int, str | None]]) -> None:
        """Account for pages, given as id and modification time, whose files have not changed."""
        self.counts.seen += len(known)
        self._count_unchanged(known)

    def _count_unchanged(self, known: Sequence[tuple[int, str | None]]) -> None:
        self.counts.unchanged += len(known)
        self.store.mark_unchanged(known, self.id, self.started)
        self._commit_if_due()

    def find_container(self, root: str, path: str, kind: str) -> KnownContainer:
        """Look up how far a container has been read before."""
        self.store.begin()
        return self.store.containers.find(root, path, kind)

    def skip_container(self, known: KnownContainer) -> int:
        """Account for the pages of a container that has not changed and give their number."""
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

    def replaced_by(self, page: Page) -> str | None:
        """Give the SHA-256 of the bytes that a page replaces, if an article's own page stood at its path.

        Where they differ, the page must be read, even if its bytes are known from elsewhere.
        """
        if not self.store.previous_page(page):
            return None
        return self.store.known_files(page.root, [page.path])[page.path].sha256

    def decide(self, page: Page, reading: Reading) -> Decision:
        """Match a page against what is known; `save` must follow before the next page is decided."""
        known = self.store.known_files(page.root, [page.path]).get(page.path)
        if known and known.is_settled and reading.sha256 and known.sha256 == reading.sha256:
            return Unchanged(known.page_id)
        if reading.rejection:
            return reading.rejection
        if page.revisits:
            return decide_revisit(page, known, self.store)
        previous = self.store.previous_page(page)
        version = self.store.version(page, reading.sha256) if known and reading.sha256 else None
        if version and (version.is_canonical or not previous):  # the file is again what it once was
            return Unchanged(version.page_id)
        same = self.store.index.page_with_bytes(reading.sha256 or "")
        if same and not previous:
            return decide_copy(self._first_capture(page, reading), self.store.index, same)
        if reading.extraction is None:
            raise AccountingError(f"{page.path}: neither an article nor a rejection")
        if reading.found:
            self.store.index.postings.give(reading.extraction.text.sketch, reading.found)
        return decide(replace(reading.extraction, captured=page.captured), self.store.index, previous)

    def _first_capture(self, page: Page, reading: Reading) -> Extraction | None:
        """Give what was extracted from a page if it was captured before all others with its bytes."""
        if not (page.captured and reading.sha256 and reading.extraction):
            return None
        is_later = self.store.index.has_bytes(reading.sha256, page.captured)
        return None if is_later else replace(reading.extraction, captured=page.captured)

    def save(self, page: Page, reading: Reading, decision: Decision) -> Saved | Unchanged:
        """Write what was decided and count it."""
        if page.container is not None:
            self._ended_in[page.container] += 1
        if isinstance(decision, Unchanged):
            self._count_unchanged([(decision.page_id, page.modified)])
            return decision
        if isinstance(decision, Verdict) and decision.reason is Reason.SAME_BYTES:
            reading = Reading(reading.sha256)  # whether a worker has extracted it all the same is a matter of chance
        saved = self.store.save(page, reading, decision, self.id, self.started)
        self.counts.reasons[saved.reason] += 1
        self._commit_if_due()
        return saved

    def settle_revisits(self) -> None:
        """Let revisits that came before their original end as it did; they are counted as what they are now."""
        reasons = self.counts.reasons
        for first_run, reason in settle(self.store, self.started):
            if first_run == self.id:
                reasons[Reason.UNREADABLE] -= 1
                reasons[reason] += 1
            self._commit_if_due()
        self.counts.reasons = +reasons

    def commit(self) -> None:
        """Write the counts so far, without pages still on their way, and make everything durable."""
        row = {**self.counts.row(), "pages": self.counts.ended}
        rows.update(self.store.db, "runs", self.id, {**row, "seconds": self.seconds})
        self.store.commit()
        self._committed = replace(self.counts, reasons=Counter(self.counts.reasons))

    def roll_back(self) -> None:
        """Forget, as the database does, what was counted since the last commit."""
        with contextlib.suppress(sqlite3.Error):
            self.store.db.conn.rollback()
        self.counts = self._committed

    def finish(self, status: str) -> None:
        """Write how the run ended (`finished`, `stopped`, `failed`) and close the database.

        Raises `AccountingError` if the counts of a finished run do not add up to the pages seen; it has failed then.
        """
        lost = status == "finished" and self.counts.seen != self.counts.ended
        try:
            if status == "finished":
                self.settle_revisits()
            ended = {
                "status": "failed" if lost else status,
                "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            row = {**self.counts.row(), "pages": self.counts.ended}
            rows.update(self.store.db, "runs", self.id, {**row, **ended, "seconds": self.seconds})
        finally:
            self.store.close()
        if lost:
            raise AccountingError(f"{self.counts.seen} pages came in but {self.counts.ended} ended in an outcome")

    def _commit_if_due(self) -> None:
        if self.store.batch_is_due:
            self.commit()

    @property
    def seconds(self) -> float:
        """Give the seconds since the run began; they stand still once it has ended."""
        return round(time.monotonic() - self._clock, 3)


def versions() -> dict[str, str]:
    """Give the versions that a run's results depend on."""
    found = {"python": platform.python_version()}
    for name in _VERSIONED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
