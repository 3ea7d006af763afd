"""The worker pool: whatever one page does to its process, that page alone has its outcome and all others theirs."""

from __future__ import annotations

import _thread
import asyncio
import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from tests import work
from tests.conftest import PROJECT
from tests.rings import HANG
from winnow.items import Reason, Rejection, StartError
from winnow.runs.workers import Abandoned, Limits, Work, Workers


@contextlib.asynccontextmanager
async def pool(count: int = 1, limits: Limits | None = None) -> AsyncIterator[Workers]:
    """Yield a pool and close it in the end; a test that hangs fails."""
    workers = Workers(Work("tests.work", "call"), count, limits or Limits())
    try:
        async with asyncio.timeout(HANG):
            yield workers
    finally:
        await workers.close()


def answers(*jobs: work.Job, count: int = 1, limits: Limits | None = None) -> list[Any]:
    """Run jobs in a pool of their own and give the answers in the order of the jobs."""

    async def scene() -> list[Any]:
        async with pool(count, limits) as workers:
            return await asyncio.gather(*(workers.run(job) for job in jobs))

    return asyncio.run(scene())


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_every_page_gets_its_own_answer() -> None:
    jobs = [(work.double, number) for number in range(40)]
    assert answers(*jobs, count=2) == [2 * number for number in range(40)]


def test_large_pages_pass_both_ways() -> None:
    assert answers((bytes.swapcase, b"a" * (8 << 20))) == [b"A" * (8 << 20)]


def test_work_runs_in_other_processes() -> None:
    assert os.getpid() not in answers((work.process_id, None))


def test_error_rejects_its_page_without_quoting_it() -> None:
    failed, fine = answers((work.fail, "words of the page"), (work.double, 4))
    assert failed.reason is Reason.CRASHED
    assert "ValueError at work.py:" in failed.detail
    assert "words" not in failed.detail
    assert fine == 8


def test_page_whose_worker_is_killed_is_tried_again(tmp_path: Path) -> None:
    assert answers((work.die_once, str(tmp_path / "died")), (work.double, 4)) == ["survived", 8]
    assert (tmp_path / "died").exists()


def test_page_that_kills_its_worker_twice_is_rejected(tmp_path: Path) -> None:
    failed, fine = answers((work.die_and_count, str(tmp_path / "tries")), (work.double, 4))
    assert (failed.reason, "SIGKILL" in failed.detail) == (Reason.CRASHED, True)
    assert (tmp_path / "tries").read_text() == "xx"
    assert fine == 8


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ((work.read_address_zero, None), "SIGSEGV"),
        ((work.abort, None), "SIGABRT"),
        ((work.leave, 5), "exit code 5"),
        ((work.leave, 0), "exit code 0"),
    ],
)
def test_way_in_which_a_worker_ended_is_told(job: work.Job, said: str) -> None:
    failed, fine = answers(job, (work.double, 4))
    assert (failed.reason, said in failed.detail) == (Reason.CRASHED, True)
    assert fine == 8


def test_endless_pages_end_at_the_time_limit_and_no_other_page_does() -> None:
    jobs = [(work.loop_in_python, None), (work.loop_in_c, None), *[(work.double, number) for number in range(6)]]
    looped, backtracked, *fine = answers(*jobs, count=2, limits=Limits(cpu_seconds=1))
    for rejection in (looped, backtracked):
        assert rejection == Rejection(Reason.TIME_LIMIT, "takes more than 1 s of CPU time")
    assert fine == [2 * number for number in range(6)]


def test_page_that_waits_without_computing_ends_at_the_wall_limit() -> None:
    waited, fine = answers((work.wait_forever, None), (work.double, 4), limits=Limits(wall_seconds=2))
    assert (waited.reason, fine) == (Reason.TIME_LIMIT, 8)


def test_page_that_takes_all_memory_is_rejected_and_its_worker_replaced() -> None:
    who = (work.process_id, None)
    before, same, greedy, after = answers(who, who, (work.use_all_memory, None), who)
    assert greedy.reason is Reason.MEMORY_LIMIT
    assert before == same != after


def test_idle_worker_that_was_killed_is_replaced_unnoticed() -> None:
    async def scene() -> list[int]:
        async with pool() as workers:
            first = await workers.run((work.process_id, None))
            os.kill(first, signal.SIGKILL)
            return [first, await workers.run((work.process_id, None)), await workers.run((work.double, 4))]

    first, second, fine = asyncio.run(scene())
    assert first != second
    assert fine == 8


def test_signals_that_ask_to_stop_leave_the_page_to_the_parent() -> None:
    assert answers((work.survive_polite_signals, None)) == ["survived"]


def test_workers_are_replaced_after_their_number_of_pages() -> None:
    first, second, third, fourth, fifth = answers(*[(work.process_id, None)] * 5, limits=Limits(pages=2))
    assert first == second != third == fourth != fifth


def test_no_process_is_left_after_close(tmp_path: Path) -> None:
    jobs: list[work.Job] = [(work.process_id, None)] * 20
    found = answers(*jobs, (work.die_once, str(tmp_path / "died")), *jobs, count=2, limits=Limits(pages=3))
    processes = {answer for answer in found if isinstance(answer, int)}
    assert len(processes) > 2
    assert all(is_gone(process) for process in processes)


def test_close_waits_for_the_pages_that_are_in() -> None:
    async def scene() -> list[int]:
        async with pool() as workers:
            running = [asyncio.create_task(workers.run((work.double, number))) for number in range(10)]
            await asyncio.sleep(0)  # let the tasks hand in their pages
            await workers.close()
            return [await answer for answer in running]

    assert asyncio.run(scene()) == [2 * number for number in range(10)]


