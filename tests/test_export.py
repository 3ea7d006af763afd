"""Articles leave the archive whole in every format, all of them or since a run."""

from __future__ import annotations

import csv
import doctest
import gzip
import json
import os
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lab.samples import html_page, jsonl, sentences
from tests.conftest import Crawled, Read, read_folder, read_jsonl
from winnow.items import Kind, StartError, WinnowError
from winnow.tell import export as exporting
from winnow.tell.export import COLUMNS, export, format_of, markdown, slug
from winnow.tell.state import archive_name, articles, batched, open_archive, run_number


@pytest.fixture
def nights(read: Read, folder: Path) -> Crawled:
    """Return an archive of three nights: two articles, a third one, then the first changed."""
    (folder / "a.html").write_text(html_page("Alpha", sentences(1)))
    (folder / "b.html").write_text(html_page("Beta, “quoted”", sentences(2)))
    read(folder)
    (folder / "c.html").write_text(html_page("Gamma", sentences(3)))
    read(folder)
    (folder / "a.html").write_text(
        html_page("Alpha", [*sentences(1)[:-1], "It ends in quite another way than it did."])
    )
    done = read(folder)
    db = sqlite3.connect(done.database)  # the three nights have passed within a second
    db.execute("UPDATE runs SET started = '2026-05-0' || id")
    db.execute("UPDATE articles SET date = '2026-05-01' WHERE title = 'Alpha'")
    db.execute("UPDATE articles SET first_seen = CASE title WHEN 'Gamma' THEN '2026-05-02' ELSE '2026-05-01' END")
    db.commit()
    db.close()
    return done


@pytest.fixture
def exported(nights: Crawled) -> Iterator[Any]:
    """Return a function that exports to a target."""
    db = open_archive(nights.database)

    def run(target: Path | str, kind: str, since: int | None = None) -> int:
        return export(articles(db, since), str(target), kind)

    yield run
    db.close()


@pytest.mark.parametrize(("since", "titles"), [(None, "ABG"), (1, "ABG"), (2, "AG"), (3, "A"), (4, "")])
def test_since_a_run_gives_what_is_new_or_changed_in_it_and_later(
    exported: Any, tmp_path: Path, since: int | None, titles: str
) -> None:
    exported(tmp_path / "new.jsonl", "jsonl", since)
    assert [row["title"][0] for row in read_jsonl(tmp_path / "new.jsonl")] == list(titles)


def test_json_lines_hold_every_column_and_the_current_text(exported: Any, tmp_path: Path) -> None:
    assert exported(tmp_path / "all.jsonl", "jsonl") == 3
    first = read_jsonl(tmp_path / "all.jsonl")[0]
    assert list(first) == list(COLUMNS)
    assert first["text"].endswith("It ends in quite another way than it did.")
    assert first["path"] == "a.html"
    assert first["tags"] == []


def test_an_article_with_markdown_is_written_from_it_and_kinds_are_chosen(nights: Crawled, tmp_path: Path) -> None:
    with closing(sqlite3.connect(nights.database)) as db:
        db.execute("UPDATE articles SET kind = 'discussion', markdown = '## *Beta*' WHERE title LIKE 'Beta%'")
        db.execute("UPDATE articles SET kind = NULL WHERE title = 'Gamma'")  # read by an earlier version
        db.commit()
    with closing(open_archive(nights.database)) as db:
        assert export(articles(db, kinds=frozenset({Kind.DISCUSSION})), str(tmp_path / "notes"), "markdown") == 1
        assert export(articles(db, kinds=frozenset({Kind.ARTICLE})), str(tmp_path / "one.csv"), "csv") == 1
        assert [record["kind"] for record in articles(db)] == ["article", "discussion", None]
    (written,) = (tmp_path / "notes").rglob("*.md")
    _, front, body = written.read_text(encoding="utf-8").split("---\n")
    assert yaml.safe_load(front)["kind"] == "discussion"
    assert body == "\n## *Beta*\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("गाँव की पुरानी बावड़ी", "गाँव-की-पुरानी-बावड़ी"),
        ("ตลาดน้ำเก่ากลับมา", "ตลาดน้ำเก่ากลับมา"),
        ("小学校が生まれ変わる", "小学校が生まれ変わる"),
        ("마을 도서관", "마을-도서관"),
        ("Трамвай в Озёрске", "трамвай-в-озёрске"),
        ("عودة المكتبة إلى القرى", "عودة-المكتبة-إلى-القرى"),
        ("Ångström & Übermut: naïve Σοφία", "angstrom-ubermut-naive-σοφια"),
        ("Tiếng Việt / _x_", "tieng-viet-x"),
    ],
)
def test_names_of_files_keep_the_signs_that_words_of_a_script_need(title: str, name: str) -> None:
    assert slug(unicodedata.normalize("NFC", title)) == slug(unicodedata.normalize("NFD", title))
    assert slug(title) == unicodedata.normalize("NFC", name)


