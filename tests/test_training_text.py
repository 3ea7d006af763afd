"""Labelled text pages: worths of labels, copies in other scripts, labels from passages and from the page's HTML."""

from __future__ import annotations

import random
from typing import Any

import pytest

pytest.importorskip("rapidfuzz", reason="the extra `train` is not installed")

from lab.training import augment, scripts, text_sets
from lab.training.data import Sample
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
