"""The pace of hosts: one request at a time, a pause after each answer, and none while a host asks for less."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.fetch import politeness
from crawler.fetch.politeness import LeftToNextRun, Politeness
from winnow.sites.ledger import open_ledger
from winnow.sites.ledger_hosts import Host, host, set_host

NOW = 1_700_000_000.0
URL, OTHER = "http://paper.example/a", "http://other.example:8080/b"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float) -> None:
        """Sleep, or let the first of those who sleep wake if nothing else goes on."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.passed + seconds, woken))
        await woken

    async def run(self, *jobs: Awaitable[None]) -> None:
        """Run jobs to their ends; when all of them sleep, the clock moves on to the first who wakes."""
        tasks = [asyncio.ensure_future(job) for job in jobs]
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await _turn()
            if self._sleepers:
                first = min(self._sleepers, key=lambda each: each[0])
                self._sleepers.remove(first)
                self.passed = max(self.passed, first[0])
                first[1].set_result(None)
        for task in tasks:
            task.result()


async def _turn() -> None:
    """Let others go on."""
    woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(woken.set_result, None)
    await woken


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(politeness, "monotonic", lambda: made.passed)
    monkeypatch.setattr(politeness, "time", lambda: NOW + made.passed)
    monkeypatch.setattr(asyncio, "sleep", made.sleep)
    return made


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_ledger(tmp_path / "sites", make=True)
    yield connection
    connection.close()


Log = list[tuple[str, float, float]]


def visit(polite: Politeness, time: Time, log: Log) -> Callable[..., Any]:
    """Return a function that asks an address some times, each answer taking a while."""

    async def ask(url: str, times: int, takes: float = 0.5, status: int = 200, after: str | None = None) -> None:
        for _ in range(times):
            async with polite.turn(url):
                began = time.passed
                await time.sleep(takes)
                log.append((url, began, time.passed))
                polite.answered(url, status, after)

    return ask


def test_a_host_is_asked_by_one_at_a_time_with_a_pause_after_each_answer(db: sqlite3.Connection, time: Time) -> None:
    log: Log = []
    ask = visit(Politeness(db, lambda url: 1.0), time, log)
    asyncio.run(time.run(ask(URL, 3), ask(URL, 3), ask(OTHER, 2, takes=60)))
    paper = sorted((began, ended) for url, began, ended in log if url == URL)
    assert [began for began, _ in paper] == [0, 1.5, 3, 4.5, 6, 7.5]  # a host that hangs makes no other wait
    assert [(began, ended) for url, began, ended in log if url == OTHER] == [(0, 60), (61, 121)]


def test_the_longer_of_the_pauses_holds(db: sqlite3.Connection, time: Time) -> None:
    log: Log = []
    polite = Politeness(db, lambda url: 1.0)
    polite.slow_down("paper.example", 2.5)
    polite.slow_down("other.example", 0.1)
    ask = visit(polite, time, log)
    asyncio.run(time.run(ask(URL, 2, takes=0), ask(OTHER, 2, takes=0)))
    assert [(url, began) for url, began, _ in log] == [(URL, 0), (OTHER, 0), (OTHER, 1), (URL, 2.5)]
    assert host(db, "paper.example").crawl_delay == 2.5


def test_a_host_waits_as_long_as_it_asks_for_and_the_ledger_knows(db: sqlite3.Connection, time: Time) -> None:
    log: Log = []
    polite = Politeness(db, lambda url: 1.0)
    ask = visit(polite, time, log)

    async def both() -> None:
        await ask(URL, 1, 0, 429, "120")
        assert host(db, "paper.example") == Host("paper.example", None, NOW + 120, 1, "429")
        await ask(URL, 2, 0)

    asyncio.run(time.run(both(), ask(OTHER, 3, 0)))
    assert [began for url, began, _ in log if url == URL] == [0, 120, 121]
    assert [began for url, began, _ in log if url == OTHER] == [0, 1, 2]
    assert host(db, "paper.example") == Host("paper.example")


def test_without_a_time_the_wait_doubles_until_the_host_is_left(db: sqlite3.Connection, time: Time) -> None:
    log: Log = []
    polite = Politeness(db, lambda url: 1.0)
    ask = visit(polite, time, log)

    async def until_left() -> None:
        with pytest.raises(LeftToNextRun):
            await ask(URL, 99, 0, 503)

    asyncio.run(time.run(until_left()))
    assert [began for _, began, _ in log] == [0, 30, 90, 210, 450, 930]
    assert "paper.example" in polite.held()
    assert host(db, "paper.example").holds == 6


def test_a_long_hold_is_left_to_the_next_run_also_by_that(db: sqlite3.Connection, time: Time) -> None:
    set_host(db, Host("paper.example", None, NOW + 901, 1, "429"))
    set_host(db, Host("other.example", None, NOW + 899, 1, "429"))
    polite = Politeness(db, lambda url: 1.0)
    assert polite.left("paper.example") == "held for 0.3 h"
    assert polite.left("other.example") is None
    log: Log = []
    asyncio.run(time.run(visit(polite, time, log)(OTHER, 1, 0)))
    assert log == [(OTHER, 899, 899)]


def test_no_wait_goes_beyond_the_end_of_the_run(db: sqlite3.Connection, time: Time) -> None:
    log: Log = []
    polite = Politeness(db, lambda url: 10.0, deadline=25.0)

    async def until_left() -> None:
        with pytest.raises(LeftToNextRun, match="the time is up"):
            await visit(polite, time, log)(URL, 99, 0)

    asyncio.run(time.run(until_left()))
    assert [began for _, began, _ in log] == [0, 10, 20]
    assert time.passed == 20
    assert polite.held() == {}


def test_a_host_that_never_answers_is_left_after_some_tries(db: sqlite3.Connection, time: Time) -> None:
    polite = Politeness(db, lambda url: 1.0)
    for _ in range(politeness.MOST_FAILURES - 1):
        polite.failed(URL)
    polite.answered(URL, 404, None)
    assert polite.left("paper.example") is None
    for _ in range(politeness.MOST_FAILURES):
        assert polite.left("paper.example") is None
        polite.failed(URL)
    assert polite.held() == {"paper.example": "no answer"}
