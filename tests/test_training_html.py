"""Labelled HTML pages: sets with full texts and with passages, the labels of lines, and the figures by group."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml.html import fromstring

pytest.importorskip("rapidfuzz", reason="the extra `train` is not installed")

from lab.training.html_data import samples
from lab.training.html_figures import Tally
from lab.training.html_labels import APART, ENCLOSED, labelled
from lab.training.html_sets import TYPES, WEB, load
from lab.training.likeness import units
from winnow.read.html.walk import read_content

BREAD = "The baker of the island rises at three and lights the oven with driftwood from the western shore."
FERRY = "When the ferry is late, the whole harbour smells of rye before anybody has seen a single customer."
FLOUR = "Flour comes twice a year, in sacks that two men carry up the hill behind the old customs house."
OFFER = "Order a basket of our rolls today and pay nothing for the delivery until the end of the month."
NOTE = "Baked with love and printed with care by the only press on the island, for no less than ninety years."
PAGE = f"""<html><body><nav><a href=/>Home of all the bread there is</a></nav>
<div><p>{BREAD}</p><p>{FERRY}</p><p>Ah.</p><p>{FLOUR}</p></div><div><p>{OFFER}</p></div>
<div class=foot>{NOTE}</div></body></html>"""


def row(**more: Any) -> dict[str, Any]:
    return {"set": WEB, "id": "a", "domain": "bread.example", "language": "de", "type": "article", "title": None,
            "main_content": "", "with": [], "without": []} | more  # fmt: skip


def judged(**more: Any) -> list[tuple[str, int, float]]:
    blocks = read_content(fromstring(PAGE)).blocks
    labels, trust = labelled(blocks, row(**more))
    worths = trust or [1.0] * len(blocks)
    return [
        (block.line.text, label, worth) for block, label, worth in zip(blocks, labels.tolist(), worths, strict=True)
    ]


def test_a_full_text_labels_every_line_for_certain() -> None:
    assert [label for _, label, worth in judged(main_content=f"{BREAD}\n{FERRY}\n{FLOUR}") if worth == 1] == [
        *(0, 1, 1, 0, 1, 0, 0)
    ]


def test_passages_label_their_lines_and_the_paragraphs_between_them() -> None:
    found = {text: (label, worth) for text, label, worth in judged(**{"with": [BREAD[:40], FLOUR], "without": [OFFER]})}
    assert found[BREAD] == found[FLOUR] == (1, 1.0)
    assert found[FERRY] == (1, ENCLOSED)
    assert found[OFFER] == (0, 1.0)
    assert found["Ah."] == (0, 0.0)
    assert found["Home of all the bread there is"] == found[NOTE] == (0, APART)


def test_paragraphs_around_an_unwanted_passage_are_left_open() -> None:
    found = {text: worth for text, _, worth in judged(**{"with": [BREAD, FLOUR], "without": ["Ah."]})}
    assert found[FERRY] == 0.0


def test_a_passage_may_span_lines() -> None:
    found = {text: label for text, label, _ in judged(**{"with": [f"{BREAD[-20:]} {FERRY[:20]}"]})}
    assert found[BREAD] == found[FERRY] == 1


def test_pages_without_what_is_labelled_are_left_out() -> None:
    there, elsewhere = (
        row(main_content=f"{BREAD}\n{FERRY}"),
        row(id="b", main_content="Nothing of it stands there. " * 9),
    )
    passage = row(id="c", **{"with": ["Not on the page"]})
    pages = [(each, PAGE.encode()) for each in (there, elsewhere, passage)]
    assert [made.sample.row["id"] for made in samples(pages)] == ["a"]


def test_sets_are_read_with_their_sites_types_and_languages(tmp_path: Path) -> None:
    given = [
        {"file": "html/1.html", "url": "https://www.board.example/t/1", "type": "forum", "text": BREAD, "with": None},
        {"html": "html/2.html", "url": "hard::port.example-bread.html", "domain": "", "without": [OFFER]},
    ]
    (tmp_path / TYPES / "html").mkdir(parents=True)
    (tmp_path / TYPES / "labels.jsonl").write_text("\n".join(map(json.dumps, given)))
    for name in ("1", "2"):
        (tmp_path / TYPES / f"html/{name}.html").write_text(PAGE)
    (first, body), (second, _) = load(tmp_path, TYPES)
    assert (first["domain"], first["type"], first["language"], first["with"]) == ("board.example", "forum", "en", [])
    assert (second["domain"], second["type"], second["without"]) == ("port.example", "article", [OFFER])
    assert body == PAGE.encode()
    assert load(tmp_path, WEB) == []


def test_figures_count_a_rejected_page_as_empty() -> None:
    tally = Tally()
    tally.add(row(main_content=BREAD, **{"with": [BREAD], "without": [OFFER]}), f"{BREAD}\n\n{OFFER}")
    tally.add(row(main_content=BREAD, **{"with": [BREAD]}), BREAD, rejected=True)
    figures = tally.figures()[WEB]
    assert figures["must"] == 0.5
    assert figures["must as read"] == 1
    assert figures["leak"] == 1
    assert figures["rejected"] == 0.5
    assert 0 < figures["F1"] * 2 < figures["F1 as read"] * 2 - 0.9


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    assert units("Brot, 面包 und ขน") == ["brot", "面", "包", "und", "ข", "น"]
