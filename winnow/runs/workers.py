"""A pool of worker processes in which no page can hurt another.

Each worker has a pipe and a parent thread of its own, so there is no lock or queue that a dying process could leave in
a broken state. A page whose worker dies gets one more try in a fresh worker; a second death rejects that page alone.
"""

from __future__ import annotations

import _thread
import asyncio
import atexit
import contextlib
import importlib
import logging
import multiprocessing
import os
import queue
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Self

from winnow import garbage
from winnow.items import Reason, Rejection, StartError

_DYING_SECONDS = 0.5  # after which a killed process is gone for good, also on a busy machine
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, a service manager, a closed terminal
_START_SECONDS = 120  # for the first sign of life of a worker
_THREAD_SECONDS = 30  # for the first sign of life of a thread
_WAITING = 2  # pages that may wait for the workers that have started before another one starts
_spawning = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost. CPU time is the limit, because a busy machine must not reject good pages.

    `wall_seconds` is the backstop for a worker that waits without computing. `memory_mb` (megabytes) bounds a worker's
    address space. A worker is replaced after `pages` pages, since the libraries' caches grow.
    """

    cpu_seconds: int = 30
    wall_seconds: int = 600
    memory_mb: int = 2048
    pages: int = 500


@dataclass(frozen=True, slots=True)
class Work:
    """A function by its name, so that only worker processes import its module; `options` are keyword arguments."""

    module: str
    function: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, function: Callable[..., Any], **options: Any) -> Self:
        """Return the work of a function whose module the main process has imported anyway."""
        return cls(function.__module__, function.__qualname__, options)

    def load(self) -> Callable[[Any], Any]:
        """Return the function, imported, with its keyword arguments bound."""
        return partial(getattr(importlib.import_module(self.module), self.function), **self.options)


class WorkerDied(Exception):
    """Raised in a parent thread when its worker has ended in the middle of a page; has the process's exit code."""

    def __init__(self, exitcode: int | None) -> None:
        super().__init__(exitcode)
        self.exitcode = exitcode


class Abandoned(Exception):
    """Raised for a page that had no answer yet when the pool was told to give up."""


