"""Nights of live sites on loopback: what is fetched, kept as WARC, and becomes articles, night after night."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.live_pages import Content
from lab.live_site import Answer, Asked, LiveSite
from lab.samples import sentences
from tests.conftest import Crawl, read_folder
from tests.nights import Nights, verified

ARTICLES = 40
PAGES = ARTICLES + 2  # with the home page and the list of news
SAME = {"new": 0, "changed": 0, "rejected": 0, "failed": 0}


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


@pytest.fixture
def content() -> Content:
    return Content(articles=ARTICLES, weight=45_000)  # 35 KB over the wire


@pytest.fixture
def site(content: Content) -> Iterator[LiveSite]:
    with LiveSite(content) as made:
        yield made


def _ended(nights: Nights) -> Counter[str]:
    """Return how many addresses of pages ended how in the last run."""
    rows = nights.rows("select outcome from fetches where kind = 'page' and run_id = (select max(id) from runs)")
    return Counter(row["outcome"] for row in rows)


def _received(site: LiveSite) -> int:
    return sum(asked.sent for asked in site.forget())


def _kept(nights: Nights) -> int:
    return sum(path.stat().st_size for path in nights.warcs())


def test_three_nights(nights: Nights, site: LiveSite, content: Content, crawl: Crawl) -> None:
    nights.add(site)
    nights.crawl()
    first, kept = _received(site), _kept(nights)
    assert _ended(nights) == {"new": PAGES}
    read = crawl(nights.folder / "pages")
    texts = [row["text"].split("\n\n") for row in read.rows("SELECT text FROM articles WHERE kind = 'article'")]
    assert sorted(texts) == sorted(sentences(number) for number in range(1, ARTICLES + 1))
    assert read.last_run["pages"] == PAGES
    articles = read.rows("SELECT id, title, text FROM articles")

    nights.pass_time(2)
    nights.crawl()
    assert _received(site) <= first * 0.05
    assert _kept(nights) <= kept * 1.05
    assert _ended(nights) == {"unchanged": PAGES}
    read = crawl(nights.folder / "pages")
    assert read.last_run["unchanged"] == PAGES  # nothing of the first night is opened again
    assert {name: read.last_run[name] for name in SAME} == SAME
    assert read.rows("SELECT id, title, text FROM articles") == articles
    revisits = "SELECT reason, count(*) AS pages FROM pages WHERE revisits IS NOT NULL GROUP BY 1"
    assert read.rows(revisits) == [{"reason": "same bytes", "pages": PAGES}]

    nights.pass_time(2)
    changed = range(1, ARTICLES + 1, 10)
    content.change(changed)
    nights.crawl()
    assert _ended(nights) == {"changed": len(changed), "unchanged": PAGES - len(changed)}
    read = crawl(nights.folder / "pages")
    assert read.last_run["changed"] == len(changed)
    assert len(read.rows("SELECT id FROM articles")) == len(articles)
    assert len(read.rows("SELECT id FROM revisions")) == len(changed)
    assert crawl(nights.folder / "pages").last_run["unchanged"] == 3 * PAGES
    assert verified(nights.warcs()) == ""


def test_new_articles_are_found_without_asking_for_all_the_rest(
    nights: Nights, site: LiveSite, content: Content
) -> None:
    nights.add(site)
    nights.crawl()
    nights.read()
    site.forget()
    content.publish(2)
    nights.pass_time(0.5)  # feeds and sitemaps are due before pages are
    nights.crawl()
    assert {path for path in site.paths() if path in content.places()} == set(content.places()[-2:])
    assert _ended(nights)["new"] == 2
    assert nights.read().last_run["new"] == 2


def test_what_was_read_may_be_deleted(nights: Nights, site: LiveSite, content: Content) -> None:
    nights.add(site)
    nights.crawl()
    articles = nights.read().rows("SELECT id, text, page_count FROM articles")
    for path in nights.warcs():
        path.unlink()
    nights.pass_time(2)
    content.change([1])
    nights.crawl()
    read = nights.read()
    assert {name: read.last_run[name] for name in SAME} == {**SAME, "changed": 1}
    after = read.rows("SELECT id, text, page_count FROM articles")
    assert len([row for row in after if row not in articles]) == len(articles)  # each is seen once more
    assert sum(row["text"] in {before["text"] for before in articles} for row in after) == len(articles) - 1


def test_what_is_kept_is_what_the_site_sent(nights: Nights, site: LiveSite) -> None:
    """Each record is the site's own log without the chunks, headers as they were spelt, in their order."""
    fastwarc = pytest.importorskip("fastwarc", reason="an extra: warc")
    nights.add(site)
    nights.crawl()
    sent = {asked.path: asked for asked in site.log}
    kept: dict[str, bytes] = {}
    for path in nights.warcs():
        with path.open("rb") as file:
            for record in fastwarc.ArchiveIterator(file, parse_http=False):
                place = "/" + (record.headers.get("WARC-Target-URI") or "///").split("/", 3)[3]
                if record.headers["WARC-Type"] == "request":
                    assert record.reader.read() == sent[place].head
                elif record.headers["WARC-Type"] == "response":
                    assert record.verify_block_digest(consume=False)
                    kept[place] = record.reader.read()
        with path.open("rb") as file:
            for record in fastwarc.ArchiveIterator(file):
                assert record.headers["WARC-Type"] != "response" or record.verify_payload_digest(consume=False)
    assert set(kept) == set(sent)
    for place, block in kept.items():
        head, _, body = block.partition(b"\r\n\r\n")
        assert body == sent[place].body
        lines = head.replace(b"X-Crawler-Transfer-Encoding", b"Transfer-Encoding").split(b"\r\n")
        assert lines[: len(sent[place].sent_head.split(b"\r\n")) - 2] == sent[place].sent_head.split(b"\r\n")[:-2]
    assert gzip.decompress(sent["/"].body).startswith(b"<!DOCTYPE html>")


