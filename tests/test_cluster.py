"""The path on an engine gives the rows of a crawl, whatever the cut and the number of workers; nothing is lost."""

from __future__ import annotations

import gzip
import random
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest

from lab.samples import html_page, info, jsonl, mhtml, packed, record, revisit, sentences, zipped
from tests.conftest import PROJECT, SEEDS, Read, environment, read_folder
from tests.work import read_row
from winnow.archive.index.postings import all_postings
from winnow.cluster import engine
from winnow.cluster.__main__ import main, stoppable
from winnow.cluster.load import Selection, load
from winnow.items import METADATA, StartError, WinnowError

_ARTICLE = "(SELECT min(q.id) FROM pages q WHERE q.article_id = {})"
_ROWS = {  # an article is known by its first page; ids of their own, times and runs are left out
    "pages": "SELECT id, path, root, sha256, size, modified, media_type, encoding, outcome, reason, detail, kind,"
    f" parent_id, similarity, title, text_sha256, word_count, source, {_ARTICLE.format('p.article_id')} FROM pages p",
    "articles": f"SELECT {_ARTICLE.format('a.id')}, {', '.join(METADATA)}, text, markdown, kind, word_count,"
    " page_id, page_count FROM articles a",
    "extractions": "SELECT * FROM extractions",
    "texts": "SELECT * FROM texts",
    "kept texts": "SELECT sha256, text FROM known_texts",
    "revisions": f"SELECT {_ARTICLE.format('r.article_id')}, page_id, title, text_sha256 FROM revisions r",
    "refused": "SELECT * FROM refused_texts",
    "parameters": "SELECT * FROM parameters",
    "search": "SELECT rowid > 0, title FROM articles_fts",
}


def rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of a database that do not depend on how it was filled."""
    with closing(sqlite3.connect(database)) as db:
        found = {table: sorted(db.execute(sql).fetchall(), key=repr) for table, sql in _ROWS.items()}
        return found | {"sketches": sorted(all_postings(db))}


def _run(job: Any, *sources: Path) -> dict[str, int]:
    return dict(job.run([str(source) for source in sources]))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make pages that are connected in every way: copies, re-captures, revisions, excerpts, one site's boilerplate."""
    folder = tmp_path_factory.mktemp("pages")
    chance = random.Random(5)
    standing = sentences(900, 8)
    for number in range(60):
        text = sentences(number % 25 + 100, 10) if number < 50 else sentences(number + 100, 4) + standing
        if number >= 25:
            text = text[: chance.choice([2, 3, 8, 10, 12])] + chance.choice([[], sentences(number + 500, 2)])
        address = f"https://site.example/{number % 25}" if number % 3 == 0 else None
        page = html_page(f"Story {number % 25}", text, canonical=address)
        if number % 7 == 0:
            (folder / f"{number:02}.txt").write_text("\n\n".join([f"Story {number % 25}", *text]), encoding="utf-8")
        else:
            (folder / f"{number:02}.html").write_text(page, encoding="utf-8")
    (folder / "99-copy.html").write_bytes((folder / "01.html").read_bytes())
    (folder / "98.html.gz").write_bytes(gzip.compress((folder / "02.html").read_bytes()))
    (folder / "picture.jpg").write_bytes(bytes(range(256)))
    return folder


@pytest.mark.parametrize(("workers", "shard_pages", "bucket_pages"), [(1, 1000, 1000), (2, 7, 5), (3, 20, 1)])
def test_rows_are_those_of_a_crawl(
    jobs: Any, pages: Path, tmp_path: Path, workers: int, shard_pages: int, bucket_pages: int
) -> None:
    expected = read_folder(pages, tmp_path / "crawl.db")
    endings = _run(jobs.ClusterJob(str(tmp_path / "out"), workers, shard_pages, bucket_pages), pages)
    loaded = load(tmp_path / "out", tmp_path / "loaded.db")
    assert {str(reason): count for reason, count in loaded.reasons.items()} == endings
    assert rows(tmp_path / "loaded.db") == rows(expected.database)
    assert len({row[10] for row in rows(expected.database)["pages"]}) >= 6  # the pages do meet in many ways


