"""The pipelines inside somebody else's Scrapy project: another spider, dict items, no tickets."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from lab.samples import html_page, sentences
from tests.conftest import PROJECT, environment

SCRIPT = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Foreign(scrapy.Spider):
    name = "foreign"
    start_urls = sys.argv[2:]
    def parse(self, response):
        yield {{"url": "https://example.org/" + response.url.rpartition("/")[2], "body": response.body}}

if __name__ == "__main__":
    process = AsyncCrawlerProcess({{
        "DATABASE": sys.argv[1], "LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False, "DEFAULT_DROPITEM_LOG_LEVEL": "INFO", "WORKERS": 2,
        "ITEM_PIPELINES": {pipelines!r},
    }})
    process.crawl(Foreign)
    process.start()
"""


def test_pipelines_serve_another_spider(tmp_path: Path, folder: Path) -> None:
    names = ("Extract", "Dedupe", "Store")
    pipelines = {f"pipelines.item_pipelines.{name}Pipeline": n for n, name in enumerate(names)}
    script = tmp_path / "foreign.py"
    script.write_text(SCRIPT.format(pipelines=pipelines))
    for number in (1, 2):
        (folder / f"{number}.html").write_text(html_page(f"Story {number}", sentences(number)))
    (folder / "3.html").write_text(html_page("Story 1", sentences(1), teasers="<p>Something else</p>"))
    urls = [file.as_uri() for file in sorted(folder.iterdir())]
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(tmp_path / "a.db"), *urls],
        capture_output=True,
        text=True,
        env={**environment(), "PYTHONPATH": str(PROJECT)},
    )
    assert done.returncode == 0, done.stderr
    db = sqlite3.connect(tmp_path / "a.db")
    assert db.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    assert sorted(db.execute("SELECT outcome FROM pages")) == [("article",), ("article",), ("duplicate",)]
    assert {url for (url,) in db.execute("SELECT url FROM articles")} <= {
        f"https://example.org/{n}.html" for n in "123"
    }
    assert db.execute("SELECT status, pages FROM runs").fetchone() == ("finished", 3)
    db.close()
