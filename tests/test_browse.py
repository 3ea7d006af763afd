"""Datasette serves the reading room: every page answers, whatever is in the database, and asks nobody else."""

from __future__ import annotations

import asyncio
import contextlib
import doctest
import json
import re
import shutil
import sqlite3
import warnings
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from lab.benchmarks.made_archive import make
from lab.benchmarks.reading import served_with
from lab.samples import html_page, sentences
from tests.browsing import METADATA, PAGES, make_hostile, plug_in
from tests.conftest import PROJECT, SEEDS, Crawled, Read, read_folder
from winnow.room.asked import Asked
from winnow.room.database import cpu_limit
from winnow.room.search import search

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # datasette 0.65 imports modules that warn
    from datasette.app import Datasette

pytestmark = pytest.mark.filterwarnings("ignore")


class Loads(HTMLParser):
    """Collect what a page would load or run by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if given.get("rel") == "alternate":
            return
        if tag in ("script", "img", "iframe", "embed", "object", "video", "audio", "source", "link"):
            self.loads += [given[name] for name in ("src", "href", "data") if name in given]
        self.dangers += [f"{tag} {name}" for name in given if name.startswith("on")]
        if tag == "a" and re.match(r"\s*(javascript|data|vbscript):", given.get("href", ""), re.I):
            self.dangers.append(given["href"])


def get(
    database: Path, *addresses: str, plain: bool = False, allow: bool = True, **settings: str | int
) -> dict[str, Any]:
    """Ask for pages of one database, by default with the plugin and the templates."""
    plug_in(not plain)
    metadata = (METADATA if plain else {}) | ({} if allow else {"allow": False})
    datasette = Datasette([str(database)], metadata=metadata, settings={"suggest_facets": False, **settings})

    async def answers() -> dict[str, Any]:
        await datasette.invoke_startup()
        name = database.stem
        return {address: await datasette.client.get(address.replace("NAME", name)) for address in addresses}

    try:
        return asyncio.run(answers())
    finally:
        datasette.executor.shutdown()


OURS = re.compile(r"/-/static/|data:|/room\.js\?|/[\w-]+/articles/[0-9]+/lead$")


def loads(html: str) -> Loads:
    parser = Loads()
    parser.feed(html)
    return parser


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "archive-2.db"
    make(path, 600, words=60)
    return path


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return read_folder(SEEDS, tmp_path_factory.mktemp("seeds") / "articles.db")


def test_every_page_answers_and_loads_nothing_from_elsewhere(seeds: Crawled) -> None:
    for address, answer in get(seeds.database, *PAGES).items():
        assert answer.status_code == 200, address
        assert all(map(OURS.match, loads(answer.text).loads)), address
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy or ("default-src 'self'" in policy and address.startswith("/NAME"))


def test_an_archive_of_any_name_is_served_the_same(large: Path) -> None:
    answers = get(large, *PAGES)
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(PAGES, 200)
    assert "Which sites have the most duplicates?" in answers["/questions"].text


def test_an_empty_archive_is_served(read: Read, folder: Path) -> None:
    empty = read(folder).database
    addresses = ["/", "/search", "/search?q=x", "/pages", "/duplicates", "/rejected", "/runs", "/dashboard"]
    assert [answer.status_code for answer in get(empty, *addresses).values()] == [200] * len(addresses)


def test_what_is_not_there_is_said(seeds: Crawled) -> None:
    addresses = [
        "/NAME/articles/99",
        "/NAME/pages/99",
        "/NAME/runs/99",
        "/compare",
        "/compare?article=1&before=x",
        "/no",
    ]
    assert {answer.status_code for answer in get(seeds.database, *addresses).values()} == {404}


def test_another_programs_database_is_left_to_datasette(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE pages (number INTEGER PRIMARY KEY)")
        db.execute("INSERT INTO pages VALUES (1)")
        db.commit()
    addresses = ["/", "/NAME", "/NAME/pages/1", "/search"]
    answers = get(tmp_path / "other.db", *addresses)
    assert [answer.status_code for answer in answers.values()] == [200, 200, 200, 404]
    for address in addresses:
        assert "Winnow" not in answers[address].text
        assert "content-security-policy" not in answers[address].headers


def test_hostile_rows_are_shown_as_text(seeds: Crawled, tmp_path: Path) -> None:
    shutil.copy(seeds.database, tmp_path / "hostile.db")
    make_hostile(tmp_path / "hostile.db")
    addresses = [*PAGES, "/NAME/articles/2", "/search?q=script", "/search?q=alert&site=%3Cscript%3E"]
    for address, answer in get(tmp_path / "hostile.db", *addresses).items():
        assert answer.status_code == 200, address
        if address.endswith(".json"):
            continue
        found = loads(answer.text)
        assert found.dangers == [], address
        assert all(map(OURS.match, found.loads)), address
        assert not re.search(r"<script>alert|<img src=http", answer.text), address
        if address != "/NAME/articles":  # Datasette's own table of rows shows a title whole
            assert len(answer.text) < 1_500_000, address


def test_pages_stay_whole_while_a_crawl_writes(seeds: Crawled) -> None:
    with contextlib.closing(sqlite3.connect(seeds.database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE articles SET title = 'half done'")
        answers = get(seeds.database, "/", "/search?q=ferry", "/NAME/articles/1")
        writer.execute("ROLLBACK")
    for answer in answers.values():
        assert answer.status_code == 200
        assert "half done" not in answer.text
        assert "old ferry terminal" in answer.text.replace("<mark>", "").replace("</mark>", "")


def test_only_small_tables_are_counted(large: Path) -> None:
    html = get(large, "/NAME")["/NAME"].text
    assert "600 rows" in html
    assert "61 rows" in html
    assert "Many rows" in html  # of texts


def test_a_metadata_file_goes_before_what_the_plugin_says(seeds: Crawled) -> None:
    plug_in()
    more = {"title": "Ours", "databases": {"articles": {"queries": {"mine": {"sql": "select 1", "title": "Mine?"}}}}}
    datasette = Datasette([str(seeds.database)], metadata=more)
    try:
        assert (datasette.metadata("title"), datasette.metadata("description")) == ("Ours", METADATA["description"])
        questions = {"mine", *METADATA["databases"]["articles"]["queries"]}
        assert set(datasette.metadata("queries", database="articles")) == questions
    finally:
        datasette.executor.shutdown()
    another = Datasette([str(seeds.database)])  # Datasette writes into what a plugin gives it
    another.executor.shutdown()
    assert set(another.metadata("queries", database="articles")) == questions - {"mine"}


def test_without_the_plugin_it_is_plain_datasette(seeds: Crawled) -> None:
    answers = get(seeds.database, "/NAME", "/NAME/articles", "/NAME/most_captured", plain=True)
    assert {answer.status_code for answer in answers.values()} == {200}


def test_everything_stays_below_the_address_that_a_proxy_gives_it(seeds: Crawled) -> None:
    for address, answer in get(seeds.database, *PAGES[:20], base_url="/archive/").items():
        assert answer.status_code == 200, address
        links = re.findall(r'(?:href|action)="(/[^"]*)"', answer.text)
        assert [link for link in links if not link.startswith("/archive/")] == [], address


def test_who_may_not_see_the_database_sees_no_page(seeds: Crawled) -> None:
    answers = get(seeds.database, "/", "/search?q=ferry", "/NAME/articles/1", "/NAME/articles/1.json", allow=False)
    assert {answer.status_code for answer in answers.values()} == {403}


def test_a_page_that_takes_too_long_is_stopped_and_says_so(seeds: Crawled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winnow.room.database.STEPS", 1)  # so few articles take few steps
    answer = get(seeds.database, "/search?q=ferry", sql_time_limit_ms=0)["/search?q=ferry"]
    assert answer.status_code == 503
    assert "This took too long: ask for less." in answer.text


def test_only_work_counts_for_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n{}) SELECT max(x) FROM n"
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        with pytest.raises(sqlite3.OperationalError, match="interrupted"), cpu_limit(db, 1):
            db.execute(endless.format("")).fetchone()
        monkeypatch.setattr("time.thread_time", lambda: 7.0)  # as long as others have the processor
        with cpu_limit(db, 1):
            assert db.execute(endless.format(" WHERE x < 100000")).fetchone() == (100_000,)


def test_search_finds_and_links_the_article(seeds: Crawled) -> None:
    html = get(seeds.database, "/search?q=lighthouse+keeper")["/search?q=lighthouse+keeper"].text
    assert re.search(r'href="/articles/articles/2\?in=[^"]*">Pupils give a <mark>lighthouse</mark>', html)


def test_the_search_of_tables_finds_what_the_search_page_finds(seeds: Crawled) -> None:
    table = "/NAME/articles.json?_shape=array&_search"
    for typed in ("lighthouses", "zeppelin", "-", "%22the keeper%22", "ferry OR lighthouse"):
        with contextlib.closing(sqlite3.connect(seeds.database)) as db:
            wanted = {row["id"] for row in search(db, Asked(q=typed.replace("%22", '"'))).articles}
        answer = get(seeds.database, f"{table}={typed}")[f"{table}={typed}"].text
        assert {row["id"] for row in json.loads(answer)} == wanted, typed
    assert wanted
    narrowed = get(seeds.database, f"{table}_title=lighthouse", f"{table}_image=lighthouse")
    assert [[row["id"] for row in json.loads(page.text)] for page in narrowed.values()] == [[2], []]


def test_an_article_is_shown_with_its_other_pages_and_ways_to_compare(seeds: Crawled) -> None:
    html = get(seeds.database, "/NAME/articles/1")["/NAME/articles/1"].text
    assert re.search(r"Seen at \d places", html)
    assert "text-captures/2024-06-18-ferry-terminal.txt" in html
    assert re.search(r"\b9\d %", html)
    assert re.search(r'href="/compare\?article=1&amp;before=\w{64}&amp;after=\w{64}"', html)


@pytest.fixture
def captures(read: Read, folder: Path) -> Path:
    """Return an archive of one article, captured three times; the file names run against the moments."""
    for name, year in (("a", 2021), ("b", 2020), ("c", 2019)):
        more = ["A later word."] * (year - 2019)
        record = {"url": f"https://site.example/{name}", "date": f"{year}-05-01T10:00:00Z"}
        record["html"] = html_page("The mill", [*sentences(1), *more])
        (folder / f"{name}.jsonl").write_text(json.dumps(record) + "\n")
    return read(folder).database


def test_captures_are_shown_with_address_and_moment_the_earliest_first(captures: Path) -> None:
    html = get(captures, "/NAME/articles/1")["/NAME/articles/1"].text
    canonical, *others = re.findall(r"captured (\d{4})-05-01 10:00", html)
    assert sorted([canonical, *others]) == ["2019", "2020", "2021"]
    assert others == sorted(others)
    for name in "abc":
        assert f'<a href="https://site.example/{name}"' in html
    listed = get(captures, "/pages", "/pages?path=https://site.example/b", "/NAME/pages/1")
    assert "captured 2021-05-01 10:00" in listed["/pages"].text
    assert re.findall(r"captured (\d{4})", listed["/pages?path=https://site.example/b"].text) == ["2020"]
    assert "captured 2021-05-01 10:00" in listed["/NAME/pages/1"].text


def test_a_page_says_in_words_what_became_of_it(seeds: Crawled) -> None:
    html = get(seeds.database, "/pages?path=text-captures/logo")["/pages?path=text-captures/logo"].text
    page = re.search(r"/articles/pages/(\d+)", html)
    assert page
    detail = get(seeds.database, f"/NAME/pages/{page[1]}")[f"/NAME/pages/{page[1]}"].text
    assert "rejected, not text." in detail
    assert "Binary data, whatever the file" in detail


def test_questions_link_their_answers(seeds: Crawled) -> None:
    html = get(seeds.database, "/NAME/most_captured")["/NAME/most_captured"].text
    assert '<a href="/articles/articles/1">1</a>' in html


def test_examples_in_the_plugin() -> None:
    from winnow.room import plugin  # noqa: PLC0415  (Datasette must have been imported quietly before)

    assert doctest.testmod(plugin).failed == 0
    assert plugin.marked("<b>\x02a\x03 \x02\x02c") == "&lt;b&gt;<mark>a</mark> <mark></mark><mark>c</mark>"


def test_the_documents_and_make_serve_it_by_one_command() -> None:
    told = " ".join(served_with())
    shown_in = {"README.md": "articles.db", "docs/reading.md": "articles.db", "Makefile": "$(DATABASE)"}
    for path, database in shown_in.items():
        shown = (PROJECT / path).read_text(encoding="utf-8").replace("\\\n", " ")
        assert f"datasette {database} {told}" in " ".join(shown.split()), path