def test_an_archive_of_an_earlier_version_is_exported(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    database.write_bytes(gzip.decompress((Path(__file__).parent / "fixtures/schema-7.db.gz").read_bytes()))
    with closing(open_archive(database)) as db:
        assert export(articles(db), str(tmp_path / "all.jsonl"), "jsonl") == 2
        assert not list(articles(db, kinds=frozenset({Kind.ARTICLE})))
    assert [row["kind"] for row in read_jsonl(tmp_path / "all.jsonl")] == [None, None]


def test_csv_reads_back_to_the_same(exported: Any, tmp_path: Path) -> None:
    exported(tmp_path / "all.csv", "csv")
    exported(tmp_path / "all.jsonl", "jsonl")
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = [
        {
            name: json.dumps(value) if name == "tags" else "" if value is None else str(value)
            for name, value in row.items()
        }
        for row in read_jsonl(tmp_path / "all.jsonl")
    ]
    assert rows == wanted


def test_parquet_reads_back_to_the_same(exported: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(exporting, "ROW_GROUP", 2)
    exported(tmp_path / "all.parquet", "parquet")
    exported(tmp_path / "all.jsonl", "jsonl")
    file = parquet.ParquetFile(tmp_path / "all.parquet")
    assert file.num_row_groups == 2
    told = [row["date"] for row in read_jsonl(tmp_path / "all.jsonl")]
    assert told[0] == "2026-05-01"
    back = [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        for row in file.read().to_pylist()
    ]
    assert back == [
        row | {name: datetime.fromisoformat(row[name]).replace(tzinfo=UTC).isoformat() for name in exporting.TIMES[:2]}
        for row in read_jsonl(tmp_path / "all.jsonl")
    ]
    assert [str(file.schema_arrow.field(name).type) for name in ("date", "captured", "last_seen")] == [
        "date32[day]", "timestamp[us, tz=UTC]", "timestamp[us, tz=UTC]"
    ]  # fmt: skip


def test_days_that_are_none_are_null_in_parquet(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    record = dict.fromkeys(COLUMNS) | {"id": 1, "title": "A", "tags": [], "date": "2024-02-31"}
    export([record | {"captured": "2024-02-29T10:00:00+02:00"}], str(tmp_path / "a.parquet"), "parquet")
    (row,) = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert (row["date"], row["captured"]) == (None, datetime(2024, 2, 29, 8, tzinfo=UTC))


def test_parquet_without_its_library_is_one_clear_line(
    exported: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(StartError, match="pip install"):
        exported(tmp_path / "all.parquet", "parquet")
    assert list(tmp_path.glob("all*")) == []


def test_markdown_is_a_file_each_and_follows_a_changed_title(exported: Any, nights: Crawled, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    with closing(sqlite3.connect(nights.database)) as db, db:
        db.execute("UPDATE articles SET title = 'Earlier title' WHERE id = 1")
    assert exported(folder, "markdown", 2) == 2
    assert notes(folder) == ["1-earlier-title.md", "3-gamma.md"]
    with closing(sqlite3.connect(nights.database)) as db, db:
        db.execute("UPDATE articles SET title = 'Alpha' WHERE id = 1")
    for own in ("1-my-own.md", "10-other.md", "1-earlier-title.md.txt"):
        (folder / "0000" / own).write_text("not ours to touch")
    assert exported(folder, "markdown") == 3
    assert notes(folder) == [
        "1-alpha.md", "1-earlier-title.md.txt", "1-my-own.md", "10-other.md", "2-beta-quoted.md", "3-gamma.md"
    ]  # fmt: skip
    assert (folder / "0000" / "1-my-own.md").read_text() == "not ours to touch"
    head, _, body = (folder / "0000" / "2-beta-quoted.md").read_text(encoding="utf-8")[4:].partition("---\n")
    assert yaml.safe_load(head)["title"] == "Beta, “quoted”"
    assert body.strip().startswith(sentences(2)[0])


def notes(folder: Path) -> list[str]:
    """Return the names of the files among the first thousand that are no list of the export."""
    return sorted(path.name for path in (folder / "0000").iterdir() if not path.name.startswith("."))


def test_a_file_that_no_export_has_written_is_not_replaced(exported: Any, tmp_path: Path) -> None:
    own = tmp_path / "notes" / "0000" / "3-gamma.md"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    with pytest.raises(StartError, match=r"3-gamma\.md cannot be written: no export has written what is there"):
        exported(tmp_path / "notes", "markdown")
    assert own.read_text() == "mine"
    own.unlink()  # what the stopped export has left is its own
    assert exported(tmp_path / "notes", "markdown") == 3
    assert exported(tmp_path / "notes", "markdown") == 3


def test_a_file_that_took_the_place_of_a_removed_one_is_not_removed(
    exported: Any, nights: Crawled, tmp_path: Path
) -> None:
    for title in ("Alpha", "Other", "Third"):
        with closing(sqlite3.connect(nights.database)) as db, db:
            db.execute("UPDATE articles SET title = ? WHERE id = 1", [title])
        assert exported(tmp_path / "notes", "markdown") == 3
        if title == "Other":
            (tmp_path / "notes" / "0000" / "1-alpha.md").write_text("mine")
    assert notes(tmp_path / "notes") == ["1-alpha.md", "1-third.md", "2-beta-quoted.md", "3-gamma.md"]


def test_two_archives_are_not_exported_into_one_folder(nights: Crawled, folder: Path, tmp_path: Path) -> None:
    (folder / "else").mkdir()
    (folder / "else" / "z.html").write_text(html_page("Other", sentences(9)))
    other = read_folder(folder / "else", tmp_path / "other.db")
    names = []
    for database in (nights.database, other.database):
        with closing(open_archive(database)) as db:
            names.append(archive_name(db))
            if database == nights.database:
                export(articles(db), str(tmp_path / "notes"), "markdown", names[-1])
            else:
                with pytest.raises(StartError, match="holds the export of another archive"):
                    export(articles(db), str(tmp_path / "notes"), "markdown", names[-1])
    assert names[0] != names[1]
    read_folder(folder, nights.database)
    nights.database.rename(tmp_path / "moved.db")
    with closing(open_archive(tmp_path / "moved.db")) as db:
        assert archive_name(db) == names[0]


@pytest.mark.parametrize("name", ["all.jsonl", "all.csv", "all.parquet"])
def test_links_fifos_and_folders_stay_what_they_are(exported: Any, tmp_path: Path, name: str) -> None:
    kind = str(format_of(name))
    (tmp_path / "real").write_text("mine")
    (tmp_path / f"link-{name}").symlink_to("real")
    (tmp_path / f"dangling-{name}").symlink_to("nowhere")
    (tmp_path / f"folder-{name}").mkdir()
    os.mkfifo(tmp_path / f"fifo-{name}")
    for target, what in (("link", "a link"), ("dangling", "a link"), ("folder", "a folder"), ("fifo", "no regular")):
        with pytest.raises(StartError, match=f"cannot be written: it is {what}"):
            exported(tmp_path / f"{target}-{name}", kind)
    assert (tmp_path / "real").read_text() == "mine"
    assert (tmp_path / f"fifo-{name}").is_fifo()
    assert not (tmp_path / "nowhere").exists()


def test_links_within_a_folder_of_markdown_are_not_followed(exported: Any, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for number, link in enumerate((".winnow-archive", "0000", "0000/.winnow-files", "0000/2-beta-quoted.md")):
        below = tmp_path / f"notes{number}" / link
        below.parent.mkdir(parents=True)
        below.symlink_to(outside / "x" if number else outside)
        with pytest.raises(StartError, match="cannot be written"):
            exported(tmp_path / f"notes{number}", "markdown")
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\uff1d"])
def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path, start: str) -> None:
    record = dict.fromkeys(COLUMNS) | {"id": -1, "title": f"{start}cmd|' /C calc'!A1", "tags": ["=x"], "text": "1 = 1"}
    export([record], str(tmp_path / "a.csv"), "csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["title"], row["tags"], row["text"], row["id"]) == (f"'{record['title']}", '["=x"]', "1 = 1", "-1")


def test_an_export_says_where_each_article_comes_from(folder: Path, tmp_path: Path) -> None:
    captured = {"url": "https://a.example/a", "date": "2024-02-29", "html": html_page("Alpha", sentences(1))}
    (folder / "a.jsonl").write_bytes(jsonl(captured))
    with closing(open_archive(read_folder(folder, tmp_path / "a.db").database)) as db:
        export(articles(db), str(tmp_path / "a-all.jsonl"), "jsonl")
        [(sha256, confidence)] = db.execute("SELECT sha256, confidence FROM pages JOIN extractions ON page_id = id")
    [row] = read_jsonl(tmp_path / "a-all.jsonl")
    assert (row["source"], row["path"], row["sha256"]) == ("pages", "a.jsonl#1", sha256)
    assert (row["captured"], row["url"]) == ("2024-02-29T00:00:00+00:00", "https://a.example/a")
    assert row["confidence"] == confidence > 0


@given(st.dictionaries(st.sampled_from(["title", "author", "url"]), st.text(max_size=40)), st.text(max_size=200))
def test_front_matter_is_yaml_whatever_it_holds(fields: dict[str, str], text: str) -> None:
    storable = {name: value.encode(errors="replace").decode() for name, value in fields.items()}
    written = markdown({"id": 1, **storable, "text": text.encode(errors="replace").decode()})
    head = written[4:].partition("\n---\n")[0]
    assert yaml.safe_load(head) == {"id": 1, **{name: value for name, value in storable.items() if value}}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("<b>&[x](y)", "\\<b\\>&\\[x\\](y)"),
        ("a_b *c*", "a\\_b \\*c\\*"),
        ("- an item", "- an item"),
        ("| a | b |\n| 1 | 2 |", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ],
)
def test_a_text_is_not_read_as_markup_but_for_lists_and_tables(text: str, written: str) -> None:
    assert markdown({"id": 1, "text": text}).partition("---\n\n")[2] == written + "\n"


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text("as it was")

    def broken() -> Iterator[dict[str, Any]]:
        yield dict.fromkeys(COLUMNS)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export(broken(), str(tmp_path / "all.jsonl"), "jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["all.jsonl"]
    assert (tmp_path / "all.jsonl").read_text() == "as it was"


def test_a_target_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for target, kind in (("file/all.jsonl", "jsonl"), ("nowhere/all.csv", "csv"), ("file", "markdown")):
        with pytest.raises(StartError, match="cannot be written"):
            export([dict.fromkeys(COLUMNS, "") | {"id": 1}], str(tmp_path / target), kind)


def test_only_one_batch_is_read_ahead() -> None:
    numbers = iter(range(9))
    batches = batched(numbers, 4)
    assert next(batches) == [0, 1, 2, 3]
    assert next(numbers) == 4
    assert list(batches) == [[5, 6, 7, 8]]


def test_formats_are_told_by_the_ending() -> None:
    names = ["a.jsonl", "a.CSV", "a.parquet", "folder", "a.b/folder", "a.html"]
    assert [format_of(name) for name in names] == ["jsonl", "csv", "parquet", "markdown", "markdown", None]


@pytest.mark.parametrize("name", ["0", "4", "x", "-1", "²", ""])
def test_a_run_that_is_not_there_is_refused(nights: Crawled, name: str) -> None:
    db = open_archive(nights.database)
    with pytest.raises(WinnowError, match="there is no run"):
        run_number(db, name)
    assert (run_number(db, "2"), run_number(db, "last")) == (2, 3)
    db.close()


def test_examples() -> None:
    assert doctest.testmod(exporting).failed == 0
