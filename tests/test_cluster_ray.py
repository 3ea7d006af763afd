"""A job on a Ray cluster that loses a worker in its middle ends complete, with the rows of a crawl."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lab.benchmarks.measured import descendants
from lab.samples import html_page, jsonl, packed, record, revisit, sentences
from tests.conftest import IS_INSTALLED, PROJECT, environment, installed, read_folder
from tests.test_cluster import rows
from winnow.cluster.load import load

SECONDS = 900  # for anything that is waited for: a busy machine starts nodes slowly
URL = "http://a.example/"


@pytest.fixture
def known(tmp_path: Path) -> dict[str, str]:
    """Return the environment of programs and nodes, which share a token."""
    (tmp_path / "token").write_text("0" * 64, encoding="ascii")
    (tmp_path / "token").chmod(0o600)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    mine = {"PATH": path, "RAY_USAGE_STATS_ENABLED": "0"}
    return {
        **(environment() if IS_INSTALLED else installed()),
        **mine,
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN_PATH": str(tmp_path / "token"),
    }


@pytest.fixture
def nodes(known: dict[str, str], tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Return the process that holds two nodes, and the address of their cluster."""
    pytest.importorskip("ray", reason="the cluster is an extra: ray")
    command = [sys.executable, "-m", "tests.ray_nodes"]
    with (
        open(tmp_path / "nodes.log", "w", encoding="utf-8") as log,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=known, cwd=PROJECT
        ) as process,
    ):
        assert process.stdout
        assert process.stdin
        address = next((line.strip() for line in process.stdout if ":" in line), "")
        assert address, (tmp_path / "nodes.log").read_text(encoding="utf-8")
        yield process, address
        process.stdin.close()
        process.wait(SECONDS)


@pytest.fixture
def pages(folder: Path) -> Path:
    """Make files and containers, with copies, a re-capture and a revisit in other shards than their originals."""
    for number in range(40):
        body = html_page(f"Story {number % 30}", [*sentences(number % 30), *sentences(500 + number // 30, 1)])
        (folder / f"{number:02}.html").write_text(body, encoding="utf-8")
    captures = [record(f"{URL}{number}", (folder / f"{number:02}.html").read_bytes()) for number in range(0, 30, 3)]
    (folder / "20.warc.gz").write_bytes(packed([revisit(URL, "2024-05-01T00:00:00Z", of=f"{URL}9"), *captures[:3]]))
    (folder / "30.warc").write_bytes(b"".join(captures[3:]))
    story = {"html": html_page("Another", sentences(99)), "date": "2023-01-01"}
    (folder / "35.jsonl").write_bytes(jsonl(story, {**story, "date": "2022-01-01"}, {}))
    return folder


def test_a_job_that_loses_a_worker_gives_the_rows_of_a_crawl(
    nodes: tuple[subprocess.Popen[str], str], known: dict[str, str], pages: Path, tmp_path: Path
) -> None:
    process, address = nodes
    out = tmp_path / "out"
    command = [sys.executable, "-m", "winnow.cluster", str(pages), "--out", str(out), "--runner", "ray"]
    command += ["--address", address, "--workers", "1", "--shard-pages", "3", "--bucket-pages", "5"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=known, cwd=tmp_path
    ) as job:
        _wait_for(lambda: len(list(out.glob("steps/read/*.parquet"))) >= 3 or job.poll() is not None)
        victim = _worker(process.pid)
        assert job.poll() is None, job.communicate()
        os.kill(victim, signal.SIGKILL)
        printed, errors = job.communicate(timeout=SECONDS)
    assert job.returncode == 0, errors
    assert "results:" in printed
    load(out, tmp_path / "loaded.db")
    expected = read_folder(pages, tmp_path / "crawl.db")
    assert rows(tmp_path / "loaded.db") == rows(expected.database)
    assert len(rows(expected.database)["pages"]) == 54


def _wait_for(happened: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(SECONDS * 5):
        if happened():
            return
        tick.wait(0.2)
    raise AssertionError("in vain")


def _worker(pid: int) -> int:
    """Return a process in which a node runs the engine's work."""
    for each in descendants(pid):
        try:
            name = Path(f"/proc/{each}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if name.startswith("ray::") and ("UDF" in name or "Swordfish" in name):
            return each
    raise AssertionError("no node is at work")
