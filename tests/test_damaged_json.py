"""Behind a fault in a JSON file the next sound entry is read, and what was passed over is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.records import LIMIT, read
from winnow.items import Reason
from winnow.sources.containers.records import Record

PROSE = "A long day at the harbour. It rained until the evening."


def _entry(number: int, **more: object) -> dict[str, Any]:
    highlights = [{"id": place, "text": f"Highlight {place}", "note": ""} for place in range(3)]
    return {"id": number, "title": f"T{number}", "url": f"https://a.example/{number}", "tags": highlights,
            "content": f"{PROSE} {number}", **more}  # fmt: skip


ENTRIES = [_entry(number) for number in range(6)]


def _read(data: str | bytes, limit: int = LIMIT) -> list[Record]:
    body = data.encode() if isinstance(data, str) else data
    return [each for each in read("a.har", body, limit=limit) if isinstance(each, Record)]


def _titles(found: list[Record]) -> list[str | None]:
    return [each.page.stated.title for each in found if not each.page.problem]


def _details(found: list[Record]) -> list[str]:
    return [each.page.problem.detail for each in found if each.page.problem]


@pytest.mark.parametrize("around", ["{}", '{{"items": {}, "count": 6}}', '{{"log": {{"entries": {}}}}}'])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("fault", ['"title": "T2', '"title" "T2"', '"title": T2"', '"title": "T2",,',
                                   '"title": "T2", \\', '"title": "T2"]'])  # fmt: skip
def test_entry_behind_a_damaged_one_is_read(around: str, indent: int | None, fault: str) -> None:
    text = around.format(json.dumps(ENTRIES, indent=indent)).replace('"title": "T2"', fault)
    found = _read(text)
    assert _titles(found) == ["T0", "T1", "T3", "T4", "T5"]
    (detail,) = _details(found)
    begin, end = (text.rindex("{", 0, text.index(place)) for place in (fault, '"title": "T3"'))
    assert f"; {end - begin} characters passed over to the next entry" in detail
    assert [each.page.path for each in found] == ["1", "2", "3", "4", "5", "6"]


@given(st.integers(1, 5), st.integers(1, 200), st.integers(0, 60), st.binary(max_size=8))
@example(2, 10, 20, b"\x00\xff")
@example(1, 29, 50, b"")
def test_damage_within_an_entry_costs_no_other(number: int, at: int, cut: int, put: bytes) -> None:
    parts = [json.dumps(each).encode() for each in ENTRIES]
    part = parts[number]
    at = min(at, len(part) - 1)
    cut = min(cut, len(part) - 1 - at)
    parts[number] = part[:at] + put + part[at + cut :]
    found = _read(b"[" + b", ".join(parts) + b"]")
    others = [f"T{each}" for each in range(6) if each != number]
    assert [title for title in _titles(found) if title in others] == others
    assert len(found) >= 6 or not _details(found)


def test_missing_and_superfluous_commas_lose_nothing() -> None:
    text = json.dumps(ENTRIES).replace('}, {"id": 3, "title"', '} {"id": 3, "title"').replace("]" * 2, "],]")
    found = _read(text[:-1] + ",]")
    assert (_titles(found), _details(found)) == ([f"T{number}" for number in range(6)], [])


def test_line_break_in_a_string_is_no_damage() -> None:
    assert _titles(_read(json.dumps(ENTRIES).replace("It rained", "\nIt\trained"))) == [f"T{n}" for n in range(6)]


def test_entry_that_is_too_long_is_one_row_and_the_next_is_read() -> None:
    entries = [_entry(0), _entry(1, content="word " * 20_000), _entry(2)]
    found = _read(json.dumps(entries), limit=4000)
    assert [each.page.problem and each.page.problem.reason for each in found] == [None, Reason.TOO_LARGE, None]
    assert _titles(found) == ["T0", "T2"]


def test_file_that_is_cut_off_says_so() -> None:
    text = json.dumps(ENTRIES)
    cut = _read(text[: text.index('"id": 4, "title"') + 60])
    assert _titles(cut) == ["T0", "T1", "T2", "T3"]
    assert "lost from there on" in _details(cut)[0]


def test_damaged_first_entry_is_passed_over_by_its_own_first_name() -> None:
    assert _titles(_read(json.dumps(ENTRIES).replace('"T0"', '"T0'))) == ["T1", "T2", "T3", "T4", "T5"]


def test_endless_damage_ends() -> None:
    found = _read(b'[{"id": ' + b'{"id": 1} x ' * 30_000)
    assert len(_details(found)) == 1
