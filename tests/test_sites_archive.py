"""Pages that are gone are asked of a web archive, a stand-in on loopback, and become articles at their addresses."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lab.live_pages import Content, moved, story
from lab.live_site import Answer, Asked, LiveSite
from lab.samples import sentences
from tests.nights import Nights, verified
from winnow.items import StartError
from winnow.sites import ledger
from winnow.sites.archived import Archive, ArchiveBusy, recover
from winnow.sites.exchange import Exchange
from winnow.sites.options import SitesOptions

FIELDS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
PAGE = "https://paper.example/story"


def _table(url: str, *timestamps: str) -> bytes:
    rows = [["x", moment, url, "text/html", "200", f"D{moment}", "9000"] for moment in timestamps]
    return json.dumps([FIELDS, *rows] if rows else []).encode()


class _Archive(Content):
    """A web archive that has some pages, by their paths."""

    def has(self, pages: dict[str, Answer]) -> None:
        self.more = {"/cdx": lambda asked: self._listed(asked, pages)}
        for path, answer in pages.items():
            self.more[f"/web/20200102030405id_/{path}"] = answer

    @staticmethod
    def _listed(asked: Asked, pages: dict[str, Answer]) -> Answer:
        url = parse_qs(urlsplit(asked.path).query)["url"][0]
        body = _table(url, "20200102030405") if url in pages else _table(url)
        return Answer(body=body, media_type="application/json")


@pytest.fixture
def archive() -> Iterator[LiveSite]:
    with LiveSite(_Archive(), host="127.0.0.3") as made:
        yield made


@pytest.fixture
def nights(tmp_path: Path, archive: LiveSite) -> Nights:
    settings = {"ARCHIVE_INDEX": f"{archive.url}/cdx", "ARCHIVE_PAGES": archive.url + "/web/{timestamp}id_/{url}"}
    nights = Nights(tmp_path, settings=dict(settings))
    assert nights.run("sites", "add", "https://paper.example/").status == 0
    return nights


def _gone(nights: Nights, *names: str) -> None:
    db = ledger.open_ledger(nights.folder)
    for name in names:
        db.execute(
            "insert into urls (site_id, url, host, depth, shape, found, every, state, why)"
            " values (1, ?, 'paper.example', 1, '/', '2026-01-01T00:00:00+00:00', 0, 'gone', '410')",
            [f"https://paper.example/{name}"],
        )
    db.close()


def test_gone_pages_become_articles(nights: Nights, archive: LiveSite) -> None:
    assert isinstance(archive.content, _Archive)
    archive.content.has({PAGE: story(1)})
    _gone(nights, "story", "lost")
    done = nights.run("sites", "add", "--archive")
    assert (done.status, done.err) == (0, "")
    assert "2 gone pages asked for, 1 found" in done.out
    rows = nights.rows("select url, state, why, captured, due from urls where state != 'new' order by url")
    assert [tuple(row.values()) for row in rows] == [
        ("https://paper.example/lost", "gone", "in no archive", None, None),
        (PAGE, "done", "from a web archive", "2020-01-02T03:04:05+00:00", None),
    ]
    assert min(archive.gaps()) > 2  # at most 24 a minute
    assert verified(nights.warcs()) == ""
    (article,) = nights.read().rows("SELECT a.text, p.url, p.captured FROM articles a JOIN pages p ON p.id = a.page_id")
    assert article == {
        "text": "\n\n".join(sentences(1)), "url": PAGE, "captured": "2020-01-02T03:04:05+00:00"
    }  # fmt: skip
    archive.forget()
    done = nights.run("sites", "add", "--archive", "paper.example")
    assert (done.out, archive.log) == ("no page is gone that no archive was asked for\n", [])


def test_an_archive_that_wants_to_be_left_alone_is(nights: Nights, archive: LiveSite) -> None:
    archive.content = Content(busy=9, busy_status=429)
    _gone(nights, "story", "lost")
    done = nights.run("sites", "add", "--archive")
    assert done.status == 1
    assert "127.0.0.3 did not answer (status 429): what came so far is kept, run again later to go on" in done.err
    assert len(archive.log) == 1
    assert nights.last_run["status"] == "stopped"


def _recover(answers: dict[str, Answer]) -> tuple[object, list[str]]:
    """Return what is recovered of a page, and what was asked for."""
    asked: list[str] = []

    async def fetch(url: str) -> Exchange | str:
        path = urlsplit(url).path
        asked.append(path)
        if path not in answers:
            return "time limit"
        answer = answers[path]
        head = f"HTTP/1.1 {answer.status} X\r\n" + "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        return Exchange(url, b"", f"{head}\r\n".encode(), answer.body, 0.0, 1)

    archive = Archive("https://a.example/cdx", "https://a.example/{timestamp}/{url}")
    return asyncio.run(recover(PAGE, datetime(2021, 1, 1, tzinfo=UTC), archive, fetch)), asked


def test_the_nearest_capture_is_followed_within_the_archive() -> None:
    listed = Answer(body=_table(PAGE, "20200102030405", "20220101000000"))
    first = f"/20200102030405/{PAGE}"
    found, asked = _recover({"/cdx": listed, first: moved("/near"), "/near": Answer(body=b"x")})
    assert asked == ["/cdx", first, "/near"]
    assert found.exchange.url == PAGE  # type: ignore[attr-defined]
    assert _recover({"/cdx": listed, first: moved("https://b.example/")})[0] is None
    assert _recover({"/cdx": listed, first: moved("/near"), "/near": moved("/near")})[0] is None
    assert _recover({"/cdx": listed, first: Answer(404)})[0] is None
    assert _recover({"/cdx": Answer(404)})[0] is None


@pytest.mark.parametrize("answers", [{}, {"/cdx": Answer(503)}, {"/cdx": Answer(body=b"<html>")}])
def test_an_index_that_does_not_answer_is_no_missing_page(answers: dict[str, Answer]) -> None:
    with pytest.raises(ArchiveBusy, match=r"a\.example d(id|oes) not answer"):
        _recover(answers)


GOOD = {"USER_AGENT_CONTACT": "ann@paper.example"}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, "USER_AGENT_CONTACT is not set"),
        ({"USER_AGENT_CONTACT": "ann"}, "USER_AGENT_CONTACT=ann cannot be used"),
        ({"DELAY": "-1"}, "DELAY=-1 cannot be used: give seconds"),
        ({"DELAY": "inf"}, "DELAY=inf cannot be used: give seconds"),
        ({"MAX_NEW": "0"}, "MAX_NEW=0 cannot be used: give a whole number from 1 on"),
        ({"FETCH_MINUTES": "soon"}, "FETCH_MINUTES=soon cannot be used: give minutes"),
        ({"OPT_OUT": "noindex,nothing"}, "there is no nothing; there are noindex, noai"),
        ({"PRIVATE_HOSTS": "http://a/"}, "PRIVATE_HOSTS=http://a/ cannot be used"),
        ({"ARCHIVE_INDEX": "a b"}, "ARCHIVE_INDEX=a b cannot be used"),
        ({"ARCHIVE_PAGES": "https://a.example/"}, "ARCHIVE_PAGES=https://a.example/ cannot be used"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(settings: dict[str, str], told: str) -> None:
    with pytest.raises(StartError, match=told.replace("?", r"\?")):
        SitesOptions.from_settings({**(GOOD if settings and "USER_AGENT_CONTACT" not in settings else {}), **settings})


def test_settings_are_read() -> None:
    given = {
        **GOOD,
        "DELAY": "0.2",
        "OPT_OUT": "none",
        "PRIVATE_HOSTS": "10.0.0.0/8, wiki.intern",
        "FETCH_MINUTES": "2.5",
    }
    options = SitesOptions.from_settings(given)
    assert options.user_agent.startswith("winnow/")
    assert options.user_agent.endswith(" (+ann@paper.example)")
    assert (options.pause("http://wiki.intern/"), options.pause("https://paper.example/")) == (0.2, 1.0)
    assert (options.opt_out, options.minutes, options.max_new) == (frozenset(), 2.5, 2000)
    assert SitesOptions.from_settings({**GOOD, "OPT_OUT": "all"}).opt_out > {"noarchive", "noindex"}
