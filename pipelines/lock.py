"""One run at a time per database: a lock file beside it that the kernel releases when its run dies."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path

from pipelines.items import StartError


class RunLock:
    """Hold the run lock of one database.

    The lock is `flock` on the file `DATABASE.lock`, so a crashed run leaves none behind; the file's text only names the
    holder. Raises `StartError` when another run holds it.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._fd = self._acquire(database)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        os.truncate(self._fd, 0)
        os.pwrite(self._fd, f"process {os.getpid()}, started {started}".encode(), 0)

    def _acquire(self, database: Path) -> int:
        while True:
            fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(fd, 200, 0).decode(errors="replace") or "another process"
                os.close(fd)
                raise StartError(f"{database} is in use by another run ({holder}): wait for it to end") from None
            if self._is_current(fd):
                return fd
            os.close(fd)  # the holder before us removed the file between our open and our lock

    def _is_current(self, fd: int) -> bool:
        try:
            return os.path.samestat(os.fstat(fd), os.stat(self._path))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Remove the lock file and let go; in this order, so that nobody locks a file that is about to vanish."""
        self._path.unlink(missing_ok=True)
        os.close(self._fd)
