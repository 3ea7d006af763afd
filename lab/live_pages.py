"""What a made-up site has to say: articles, feeds, sitemaps and robots.txt, with switches for what real sites do."""

from __future__ import annotations

import base64
import gzip
import json
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from lab.live_site import Answer, Asked
from lab.samples import html_page, sentences

Reply = Answer | Callable[[Asked], Answer]

_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_A_SITEMAP = 20  # addresses of a sitemap that an index names
_IN_FEED = 20
HTTP_OK = 200
_EVERY = timedelta(hours=8)  # an article
FEEDS = {
    "rss": ("/feed.rss", "application/rss+xml"),
    "atom": ("/feed.atom", "application/atom+xml"),
    "json": ("/feed.json", "application/feed+json"),
}


@dataclass
class Content:
    """A site of articles, numbered from 1, the newest last; all the rest are switches.

    `sitemap` is `index` (which names sitemaps, one in two of them gzipped, and one of news), `text`, `wrong type` (XML
    called text/html) or nothing. `robots` are more lines of robots.txt. `busy` requests get status 429 or 503
    (`busy_status`) before the site answers again; robots.txt is always answered. `more` holds answers for paths before
    all others, and `linked` are more addresses on the home page. `weight` are bytes of a picture in each page.
    """

    articles: int = 30
    feeds: Iterable[str] = ("rss",)
    feed_ttl: int | None = None  # minutes
    sitemap: str = "index"
    robots: str = ""
    robots_status: int = 200
    crawl_delay: float | None = None
    validators: bool = True
    gzipped: bool = True
    chunked: bool = True
    tracking: bool = False  # links with utm_source
    canonical: bool = True
    soft_404: bool = False
    calendar: bool = False
    restless: bool = False  # what stands around articles changes with every request
    busy: int = 0
    busy_status: int = 429
    retry_after: str | None = "2"
    weight: int = 20_000
    today: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    more: dict[str, Reply] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)
    asked: int = 0

    def __post_init__(self) -> None:
        """Remember how many articles there were at first."""
        self._first = self.articles

    def change(self, numbers: Iterable[int]) -> None:
        """Let articles have another text from now on."""
        for number in numbers:
            self.versions[number] = self.versions.get(number, 0) + 1

    def publish(self, count: int) -> None:
        """Let the site have more articles from now on."""
        self.articles += count

    def published(self, number: int) -> datetime:
        """Return when an article came out."""
        return self.today - _EVERY * max(self._first - number, 0)

    def modified(self, number: int) -> datetime:
        """Return when an article got the text that it has."""
        return self.published(number) + timedelta(minutes=self.versions.get(number, 0))

    def place(self, number: int) -> str:
        """Return the path of an article."""
        return f"/news/{self.published(number):%Y/%m}/{_slug(number)}-{number}.html"

    def places(self) -> list[str]:
        """Return the paths of all articles."""
        return [self.place(number) for number in range(1, self.articles + 1)]

    def answer(self, asked: Asked, url: str) -> Answer:
        """Return what a request gets."""
        self.asked += 1
        path = urlsplit(asked.path).path
        if path == "/robots.txt":
            return self._robots(url)
        if self.busy:
            self.busy -= 1
            after = (("Retry-After", self.retry_after),) if self.retry_after else ()
            return Answer(self.busy_status, b"too many", headers=after)
        reply = self.more.get(asked.path) or self.more.get(path) or self._reply(path, url)
        found = reply(asked) if callable(reply) else reply
        return self._sent(found) if found.status == HTTP_OK and found.how == "whole" else found

    def _reply(self, path: str, url: str) -> Reply:
        if path in ("/", "/news"):
            return Answer(body=self._home().encode())
        for kind in self.feeds:
            if path == FEEDS[kind][0]:
                body = {"rss": self._rss, "atom": self._atom, "json": self._json}[kind](url)
                return lambda asked: self._validated(asked, Answer(body=body, media_type=FEEDS[kind][1]))
        if path.startswith("/sitemap") and path in (sitemaps := self._sitemaps(url)):
            return lambda asked: self._validated(asked, sitemaps[path])
        if path.startswith("/tides/") and self.calendar:
            return _calendar(path)
        tail = path.removesuffix(".html").rpartition("-")[2]
        if tail.isdecimal() and 1 <= int(tail) <= self.articles and path == self.place(int(tail)):
            return lambda asked: self._article(asked, int(tail), url)
        missing = html_page("Not found", ["The page that you look for is not here.", "Go to the home page instead."])
        return Answer(200 if self.soft_404 else 404, missing.encode())

    def _sent(self, answer: Answer) -> Answer:
        coded = ("content-encoding", "gzip")
        if self.gzipped and answer.media_type != "application/gzip":
            packed = gzip.compress(answer.body, 6, mtime=0)
            answer = answer.but(body=packed, headers=(*answer.headers, coded))
        return answer.but(how="chunked") if self.chunked else answer

    def _validated(self, asked: Asked, answer: Answer, modified: datetime | None = None) -> Answer:
        """Return the answer with ETag and Last-Modified, or status 304 if the request knows it."""
        if not self.validators:
            return answer
        etag = f'"{sha256(answer.body).hexdigest()[:16]}"'
        headers = [("ETag", etag)]
        moment = format_datetime(modified, usegmt=True) if modified else None
        headers += [("Last-Modified", moment)] if moment else []
        known = asked.headers.get("if-none-match")
        if known == etag or (known is None and moment and asked.headers.get("if-modified-since") == moment):
            return Answer(304, headers=tuple(headers), media_type=None)
        return answer.but(headers=(*answer.headers, *headers))

    def _robots(self, url: str) -> Answer:
        lines = [f"Sitemap: {url}{path}" for path in self._sitemap_lines()]
        lines += ["User-agent: *", *([f"Crawl-delay: {self.crawl_delay}"] if self.crawl_delay else [])]
        body = "\n".join([*lines, self.robots, ""])
        return Answer(self.robots_status, body.encode(), "text/plain")

    def _sitemap_lines(self) -> list[str]:
        return {"index": ["/sitemap.xml"], "text": ["/sitemap.txt"], "wrong type": ["/sitemap.php"]}.get(
            self.sitemap, []
        )

    def _link(self, path: str) -> str:
        return f"{path}?utm_source=made&amp;utm_medium=link" if self.tracking else path

    def _home(self) -> str:
        teasers = "".join(
            f'<li><a href="{self._link(self.place(number))}">{_title(number)}</a></li>' for number in self._newest()
        )
        more = "".join(f'<li><a href="{escape(each)}">More</a></li>' for each in self.linked)
        calendar = f'<a href="{_day_at(self.today)}">Tides</a>' if self.calendar else ""
        feeds = "".join(
            f'<link rel="alternate" type="{FEEDS[kind][1]}" href="{FEEDS[kind][0]}" title="News">'
            for kind in self.feeds
        )
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The Made</title>{feeds}</head>'
            f"<body><h1>The Made</h1><ul>{teasers}{more}</ul>{calendar}</body></html>"
        )

    def _article(self, asked: Asked, number: int, url: str) -> Answer:
        text = sentences(number)
        for version in range(self.versions.get(number, 0)):
            text[version % len(text)] = sentences(1_000_003 * number + version + 1, 1)[0]
        others = [1 + (number + step) % self.articles for step in (1, 2, 3)]
        links = "".join(f'<a href="{self._link(self.place(other))}">{_title(other)}</a> ' for other in others)
        canonical = url + self.place(number) if self.canonical else None
        page = html_page(_title(number), text, f"<p>{links}</p>{_picture(number, self.weight)}", canonical)
        meta = f'<meta property="article:published_time" content="{self.published(number).isoformat()}">'
        page = page.replace("</head>", f"{meta}</head>")
        if self.restless:
            page = page.replace("All rights reserved", f"All rights reserved, visitor {self.asked}")
        return self._validated(asked, Answer(body=page.encode()), self.modified(number))

    def _sitemaps(self, url: str) -> dict[str, Answer]:
        match self.sitemap:
            case "text":
                text = "".join(f"{url}{place}\n" for place in self.places())
                return {"/sitemap.txt": Answer(body=text.encode(), media_type="text/plain")}
            case "wrong type":
                return {"/sitemap.php": Answer(body=self._urlset(url, range(1, self.articles + 1)))}
            case "index":
                return self._index(url)
        return {}

    def _index(self, url: str) -> dict[str, Answer]:
        numbers = range(1, self.articles + 1)
        parts = [numbers[start : start + _A_SITEMAP] for start in range(0, len(numbers), _A_SITEMAP)]
        found = {}
        for place, part in enumerate(parts, 1):
            body = self._urlset(url, part)
            if place % 2:
                packed = gzip.compress(body, mtime=0)
                found[f"/sitemaps/{place}.xml.gz"] = Answer(body=packed, media_type="application/gzip")
            else:
                found[f"/sitemaps/{place}.xml"] = Answer(body=body, media_type="application/xml")
        found["/sitemaps/news.xml"] = Answer(body=self._news(url), media_type="text/xml")
        lines = "".join(f"<sitemap><loc>{url}{path}</loc></sitemap>" for path in found)
        index = f'<?xml version="1.0"?><sitemapindex {_SITEMAP}>{lines}</sitemapindex>'
        return {"/sitemap.xml": Answer(body=index.encode(), media_type="application/xml"), **found}

    def _urlset(self, url: str, numbers: Iterable[int]) -> bytes:
        lines = "".join(
            f"<url><loc>{url}{self.place(number)}</loc><lastmod>{self.modified(number).isoformat()}</lastmod></url>"
            for number in numbers
        )
        return f'<?xml version="1.0"?><urlset {_SITEMAP}>{lines}</urlset>'.encode()

    def _news(self, url: str) -> bytes:
        lines = "".join(
            f"<url><loc>{url}{self.place(number)}</loc><news:news><news:publication><news:name>The Made</news:name>"
            f"<news:language>en</news:language></news:publication><news:publication_date>"
            f"{self.published(number).isoformat()}</news:publication_date><news:title>{_title(number)}</news:title>"
            f"</news:news></url>"
            for number in self._newest()
        )
        return f'<?xml version="1.0"?><urlset {_SITEMAP} {_NEWS}>{lines}</urlset>'.encode()

    def _newest(self) -> range:
        return range(self.articles, max(self.articles - _IN_FEED, 0), -1)

    def _rss(self, url: str) -> bytes:
        items = "".join(
            f"<item><title>{_title(number)}</title><link>{url}{self._link(self.place(number))}</link>"
            f"<guid isPermaLink='false'>{number}</guid>"
            f"<pubDate>{format_datetime(self.published(number))}</pubDate></item>"
            for number in self._newest()
        )
        ttl = f"<ttl>{self.feed_ttl}</ttl>" if self.feed_ttl else ""
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Made</title><link>{url}/</link>'
            f"<description>News</description>{ttl}{items}</channel></rss>"
        ).encode()

    def _atom(self, url: str) -> bytes:
        entries = "".join(
            f'<entry><title>{_title(number)}</title><link href="{self._link(self.place(number))}"/>'
            f"<id>urn:{number}</id>"
            f"<updated>{self.modified(number).isoformat()}</updated></entry>"
            for number in self._newest()
        )
        return (
            f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Made</title><id>urn:made</id>'
            f"<updated>{self.today.isoformat()}</updated>{entries}</feed>"
        ).encode()

    def _json(self, url: str) -> bytes:
        items = [
            {"id": str(number), "url": f"{url}{self.place(number)}", "title": _title(number),
             "date_published": self.published(number).isoformat()}
            for number in self._newest()
        ]  # fmt: skip
        version = "https://jsonfeed.org/version/1.1"
        return json.dumps({"version": version, "title": "The Made", "items": items}).encode()