def test_similarities_are_those_of_a_crawl_where_a_better_page_comes_last(jobs: Any, tmp_path: Path) -> None:
    """A run measures such pages a few at a time."""
    (tmp_path / "pages").mkdir()
    for number in range(12):
        text = "\n\n".join(["Story", *sentences(1, 10), *sentences(number + 500, 2)])
        (tmp_path / f"pages/{number:02}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "pages/better.html").write_text(html_page("Story", sentences(1, 10)), encoding="utf-8")
    expected = read_folder(tmp_path / "pages", tmp_path / "crawl.db")
    _run(jobs.ClusterJob(str(tmp_path / "out"), 1, 1000, 1000), tmp_path / "pages")
    load(tmp_path / "out", tmp_path / "loaded.db")
    assert rows(tmp_path / "loaded.db") == rows(expected.database)
    assert expected.rows("SELECT page_count, path FROM articles a JOIN pages p ON p.id = a.page_id") == [
        {"page_count": 13, "path": "better.html"}
    ]


def test_sources_are_those_of_a_crawl(jobs: Any, tmp_path: Path) -> None:
    database, text = tmp_path / "crawl.db", html_page("Story", sentences(1))
    places = [tmp_path / name / "pages" for name in "yxz"]
    for place in places:
        place.mkdir(parents=True)
        (place / f"{place.parent.name}.html").write_text(text.replace("Story", place.parent.name))
        (place / "b.jsonl").write_bytes(jsonl({"html": html_page("B", sentences(ord(place.parent.name)))}))
        expected = read_folder(place, database)
    _run(jobs.ClusterJob(str(tmp_path / "out"), 1, 1, 1), *places)
    load(tmp_path / "out", tmp_path / "loaded.db")
    for named in ("path, source FROM pages", "root, source FROM containers", "root, source FROM roots"):
        sql = f"SELECT {named}"
        found = [tuple(row.values()) for row in expected.rows(f"{sql} ORDER BY 1, 2")]
        with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
            assert db.execute(f"{sql} ORDER BY 1, 2").fetchall() == found
    assert found == [(str(places[1]), "pages-2"), (str(places[0]), "pages"), (str(places[2]), "pages-3")]
    for place in places:
        assert read_folder(place, tmp_path / "loaded.db").last_run["unchanged"] == 2


def test_records_of_containers_have_the_rows_of_a_crawl(
    jobs: Any, tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, address = tmp_path / "pages", "http://a.example/"
    folder.mkdir()
    stories = [html_page(f"Story {number}", sentences(number)).encode() for number in range(5)]
    later, earlier, again = "2024-06-01T00:00:00Z", "2023-01-01T00:00:00Z", "2024-07-01T00:00:00Z"
    update = html_page("Story 1", [*sentences(1)[:-1], "It ends in quite another way."]).encode()
    warc = [
        info(), revisit(f"{address}5", again, of=f"{address}5", at=later), record(f"{address}0", stories[0]),
        record(f"{address}1", stories[1], date=later), record(f"{address}1", update, date=earlier),
        record(f"{address}x", b"", http="HTTP/1.1 404 No\r\n"),
        revisit(f"{address}2", again, of=f"{address}2"), revisit(f"{address}6", again, of=f"{address}gone"),
        revisit(f"{address}8", again, of=f"{address}8", digest="sha1:A"),
        record(f"{address}7", stories[0], date=earlier, more="WARC-Payload-Digest: sha1:A\r\n"),
        b"WARC/1.1\r\ndamaged\r\n\r\n",
    ]  # fmt: skip
    files = {
        "a.jsonl": jsonl({"url": f"{address}2", "date": "2024-02-29T10:00:00Z", "html": stories[2].decode()}, {}, 7),
        "b.warc.gz": packed(warc),
        "c.zip": zipped({"x.html": stories[0], "y.html": b"<p>Gone."}),
        "d.html": stories[3],
        "e.mhtml": mhtml(stories[4].decode(), f"{address}4"),
        "e.warc": record(f"{address}5", stories[4].replace(b"</html>", b""), date=later),
        "f.warc": b"no WARC",
        "g": zipped({"z.html": stories[1], "y.html": stories[2]}),
        "h.zip": stories[3],
        "i.html": b"7z\xbc\xaf\x27\x1c",
        "j.txt": jsonl({"html": stories[0].decode()}, {"html": stories[1].decode()}),
        "k_files/logo.png": b"\x89PNG",
        "k_files/bare": b"<html><img>",
        "k_files/story": stories[4],
        "robots.txt": b"User-agent: *",
    }
    (folder / "k_files").mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    _run(jobs.ClusterJob(str(tmp_path / "out"), 2, 3, 1), folder)
    load(tmp_path / "out", tmp_path / "loaded.db")
    expected = read_folder(folder, tmp_path / "crawl.db")
    assert rows(tmp_path / "loaded.db") == rows(expected.database)
    for sql in (
        "SELECT id, url, captured, revisits, revisits_captured, payload_digest FROM pages ORDER BY id",
        "SELECT id, (SELECT path FROM containers WHERE id = container_id) FROM pages ORDER BY id",
        "SELECT page_id, iif(first_seen < '2025', first_seen, '') FROM articles ORDER BY page_id",
        "SELECT path, kind, size, modified, ends, ifnull(position, 0), records, passed FROM containers ORDER BY 1",
    ):
        with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
            assert db.execute(sql).fetchall() == [tuple(row.values()) for row in expected.rows(sql)]
    (tmp_path / "loaded.db").rename(tmp_path / "articles.db")
    second = read(folder)
    assert (second.last_run["unchanged"], second.last_run["rejected"]) == (second.last_run["pages"] - 1, 1)
    revisits = second.rows("SELECT revisits, reason FROM pages WHERE revisits IS NOT NULL")
    ends = {row["revisits"]: row["reason"] for row in revisits}
    assert ends.pop(f"{address}gone") == "unreadable"
    assert ends == {f"{address}{number}": "same bytes" for number in (2, 5, 8)}
    assert {"url": f"{address}7"} in second.rows("SELECT url FROM articles")  # the same bytes, captured earlier
    (folder / "z.warc").write_bytes(record(f"{address}gone", html_page("Story 9", sentences(9)).encode()))
    assert read(folder).rows(f"SELECT reason FROM pages WHERE revisits = '{address}gone'") == [{"reason": "same bytes"}]


def test_fields_of_json_lines_have_the_names_that_are_given(
    jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("winnow.cluster.__main__.start", lambda runner, address: None)  # `jobs` has done it
    (tmp_path / "a.jsonl").write_bytes(
        jsonl({"body": html_page("A story", sentences(1)), "link": "http://a.example/1"})
    )
    command = [str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "out")]
    assert main([*command, "--fields", '{"html": "body", "url": "link"}']) == 0
    assert "1 new, 0 changed, 0 duplicates, 0 rejected" in capsys.readouterr().out
    load(tmp_path / "out", tmp_path / "loaded.db")
    with closing(sqlite3.connect(tmp_path / "loaded.db")) as db:
        assert db.execute("SELECT url FROM articles").fetchall() == [("http://a.example/1",)]
    assert main(command) == 1
    assert "was made with other parameters" in capsys.readouterr().err


@pytest.mark.parametrize("fields", ["body", '{"htm": "body"}', '{"html": 1}', "[1]"])
def test_fields_that_cannot_be_used_are_refused_in_one_line(
    fields: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--out", str(tmp_path / "out"), "--fields", fields]) == 1
    err = capsys.readouterr().err
    assert err.startswith("winnow: --fields must name fields as in '{")
    assert err.count("\n") == 1


def test_a_warc_is_not_begun_without_its_reader(jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.warc").touch()
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    with pytest.raises(StartError, match="need fastwarc"):
        _run(jobs.ClusterJob(str(tmp_path / "out"), 1), tmp_path)


def test_the_next_crawl_goes_on_from_what_was_loaded(jobs: Any, pages: Path, tmp_path: Path, read: Read) -> None:
    _run(jobs.ClusterJob(str(tmp_path / "out"), 2), pages)
    count = load(tmp_path / "out", tmp_path / "articles.db").seen
    again = read(pages)
    assert again.last_run["unchanged"] == count - len(again.rows("SELECT 1 FROM pages WHERE reason = 'unreadable'"))
    assert again.last_run["unchanged"] == again.last_run["pages"]
    runs = again.rows("SELECT * FROM runs ORDER BY id")
    assert runs[0]["status"] == "finished"
    assert runs[0]["pages"] == sum(runs[0][name] for name in ("new", "changed", "duplicates", "rejected"))


def test_a_stopped_job_goes_on_and_reads_no_shard_twice(
    jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, read_names = jobs.each, []

    def failing(items: Any, work: Any) -> None:
        real(items[:2], work)
        raise OSError("a machine is gone")

    monkeypatch.setattr(jobs, "each", failing)
    monkeypatch.setattr(engine, "TRIES", 1)
    job = jobs.ClusterJob(str(tmp_path / "out"), 1, shard_pages=4, bucket_pages=4)
    with pytest.raises(WinnowError, match="run again to go on"):
        _run(job, SEEDS)
    assert len(list((tmp_path / "out/steps/read").glob("*.parquet"))) == 2

    def counting(items: Any, work: Any) -> None:
        read_names.append(len(items))
        real(items, work)

    monkeypatch.setattr(jobs, "each", counting)
    endings = _run(job, SEEDS)
    assert read_names[0] == 3
    assert sum(endings.values()) == 19
    read_names.clear()
    assert _run(job, SEEDS) == endings
    assert read_names == []


def test_work_that_an_engine_lost_is_done_again(jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = jobs.each, []

    def unsure(items: Any, work: Any) -> None:
        calls.append(len(items))
        real(items[1:] if len(calls) in (1, 3) else items, work)
        if len(calls) in (1, 3):
            raise RuntimeError("a worker died")

    monkeypatch.setattr(jobs, "each", unsure)
    endings = _run(jobs.ClusterJob(str(tmp_path / "out"), 1, shard_pages=4, bucket_pages=4), SEEDS)
    assert sum(endings.values()) == 19
    assert (calls[1], calls[3]) == (1, 1)


def test_what_a_lost_worker_has_left_behind_is_in_no_way(
    jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = jobs.remove

    def removing(place: str) -> None:
        real(place)
        if place.endswith("/buckets"):
            (Path(place) / "bucket=0").mkdir(parents=True)
            (Path(place) / "bucket=0/cut-off.parquet").write_bytes(b"PAR1")

    monkeypatch.setattr(jobs, "remove", removing)
    assert sum(_run(jobs.ClusterJob(str(tmp_path / "out"), 1), SEEDS).values()) == 19


def test_what_a_killed_writer_has_left_behind_is_not_loaded(
    jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failed = pq.write_table, list[int]()

    def cut_off(table: Any, where: str, **more: Any) -> None:
        if not failed and "/out/pages/" in where:
            failed.append(Path(where).write_bytes(b"PAR1"))
            raise OSError("killed")
        real(table, where, **more)

    monkeypatch.setattr(pq, "write_table", cut_off)
    _run(jobs.ClusterJob(str(tmp_path / "out"), 1), SEEDS)
    assert failed
    assert load(tmp_path / "out", tmp_path / "articles.db").seen == 19


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_job_with_status_3_in_one_line(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    monkeypatch.setattr("os._exit", sys.exit)
    with pytest.raises(SystemExit, match="3"), stoppable():
        signal.raise_signal(number)
    assert capsys.readouterr().err == "winnow: stopped, run again to go on\n"
    assert signal.getsignal(number) is before


def test_while_tables_are_made_anew_there_are_none_to_load(
    jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, place = tmp_path / "out", tmp_path / "1.html"
    place.write_text(html_page("A story", sentences(1)), encoding="utf-8")
    job = jobs.ClusterJob(str(out), 1)
    _run(job, SEEDS)

    def interrupted(place: str) -> None:
        if place.endswith("/texts"):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "remove", interrupted)
        with pytest.raises(KeyboardInterrupt):
            _run(job, place)
    with pytest.raises(StartError, match="holds no finished job"):
        load(out, tmp_path / "articles.db")
    assert _run(job, place) == {"new": 1}
    assert load(out.as_uri(), tmp_path / "articles.db").seen == 1


def test_a_hostile_page_is_rejected_alone(jobs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("winnow.cluster.shard_reader.read_row", read_row)
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_text(html_page(f"Story {number}", sentences(number)), encoding="utf-8")
    (folder / "3.html").write_text("kill", encoding="utf-8")
    endings = _run(jobs.ClusterJob(str(tmp_path / "out"), 2, max_page_bytes=1_000_000), folder)
    assert endings == {"new": 5, "crashed": 1}


def test_a_part_is_loaded_with_all_that_belongs_to_it(jobs: Any, tmp_path: Path) -> None:
    out = tmp_path / "out [1]{a,b}"
    _run(jobs.ClusterJob(str(out), 2), SEEDS)
    load(out, tmp_path / "part.db", Selection(site="harbour-gazette.example", since="2024-03-10"))
    with closing(sqlite3.connect(tmp_path / "part.db")) as db:
        assert db.execute("SELECT count(*), min(date) >= '2024-03-10' FROM articles").fetchone() == (1, 1)
        assert db.execute("SELECT count(*) FROM pages").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM texts").fetchone() == (1,)
        assert db.execute("SELECT count(DISTINCT page_id) FROM sketches").fetchone() == (1,)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(StartError, match="holds pages already"):
        load(out, tmp_path / "part.db")


def test_what_is_no_finished_job_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="holds no finished job"):
        load(tmp_path, tmp_path / "articles.db")
    (tmp_path / "tables.json").write_text('{"plan": "", "endings": {}}', encoding="utf-8")
    (tmp_path / "job.json").write_text('{"parameters": {}}', encoding="utf-8")
    with pytest.raises(StartError, match="made with other parameters"):
        load(tmp_path, tmp_path / "articles.db")
    assert not (tmp_path / "articles.db").exists()


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:port"])
def test_an_address_without_a_cluster_is_refused_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daft", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace())
    with pytest.raises(StartError, match=f"no Ray cluster answers at {address}"):
        engine.start("ray", address)


def test_a_missing_extra_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    for runner, extra in (("native", "cluster"), ("ray", "ray")):
        with pytest.raises(StartError, match=rf"daft is not installed: pip install '.\[{extra}\]' in the folder"):
            engine.start(runner, None)


def test_costs_are_measured(jobs: Any) -> None:
    asked = "--margin 1 2 --sizes 300 --candidates 300"
    command = [sys.executable, "-m", "lab.benchmarks.scale", *asked.split()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment(), timeout=900)
    assert done.returncode == 0, done.stderr
    for line in ("engine / crawl: ", "300 pages; read: ", "  connect: ", "  gather: ", "  decide: ", "300 sketches: "):
        assert f"\n{line}" in f"\n{done.stdout}"
    assert re.search(r"\d+ matches; {'new': 2\d\d, ", done.stdout)
