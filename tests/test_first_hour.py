"""A stranger's first hour: from an empty folder to an article that was found, read, starred, corrected and cited."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import lxml.html
from lxml.html import FormElement

from lab.benchmarks.reading import served
from tests.conftest import PROJECT, SCRAPY, as_installed, environment
from tests.saved_samples import make


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SCRAPY, *arguments], capture_output=True, text=True, cwd=PROJECT, env=environment())


class Reader:
    """A person who reads with a browser without scripts: opens links, fills forms in and sends them."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self.page, self.place = lxml.html.fromstring("<p>"), ""

    def open(self, address: str) -> httpx.Response:
        """Open an address, as seen from the page that is open."""
        return self._show(self._http.get(urljoin(self.place or "/", address)))

    def _show(self, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code == 200, answer.text
        self.place = str(answer.url)
        if answer.headers["content-type"].startswith("text/html"):
            self.page = lxml.html.fromstring(answer.text)
        return answer

    def follow(self, words: str) -> httpx.Response:
        """Follow the first link whose words have these in them."""
        return self.open(str(next(a for a in self.page.iter("a") if words in a.text_content()).get("href")))

    def send(self, button: str, **typed: str) -> httpx.Response:
        """Fill in the form with a button of these words, and press it."""
        pressed = next(each for each in self.page.iter("button") if button in each.text_content())
        form = next(pressed.iterancestors("form"))
        assert isinstance(form, FormElement)
        fields = {name: value or "" for name, value in form.form_values()} | typed
        fields |= {name: pressed.get("value") or "" for name in filter(None, [pressed.get("name")])}
        return self._show(self._http.request(form.method, urljoin(self.place, form.action or ""), data=fields))

    @property
    def text(self) -> str:
        """Return what the page that is open shows."""
        return " ".join(self.page.text_content().split())


@contextlib.contextmanager
def reading(database: Path) -> Iterator[tuple[Reader, str]]:
    """Yield a reader of a database that is served, and the address."""
    with as_installed(), served(database) as address, httpx.Client(base_url=address, follow_redirects=True) as http:
        yield Reader(http), address


def test_from_an_empty_folder_to_an_article_found_read_starred_corrected_and_cited(tmp_path: Path) -> None:
    folder, database = tmp_path / "seeds", tmp_path / "mine.db"
    crawl = ["crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE={database}"]
    folder.mkdir()
    empty = scrapy(*crawl)
    assert (empty.returncode, "Traceback" in empty.stdout + empty.stderr) == (0, False)
    folder.rmdir()
    make(tmp_path)
    assert scrapy(*crawl).returncode == 0
    words = "ladder harbour orchard"  # stand somewhere in the first story, in these or other forms
    assert "Story" in scrapy("search", words, "-s", f"DATABASE={database}").stdout
    with reading(database) as (reader, address):
        reader.open("/")
        assert "Story" in reader.text
        reader.open(f"/search?q={words.replace(' ', '+')}")
        reader.follow("Story")
        title, article = str(reader.page.findtext(".//h1")), reader.place
        assert len(reader.page.get_element_by_id("text").text_content().split()) > 300
        reader.follow("saved page")
        assert len(reader.page.findall(".//iframe")) == 1
        reader.open(article)
        reader.send("☆ Star")
        reader.send("Keep the note", note="Whose lamp is it?")
        assert "★ Starred" in reader.text
        reader.send("Set", field="title", value="The lamp in the harbour")
        assert "the next run takes it over" in reader.text
        lasting = next(str(a.get("href")) for a in reader.page.iter("a") if a.get("rel") == "bookmark")
        reader.open("/marks")
        assert title in reader.text
        assert "Whose lamp is it?" in reader.text
    assert scrapy(*crawl).returncode == 0
    with reading(database) as (reader, address):
        reader.open(lasting)
        assert (reader.page.findtext(".//h1"), "★ Starred" in reader.text) == ("The lamp in the harbour", True)
        assert "corrected 20" in reader.text
        cited = reader.follow("BibTeX").text
        digest = lasting.rpartition("/")[2]
        assert "title = {{The lamp in the harbour}}" in cited
        assert re.search(rf"read 20[^,]+, SHA-256 {digest}, {address}{lasting}", cited)
    notes = tmp_path / "notes.md"
    assert scrapy("marks", str(notes), "-s", f"DATABASE={database}").returncode == 0
    assert "Whose lamp is it?" in notes.read_text(encoding="utf-8")
