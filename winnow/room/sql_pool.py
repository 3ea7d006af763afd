"""Processes that ask the SQL of visitors: a few at once, and a visitor who would wait too long is told so."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import queue
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from pathlib import Path

from winnow.room.sql_process import Answer, Question

PROCESSES = 2
WAITING = 16  # queries that may wait for a process; a page of a table asks several
PATIENCE = 2.0  # seconds that a query waits
PROGRAM = Path(__file__).with_name("sql_process.py")


class Busy(Exception):
    """All processes are at work."""


class Stopped(Exception):
    """A query took too long, even to be interrupted."""


class Process:
    """One process, and the pipe to it."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        command = [sys.executable, "-I", "-S", str(PROGRAM), str(theirs.fileno())]
        quiet = subprocess.DEVNULL
        with theirs:
            self._child = subprocess.Popen(
                command, stdin=quiet, stdout=quiet, stderr=quiet, pass_fds=[theirs.fileno()], cwd="/"
            )

    def ask(self, question: Question) -> Answer:
        """Return the answer. Raises `Stopped` or `sqlite3.OperationalError` if the process ended before it."""
        try:
            self._pipe.send(tuple(question))
            answer: Answer = self._pipe.recv()
        except (EOFError, OSError):
            self._child.kill()
            if self.close() == -signal.SIGALRM:
                raise Stopped from None
            raise sqlite3.OperationalError("this query asked for more than one may") from None
        return answer

    def close(self) -> int:
        """End the process and return its status."""
        self._pipe.close()
        return self._child.wait()


class Seat:
    """The process that a request keeps until its answer begins, so that only few answers are made at once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: Process | None = None
        self.is_answered = False


class Pool:
    """A few processes, started when first needed and anew when one has ended."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(PROCESSES + WAITING, "visitors-sql")
        self._free: queue.SimpleQueue[Process | None] = queue.SimpleQueue()
        self._asked = 0
        for _ in range(PROCESSES):
            self._free.put(None)
        atexit.register(self.close)

    async def ask(self, question: Question, seat: Seat) -> Answer:
        """Return the answer. Raises `Busy`, and what `Process.ask` raises."""
        if self._asked >= PROCESSES + WAITING:
            raise Busy
        self._asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, question, seat)
        finally:
            self._asked -= 1

    def _ask(self, question: Question, seat: Seat) -> Answer:
        try:
            with seat.lock:
                seat.process = seat.process or self._taken()
                try:
                    return seat.process.ask(question)
                except (Stopped, sqlite3.OperationalError):
                    seat.process = None
                    self._free.put(None)
                    raise
        finally:
            if seat.is_answered:
                self.leave(seat)

    def _taken(self) -> Process:
        try:
            process = self._free.get(timeout=PATIENCE)
        except queue.Empty:
            raise Busy from None
        try:
            return process or Process()
        except OSError:
            self._free.put(None)
            raise

    def leave(self, seat: Seat) -> None:
        """Give others the process of a request that is answered; a query that still runs gives it when it ends."""
        seat.is_answered = True
        if seat.lock.acquire(blocking=False):
            if seat.process is not None:
                self._free.put(seat.process)
            seat.process = None
            seat.lock.release()

    def close(self) -> None:
        """End the processes that are not at work."""
        with contextlib.suppress(queue.Empty):
            while True:
                process = self._free.get_nowait()
                if process is not None:
                    process.close()


pool = Pool()
