"""Allow one run at a time for each database, by a lock file that the kernel releases when the run's process ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from winnow.items import StartError
from winnow.text import one_line


class RunLock:
    """Hold the run lock of one database.

    The lock is `flock` on the file `DATABASE.lock`, so a crashed run leaves no lock behind; the file's text only names
    the holder. The lock file stands beside the real database file, so that a link to the database leads to the same
    lock. Raises `StartError` when another run holds the lock or the lock file cannot be made.
    """

    def __init__(self, database: Path) -> None:
        real = Path(os.path.realpath(database))
        self._path = real.with_name(real.name + ".lock")
        try:
            self._fd = self._acquire(database)
        except OSError as error:
            raise StartError(f"{self._path} cannot be written: {error.strerror}") from None
        started = datetime.now(UTC).isoformat(timespec="seconds")
        with contextlib.suppress(OSError):  # a full disk; the lock holds without its note
            os.truncate(self._fd, 0)
            os.pwrite(self._fd, f"process {os.getpid()}, started {started}".encode(), 0)

    def _acquire(self, database: Path) -> int:
        while True:
            fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _holder(fd)
                os.close(fd)
                raise StartError(f"{database} is in use by another run ({holder}): wait for it to end") from None
            if self._is_current(fd):
                return fd
            os.close(fd)  # the last holder removed the file after it was opened here and before it was locked

    def _is_current(self, fd: int) -> bool:
        try:
            return os.path.samestat(os.fstat(fd), os.stat(self._path))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Remove the lock file, then release the lock: in this order, nobody locks a file that is about to vanish."""
        with contextlib.suppress(OSError):  # the folder may be gone or read-only by now
            if self._is_current(self._fd):
                self._path.unlink()
        os.close(self._fd)


def _holder(fd: int) -> str:
    """Return the holder's note, after a short wait: the holder writes it as soon as it has the lock."""
    for wait in (0.01, 0.1, 1):
        if note := one_line(os.pread(fd, 200, 0).decode(errors="replace")):
            return note
        sleep(wait)
    return "another process"
