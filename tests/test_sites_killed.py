"""SIGKILL while live sites are fetched: nothing is lost, and at most one batch is fetched twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.live_pages import Content
from lab.live_site import Asked, LiveSite
from tests.conftest import PROJECT, environment
from tests.nights import Nights, verified

ARTICLES = 90
BATCH = 50
PLACES = {
    "before anything is asked": ("winnow.sites.ledger", "begin_run+", 1),
    "in the middle of a record": ("winnow.sites.warc", "WarcFiles._beside", 60),
    "after the bytes, before the rows": ("winnow.sites.warc", "WarcFiles.flush+", 1),
    "in the middle of the rows": ("winnow.sites.ledger_queue", "set_address", 30),
    "after the rows": ("winnow.sites.warc", "WarcFiles.flush", 2),
    "before a file is moved to its place": ("winnow.sites.warc", "WarcFiles.close", 1),
    "before the run ends": ("winnow.sites.ledger", "end_run", 1),
}


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


@pytest.fixture
def site() -> Iterator[LiveSite]:
    with LiveSite(Content(articles=ARTICLES, weight=2000)) as made:
        yield made


def _is_whole(nights: Nights, site: LiveSite, kills: int = 1) -> None:
    """Check that the next run fetches all that is missing, and that what is kept is every page, whole."""
    nights.crawl()
    assert isinstance(site.content, Content)
    places = [*site.content.places(), "/", "/news"]
    asked = Counter(path for path in site.paths() if path in places)
    assert set(asked) == set(places)
    assert asked.total() - len(places) <= BATCH * kills
    kept = nights.rows("select url from urls where captured is not null")
    assert {row["url"] for row in kept} == {site.url + place for place in places}
    assert not list((nights.folder / ".writing").rglob("*.gz"))
    assert verified(nights.warcs()) == ""
    read = nights.read()
    assert len(read.rows("SELECT id FROM articles WHERE kind = 'article'")) == ARTICLES
    assert nights.rows("select count(*) as n from runs where status = 'running'") == [{"n": 0}]
    for row in nights.rows("select warc, offset from fetches where warc is not null"):
        assert (nights.folder / row["warc"]).stat().st_size > row["offset"]


def _start(nights: Nights) -> subprocess.Popen[str]:
    command, known = nights.command("crawl", "sites"), environment()
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT, env=known)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_lost_by_a_kill(nights: Nights, site: LiveSite, place: str) -> None:
    nights.add(site)
    module, function, number = PLACES[place]
    command = [
        sys.executable,
        "-m",
        "tests.killed",
        module,
        function,
        str(number),
        *nights.words("crawl", "sites"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr
    _is_whole(nights, site)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_by_kills_at_random(nights: Nights, site: LiveSite, seed: int) -> None:
    """Kill four runs in a row, each when the site has been asked so many times."""
    nights.add(site)
    chance = random.Random(seed)
    for _ in range(4):
        left = chance.randint(1, 60)
        running = _start(nights)
        at = len(site.log) + left

        def kill(asked: Asked, running: subprocess.Popen[str] = running, at: int = at) -> None:
            if len(site.log) >= at:
                running.kill()

        site.heard = kill
        running.communicate()
        assert running.returncode in (-signal.SIGKILL, 0)
    site.heard = lambda asked: None
    _is_whole(nights, site, kills=4)


def test_a_second_run_at_the_same_time_does_not_start(nights: Nights, site: LiveSite) -> None:
    nights.add(site)
    told = []

    def start_another(asked: Asked) -> None:
        if len(site.log) == 5:
            told.append(nights.run("crawl", "sites"))

    site.heard = start_another
    nights.crawl()
    assert [night.status for night in told] == [1]
    assert "another run" in told[0].err


def test_a_run_that_is_asked_to_stop_goes_on_the_next_time(nights: Nights, site: LiveSite) -> None:
    nights.add(site)
    with _start(nights) as running:
        site.heard = lambda asked: running.terminate() if len(site.log) == 40 else None
        out, err = running.communicate()
    assert (running.returncode, err) == (3, ""), err
    assert "run again to go on" in out
    assert nights.last_run["status"] == "stopped"
    site.heard = lambda asked: None
    _is_whole(nights, site)
