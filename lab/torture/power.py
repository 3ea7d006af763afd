"""Power loss: the writes of a crawl are recorded and cut at any moment; those that were not synced are lost in part."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.torture.crawls import Crawl, contents, crawl, damage, differences, rows
from lab.torture.pages import ordinary_folder
from lab.torture.report import Report, Scene
from winnow.archive.store import BATCH_PAGES

PAGES = 150
SECTOR = 512  # bytes that a disk writes whole or not at all
_CALLS = "pwrite64,ftruncate,fdatasync,fsync,unlink"
_STRACE = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "1000000", "-e", "signal=none"]
_CALL = re.compile(r'\d+ +(\w+)\((?:\d+<([^>]*)>|"([^"]*)")(?:, "([^"]*)", \d+)?(?:, (\d+))?')
_FILES = ("", "-journal", "-wal")  # all that a database needs to be opened, beside its name


@dataclass(frozen=True, slots=True)
class Call:
    """One system call on one of the files of a database: what was done, where in the file, and the bytes written."""

    name: str
    suffix: str
    place: int
    body: bytes

    @property
    def is_sync(self) -> bool:
        """Return whether all that was done to the file before is on the disk from here on."""
        return self.name in ("fdatasync", "fsync")


def power_loss(scene: Scene) -> Iterator[Report]:
    """Replay the writes of a crawl up to a moment; of those not synced by then, keep none, all or some sectors."""
    if shutil.which("strace") is None:
        yield Report("power loss", 0, "not tried: there is no strace here")
        return
    folder, expected = scene.place / "pages", scene.place / "expected.db"
    ordinary_folder(folder, PAGES)
    calls, problems = _recorded(folder, expected, scene.place / "calls")
    database = scene.place / "cut.db"
    wanted, chance, cuts, most = contents(expected), random.Random(12), scene.times(30, 300), 0
    for cut in range(cuts):
        moment, share = chance.randrange(len(calls)), (0.0, 0.5, 0.9)[cut % 3]
        there = _pages(_replayed(database, calls[:moment], 1.0, chance))
        kept = _pages(_replayed(database, calls[:moment], share, chance))
        most = max(most, there - kept)
        problems += damage(database) if kept else []
        if cut % 30 == 0:
            problems += crawl(folder, database).problems(0)
            problems += [*damage(database), *differences(contents(database), wanted)]
    problems += [f"{most} pages were lost that had been committed"] if most > BATCH_PAGES else []
    happened = f"sound after each; {most} of {len(wanted['pages'])} committed pages lost at most"
    yield Report("power loss: writes cut, unsynced ones lost or torn", cuts, happened, problems)


def _recorded(folder: Path, database: Path, log: Path) -> tuple[list[Call], list[str]]:
    """Crawl, and return the calls on the database's files in their order, and what was wrong with the crawl."""
    with Crawl(folder, database, wrapper=[*_STRACE, "-e", f"trace={_CALLS}", "-o", str(log)]) as running:
        problems = running.end().problems(0)
    suffixes = {f"{database}{suffix}".encode(): suffix for suffix in _FILES}
    calls = []
    with log.open(encoding="ascii") as lines:
        for found in filter(None, map(_CALL.match, lines)):
            name, opened, named, body, place = found.groups()
            file = _bytes(opened or named)
            if file in suffixes:
                calls.append(Call(name, suffixes[file], int(place or 0), _bytes(body or "")))
    return calls, problems


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))


def _replayed(database: Path, calls: Sequence[Call], share: float, chance: random.Random) -> Path:
    """Write the files as a disk may hold them: with all that was synced, and with a share of what was not."""
    synced = {call.suffix: number for number, call in enumerate(calls) if call.is_sync}
    held: dict[str, bytearray] = {}
    for number, call in enumerate(calls):
        if call.name == "unlink":
            held.pop(call.suffix, None)
        elif number < synced.get(call.suffix, 0):
            _apply(call, held.setdefault(call.suffix, bytearray()), 1.0, chance)
        elif not call.is_sync:
            _apply(call, held.setdefault(call.suffix, bytearray()), share, chance)
    for suffix in (*_FILES, "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    for suffix, body in held.items():
        Path(f"{database}{suffix}").write_bytes(body)
    return database


def _apply(call: Call, body: bytearray, share: float, chance: random.Random) -> None:
    """Do to a file's bytes what the call did, to each sector with a probability of `share`."""
    if call.name == "ftruncate" and chance.random() < share:
        del body[call.place :]
        body.extend(bytes(call.place - len(body)))
    for start in range(0, len(call.body), SECTOR):
        if chance.random() < share:
            place, part = call.place + start, call.body[start : start + SECTOR]
            body.extend(bytes(max(0, place - len(body))))
            body[place : place + len(part)] = part


def _pages(database: Path) -> int:
    """Return the number of pages that a database holds; none before its tables are made."""
    if not database.exists() or not rows(database, "SELECT 1 FROM sqlite_master WHERE name = 'pages'"):
        return 0
    return int(rows(database, "SELECT count(*) FROM pages")[0][0])