def test_abandoned_pool_ends_at_once_without_answers() -> None:
    async def scene() -> list[Any]:
        async with pool(count=2) as workers:
            first = await workers.run((work.process_id, None))
            jobs: list[work.Job] = [(work.wait_forever, None)] * 3
            running = [asyncio.create_task(workers.run(job)) for job in [*jobs, (work.double, 1)]]
            await asyncio.sleep(0)  # let the tasks hand in their pages
            workers.abandon()
            results = await asyncio.gather(*running, workers.run((work.double, 2)), return_exceptions=True)
            return [first, *results]

    first, *results = asyncio.run(scene())
    assert [type(result) for result in results] == [Abandoned] * 5
    assert is_gone(first)


def test_page_that_nobody_waits_for_any_more_holds_up_none() -> None:
    async def scene() -> int:
        async with pool() as workers:
            dropped = asyncio.create_task(workers.run((work.double, 1)))
            await asyncio.sleep(0)
            dropped.cancel()
            return int(await workers.run((work.double, 4)))

    assert asyncio.run(scene()) == 8


def test_page_that_cannot_be_sent_fails_alone() -> None:
    async def scene() -> list[Any]:
        async with pool() as workers:
            jobs = [workers.run((work.double, lambda: None)), workers.run((work.double, 4))]
            return await asyncio.gather(*jobs, return_exceptions=True)

    failed, fine = asyncio.run(scene())
    assert isinstance(failed, Exception)
    assert fine == 8


def test_answer_that_cannot_be_sent_back_fails_alone() -> None:
    failed, fine = answers((work.answer_what_cannot_be_sent, None), (work.double, 4))
    assert (failed.reason, fine) == (Reason.CRASHED, 8)


@pytest.mark.parametrize(
    ("source", "said"),
    [("import left_out", "No module named 'left_out'"), ("import os; os._exit(9)", "exit code 9")],
    ids=["broken import", "ends the process"],
)
def test_work_that_cannot_be_loaded_is_told_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, said: str
) -> None:
    name = f"broken_{abs(hash(source))}"
    (tmp_path / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(StartError, match=said):
        Workers(Work(name, "read"), 2, Limits())


def test_death_of_the_fork_server_costs_no_page() -> None:
    async def scene() -> list[int]:
        async with pool() as workers:
            first = await workers.run((work.process_id, None))
            os.kill(await workers.run((work.parent_id, None)), signal.SIGKILL)
            os.kill(first, signal.SIGKILL)
            return [first, await workers.run((work.process_id, None))]

    first, second = asyncio.run(scene())
    assert first != second


def test_page_is_tried_again_when_its_worker_dies_while_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [BrokenPipeError("Broken pipe")]
    start = ForkServerProcess.start

    def fail_once(process: ForkServerProcess) -> None:
        if failures:
            raise failures.pop()
        start(process)

    async def scene() -> int:
        async with pool() as workers:
            os.kill(await workers.run((work.process_id, None)), signal.SIGKILL)
            monkeypatch.setattr(ForkServerProcess, "start", fail_once)
            return int(await workers.run((work.double, 4)))

    assert asyncio.run(scene()) == 8
    assert failures == []


def test_process_that_never_closes_its_pool_ends_all_the_same() -> None:
    script = (
        "import asyncio; from winnow.runs.workers import *\n"
        "from tests import work\n"
        "workers = Workers(Work('tests.work', 'call'), 2, Limits())\n"
        "print(asyncio.run(workers.run((work.double, 4))))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "8\n", "")


def test_limits_of_the_machine_are_respected() -> None:
    """Under `ulimit -t`, a page's own limit may not be set above it."""
    script = (
        "import asyncio, resource; from winnow.runs.workers import *\n"
        "async def scene():\n"
        "    workers = Workers(Work('tests.work', 'call'), 1, Limits())\n"
        "    from tests import work\n"
        "    print(await workers.run((work.double, 4)))\n"
        "    await workers.close()\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "asyncio.run(scene())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT)
    assert done.stdout == "8\n", done.stderr


@pytest.mark.parametrize("error", [BrokenPipeError("Broken pipe"), EOFError("Broken pipe")])
def test_fork_server_that_dies_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(ForkServerProcess, "start", broken)
    with pytest.raises(StartError, match=r"a worker process cannot start: Broken pipe; does tests\.work import\?"):
        Workers(Work("tests.work", "call"), 1, Limits())


def test_stop_signals_while_the_fork_server_imports_do_no_harm() -> None:
    script = (
        "from winnow.runs.workers import Limits, Work, Workers\n"
        "workers = Workers(Work('tests.interrupted', 'answer'), 1, Limits())\n"
        "print(workers.submit('here').result())\n"
        "workers.end()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT)
    assert (done.stdout, done.stderr) == ("here\n", "")


@pytest.mark.parametrize("started", [0, 1])
@pytest.mark.parametrize("raises", [True, False])
def test_no_process_is_left_where_no_thread_can_start(
    monkeypatch: pytest.MonkeyPatch, started: int, raises: bool
) -> None:
    """Without memory a new thread raises an error where it is started, or ends in silence before it begins."""
    real, left = _thread.start_new_thread, iter(range(started))

    def start(*arguments: Any) -> int:
        if next(left, None) is not None:
            return real(*arguments)
        if raises:
            raise RuntimeError("can't start new thread")
        return 0

    monkeypatch.setattr(_thread, "start_new_thread", start)
    monkeypatch.setattr("winnow.runs.workers._THREAD_SECONDS", 1)
    with pytest.raises(StartError, match="a worker process cannot start: can't start new thread"):
        Workers(Work("tests.work", "call"), 2, Limits())
    for process in multiprocessing.active_children():
        process.join(HANG)  # Python does the same at its end, without a limit
    assert multiprocessing.active_children() == []