class Workers:
    """Run `work` on one argument at a time in each of `count` processes, of which only the first starts at once.

    The module of `work` is imported once, by the fork server that all workers are forked from. Raises `StartError` with
    the reason if the first worker does not start.
    """

    def __init__(self, work: Work, count: int, limits: Limits) -> None:
        self._work, self._limits = work, limits
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Any] | None] = queue.SimpleQueue()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["winnow.runs.fork_server", work.module])
        with _environment(PYTHONPATH=os.pathsep.join(sys.path), OPENBLAS_NUM_THREADS="1"), _stop_signals_blocked():
            forkserver.ensure_running()
        self._abandoned = False
        self._alive: set[_Worker] = set()
        self._wanted = threading.Semaphore(0)
        first = self._fresh(None)
        # At exit multiprocessing waits for its processes; without `close` they would wait for the main process.
        atexit.register(self.abandon)
        try:
            self._threads = [_started(partial(self._serve, worker)) for worker in [first, *[None] * (count - 1)]]
        except RuntimeError as error:  # there is no memory for another thread
            self.abandon()
            raise StartError(f"a worker process cannot start: {error}") from None

    async def run(self, argument: Any) -> Any:
        """Return what `work` returns, or a `Rejection` if the page broke a limit, raised, or killed its worker twice.

        Raises `Abandoned` after `abandon`, and `StartError` if a fresh worker does not start.
        """
        return await asyncio.wrap_future(self.submit(argument))

    def submit(self, argument: Any) -> Future[Any]:
        """Return a future of what `run` returns, for callers without an event loop."""
        future: Future[Any] = Future()
        self._jobs.put((future, argument))
        if self._jobs.qsize() > _WAITING:
            self._wanted.release()
        return future

    def abandon(self) -> None:
        """Kill the workers at once; `run` raises `Abandoned` for pages without an answer, now and later."""
        self._abandoned = True
        for worker in list(self._alive):
            worker.kill()

    async def close(self) -> None:
        """Let the workers finish the pages that they have, then end the workers."""
        await asyncio.to_thread(self.end)

    def end(self) -> None:
        """Do what `close` does, for callers without an event loop."""
        for _ in self._threads:
            self._jobs.put(None)
            self._wanted.release()
        for ended in self._threads:
            ended.wait()
        atexit.unregister(self.abandon)

    def _serve(self, worker: _Worker | None) -> None:
        """Be the parent thread of one worker process and of those that follow it; one without waits to be wanted."""
        if worker is None:
            self._wanted.acquire()
        while (job := self._jobs.get()) is not None:
            future, argument = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                worker, result = self._try_twice(worker, argument)
                future.set_result(result)
            except BaseException as error:
                worker = None
                future.set_exception(error)
        if worker:
            self._end(worker)

    def _try_twice(self, worker: _Worker | None, argument: Any) -> tuple[_Worker | None, Any]:
        for attempt in (1, 2):
            worker = self._fresh(worker)
            try:
                return worker, worker.run(argument)
            except WorkerDied as death:
                self._end(worker)
                if self._abandoned:
                    raise Abandoned from None
                rejection = _rejection(death.exitcode, self._limits)
                if attempt == 2 or rejection.reason is Reason.TIME_LIMIT:
                    return None, rejection
                worker = None
            except BaseException:
                self._end(worker)  # a late answer from this worker must not pass for that to the next page
                raise
        raise AssertionError("unreachable")

    def _fresh(self, worker: _Worker | None) -> _Worker:
        """Return a worker that can take a page: the given one, or a new one in its place."""
        if worker and not worker.is_spent and not self._abandoned:
            return worker
        if worker:
            self._end(worker)
        if self._abandoned:
            raise Abandoned
        try:
            worker = _Worker(self._context, self._work, self._limits)
        except StartError:  # the worker or the fork server was killed; a moment later, a new one can start
            time.sleep(_DYING_SECONDS)
            worker = _Worker(self._context, self._work, self._limits)
        self._alive.add(worker)
        if self._abandoned:  # while the worker was starting
            worker.kill()
        return worker

    def _end(self, worker: _Worker) -> None:
        self._alive.discard(worker)
        worker.end()


class _Worker:
    """One process and the parent's end of its pipe."""

    def __init__(self, context: multiprocessing.context.ForkServerContext, work: Work, limits: Limits) -> None:
        self._limits = limits
        self._pages = 0
        self._pipe, theirs = context.Pipe()
        self._answers = select.poll()  # made once; `Connection.poll` makes a new one at every call
        self._answers.register(self._pipe.fileno(), select.POLLIN)
        self._process: BaseProcess = context.Process(target=_worker_main, args=[theirs, work, limits], daemon=True)
        try:
            with _spawning, _without_main_module():
                self._process.start()
        except (OSError, EOFError) as error:
            raise StartError(f"a worker process cannot start: {error}; does {work.module} import?") from None
        finally:
            theirs.close()
        try:
            problem = self._pipe.recv() if self._pipe.poll(_START_SECONDS) else f"no sign of life in {_START_SECONDS} s"
        except (EOFError, OSError):
            self._process.join()
            problem = f"it ended at once with exit code {self._process.exitcode}"
        if problem:
            self.end()
            raise StartError(f"a worker process cannot start: {problem}")

    @property
    def is_spent(self) -> bool:
        """Return whether the worker has served its pages or has died while idle, which closes its end of the pipe."""
        return self._pages >= self._limits.pages or bool(self._answers.poll(0))

    def run(self, argument: Any) -> Any:
        self._pages += 1
        try:
            self._pipe.send(argument)
            if not self._answers.poll(self._limits.wall_seconds * 1000):
                self._process.kill()
                self._process.join()
                return Rejection(Reason.TIME_LIMIT, f"gave no answer in {self._limits.wall_seconds} s")
            result = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join()
            raise WorkerDied(self._process.exitcode) from None
        if isinstance(result, Rejection) and result.reason is Reason.MEMORY_LIMIT:
            self._pages = self._limits.pages  # the heap is as large as it may get: the next page needs a fresh worker
        return result

    def kill(self) -> None:
        """End the process in the middle of its page; the thread that waits for it takes care of the rest."""
        self._process.kill()

    def end(self) -> None:
        """Close the pipe, at which the process ends by itself; kill a process that does not end within 5 seconds."""
        self._pipe.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _started(function: Callable[[], None]) -> threading.Event:
    """Run a function in a thread of its own, and return the event that tells that it has ended.

    `threading.Thread.start` waits without end for a thread that found no memory to begin. Raises `RuntimeError`.
    """
    begun, ended = threading.Event(), threading.Event()

    def run() -> None:
        begun.set()
        try:
            function()
        finally:
            ended.set()

    _thread.start_new_thread(run, ())
    if not begun.wait(_THREAD_SECONDS):
        raise RuntimeError("can't start new thread")
    return ended


