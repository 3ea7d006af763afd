"""The front page: what is new, what has changed, kept searches; and `scrapy alert`, which mails tell of."""

from __future__ import annotations

import argparse
import contextlib
import sqlite3
from pathlib import Path

import pytest
from lxml import html
from scrapy.settings import Settings

from crawler.commands.alert import Command
from lab.samples import html_page, sentences
from tests.archives import seed, send
from tests.conftest import Read
from tests.memory_index import words
from tests.test_browse import get
from winnow.marks import marking
from winnow.marks.database import writing
from winnow.room.kept import kept_searches
from winnow.room.today import today

pytestmark = pytest.mark.filterwarnings("ignore")


def story(number: int, more: str = "") -> str:
    return f"The lighthouse of {number}.\n\n{words(60, 100 * number)}{more}"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make an archive in two runs: in the second one article is new, one has another text, and one is gone."""
    first = [seed(f"{number}.html", story(number), title=f"Story {number}") for number in (1, 2, 3)]
    changed = seed("2.html", story(2, f"\n\n{words(30, 900)}"), title="Story 2 again")
    second = [first[0], changed, seed("4.html", story(4), title="Story 4", hostname="news.example")]
    send(tmp_path / "articles.db", first, second)
    with contextlib.closing(sqlite3.connect(tmp_path / "articles.db")) as db, db:
        db.execute("UPDATE runs SET started = '2024-03-01T02:30:00+00:00' WHERE id = 1")
        db.execute("UPDATE runs SET started = '2024-03-02T02:30:00+00:00' WHERE id = 2")
        db.execute("UPDATE pages SET last_run = 1 WHERE path = '3.html'")
    return tmp_path / "articles.db"


def keep(archive: Path, name: str, query: str, looked: str = "2024-03-01T12:00:00+00:00") -> None:
    with writing(archive) as marks:
        marking.save_search(marking.Change(marks), name, query)
        marks.execute("UPDATE searches SET looked = ? WHERE name = ?", [looked, name])


def test_what_has_changed_is_told(archive: Path) -> None:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        db.execute(
            "INSERT INTO corrections (moment, action, sha256, path) VALUES ('2024-03-02T09', 'reject', '0', 'x')"
        )
        told = today(db)
    assert told is not None
    assert (told["day"], told["new"], told["corrected"]) == ("2024-03-02", 1, 1)
    assert [article["title"] for article in told["changed"]] == ["Story 2 again"]
    assert [article["title"] for article in told["gone"]] == ["Story 3"]


def test_before_the_first_run_nothing_is_told(tmp_path: Path) -> None:
    send(tmp_path / "articles.db", [])
    with contextlib.closing(sqlite3.connect(tmp_path / "articles.db")) as db:
        told = today(db)
        assert told is not None
        assert (told["new"], told["changed"], told["gone"]) == (0, [], [])
        db.execute("DELETE FROM runs")
        assert today(db) is None


def test_the_front_page_shows_articles_first_and_the_run_in_a_line(archive: Path) -> None:
    keep(archive, "Towers", "q=lighthouse")
    page = get(archive, "/")["/"].text
    assert page.index("Story 4") < page.index("What changed on 2024-03-02") < page.index("Run 2")
    assert 'href="/search?since=2024-03-02">new<span>1</span>' in page
    assert "Gone: in no file any more" in page
    nothing = get(archive, "/dashboard")["/dashboard"].text
    assert 'aria-label="Archive"' in nothing
    assert 'aria-label="Archive"' not in page


def test_lists_show_pictures_of_articles_whose_files_are_there(read: Read, folder: Path) -> None:
    (folder / "a.html").write_text(html_page("A story", sentences(1)))
    database = read(folder).database
    for address, answer in get(database, "/", "/search?q=story").items():
        assert f'src="/{database.stem}/articles/1/lead"' in answer.text, address
    (folder / "a.html").unlink()
    assert "/lead" not in get(database, "/")["/"].text


def test_kept_searches_count_what_is_new(archive: Path) -> None:
    keep(archive, "Towers", "q=lighthouse")
    keep(archive, "All of a site", "site=news.example")
    keep(archive, "Looked at", "q=lighthouse&sort=oldest", "2024-03-03")
    keep(archive, "Boats", "q=zeppelin")
    with contextlib.closing(sqlite3.connect(archive)) as db:
        found = {kept["name"]: kept["new"] for kept in kept_searches(db, archive)}
    assert found == {"Towers": 1, "All of a site": 1, "Looked at": 0, "Boats": 0}


def test_a_search_is_kept_and_looked_at_by_forms(archive: Path) -> None:
    kept = {"action": "save-search", "name": "Towers", "query": "q=lighthouse"}
    page = get(archive, "/search?q=lighthouse", "/search?hostname=x&site=news.example")
    first, narrowed = (html.fromstring(answer.text) for answer in page.values())
    [form] = first.xpath("//form[@class='save']")
    assert dict(form.form_values()) | {"csrftoken": "", "name": "Towers"} == kept | {"csrftoken": ""}
    assert narrowed.xpath("//input[@id='called']/@value") == ["news.example"]
    keep(archive, "Towers", "q=lighthouse")
    front = html.fromstring(get(archive, "/")["/"].text)
    [seen] = front.xpath("//button[@aria-label='Seen: Towers']")
    assert seen.xpath("ancestor::form//input[@name='action']/@value") == ["look"]


def alert(archive: Path, *args: str, since: str = "last") -> int:
    command = Command()
    command.settings = Settings({"DATABASE": str(archive)})
    command.run(list(args), argparse.Namespace(since=since))
    return command.exitcode


def test_alert_prints_what_is_new_and_else_nothing(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert alert(archive) == 0
    keep(archive, "Boats", "q=zeppelin")
    assert alert(archive) == 0
    assert capsys.readouterr() == ("", "")
    keep(archive, "To\x1b[2Jwers", "q=lighthouse")
    assert alert(archive) == 0
    head, title, *_ = capsys.readouterr().out.splitlines()
    assert (head, title) == ("To[2Jwers: 1 new article", "  article:4 Story 4")
    for since in ("1", "2024-03-01"):
        assert alert(archive, since=since) == 0
        assert "4 new articles" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "since", "line"),
    [
        (["storms"], "last", "alert takes no argument 'storms'"),
        ([], "yesterday", "--since yesterday: name a run, such as 7"),
        ([], "99", "--since 99: there is no such run"),
    ],
)
def test_alert_says_what_was_wrong(
    archive: Path, capsys: pytest.CaptureFixture[str], args: list[str], since: str, line: str
) -> None:
    assert alert(archive, *args, since=since) == 1
    assert capsys.readouterr().err.startswith(f"winnow: {line}")
