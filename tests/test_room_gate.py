"""The gate of the reading room: other sites ask no queries of the archive, and it answers to no foreign name."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from lab.benchmarks.made_archive import make
from tests.browsing import plug_in
from tests.conftest import PROJECT
from winnow.room import gate

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # datasette 0.65 imports modules that warn
    from datasette.app import Datasette
    from datasette.utils import StartupError

pytestmark = pytest.mark.filterwarnings("ignore")

QUERIES = [
    "/archive?sql=select+1", "/archive.json?sql=select+1", "/archive.csv?sql=select+1", "/archive/articles?_where=1",
    "/archive/articles.json?text__like=%25a%25b%25", "/archive/articles?_facet=text", "/archive/with_words?words=a",
]  # fmt: skip
PAGES = ["/", "/search?q=harbour", "/archive/articles/1", "/archive/pages/1", "/archive", "/archive/articles.json"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "archive.db"
    make(path, 30, words=40)
    return path


def statuses(
    archive: Path, addresses: list[str], said: dict[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, tuple[int, str]]:
    """Return the status and the text of each page for a request with these headers; `_` in a name stands for `-`."""
    plug_in()
    datasette = Datasette([str(archive)], metadata={"plugins": {"winnow": said or {}}})
    sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}

    async def asked() -> dict[str, tuple[int, str]]:
        await datasette.invoke_startup()
        found = {address: await datasette.client.get(address, headers=sent) for address in addresses}
        return {address: (answer.status_code, answer.text) for address, answer in found.items()}

    try:
        return asyncio.run(asked())
    finally:
        datasette.executor.shutdown()


ELSEWHERE = [
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:3000"},
    {"referer": "https://evil.example/page"},
    {"origin": "https://[bad"},
    {"sec_fetch_site": "cross-site", "origin": "http://localhost"},
]
HERE: list[dict[str, str]] = [
    {},
    {"sec_fetch_site": "same-origin"},
    {"sec_fetch_site": "none"},
    {"origin": "http://localhost"},
    {"referer": "http://localhost/archive"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_other_sites_ask_no_queries(archive: Path, headers: dict[str, str]) -> None:
    for address, (status, text) in statuses(archive, QUERIES, headers=headers).items():
        assert (status, gate.FOREIGN_QUERY in text) == (403, True), address


def test_other_sites_link_to_pages(archive: Path) -> None:
    assert {status for status, _ in statuses(archive, PAGES, headers=ELSEWHERE[0]).values()} == {200}


@pytest.mark.parametrize("headers", HERE, ids=str)
def test_own_pages_and_programs_ask_queries(archive: Path, headers: dict[str, str]) -> None:
    assert {status for status, _ in statuses(archive, QUERIES, headers=headers).values()} == {200}


def test_a_setting_lets_other_sites_ask(archive: Path) -> None:
    found = statuses(archive, QUERIES, {"sql_from_other_sites": True}, {"sec_fetch_site": "cross-site"})
    assert {status for status, _ in found.values()} == {200}


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "127.0.0.1:8001", "[::1]:8001", "192.168.1.7", "archive.example"]
)
def test_own_names_and_addresses_are_answered(archive: Path, host: str) -> None:
    assert statuses(archive, ["/"], {"hosts": ["Archive.example"]}, {"host": host})["/"][0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8001",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "x@127.0.0.1",
        "",
        "[::1",
        "0x7f.1",
    ],
)
def test_foreign_names_are_refused_on_every_page(archive: Path, host: str) -> None:
    pages = [*PAGES, *QUERIES, "/-/versions.json", "/nothing"]
    for address, (status, text) in statuses(archive, pages, {"hosts": ["archive.example"]}, {"host": host}).items():
        assert (status, "does not go by the name" in text) == (421, True), address


LARGE = {"large": {"content": b"x" * (2**20 + 1)}, "endless": {"headers": {"transfer-encoding": "chunked"}}}


@pytest.mark.parametrize("sent", LARGE.values(), ids=LARGE)
def test_nothing_large_is_taken_in(archive: Path, sent: dict[str, Any]) -> None:
    plug_in()
    datasette = Datasette([str(archive)])

    async def asked() -> Any:
        await datasette.invoke_startup()
        return await datasette.client.post("/search", **sent, cookies={"any": "thing"})

    assert asyncio.run(asked()).status_code == 413
    datasette.executor.shutdown()


@pytest.mark.parametrize("said", [{"host": ["a"]}, {"hosts": "archive.example"}, {"hosts": [1]}], ids=str)
def test_settings_that_cannot_be_are_refused(archive: Path, said: dict[str, Any]) -> None:
    with pytest.raises(StartupError, match="plugins, winnow"):
        statuses(archive, ["/"], said)


def test_the_example_for_a_public_room_has_settings_that_can_be(archive: Path) -> None:
    said = yaml.safe_load((PROJECT / "deploy/public.yaml").read_text(encoding="utf-8"))["plugins"]["winnow"]
    assert statuses(archive, ["/"], said, {"host": said["hosts"][0]})["/"][0] == 200
