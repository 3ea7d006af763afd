"""Visitors' SQL: it ends within its limits, whatever it asks, and the room's pages are served beside it."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.benchmarks.made_archive import make
from tests.browsing import plug_in
from tests.conftest import PROJECT
from winnow.room import csv_cells, sql_pool, sql_process, visitors

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # datasette 0.65 imports modules that warn
    from datasette.app import Datasette
    from datasette.utils import escape_fts

pytestmark = pytest.mark.filterwarnings("ignore")

ENDLESS = "instr(hex(zeroblob(20000000)), hex(zeroblob(10000000)) || '1')"  # minutes inside one function
COUNTING = "with recursive c(x) as (select 1 union all select x + 1 from c)"
Get = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "archive.db"
    make(path, 30, words=40)
    return path


def visit(
    archive: Path,
    visits: Callable[[Get], Awaitable[Any]],
    more: dict[str, Any] | None = None,
    limit: int = 200,
    page_size: int = 100,
) -> Any:
    """Return what a visitor gets who may ask for pages and, with `sql=`, for the answer to a query as JSON."""
    plug_in()
    settings = {"suggest_facets": False, "sql_time_limit_ms": limit, "default_page_size": page_size}
    datasette = Datasette([str(archive)], settings=settings, metadata=more)

    async def get(address: str = "/archive.json", **given: str) -> Any:
        return await datasette.client.get(address, params=given or None)

    async def visited() -> Any:
        await datasette.invoke_startup()
        return await visits(get)

    try:
        return asyncio.run(visited())
    finally:
        datasette.executor.shutdown()


def asked(archive: Path, sql: str, limit: int = 60_000, **more: str) -> Any:
    return visit(archive, lambda get: get(sql=sql, **more), limit=limit)


def test_a_query_that_nothing_interrupts_is_stopped_and_the_next_one_answered(archive: Path) -> None:
    stopped = [asked(archive, sql, limit=200) for sql in (f"select {ENDLESS}", f"{COUNTING} select count(*) from c")]
    assert [answer.status_code for answer in stopped] == [400, 400]
    assert all("took too long" in answer.text for answer in stopped)
    assert asked(archive, "select 1 as one").json()["rows"] == [[1]]


def test_pages_are_served_while_such_queries_run(archive: Path) -> None:
    pages = ["/search?q=harbour", "/archive/articles/1", "/archive/pages/1", "/dashboard"]

    async def race(get: Get) -> list[tuple[str, int]]:
        order = []

        async def run(name: str, address: str = "/archive.json", **given: str) -> None:
            order.append((name, (await get(address, **given)).status_code))

        heavy = [asyncio.create_task(run("query", sql=f"select {number}, {ENDLESS}")) for number in range(2)]
        await asyncio.sleep(0)
        for address in pages:
            await run(address, address)
        await asyncio.gather(*heavy)
        return order

    assert visit(archive, race, limit=5_000) == [*((page, 200) for page in pages), ("query", 400), ("query", 400)]


def test_who_comes_while_all_processes_are_at_work_is_told_so(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_pool, "PATIENCE", 0)

    async def all_at_once(get: Get) -> list[Any]:
        return await asyncio.gather(*[get(sql=f"select {number}, {ENDLESS}") for number in range(30)])

    answers = visit(archive, all_at_once, limit=2_000)
    refused = [answer for answer in answers if answer.status_code == 503]
    assert len(refused) == 30 - sql_pool.PROCESSES
    assert {answer.json()["error"] for answer in refused} == {visitors.BUSY}


def test_a_visitor_who_leaves_takes_no_process_along(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_pool, "PATIENCE", 60)

    async def leave_and_return(get: Get) -> list[int]:
        left = [asyncio.ensure_future(get(sql=f"select {number}, {ENDLESS}")) for number in range(sql_pool.PROCESSES)]
        while sql_pool.pool._free.qsize():
            await asyncio.sleep(0)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        again = await asyncio.gather(*[get(sql=f"select {number}, {ENDLESS}") for number in range(sql_pool.PROCESSES)])
        return [answer.status_code for answer in again]

    assert visit(archive, leave_and_return) == [400] * sql_pool.PROCESSES
    assert sql_pool.pool._free.qsize() == sql_pool.PROCESSES


def test_a_room_under_lower_limits_of_its_own_answers_queries() -> None:
    program = """if True:
        import asyncio, resource
        from winnow.room.sql_pool import Question, Seat, pool
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
        print(asyncio.run(pool.ask(Question("file::memory:", "select 7 * 6"), Seat())))"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT)
    assert "[(42,)]" in done.stdout, done.stderr


def test_long_streams_share_the_processes(archive: Path) -> None:
    async def streams(get: Get) -> list[str]:
        addresses = ["/archive/pages.csv?_stream=1"] * (sql_pool.PROCESSES + 2)
        return [answer.text for answer in await asyncio.gather(*map(get, addresses))]

    first, *others = visit(archive, streams, limit=60_000, page_size=7)
    assert len(list(csv.reader(io.StringIO(first, newline="")))) > 30
    assert set(others) == {first}


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select hex(zeroblob(400000000))", "memory"),
        ("select replace(replace(hex(zeroblob(4000000)), '0', '0123456789'), '1', '0123456789')", "memory"),
        (f"{COUNTING} select hex(zeroblob(200000)) from c limit 900", "more than 8 MB"),
        ("select replace(hex(zeroblob(4000000)), '0', char(1))", "more than 8 MB"),
        ("select zeroblob(40000000)", "more than 8 MB"),
    ],
)
def test_a_query_without_measure_gets_one_sentence(archive: Path, sql: str, told: str) -> None:
    answer = asked(archive, sql)
    assert (answer.status_code, told in answer.json()["error"]) == (400, True)


