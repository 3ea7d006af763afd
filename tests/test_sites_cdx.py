"""The index of a web archive: what is asked, all forms of answers, and which capture is taken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites.cdx import Capture, NoCaptures, best, query, read, replay

NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
ROW = ["example,paper)/boats", "20240229101112", "https://paper.example/boats", "text/html", "200", "ABCD", "5120"]
CAPTURE = Capture(
    "https://paper.example/boats", datetime(2024, 2, 29, 10, 11, 12, tzinfo=UTC), 200, "text/html", "ABCD", 5120
)


def capture(day: int, **more: object) -> Capture:
    told = {"status": 200, "media_type": "text/html", "digest": str(day), "length": 5000, **more}
    return Capture("https://paper.example/boats", datetime(2024, 1, day, tzinfo=UTC), **told)  # type: ignore[arg-type]


def test_a_query_asks_for_one_address_whole() -> None:
    asked = urlsplit(query("https://paper.example/boats?a=1&b=é", "http://127.0.0.1:8000/cdx"))
    told = parse_qs(asked.query)
    assert (asked.netloc, asked.path) == ("127.0.0.1:8000", "/cdx")
    assert told["url"] == ["https://paper.example/boats?a=1&b=é"]
    assert told["output"] == ["json"]
    assert set(told["fl"][0].split(",")) == set(NAMES)
    assert query("https://paper.example/", "http://127.0.0.1/cdx?key=1").startswith("http://127.0.0.1/cdx?key=1&url=")


TOLD = {"url": ROW[2], "mime": ROW[3], "status": "200", "digest": "ABCD", "length": 5120}  # as pywb names the fields


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps([NAMES, ROW]),
        " ".join(ROW) + "\n",
        json.dumps({"urlkey": ROW[0], "timestamp": ROW[1], **TOLD}),
        f"{ROW[0]} {ROW[1]} {json.dumps(TOLD)}",
    ],
)
def test_answers_of_all_kinds(answer: str) -> None:
    assert read(answer.encode()) == [CAPTURE]


@pytest.mark.parametrize("answer", ["", "[]", "\n", json.dumps([NAMES])])
def test_a_page_that_was_never_captured(answer: str) -> None:
    assert read(answer.encode()) == []


def test_a_line_that_says_nothing_costs_no_other() -> None:
    lines = ["broken", "a b c d e f", " ".join(ROW), f"{ROW[0]} 20240230101112 {' '.join(ROW[2:])}"]
    assert read("\n".join(lines).encode()) == [CAPTURE]
    assert read(json.dumps([NAMES, ROW, ["short"], 7, None]).encode()) == [CAPTURE]


def test_fields_that_are_missing() -> None:
    row = [*ROW[:3], "warc/revisit", "-", "ABCD", "-"]
    assert read(" ".join(row).encode()) == [
        Capture(CAPTURE.url, CAPTURE.at, None, "warc/revisit", "ABCD", None),
    ]


@pytest.mark.parametrize(
    "answer",
    ["<html><body>Too many requests</body></html>", "[[", '["no", "table"]', "org.archive.Error: blocked", '{"a": 1}'],
)
def test_what_is_no_list_of_captures_is_said(answer: str) -> None:
    with pytest.raises(NoCaptures):
        read(answer.encode())


def test_the_last_whole_capture_before_the_page_was_gone_is_best() -> None:
    gone = datetime(2024, 1, 20, tzinfo=UTC)
    captures = [
        capture(3),
        capture(9),
        capture(12, status=404),
        capture(13, status=301),
        capture(14, length=400),
        capture(15, media_type="image/png"),
        capture(25),
    ]
    assert best(captures, gone) == captures[1]
    assert best(captures) == captures[6]
    assert best(captures[6:], gone) == captures[6]
    assert best([captures[2]], gone) is None
    assert best([], gone) is None


@pytest.mark.parametrize(
    ("asked", "other", "same"),
    [
        ("/watch?v=dQw4", "/watch?v=DqW4", "/watch?v=dQw4"),
        ("/wiki/Polish", "/wiki/polish", "/wiki/Polish/"),
        ("/caf%C3%A9/Karte", "/caf%C3%A9/karte", "/café/Karte"),
    ],
)
def test_a_capture_in_other_letters_is_of_another_page_where_there_is_one_in_the_same(
    asked: str, other: str, same: str
) -> None:
    late, own = (replace(capture(day), url=f"http://www.paper.example{path}") for day, path in ((19, other), (2, same)))
    gone = datetime(2024, 1, 20, tzinfo=UTC)
    assert best([own, late], gone, f"https://paper.example{asked}") == own
    assert best([late], gone, f"https://paper.example{asked}") == late  # servers may not tell letters apart


def test_captures_of_unknown_status_and_length_are_taken_where_there_is_no_better_one() -> None:
    revisit = capture(9, status=None, media_type="warc/revisit", length=None)
    assert best([revisit]) == revisit


def test_the_address_of_a_capture_asks_for_its_own_bytes() -> None:
    url = "https://paper.example/boats?a=1&b=%C3%A9"
    asked = replay(Capture(url, CAPTURE.at, 200, "text/html", "", None))
    assert asked == f"https://web.archive.org/web/20240229101112id_/{url}"
    assert replay(CAPTURE, "http://127.0.0.1:8000/{timestamp}/{url}") == (
        "http://127.0.0.1:8000/20240229101112/https://paper.example/boats"
    )


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=16) | st.sampled_from(NAMES + ROW),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=20,
)


@given(st.one_of(st.binary(max_size=200), VALUES.map(lambda value: json.dumps(value).encode())))
def test_no_answer_raises_anything_else(answer: bytes) -> None:
    for each in (answer, b"x 20240229101112 " + answer, b"[" * 100_000 + answer):
        try:
            found = read(each)
        except NoCaptures:
            continue
        for one in found:
            assert one.url.lower().startswith(("http://", "https://"))
            replay(one)
        best(found)