def test_discovery_is_kept_apart_from_pages(nights: Nights, site: LiveSite, content: Content) -> None:
    content.sitemap = "text"  # which looks like a text of many words
    nights.add(site)
    nights.crawl()
    rows = nights.rows("select kind, warc from fetches where warc is not null")
    assert {row["kind"] for row in rows if row["warc"].startswith("discovery/")} == {
        "robots",
        "sitemap",
        "feed",
        "probe",
    }
    assert {row["kind"] for row in rows if row["warc"].startswith("pages/")} == {"page"}
    assert nights.last_run["discovery"] == 4
    assert nights.read().last_run["pages"] == PAGES


def test_reading_asks_nobody(nights: Nights, site: LiveSite) -> None:
    nights.add(site)
    nights.crawl()
    site.forget()
    nights.read()
    assert site.log == []


def test_the_run_is_counted_and_told(nights: Nights, site: LiveSite) -> None:
    nights.add(site)
    night = nights.crawl()
    run = nights.last_run
    assert (run["asked"], run["new"], run["status"]) == (PAGES, PAGES, "finished")
    assert run["bytes"] > 0
    assert f"{PAGES} new" in night.out
    assert night.err == ""
    told = nights.run("sites", "report", "--max-age", "26")
    assert told.status == 0, told.err
    assert f"{site.url}/" in told.out


@pytest.mark.skipif(shutil.which("wget") is None, reason="no wget here: its WARC file is not compared")
def test_wget_gives_the_same_articles(nights: Nights, site: LiveSite, content: Content, tmp_path: Path) -> None:
    nights.add(site)
    nights.crawl()
    read = nights.read()
    (tmp_path / "wget").mkdir()
    addresses = [site.url + place for place in ("/", "/news", *content.places())]
    command = ["wget", "--quiet", "--warc-file=site", "--delete-after", *addresses]
    subprocess.run(command, cwd=tmp_path / "wget", check=True)
    other = read_folder(tmp_path / "wget", tmp_path / "wget.db")
    rows = "SELECT title, author, date, url, hostname, kind, text, markdown FROM articles ORDER BY url, title"
    assert other.rows(rows) == read.rows(rows)


def test_twenty_hosts_are_asked_side_by_side(nights: Nights, tmp_path: Path) -> None:
    """None of the home pages is answered before all have been asked for."""
    meeting = threading.Barrier(20)

    def home(asked: Asked) -> Answer:
        meeting.wait()
        return Answer(body=b"<p>All are here.")

    with_home = [Content(articles=2, feeds=(), sitemap="", more={"/": home}) for _ in range(20)]
    sites = [LiveSite(content, host=f"127.0.0.{2 + number}") for number, content in enumerate(with_home)]
    for site in sites:
        site.__enter__()
    try:
        nights.add(*sites)
        nights.crawl()
        assert [site.paths() for site in sites] == [["/robots.txt", "/"]] * 20
        assert _ended(nights) == {"new": 20}
        assert all(asked.open == 1 for site in sites for asked in site.log)
    finally:
        meeting.abort()
        for site in sites:
            site.__exit__(None, None, None)


def test_a_host_that_hangs_holds_no_other_up(nights: Nights, site: LiveSite, content: Content) -> None:
    """The one host is asked for all its pages before the other one gives its first answer."""
    asked_for = set()

    with LiveSite(Content(more={"/": Answer(how="late")}, feeds=(), sitemap=""), host="127.0.0.2") as other:

        def last(asked: Asked) -> None:
            asked_for.add(asked.path)
            if asked_for >= set(content.places()):
                other.release.set()

        site.heard = last
        nights.add(other, site)
        nights.crawl()
    assert _ended(nights) == {"new": PAGES + 1}
    hung = next(asked for asked in other.log if asked.path == "/")
    articles = [asked.moment for asked in site.log if asked.path in content.places()]
    assert hung.moment < articles[-1]
    assert articles[len(set(content.places())) - 1] <= (hung.done or 0)
