"""Two steps, apart: `crawl sites` has the network, `crawl seeds` has none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scrapy.settings import Settings

import crawler.settings
from crawler.spiders.seeds import SeedsSpider
from crawler.spiders.sites import SitesSpider
from lab.live_pages import Content
from lab.live_site import LiveSite
from tests.conftest import PROJECT, environment
from tests.nights import Nights

# Runs Scrapy's command line and prints, at the end, what sockets were asked to do with other machines.
_WATCHING = """
import atexit, json, sys
seen = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        seen.append([event, str(arguments[1:])])
sys.addaudithook(watch)
atexit.register(lambda: print("WATCHED", json.dumps([each for each in seen if "/" not in each[1]])))
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""


def watched(*words: str) -> list[str]:
    """Return what a command line asked of the network."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCHING, *words], capture_output=True, text=True, cwd=PROJECT, env=environment()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [line] = [line for line in done.stdout.splitlines() if line.startswith("WATCHED")]
    found: list[list[str]] = json.loads(line.removeprefix("WATCHED "))
    return [event for event, _ in found]


def test_what_was_fetched_is_read_without_a_network(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    with LiveSite(Content(articles=2)) as site:
        nights.add(site)
        assert "socket.connect" in watched(*nights.words("crawl", "sites"))
        site.forget()
        database = tmp_path / "articles.db"
        folder = nights.folder / "pages"
        assert watched("crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={database}") == []
        assert site.log == []
    assert database.exists()


def handlers(spider: type[SeedsSpider] | type[SitesSpider]) -> dict[str, object]:
    """Return the download handlers of a spider."""
    settings = Settings()
    settings.setmodule(crawler.settings, priority="project")
    spider.update_settings(settings)
    return {scheme: handler for scheme, handler in settings.getwithbase("DOWNLOAD_HANDLERS").items() if handler}


def test_only_the_spider_of_live_sites_can_fetch() -> None:
    assert set(handlers(SeedsSpider)) == {"data"}
    assert set(handlers(SitesSpider)) == {"http", "https"}


def test_a_command_that_does_not_fetch_imports_nothing_that_does() -> None:
    code = (
        "import sys, crawler.spiders.sites, crawler.commands.crawl, crawler.commands.sites; "
        "print(sorted(name for name in sys.modules if name.startswith(('crawler.fetch.', 'protego', 'feedparser'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, env=environment())
    assert done.stdout.strip() == "['crawler.fetch.limits']", done.stderr
