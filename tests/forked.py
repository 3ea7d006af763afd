"""Scrapy's commands in child processes that are forked from one that has imported what they need.

Four fifths of what a small crawl costs is to start Python, in it and in the fork server of its workers, and to import
Scrapy and what reads pages. A forked child has its own settings, reactor, signals, output and exit status, and workers.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from multiprocessing import util
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from scrapy.utils.misc import walk_modules_iter

from winnow.runs.workers import STOP_SIGNALS

PROJECT = Path(__file__).resolve().parent.parent
SCRAPY = [sys.executable, "-W", "error", "-m", "scrapy.cmdline"]
_MODULES = [
    "scrapy.core.engine", "scrapy.core.downloader.handlers.datauri", "scrapy.extensions.logstats", "scrapy.pqueues",
    "scrapy.squeues", "crawler.path", "crawler.spiders.sites", "crawler.spiders.seeds", "crawler.logformatter",
    "winnow.runs.fork_server", "winnow.runs.worker_page",
]  # fmt: skip
_PACKAGES = ("scrapy.commands", "crawler.commands")
_SETTINGS = "crawler.settings"  # a module that depends on the command's name
_LONGEST = 1 << 20  # bytes of a request
_HIGH = 500  # no child has as many files open


class Waiting(NamedTuple):
    """A child that waits to be told what to run."""

    number: int
    asked: int  # its end of a socket that is open until it is told, or this process ends


def run_scrapy(
    words: list[str], env: dict[str, str], folder: Path = PROJECT, timeout: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a child process; return what it printed.

    It is started anew where the environment has what Python reads only then.
    """
    if _read_at_the_start(env) != _FIRST:
        command = [*SCRAPY, *words]
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=env, timeout=timeout)
    reads, writes = os.pipe()
    with TemporaryFile() as out, TemporaryFile() as err, open(reads, "rb") as told:
        request = json.dumps([words, env, str(folder)]).encode()
        socket.send_fds(_parent(), [request], [out.fileno(), err.fileno(), writes])
        os.close(writes)
        if not select.select([told], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(words, timeout or 0)
        return subprocess.CompletedProcess(words, int(told.read()), _text(out), _text(err))


def _read_at_the_start(env: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(("PYTHON", "LANG", "LC_", "TZ"))}


_FIRST = _read_at_the_start(dict(os.environ))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@cache
def _parent() -> socket.socket:
    """Start the process that forks; it ends with this one, and so do its children."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        command = [sys.executable, "-W", "error", "-m", "tests.forked", str(there.fileno())]
        known = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # as Scrapy's settings have it, before numpy is imported
        started = subprocess.Popen(command, cwd=PROJECT, env=known, pass_fds=[there.fileno()], start_new_session=True)
    atexit.register(here.close)
    atexit.register(started.wait)
    atexit.register(os.killpg, started.pid, signal.SIGKILL)  # runs first
    return here


def main() -> None:
    """Import what commands need, then fork for each request a child that runs a command, and one that waits for it."""
    for name in _MODULES:
        import_module(name)
    for name in _PACKAGES:
        list(walk_modules_iter(name))
    sys.modules.pop(_SETTINGS, None)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        while (received := socket.recv_fds(asked, _LONGEST, 3))[0]:
            request, outputs, *_ = received
            if not os.fork():
                break
            for output in outputs:
                os.close(output)
        else:
            return
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *outputs, told = outputs
    if child := os.fork():
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(told, str(status).encode())
        os._exit(0)
    os.close(told)
    words, env, folder = json.loads(request)
    _execute(words, env, folder, outputs)


def _execute(words: list[str], env: dict[str, str], folder: str, outputs: list[int]) -> None:
    for number, output in enumerate(outputs, 1):
        os.dup2(output, number)
        os.close(output)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    sys.argv = ["scrapy", *words]
    server = _waiting()
    start = util.spawnv_passfds

    def started(path: bytes, arguments: Sequence[Any], passed: Sequence[int]) -> int:
        if "forkserver" not in arguments[-1]:
            return start(path, arguments, passed)
        with socket.socket(fileno=server.asked) as asked:
            socket.send_fds(asked, [json.dumps([arguments[-1], passed]).encode()], passed)
        return server.number

    util.spawnv_passfds = started  # type: ignore[assignment]
    import_module("scrapy.cmdline").execute()


def _waiting() -> Waiting:
    """Fork a child that becomes the fork server of the workers, which so imports nothing anew; it has no file open."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if number := os.fork():
        there.close()
        return Waiting(number, here.detach())
    here.close()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    request, received, *_ = socket.recv_fds(there, _LONGEST, 9)
    there.detach()
    if request:
        program, numbers = json.loads(request)
        kept = [fcntl.fcntl(each, fcntl.F_DUPFD, _HIGH) for each in received]
        os.closerange(3, _HIGH)
        for each, wanted in zip(kept, numbers, strict=True):
            os.dup2(each, wanted)
            os.close(each)
        exec(program, {})
    os._exit(0)


if __name__ == "__main__":
    main()