def _worker_main(pipe: Connection, work: Work, limits: Limits) -> None:
    """Serve pages until the pipe closes, which also happens when the parent dies."""
    for number in STOP_SIGNALS:  # they reach the whole group; the parent decides when work in flight is done
        signal.signal(number, signal.SIG_IGN)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (_at_most(limits.memory_mb << 20, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()  # libraries may quote a page in the log; the page's outcome says what matters
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            function = work.load()
        except BaseException as error:
            pipe.send(f"{type(error).__name__}: {error}")
            return
        garbage.calm()
        garbage.keep()  # to look through what is loaded again and again takes a tenth of a worker's time
        pipe.send(None)
        while True:
            argument = pipe.recv()
            _allow_cpu(limits.cpu_seconds)
            pipe.send(attempt(function, argument))


def attempt(function: Callable[[Any], Any], argument: Any) -> Any:
    """Return what a function returns for a page, or a `Rejection` where it raises or takes too much memory."""
    try:
        return function(argument)
    except MemoryError:
        return Rejection(Reason.MEMORY_LIMIT, "needs more memory than a page may take")
    except Exception as error:
        # The message may quote the page, so only the kind of error and its place are passed on.
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"
        return Rejection(Reason.CRASHED, f"{type(error).__name__} at {place}")


def _allow_cpu(seconds: int) -> None:
    """Move the soft CPU limit ahead; the kernel ends a process that uses it up, even in the middle of C code."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(soft, hard), hard))


def _at_most(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def _rejection(exitcode: int | None, limits: Limits) -> Rejection:
    if exitcode == -signal.SIGXCPU:
        return Rejection(Reason.TIME_LIMIT, f"takes more than {limits.cpu_seconds} s of CPU time")
    if exitcode is not None and exitcode < 0:
        known = -exitcode in {int(number) for number in signal.Signals}  # real-time signals have no names
        name = signal.Signals(-exitcode).name if known else f"signal {-exitcode}"
        return Rejection(Reason.CRASHED, f"its worker process was ended twice, last by {name}")
    return Rejection(Reason.CRASHED, f"its worker process ended twice, last with exit code {exitcode}")


@contextlib.contextmanager
def _stop_signals_blocked() -> Iterator[None]:
    """Block the signals that ask a run to end, for what is started meanwhile.

    These signals reach the whole process group, and a fork server that is still importing would die with a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        resource_tracker.ensure_running()  # otherwise multiprocessing starts it later; it unblocks the signals
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """Set environment variables for processes started meanwhile, such as the import path for the fork server."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _without_main_module() -> Iterator[None]:
    """Keep multiprocessing from running the parent's main script in the worker: that would import all of Scrapy."""
    main = vars(sys.modules["__main__"])
    hidden: dict[str, Any] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
    main["__spec__"] = None
    try:
        yield
    finally:
        main.update(hidden)
