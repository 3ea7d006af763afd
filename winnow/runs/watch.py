"""Tell whether a run has seen its source: a disk that is not mounted must not pass for a folder without pages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from winnow.archive.sqlite import Database
from winnow.files import REFUSED
from winnow.sources.beside import BESIDE
from winnow.sources.folder import Skipped
from winnow.sources.no_pages import NO_PAGE
from winnow.text import one_line

MAX_VANISHED = 0.5  # share of its pages that a source may lose from one good run to the next

# A run that read several paths has noted the pages of each.
_LAST_GOOD = """SELECT iif(p.type = 'integer', p.value, r.pages), r.skipped
    FROM runs r, json_each(r.settings, '$.path') p
    WHERE r.id < ? AND r.status = 'finished' AND iif(p.type = 'integer', p.key, p.value) = ?
    ORDER BY r.id DESC LIMIT 1"""
_BELOW = """SELECT count(*) FROM (SELECT rtrim(root, '/') || '/' || path AS whole FROM pages WHERE last_run = ?1)
    WHERE whole = ?2 OR substr(whole, 1, length(?2) + 1) IN (?2 || '/', ?2 || '#')"""
_REFUSED = f"""SELECT source, root, path FROM pages
    WHERE outcome = 'rejected' AND reason = 'unreadable' AND last_run = ? AND detail LIKE '{REFUSED}:%'"""
_READ_BELOW = f"""SELECT 1 FROM pages WHERE source = ? AND path >= ? AND path < ? AND last_run = ?
    AND NOT (reason = 'unreadable' AND detail LIKE '{REFUSED}:%') LIMIT 1"""
_TO_BE_SEEN = "Mend what keeps it from being read, and run again"
_MEANT = ": is a disk not mounted? If no more pages are meant to be there, run once with -s MAX_VANISHED=1"


@dataclass(slots=True)
class Watch:
    """What a run is to see: `source`, the folder or file that it reads, which may lose a share of `max_vanished` pages.

    `skipped` counts what is no seed, by reason, `unseen` the files and folders that the system refused to show; `first`
    names the first of them.
    """

    source: str
    max_vanished: float = MAX_VANISHED
    unseen: int = 0
    first: str = ""
    skipped: Counter[str] = field(default_factory=Counter)

    def skip(self, skipped: Skipped) -> None:
        """Note what is no seed of the source, and count it by its reason."""
        self.skipped[skipped.why] += 1
        if skipped.is_refused:
            self.first = self.first or f"{skipped.path or '.'}: {skipped.why}"
            self.unseen += 1


def missed(db: Database, run_id: int, watch: Watch, pages: int) -> str | None:
    """Return in words what a run of so many `pages` should have seen of its source and did not; None if all is well."""
    source = one_line(watch.source)
    if watch.unseen:
        more = f", and {watch.unseen - 1} more" if watch.unseen > 1 else ""
        return f"not all of {source} was seen ({one_line(watch.first)}{more}). {_TO_BE_SEEN}"
    start = watch.source.rstrip("/") + "/"
    refused = [row for row in db.execute(_REFUSED, [run_id]).fetchall() if f"{row[1]}/{row[2]}/".startswith(start)]
    for name, root, folder in sorted({(name, root, path.rpartition("/")[0]) for name, root, path in refused}):
        if not _is_read(db, run_id, name, folder):
            return f"no file in {one_line(f'{root}/{folder}'.rstrip('/'))} could be read. {_TO_BE_SEEN}"
    before = db.execute(_LAST_GOOD, [run_id, watch.source]).fetchone()
    now = pages - len(refused)
    if before:  # an earlier version took for pages what is passed over now
        now += max(0, _no_pages(watch.skipped) - _no_pages(json.loads(before[1])))
    if before and now < (1 - watch.max_vanished) * before[0]:
        return f"{source} had {before[0]:,} pages at its last good run and has {now:,} now{_MEANT}"
    is_bare = not pages and not _no_pages(watch.skipped)
    if not before and is_bare and watch.max_vanished < 1 and db.execute("SELECT 1 FROM pages LIMIT 1").fetchone():
        return f"{source} has no page, and the database has pages from elsewhere{_MEANT}"
    return None


def _no_pages(skipped: Mapping[str, int]) -> int:
    """Return how many of the files that were passed over are what earlier versions may have taken for pages."""
    return sum(count for why, count in skipped.items() if why.startswith((BESIDE, NO_PAGE)))


def pages_seen(db: Database, run_id: int, source: str) -> int:
    """Return how many pages of a folder or file a run has seen."""
    return int(db.execute(_BELOW, [run_id, source.rstrip("/")]).fetchone()[0])


def _is_read(db: Database, run_id: int, source: str, folder: str) -> bool:
    """Return whether the run has read, or found unchanged, any page below a folder."""
    first, end = (f"{folder}/", f"{folder}0") if folder else ("", "\U0010ffff")  # `0` is what follows `/`
    return db.execute(_READ_BELOW, [source, first, end, run_id]).fetchone() is not None