def moved(to: str, status: int = 301) -> Answer:
    """Return an answer that sends the visitor elsewhere."""
    return Answer(status, b"elsewhere", headers=(("Location", to),))


def story(number: int, head: str = "", headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Return a page with an article that no site of articles has; `head` is more markup of its head."""
    page = html_page(_title(number), sentences(number)).replace("</head>", f"{head}</head>")
    return Answer(body=page.encode(), headers=headers)


def _calendar(path: str) -> Answer:
    """Return a day of a calendar without an end: links to days before and after, in two orders."""
    try:
        day = date.fromisoformat(path.removeprefix("/tides/").removesuffix(".html"))
    except ValueError:
        return Answer(404)
    days = [day + timedelta(days=step) for step in (-30, -1, 1, 30)]
    links = "".join(f'<a href="{_day_at(each)}">{each:%d %B %Y}</a> ' for each in days)
    return Answer(body=html_page(f"Tides of {day:%d %B %Y}", [links]).encode())


def _day_at(day: date) -> str:
    return f"/tides/{day:%Y-%m-%d}.html"


def _slug(number: int) -> str:
    return "-".join(sentences(number, 1)[0].lower().strip(".").split()[:4])


def _title(number: int) -> str:
    return " ".join(sentences(number, 1)[0].strip(".").split()[:6]) + f" {number}"


@cache
def _picture(number: int, weight: int) -> str:
    """Return a picture that no packing makes smaller, as pages have them."""
    data = base64.b64encode(random.Random(number).randbytes(weight * 3 // 4)).decode()
    return f'<img alt="" src="data:image/png;base64,{data}">' if weight else ""