def test_a_query_may_not_fill_the_disk(archive: Path) -> None:
    numbers = f"{COUNTING}, blobs as (select x, randomblob(2000) as r from c limit 100000)"
    answer = asked(archive, f"{numbers} select x from blobs order by r limit 1 offset 99999")
    assert "sorts more than the 128 MB" in answer.json()["error"]


def test_an_answer_is_no_larger_than_a_page_can_be_made_of_quickly(archive: Path, tmp_path: Path) -> None:
    wide = Path(shutil.copy(archive, tmp_path / "archive.db"))
    columns = ", ".join(f"x as a{number}" for number in range(100))
    with contextlib.closing(sqlite3.connect(wide)) as db:
        db.execute(f"CREATE TABLE wide AS {COUNTING} SELECT {columns} FROM c LIMIT 1000")

    async def visits(get: Get) -> list[Any]:
        sql = "select * from wide"
        pages = [await get(f"/archive/wide{ending}", _size="900") for ending in ("", ".json")]
        return [await get("/archive", sql=sql), await get(sql=sql), *pages]

    shown, plain, *table = visit(wide, visits, limit=60_000)
    assert [answer.status_code for answer in (shown, plain, *table)] == [200, 200, 400, 200]
    assert shown.text.count("<tr>") == 101
    assert len(plain.json()["rows"]) == 1000
    assert "more than 10,000 cells" in table[0].text
    packed = asked(archive, "select '[' || replace(hex(zeroblob(300000)), '0', '[],') || '1]' as a", _json="a")
    assert "more than 1 MB" in packed.json()["error"]


def test_other_ways_to_serve_have_the_same_limits(archive: Path) -> None:
    plug_in()
    datasette = Datasette([], immutables=[str(archive)], memory=True)

    async def answers() -> list[str]:
        await datasette.invoke_startup()
        sql = "select hex(zeroblob(400000000))"
        return [
            (await datasette.client.get(f"/{name}.json", params={"sql": sql})).text for name in ("archive", "_memory")
        ]

    assert all("256 MB" in answer for answer in asyncio.run(answers()))
    datasette.executor.shutdown()


def test_answers_are_as_datasette_gives_them(archive: Path) -> None:
    sql = """select 1 as a, null as a, x'00ff' as "b""c", 'é' as "", :given || typeof(:given) as given"""
    answer = asked(archive, sql, given="12").json()
    assert answer["columns"] == ["a", "a", 'b"c', "", "given"]
    assert answer["rows"] == [[1, None, {"$base64": True, "encoded": "AP8="}, "é", "12text"]]
    assert asked(archive, "select nowhere").json()["error"] == "no such column: nowhere"
    assert asked(archive, "select id from pages").json()["truncated"] is False
    many = asked(archive, f"{COUNTING} select x from c limit 2000").json()
    assert (len(many["rows"]), many["truncated"]) == (1000, True)


def test_values_that_datasette_makes_are_made(archive: Path) -> None:
    sql = "select :_now_epoch > 1700000000 as now, :_header_host as host, :word as word"
    metadata = {"databases": {"archive": {"queries": {"made": {"sql": sql, "params": ["word"]}}}}}
    answer = visit(archive, lambda get: get("/archive/made.json", word="x"), metadata)
    assert answer.json()["rows"] == [[1, "localhost", "x"]]


@given(st.text(alphabet='ab "\n\t*', max_size=30))
def test_words_are_escaped_as_datasette_does(typed: str) -> None:
    assert sql_process.escape_fts(typed) == escape_fts(typed)


FORMULAS = ['=cmd|"/c calc"!A1', "  =1+1", "+1 555", "-x", "@sum", "\t=1", "\r=1", "＝1", '=a\n",b']
PLAIN = ["plain", "-1", "-2.5e3", "a,=1", 'say "=1"', 'quote",=1,"', "", "line\n=1,\n-x", "'=1"]


@pytest.mark.parametrize("address", ["/archive.csv", "/archive.csv?_dl=1"])
def test_spreadsheets_run_nothing_of_a_csv(archive: Path, address: str) -> None:
    values = json.dumps(FORMULAS + PLAIN).replace("'", "''")
    sql = f"select value as '=head', -5 as number, null as none, value as again from json_each('{values}')"
    answer = visit(archive, lambda get: get(f"{address}{'&' if '?' in address else '?'}{urlencode({'sql': sql})}"))
    head, *rows = csv.reader(io.StringIO(answer.text, newline=""))
    assert head == ["'=head", "number", "none", "again"]
    assert rows == [[text, "-5", "", text] for text in [*(f"'{text}" for text in FORMULAS), *PLAIN]]


@given(st.lists(st.text(alphabet='=a,"\r\n', max_size=8), min_size=1))
def test_a_row_of_csv_keeps_its_cells(cells: list[str]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(cells)
    (safe,) = csv.reader(io.StringIO(csv_cells.defused(written.getvalue()), newline=""))
    assert safe == [f"'{cell}" if cell.startswith(("=", "\r", "\n")) else cell for cell in cells]
