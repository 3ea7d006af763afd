"""Labelled text pages: worths of labels, copies in other scripts, labels from passages and from the page's HTML."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rapidfuzz", reason="the extra `train` is not installed")

from lab.training import augment, scripts, text_sets
from lab.training.data import Sample
from lab.training.evidence import prepare
from lab.training.textpage import title_rows
from winnow.read.lines.line import Line
from winnow.read.lines.views import view

BREAD = "The baker of the island rises at three and lights the oven with driftwood from the western shore."
FERRY = "When the ferry is late, the whole harbour smells of rye before anybody has seen a single customer."
OFFER = "Order a basket of our rolls today and pay nothing for the delivery until the end of the month."
TEXT = f"Bread\n\nRead it aloud\n\n{BREAD}\n\n{FERRY}\n\n{OFFER}\n"


def made(**more: Any) -> Sample:
    row = {"file": "a.inscr", "domain": "bread.example", "rendering": "web-inscr", "language": "en", "title": "Bread",
           "author": None, "main_content": "", "with": [], "without": [], "html_text": ""} | more  # fmt: skip
    sample = text_sets.sample(row, TEXT)
    assert sample
    return sample


def judged(sample: Sample) -> list[tuple[int, float]]:
    return list(zip(sample.labels.tolist(), sample.worth, strict=True))


def test_passages_outweigh_what_the_html_says_and_a_full_text_is_certain() -> None:
    half = text_sets.READ
    assert judged(made()) == [(0, 0)] * 5
    assert judged(made(html_text=f"{BREAD}\n{OFFER}")) == [(0, half), (0, half), (1, half), (0, half), (1, half)]
    both = made(html_text=f"{BREAD}\n{OFFER}", **{"with": [FERRY], "without": [OFFER[:40]]})
    assert judged(both) == [(0, half), (0, half), (1, half), (1, 1), (0, 1)]
    assert judged(made(main_content=f"{BREAD}\n{FERRY}")) == [(0, 1), (0, 1), (1, 1), (1, 1), (0, 1)]


@pytest.mark.parametrize("seed", range(20))
def test_copies_keep_what_each_label_is_worth(seed: int) -> None:
    sample = made(html_text=BREAD, **{"with": [FERRY]})
    other = made(html_text=BREAD, domain="rye.example")
    worth = {line.text: value for line, value in zip(sample.lines, sample.worth, strict=True)}
    for copy in augment.copies([sample, other], seed):
        assert len(copy.worth) == len(copy.lines) == len(copy.labels)
        if copy.kind == "foreign" and copy.domain == sample.domain:
            known = [
                (line.text, value) for line, value in zip(copy.lines, copy.worth, strict=True) if line.text in worth
            ]
            assert all(value in (worth[text], 1.0) for text, value in known)


@pytest.mark.parametrize("name", ["latin", *scripts.NAMES])
def test_a_script_has_about_as_many_words_as_the_text_and_keeps_its_sentences(name: str) -> None:
    spell = scripts.speller(name, random.Random(1))
    known, spelt = view([Line(BREAD), Line(FERRY)]), view([Line(spell(BREAD)), Line(spell(FERRY))])
    assert 0.6 < spelt.words.sum() / known.words.sum() < 1.6
    assert spell(BREAD) == spell(BREAD) != BREAD
    assert not set(spell(BREAD)) & set("abcdefghij") or name == "latin"
    assert (spell("It is so.")[-1] in ".।。") == (name != "thai")


def test_pages_that_are_no_articles_are_rendered_as_the_other_captures_are(tmp_path: Path) -> None:
    pytest.importorskip("inscriptis")
    html = "<html><body><img alt='A baker'><h1>Bread</h1><p>{}</p><ul><li>Rolls<li>Rye</ul></body></html>".format
    rows = [
        {"file": f"html/{name}.html", "url": f"https://{name}.example/", "type": kind, "title": "Bread", "text": text}
        for name, kind, text in (("a", "forum", f"{BREAD}\nRolls\nRye"), ("b", "listing", "Of another page " * 20))
    ]
    folder = tmp_path / "types-dev"
    (folder / "html").mkdir(parents=True)
    (folder / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for name in "ab":
        (folder / "html" / f"{name}.html").write_text(html(BREAD))
    pages = text_sets.kinds(tmp_path)
    assert [(row["rendering"], row["type"]) for row, _ in pages[:2]] == [(name, "forum") for name in text_sets.KINDS]
    assert all(BREAD in text for _, text in pages)
    assert "[A baker]" in pages[1][1]
    samples = text_sets.samples(pages)
    assert {sample.row["type"] for sample in samples} == {"forum"}  # the text of the other stands on no line
    assert [line.text for line, y in zip(samples[0].lines, samples[0].labels, strict=True) if y] == [
        BREAD,
        "Rolls",
        "Rye",
    ]
    assert augment.copies(samples) == []  # a listing is made of cards


MENUS = ["Home | News | Sport | Weather", "Start · Politik · Sport · Wetter", "ホーム | 政治 | 経済 | 文化"]


@pytest.mark.parametrize("menu", MENUS)
def test_a_page_whose_short_lines_are_all_menus_teaches_no_title(menu: str) -> None:
    sample = text_sets.sample(made().row, "\n\n".join([menu, " ".join([BREAD, FERRY, OFFER]), menu]))
    assert sample
    page = prepare(sample)
    features, right = title_rows(page, np.array([0.0, 0.9, 0.0], np.float32))
    assert features.size == 0
    assert right.size == 0
