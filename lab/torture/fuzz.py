"""Fuzz what workers do (decode, extract, fingerprint) with bytes and with mutated pages, by Hypothesis."""

from __future__ import annotations

import gzip
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

try:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
except ImportError:
    sys.exit("hypothesis is not installed: pip install '.[dev]' in the folder of Winnow")

from lab.samples import html_page, sentences
from lab.torture.pages import MAX_PAGE_BYTES
from lab.torture.report import Report, Scene
from winnow.items import LISTS, METADATA, Page
from winnow.read.page import read_page
from winnow.reading import Reading
from winnow.text import one_line, storable

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SLOW_SECONDS = 10.0  # CPU time that a page of some kilobytes may take

_NAMES = st.sampled_from(["a.html", "a.txt", "a", "a.html.gz", "a.xhtml", "a.php?x=1.css"])
_FRAGMENTS = [
    *(b"<", b">", b"&", b"\0", b"\r", b"\x1b[2J", b"\xff\xfe", b"\xc3", b"&#0;", b"&#xD800;", b"\xe2\x80\xae", b"]]>"),
    *(b"<!--", b"-->", b"<script>", b"</script>", b"<title>", b"<base href='//['>", b"<svg><style>", b"<plaintext>"),
    *(b"<table><tr>", b"</p>", b"<p>", b"<div>", b"<article>", b"<h1>", b"<meta charset=utf-16>", b"<template>"),
    *(b'<script type="application/ld+json">{"@graph":[{"@type":["Article"],"author":[{"name":[1]}],', b"<frameset>"),
    *(b'<link rel=canonical href="http://[::1">', b'<meta property="og:title" content="', b"<time datetime='", b"\xa0"),
    *(b'<meta name="author" content="', b"<html lang='", b"<br>" * 300, b"<ul><li>" * 200, b"<blockquote>" * 200),
    *(b'<meta property="article:published_time" content="2024-02-30T25:61', b"By ", b" | ", b"\n\n", b" " * 5000),
    *(
        "İſßﬀ\u0345".encode(),
        "e\u0301".encode() * 99,
        "\u200f\u202e".encode(),
        "𝔘𝔫𝔦".encode(),
        "٣".encode(),
        b"1" * 500,
    ),
]


def _bases() -> list[bytes]:
    made = [
        html_page("A story of the harbour", sentences(1)).encode(),
        "\n\n".join(["A title", *sentences(2)]).encode(),
    ]
    return made + [file.read_bytes() for file in sorted(SEEDS.rglob("*")) if file.is_file()]


@st.composite
def mutated_pages(draw: st.DrawFn) -> bytes:
    """Return a page with pieces cut out, doubled, moved, replaced by rubbish or by markup that is hard to parse."""
    body = bytearray(draw(st.sampled_from(_bases())))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.sampled_from([0, 1, 2, 10, 100, 2000])))
        piece = bytes(body[start:end])
        kinds = st.sampled_from(["cut", "double", "move", "rubbish", "fragment", "fragments", "flip", "truncate"])
        match draw(kinds):
            case "cut":
                del body[start:end]
            case "double":
                body[start:end] = piece * draw(st.sampled_from([2, 3, 50]))
            case "move":
                del body[start:end]
                place = draw(st.integers(0, len(body)))
                body[place:place] = piece
            case "rubbish":
                body[start:end] = draw(st.binary(max_size=60))
            case "fragment":
                body[start:end] = draw(st.sampled_from(_FRAGMENTS))
            case "fragments":
                body[start:end] = b"".join(draw(st.lists(st.sampled_from(_FRAGMENTS), max_size=12)))
            case "flip":
                body[start:end] = bytes(byte ^ 0x80 for byte in piece)
            case "truncate":
                del body[end:]
    packed = draw(st.booleans()) and draw(st.booleans())
    return gzip.compress(bytes(body)) if packed else bytes(body)


def check(name: str, body: bytes) -> Reading:
    """Return the reading of a page, read as a worker does; fail unless it can be stored, printed and sent on."""
    reading = read_page(Page(name, body=body), MAX_PAGE_BYTES)
    if reading.rejection:
        assert reading.rejection.detail.strip(), "no detail"
        assert reading.rejection.detail == one_line(reading.rejection.detail, 500), "a detail of several lines"
        assert not reading.rejection.reason.is_failure, reading.rejection
        return reading
    article = reading.article
    assert article is not None
    assert reading.fingerprint is not None
    assert reading.fingerprint.word_count > 0
    stated = [getattr(article, name) for name in METADATA if name not in LISTS]
    for column in (article.text, *stated, *(value for name in LISTS for value in getattr(article, name))):
        assert column is None or column == storable(column), "a column that must not be stored"
    for column in (article.title, article.author, article.section, article.date):
        assert column is None or "\n" not in column, "a column of several lines"
    return reading


def fuzz(scene: Scene) -> Iterator[Report]:
    """Fuzz with bytes, then with mutated pages."""
    yield _fuzz("fuzzing with bytes", st.binary(max_size=3000), scene.times(500, 20_000))
    yield _fuzz("fuzzing with mutated pages", mutated_pages(), scene.times(300, 10_000))


def _fuzz(what: str, bodies: st.SearchStrategy[bytes], examples: int) -> Report:
    seen: Counter[str] = Counter()
    slowest = 0.0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(_NAMES, bodies)
    def one(name: str, body: bytes) -> None:
        nonlocal slowest
        clock = time.process_time()
        reading = check(name, body)
        slowest = max(slowest, time.process_time() - clock)
        seen[str(reading.rejection.reason) if reading.rejection else "article"] += 1

    problems = []
    try:
        one()
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        notes = " ".join(getattr(error, "__notes__", []))
        problems.append(f"{type(error).__name__}: {error} at {Path(place.filename).name}:{place.lineno} {notes:.2000}")
    problems += [f"a page took {slowest:.0f} s of CPU time"] if slowest > SLOW_SECONDS else []
    happened = ", ".join(f"{count} {reason}" for reason, count in seen.most_common())
    return Report(what, sum(seen.values()), f"{happened}; the slowest took {slowest:.1f} s of CPU time", problems)
