"""Run a command and measure all its processes: wall time, CPU time, memory. Linux only.

The kernel's own accounts are read when a process ends, so nothing is missed between samples: this process adopts the
orphans of what it starts (a fork server outlives its parent by a moment) and waits for them too.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE_SECONDS = 0.25
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used, in seconds and megabytes.

    `largest_mb` is the highest peak of any one process. `sum_mb` counts memory that processes share once; the sum is
    sampled, so that a short peak may be missed.
    """

    wall: float
    cpu: float
    main_cpu: float
    main_mb: float
    largest_mb: float
    sum_mb: float


def run(command: Sequence[str | Path], cwd: Path, look: Callable[[int], None] | None = None) -> Usage:
    """Run a command to its end and return what it used; its output is thrown away. Exits if the command fails.

    Compiled modules are kept as for a user, whatever the environment says: else every start would compile them anew.

    `look` is called with the process id every quarter of a second.
    """
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    begin = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL)
    watch = _Watch(process.pid, look)
    with watch:
        _, status, main = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    used = [main, *_orphans()]
    return Usage(
        wall=wall,
        cpu=sum(each.ru_utime + each.ru_stime for each in used),
        main_cpu=main.ru_utime + main.ru_stime,
        main_mb=main.ru_maxrss / 1024,
        largest_mb=max(each.ru_maxrss for each in used) / 1024,
        sum_mb=watch.peak_mb,
    )


def crawl(
    folder: Path,
    database: Path,
    *more: str,
    look: Callable[[int], None] | None = None,
    project: Path = PROJECT,
    python: str = sys.executable,
) -> Usage:
    """Crawl a folder as a user of a checkout does, and return what the crawl used."""
    command = [python, "-m", "scrapy.cmdline", "crawl", "seeds", "-a", f"path={folder}"]
    return run([*command, "-s", f"DATABASE={database}", *more], project, look)


def _orphans() -> Iterator[resource.struct_rusage]:
    with contextlib.suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2]


class _Watch(threading.Thread):
    """Sample the memory of a process and its descendants while the block is running."""

    def __init__(self, pid: int, look: Callable[[int], None] | None) -> None:
        super().__init__(daemon=True)
        self._pid, self._look = pid, look
        self._end = threading.Event()
        self.peak_mb = 0.0

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self.join()

    def run(self) -> None:
        while not self._end.wait(SAMPLE_SECONDS):
            self.peak_mb = max(self.peak_mb, sum(map(_shared_mb, [self._pid, *descendants(self._pid)])))
            if self._look:
                with contextlib.suppress(OSError):  # the process has just ended
                    self._look(self._pid)


def descendants(pid: int) -> list[int]:
    """Return the processes below a process."""
    found = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *descendants(child)]
    return found


def cpu_seconds(pid: int) -> float:
    """Return the CPU seconds that a running process has used. Raises `OSError` where there is no such process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def resident_mb(pid: int) -> float:
    """Return the megabytes that a process holds now. Raises `OSError` where there is no such process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def _shared_mb(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
