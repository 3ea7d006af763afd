"""What readers of containers yield, sorted into pages, problems and places passed over; and records to read."""

from __future__ import annotations

import io

from lab.samples import info, record
from winnow.items import HTML, Page, Reason
from winnow.sources.containers import kind_of, records
from winnow.sources.containers.records import (
    ContainerOptions,
    Item,
    Passed,
    Place,
    Record,
)  # fmt: skip

LIMIT = 1 << 20
URL = "http://a.example/1"
PAGE = Page("0", body=b"<p>one", url=URL, captured="2024-02-29T10:00:00+00:00", media_type=HTML)
PARTS = [info(), record(URL, b"<p>one"), record(URL + "2", b"<p>two"), record(URL + "3", b"<p>three")]


def read(name: str, data: bytes, start: Place | None = None, limit: int = LIMIT) -> list[Item]:
    kind = kind_of(name)
    assert kind
    return list(records(io.BytesIO(data), kind, ContainerOptions(limit), start))


def pages(items: list[Item]) -> dict[str, bytes]:
    return {item.page.path: item.page.body for item in items if isinstance(item, Record) and not item.page.problem}


def problems(items: list[Item]) -> dict[str, tuple[Reason, str]]:
    found = [item for item in items if isinstance(item, Record) and item.page.problem]
    return {item.page.path: (item.page.problem.reason, item.page.problem.detail) for item in found if item.page.problem}


def passed(items: list[Item]) -> list[str]:
    return [item.why for item in items if isinstance(item, Passed)]
