"""What sites do to crawlers, on loopback: traps, lies, endless answers; each address has its outcome all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.live_pages import FEEDS, Content, moved, story
from lab.live_site import Answer, LiveSite
from tests.nights import Nights


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


@pytest.fixture
def content() -> Content:
    """Return a site whose only pages are those that its home page links to."""
    return Content(articles=0, feeds=(), sitemap="", weight=0)


@pytest.fixture
def site(content: Content) -> Iterator[LiveSite]:
    with LiveSite(content) as made:
        yield made


def _linked(content: Content, **answers: Answer) -> None:
    content.more = {f"/{name}": answer for name, answer in answers.items()}
    content.linked = list(content.more)


def test_redirects_are_followed_within_the_site(nights: Nights, site: LiveSite, content: Content) -> None:
    with LiveSite(Content(articles=1), host="127.0.0.2") as other:
        _linked(
            content, moved=moved("/there", 302), self=moved("/self"), off=moved(f"{other.url}/"), bad=moved("http://[")
        )
        content.more |= {
            "/there": story(1),
            "/empty": Answer(302),
            "/round": moved("/about"),
            "/about": moved("/round"),
        }
        content.linked += ["/empty", "/round"]
        nights.add(site)
        nights.crawl()
        assert other.log == []
    outcomes = {path: outcome for path, (outcome, _) in nights.outcomes().items()}
    assert {path: outcomes[path] for path in ("/moved", "/there", "/off", "/round", "/about")} == {
        "/moved": "redirected", "/there": "new", "/off": "redirected", "/round": "redirected", "/about": "redirected"
    }  # fmt: skip
    assert {"/self", "/empty", "/bad"} <= set(outcomes)
    assert site.paths().count("/self") == site.paths().count("/round") == 1
    assert nights.last_run["asked"] == len(outcomes)


def test_a_chain_of_redirects_has_an_end(nights: Nights, site: LiveSite, content: Content) -> None:
    content.more = {f"/hop{number}": moved(f"/hop{number + 1}") for number in range(50)}
    content.linked = ["/hop0"]
    nights.add(site)
    nights.crawl()
    assert len([path for path in site.paths() if path.startswith("/hop")]) <= 7


def test_feeds_of_every_kind_and_sitemaps_of_every_kind_are_read(nights: Nights, tmp_path: Path) -> None:
    for number, sitemap in enumerate(("index", "text", "wrong type", "")):
        feeds = list(FEEDS)[number : number + 1]
        more = Nights(tmp_path / f"{number}")
        more.place.mkdir()
        with LiveSite(Content(articles=25, feeds=feeds, sitemap=sitemap, weight=0)) as site:
            more.add(site)
            more.crawl()
            assert {row["kind"] for row in more.rows("select kind from sources")} == {
                *(["feed"] if feeds else []), *(["sitemap"] if sitemap else [])
            }  # fmt: skip
            assert set(site.content.places()) <= set(site.paths())  # type: ignore[attr-defined]


def test_tracking_makes_no_other_page(nights: Nights, site: LiveSite, content: Content) -> None:
    content.articles, content.tracking, content.feeds = 5, True, ("rss", "atom")
    nights.add(site)
    nights.crawl()
    assert sorted(path for path in site.paths() if path.startswith("/news/")) == sorted(content.places())


def test_a_calendar_without_an_end_ends(nights: Nights, site: LiveSite, content: Content) -> None:
    content.articles, content.calendar, content.feeds = 5, True, ("rss",)
    nights.add(site)
    nights.crawl()
    days = [path for path in site.paths() if path.startswith("/tides/")]
    assert 0 < len(days) <= 200
    assert set(content.places()) <= set(site.paths())


def test_pages_that_only_pretend_to_be_there_are_refused(nights: Nights, site: LiveSite, content: Content) -> None:
    content.soft_404, content.linked, content.more = True, ["/lost", "/also-lost", "/there"], {"/there": story(1)}
    nights.add(site)
    nights.crawl()
    outcomes = nights.outcomes()
    assert outcomes["/there"] == ("new", None)
    assert {outcomes[path] for path in ("/lost", "/also-lost")} == {("refused", "soft 404")}


def test_answers_without_end_or_measure_are_cut_off(nights: Nights, site: LiveSite, content: Content) -> None:
    huge = Answer(body=b"<p>" + b"word " * 5_000_000)
    _linked(content, endless=Answer(how="endless"), huge=huge, cut=story(1).but(how="cut"), good=story(2))
    nights.settings = {"DOWNLOAD_TIMEOUT": 20}
    nights.add(site)
    nights.crawl()
    outcomes = nights.outcomes()
    assert {path: outcomes[path][0] for path in content.more} == {
        "/endless": "failed", "/huge": "failed", "/cut": "failed", "/good": "new"
    }  # fmt: skip
    assert sum(path.stat().st_size for path in nights.warcs()) < 5_000_000


def test_a_page_that_does_not_come_fails_alone(nights: Nights, site: LiveSite, content: Content) -> None:
    _linked(content, late=Answer(how="late"), stuck=Answer(how="stuck", body=b"x"), good=story(2))
    nights.settings = {"DOWNLOAD_TIMEOUT": 2}
    nights.add(site)
    nights.crawl()
    outcomes = nights.outcomes()
    assert {path: outcomes[path][0] for path in content.more} == {"/late": "failed", "/stuck": "failed", "/good": "new"}


def test_only_pages_are_kept_as_pages(nights: Nights, site: LiveSite, content: Content) -> None:
    picture = Answer(body=b"\x89PNG\r\n\x1a\n" + b"\0" * 5000, media_type="image/png")
    _linked(
        content, picture=picture, disguised=picture.but(media_type="text/html"), plain=story(1).but(media_type=None)
    )
    content.more["/data"] = Answer(body=b'{"a": 1}', media_type="application/json")
    content.linked.append("/data")
    nights.add(site)
    nights.crawl()
    outcomes = nights.outcomes()
    assert {outcomes[path][0] for path in ("/picture", "/data")} == {"refused"}
    assert outcomes["/plain"] == ("new", None)
    read = nights.read()
    assert f"{site.url}/plain" in {row["url"] for row in read.rows("SELECT url FROM pages WHERE outcome = 'article'")}


def test_gone_pages_are_given_up(nights: Nights, site: LiveSite, content: Content) -> None:
    _linked(content, gone=Answer(410), lost=Answer(404), broken=Answer(500))
    nights.add(site)
    for _ in range(4):
        nights.crawl()
        nights.pass_time()
    times = {path: site.paths().count(path) for path in content.more}
    assert times == {"/gone": 1, "/lost": 3, "/broken": 4}
    states = {row["url"].removeprefix(site.url): row["state"] for row in nights.rows("select url, state from urls")}
    assert {path: states[path] for path in content.more} == {"/gone": "gone", "/lost": "gone", "/broken": "failing"}


def test_canonical_addresses_are_the_same_page(nights: Nights, site: LiveSite, content: Content) -> None:
    link = f'<link rel="canonical" href="{site.url}/story">'
    content.more = {path: story(1, link) for path in ("/story", "/story?view=7", "/story?from=home")}
    content.linked = list(content.more)
    nights.add(site)
    nights.crawl()
    assert nights.read().rows("SELECT url, page_count > 0 AS n FROM articles WHERE kind = 'article'") == [
        {"url": f"{site.url}/story", "n": 1}
    ]


def test_a_site_that_is_not_there_fails_and_the_others_go_on(nights: Nights, site: LiveSite, content: Content) -> None:
    with LiveSite(Content(articles=1), host="127.0.0.2") as gone:
        nights.add(gone)
    content.articles, content.feeds = 2, ("rss",)
    nights.add(site)
    nights.crawl(status=4)
    assert "/" in site.paths()
    told = nights.run("sites", "report", "--max-age", "26")
    assert told.status == 1
    assert f"{gone.url}/: no good articles come any more" in told.err


def test_a_feed_may_be_added_as_a_site(nights: Nights, site: LiveSite, content: Content) -> None:
    content.articles, content.feeds = 5, ("atom",)
    nights.add(f"{site.url}/feed.atom")
    nights.crawl()
    assert set(content.places()) <= set(site.paths())


def test_what_stands_around_an_article_does_not_change_it(nights: Nights, site: LiveSite, content: Content) -> None:
    content.articles, content.feeds, content.restless = 3, ("rss",), True
    nights.add(site)
    nights.crawl()
    articles = nights.read().rows("SELECT id, text FROM articles WHERE kind = 'article'")
    nights.pass_time()
    nights.crawl()
    assert {outcome for path, (outcome, _) in nights.outcomes().items() if path in content.places()} == {"changed"}
    read = nights.read()
    assert read.rows("SELECT id, text FROM articles WHERE kind = 'article'") == articles
    assert read.rows("SELECT id FROM revisions") == []
