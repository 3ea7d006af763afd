"""`scrapy sites` in this process: sites are added, listed, paused, asked again, removed and reported."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

from tests.conftest import PROJECT
from winnow.sites import ledger
from winnow.sites.ledger_queue import Fetch, record

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
<outline type="rss" text="Paper" xmlUrl="https://feeds.example/paper" htmlUrl="https://paper.example/"/>
<outline type="rss" text="Blog" xmlUrl="https://blog.example/atom.xml"/></outline></body></opml>"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")  # a project, whatever the folder
    return tmp_path


def sites(*words: str) -> int:
    """Run the command in this process; return its exit status."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    with pytest.raises(SystemExit) as ended:
        execute(["scrapy", "sites", *words], settings)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def _rows(query: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect("sites/sites.db")
    found = db.execute(query).fetchall()
    db.close()
    return found


def _run(*fetches: Fetch) -> None:
    db = ledger.open_ledger(Path("sites"))
    run = ledger.begin_run(db, {}, 1_800_000_000)
    for fetch in fetches:
        record(db, run, fetch)
    ledger.end_run(db, run, "finished", 1_800_000_000)
    db.close()


def test_a_site_is_added_once_in_the_form_in_which_it_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert sites("add", "Paper.Example:443/?utm_source=x", "http://blog.example/a/b", "--folder") == 0
    assert capsys.readouterr().out.splitlines() == [
        "added: https://paper.example/ (all below paper.example)",
        "added: http://blog.example/a/b (all below blog.example/a/)",
        "`scrapy crawl sites` asks them; `scrapy sites list` names them all",
    ]
    assert sites("add", "https://paper.example/", "--subdomains") == 0
    assert "known already: https://paper.example/ (all below paper.example)\n" in capsys.readouterr().out
    assert _rows("select url, scope, state from sites") == [
        ("https://paper.example/", "paper.example", "active"),
        ("http://blog.example/a/b", "blog.example/a/", "active"),
    ]
    assert _rows("select url, depth, checks from urls where due is not null") == [
        ("https://paper.example/", 0, 0), ("http://blog.example/a/b", 0, 0)
    ]  # fmt: skip


def test_feeds_and_sitemaps_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        sites("add", "paper.example", "--feed", "https://feeds.example/paper", "--sitemap", "paper.example/s.xml") == 0
    )
    assert ", with https://feeds.example/paper, https://paper.example/s.xml)" in capsys.readouterr().out
    assert _rows("select kind, url from sources") == [
        ("feed", "https://feeds.example/paper"), ("sitemap", "https://paper.example/s.xml")
    ]  # fmt: skip
    assert sites("add", "paper.example", "--feed", "https://paper.example/atom") == 0
    assert (
        "known already: https://paper.example/ (all below paper.example, with https://paper.example/atom)\n"
        in capsys.readouterr().out
    )
    assert sites("add", "one.example", "two.example", "--feed", "https://one.example/feed") == 1
    assert "a feed or sitemap belongs to one site" in capsys.readouterr().err


def test_a_list_of_feeds_adds_their_sites(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "feeds.opml").write_text(OPML)
    assert sites("add", "feeds.opml") == 0
    assert _rows("select sites.url, sources.url from sites join sources on site_id = sites.id order by sites.id") == [
        ("https://paper.example/", "https://feeds.example/paper"), ("https://blog.example/", "https://blog.example/atom.xml")
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), [("<opml><body/></opml>", "lists no feed"), ("<rss/>", "no OPML")])
def test_a_file_that_lists_no_feeds_is_refused(
    text: str, why: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "feeds.opml").write_text(text)
    assert sites("add", "paper.example", "feeds.opml") == 1
    assert why in capsys.readouterr().err
    assert _rows("select * from sites") == []  # all or none


@pytest.mark.parametrize("name", ["feds.opml", "lists/feeds.opml", "/tmp/none/feeds", "./feeds"])
def test_a_list_that_is_not_there_is_no_host(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sites("add", name) == 1
    assert f"there is no file {name}\n" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["mailto:ann@paper.example", "https://", "http://paper.example:99999/", "a b"])
def test_what_is_no_address_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sites("add", name) == 1
    assert f"{name} is no address of a web site: write it as https://example.org/" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [([], "say what to do with the sites: usage is `scrapy sites add URL|feeds.opml"), (["ad", "x"], "say what to do"),
     (["add"], "usage is `scrapy sites add URL"), (["list", "x"], "usage is `scrapy sites list`"),
     (["pause"], "usage is `scrapy sites pause URL|HOST`"), (["list", "--max-ages"], "did you mean --max-age?"),
     (["list"], "sites.db yet: add a site with `scrapy sites add URL`")],
)  # fmt: skip
def test_what_means_nothing_is_told_in_a_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    assert sites(*words) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), told in err) == ("", 1, True)
    assert list(place.iterdir()) == []


