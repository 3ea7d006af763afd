"""Corrections as rows and lines of JSON: what can be said, and what is refused in one line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.corrections import FIELDS, Action, Correction, read_lines
from winnow.items import LISTS, StartError

ONE, TWO = "a" * 64, "b" * 64
MOMENT = "2026-11-29T10:00:00+00:00"
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)
PLAIN_FIELDS = sorted(set(FIELDS) - {"date", "kind", *LISTS})


@given(st.sampled_from(PLAIN_FIELDS), TEXTS, st.none() | TEXTS)
def test_a_correction_comes_back_from_its_line(field: str, value: str, note: str | None) -> None:
    told = Correction(action=Action.SET, sha256=ONE, moment=MOMENT, path="a.html", field=field, value=value, note=note)
    assert read_lines([told.line(), "", "\n"], "x.jsonl") == [told]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"action": "split"}, "sha256"),
        ({"action": "join", "sha256": ONE}, "there is no correction 'join'"),
        ({"action": "split", "sha256": "xyz"}, "64 hexadecimal digits"),
        ({"action": "merge", "sha256": ONE}, "only merge names another page"),
        ({"action": "merge", "sha256": ONE, "other": ONE}, "not the same"),
        ({"action": "split", "sha256": ONE, "other": TWO}, "only merge names another page"),
        ({"action": "set", "sha256": ONE, "value": "x"}, "name a field"),
        ({"action": "set", "sha256": ONE, "field": "text", "value": "x"}, "no field 'text'"),
        ({"action": "set", "sha256": ONE, "field": "title"}, "needs one"),
        ({"action": "clear", "sha256": ONE, "field": "title", "value": "x"}, "only set gives a value"),
        ({"action": "set", "sha256": ONE, "field": "title", "value": " "}, "clear it"),
        ({"action": "set", "sha256": ONE, "field": "date", "value": "1 May 2020"}, "yyyy-mm-dd"),
        ({"action": "set", "sha256": ONE, "field": "date", "value": "2020-13-45"}, "yyyy-mm-dd"),
        ({"action": "set", "sha256": ONE, "field": "kind", "value": "novel"}, "no kind 'novel'"),
        ({"action": "set", "sha256": ONE, "field": "tags", "value": "a, b"}, "JSON list"),
        ({"action": "set", "sha256": ONE, "field": "title", "value": 3}, "value"),
        ({"action": "split", "sha256": ONE, "moment": "yesterday"}, "'yesterday' is no time"),
    ],
)
def test_what_cannot_be_is_refused_with_the_number_of_its_line(row: dict[str, object], told: str) -> None:
    with pytest.raises(StartError, match=told) as refused:
        read_lines(["", json.dumps({"moment": MOMENT, **row})], "mine.jsonl")
    assert str(refused.value).startswith("mine.jsonl, line 2: this is no correction: ")


@pytest.mark.parametrize("moment", ["2026-11-29T11:00:00.25+01:00", "2026-11-29 10:00", MOMENT])
def test_moments_are_put_in_order_by_one_clock(moment: str) -> None:
    [told] = read_lines([json.dumps({"action": "split", "sha256": ONE, "moment": moment})], "mine.jsonl")
    assert told.moment == MOMENT


@pytest.mark.parametrize("line", ["{", "[]", "3", '"split"'])
def test_a_line_that_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(StartError, match=r"mine\.jsonl, line 1: this is no correction: "):
        read_lines([line], "mine.jsonl")
