"""The engine that the work runs on: Daft on one machine, or on a Ray cluster."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from winnow.items import StartError, WinnowError

TRIES = 3  # at a step that the engine could not finish: a worker that dies takes its share of the work with it
KNOCK_SECONDS = 20  # that a Ray cluster may take to answer

logger = logging.getLogger(__name__)


def start(runner: str, address: str | None) -> None:
    """Start the engine: `native` on this machine, or `ray` on the cluster at `address` (HOST:PORT).

    Raises `StartError` if an extra is not installed or no cluster answers.
    """
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    os.environ.setdefault("DO_NOT_TRACK", "true")
    daft = import_extra("daft", "cluster" if runner == "native" else "ray")
    if runner == "native":
        daft.set_runner_native()
        return
    ray = import_extra("ray", "ray")
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, logging_level="error", ignore_reinit_error=True)
        daft.set_runner_ray(noop_if_initialized=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise StartError(f"no Ray cluster answers at {address or 'this machine'}: {error}") from error


def _knock(address: str | None) -> None:
    """Raise `OSError` unless something listens at HOST:PORT; Ray itself would try for a quarter of an hour."""
    host, colon, port = (address or "").rpartition(":")
    if colon and "://" not in host:
        socket.create_connection((host, int(port)), timeout=KNOCK_SECONDS).close()


def import_extra(module: str, extra: str) -> Any:
    """Return a module that an extra brings. Raises `StartError` if it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise StartError(f"{module} is not installed: pip install '.[{extra}]' in the folder of Winnow") from None


def each(jobs: Sequence[str], work: Callable[[str], int]) -> None:
    """Call `work` on each job, spread over the engine's workers; the files that it writes are its results."""
    daft = import_module("daft")  # not at the top: `start` looks first whether it is installed
    do = daft.func.batch(return_dtype=daft.DataType.int64(), batch_size=1)(_Each(work))
    frame = daft.from_pydict({"job": list(jobs)})
    if daft.get_or_create_runner().name == "ray":  # workers of the native runner take jobs from one list anyway
        frame = frame.into_partitions(len(jobs))
    frame.select(do(frame["job"])).collect()


def machines() -> int:
    """Return the number of machines that a join is spread over."""
    if import_module("daft").get_or_create_runner().name != "ray":
        return 1
    return sum(node["Alive"] for node in import_module("ray").nodes())


class _Each:
    """A batch function, as the engine wants it, that calls `work` on every value."""

    def __init__(self, work: Callable[[str], int]) -> None:
        self._work = work
        self.__name__ = self.__qualname__ = getattr(work, "__name__", "each")

    def __call__(self, jobs: Any) -> list[int]:
        return [self._work(job) for job in jobs.to_pylist()]


def tries(what: str) -> Iterator[contextlib.AbstractContextManager[None]]:
    """Yield tries at a step, as context managers, until one goes through. The last raises `WinnowError` if it fails.

    `what` names the step. The step itself must leave out what an earlier try has written.
    """
    for number in range(1, TRIES + 1):
        failed = False

        @contextlib.contextmanager
        def attempt(number: int = number) -> Iterator[None]:
            nonlocal failed
            try:
                yield
            except WinnowError:
                raise
            except Exception as error:
                failed = True
                logger.warning("%s: %s", what, error)
                if number == TRIES:
                    raise WinnowError(f"{what} failed {TRIES} times, run again to go on: {error}") from error

        yield attempt()
        if not failed:
            return