def test_the_document_names_the_tables_of_the_ledger() -> None:
    text = (PROJECT / "docs/sites.md").read_text(encoding="utf-8").partition("## The ledger\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in re.findall(r"^\| `.*$", text, re.M)]
    ledger.open_ledger(Path("sites"), make=True).close()
    tables = {name for (name,) in _rows("select name from sqlite_master where type = 'table'")}
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row[0])} == tables
    for names, _, columns in rows:
        table = re.findall(r"`(\w+)`", names)[0]
        known = {name for (name,) in _rows(f"select name from pragma_table_info('{table}')")}
        named = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", columns))
        assert set(named) <= known


def test_sites_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert sites("add", "paper.example", "--feed", "paper.example/feed") == 0
    assert sites("add", "blog.example") == 0
    _run(Fetch(ledger.PAGE, "https://blog.example/", 1_800_000_000, "new", site_id=2))
    capsys.readouterr()
    assert sites("list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "sites: 2 sites",
        "site                    state   pages  due  feeds  sitemaps  last answer (UTC)",
        "https://paper.example/  active      0    1      1         0",
        "https://blog.example/   active      0    1      0         0  2027-01-15 08:00",
    ]


def test_a_site_is_paused_asked_again_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert sites("add", "www.paper.example", "blog.example") == 0
    assert sites("pause", "paper.example") == 0
    assert "paused: https://www.paper.example/; `scrapy sites retry" in capsys.readouterr().out
    assert _rows("select state, why from sites") == [("paused", "by hand"), ("active", None)]
    assert sites("retry", "https://www.paper.example/") == 0
    assert _rows("select state, why from sites") == [("active", None), ("active", None)]
    assert sites("remove", "blog.example") == 0
    assert "removed: https://blog.example/" in capsys.readouterr().out
    assert _rows("select url from urls") == [("https://www.paper.example/",)]
    for action in ("pause", "retry", "remove"):
        assert sites(action, "blog.example") == 1
        assert "no site is known as blog.example: `scrapy sites list` names them" in capsys.readouterr().err


def test_a_host_is_asked_again_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert sites("add", "paper.example", "--feed", "feeds.example/paper") == 0
    db = ledger.open_ledger(Path("sites"))
    db.execute("update urls set state = 'gone', due = null")
    db.execute("update sources set dead = '410', due = null")
    db.execute("insert into hosts (host, held_until) values ('paper.example', '2999-01-01'), ('feeds.example', '2999')")
    db.close()
    capsys.readouterr()
    assert sites("retry", "paper.example") == 0
    assert _rows("select host, held_until from hosts order by host") == [
        ("feeds.example", None),
        ("paper.example", None),
    ]
    assert _rows("select due is null from urls union all select due is null from sources") == [(0,), (0,)]
    assert capsys.readouterr().out == (
        "2 addresses that had failed or were given up will be asked by the next `scrapy crawl sites`\n"
    )


def test_the_report_tells_what_became_of_each_site(capsys: pytest.CaptureFixture[str]) -> None:
    assert sites("add", "paper.example") == 0
    capsys.readouterr()
    assert sites("report") == 0
    assert capsys.readouterr().out == "sites: 1 site\n  no run yet: `scrapy crawl sites` asks them\n"
    url = "https://paper.example/"
    _run(
        *(Fetch(ledger.PAGE, url, 1_800_000_000, "failed", site_id=1, why="time-out", bytes=10_000) for _ in range(20))
    )
    assert sites("report", "--max-age", "26") == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "sites: 1 site",
        "run  started (UTC)     status    asked  new  changed  unchanged  redirected  refused  gone  failed  found   MB"
        "   took",
        "  1  2027-01-15 08:00  finished     20    0        0          0           0        0     0      20      0  0.2"
        "  0.0 s",
        "",
        "run 1 by site:",
        "site                    new  changed  unchanged  redirected  refused  gone  failed  waiting  last article",
        "https://paper.example/    0        0          0           0        0     0      20        1",
        "  failed: 20 time-out",
        "  ! nothing was answered: time-out: `scrapy sites check https://paper.example/` shows what it answers",
    ]
    assert err.startswith("winnow: not well: run 1 ended at 2027-01-15T08:00:00+00:00, still to come")
