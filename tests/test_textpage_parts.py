"""Dates, bylines, tokens, trees, titles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.read.lines import features
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.features_blocks import number_blocks
from winnow.read.lines.features_context import distances, shift, window_means
from winnow.read.lines.features_line import shape
from winnow.read.lines.features_page import subarray
from winnow.read.lines.line import Line, split_lines
from winnow.read.lines.trees import Trees
from winnow.read.lines.views import view
from winnow.read.plain.bylines import bare_name, byline
from winnow.read.plain.title_text import clean_title
from winnow.read.words.dates import find_dates


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Published: Jan 29, 2025", ["2025-01-29"]),
        ("29. März 2024, 10:00 Uhr", ["2024-03-29"]),
        ("le 1er août 2023", ["2023-08-01"]),
        ("3 de mayo de 2022", ["2022-05-03"]),
        ("12 maja 2021 r.", ["2021-05-12"]),
        ("5 января 2020", ["2020-01-05"]),
        ("2024年3月5日", ["2024-03-05"]),
        ("25/12/2024", ["2024-12-25"]),
        ("12.10.2024", ["2024-10-12"]),
        ("Posted June 3rd, 2018 | Updated 5 Sept. 2019", ["2018-06-03", "2019-09-05"]),
        ("03/04/2024", []),
        ("30 February 2024", []),
        ("version 2024.1.2.3, phone 2024-13-45", []),
        ("in March 2024 and May 5", []),
    ],
)
def test_reads_days_and_leaves_the_ambiguous(text: str, days: list[str]) -> None:
    assert [found.day.isoformat() for found in find_dates(text)] == days


@pytest.mark.parametrize(
    ("line", "following", "name"),
    [
        ("By Anna Kowalska | May 3", "", "Anna Kowalska"),
        ("Written by Dr. Ivo van den Berg", "", "Dr. Ivo van den Berg"),
        ("By Mara LindnerPublished: Jan 29, 2025", "", "Mara Lindner"),
        ("Von Jürgen Österle und Mia Roth", "", "Jürgen Österle; Mia Roth"),
        ("By Lena McKay, Harbour Columnist", "", "Lena McKay"),
        ("By Lena Hofbauer Jr. | May 3", "", "Lena Hofbauer Jr."),
        ("By Kim In Sook | May 3", "", "Kim In Sook"),
        ("By Harbour Post Staff", "", None),
        ("By Lena Hofbauer View comments", "", "Lena Hofbauer"),
        ("Par Élise Moreau", "", "Élise Moreau"),
        ("Автор: Ирина Петрова", "", "Ирина Петрова"),
        ("作者：王小明", "", "王小明"),
        ("By", "J. P. Morrow", "J. P. Morrow"),
        ("14. Mai 2024 von", "Katrin Ohlendorf", "Katrin Ohlendorf"),
        ("14 de junio de 2023 por", "Lucía Barrenechea", "Lucía Barrenechea"),
        ("2023年4月30日 by", "宮原 さとみ", "宮原 さとみ"),
        ("3 May 2024, reviewed by", "Ada Lund", None),
        ("The bridge was built on 14 May 2024 by", "Ada Lund", None),
        ("By The Editorial Team", "", None),
        ("By continuing you agree", "", None),
        ("By", "Share this story", None),
        ("Step by Step Guide", "", None),
    ],
)
def test_reads_a_name_or_nothing(line: str, following: str, name: str | None) -> None:
    assert byline(line, following) == name


def test_a_bare_name_is_two_to_four_words() -> None:
    assert bare_name("Lena Hofbauer") == "Lena Hofbauer"
    assert bare_name("Lena") is None
    assert bare_name("Latest News Today") is None
    assert bare_name("HarbourGuide CentreLatest") is None
    assert bare_name("Lena McKay") == "Lena McKay"


def test_chinese_words_are_two_characters() -> None:
    page = view([Line("港口办公室早上六点开门。"), Line("It isn't open")])
    assert page.words.tolist() == [6, 4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("पुराने घाट की नौका", 4),
        ("পুরনো ঘাটের নৌকা", 3),
        ("குளிர்காலத்தில் படகு", 2),
        ("المركب القديم", 2),
        ("เรือข้ามฟากลำเก่า", 5),
        ("សាឡាងចាស់", 3),
        ("배는 조용하다", 2),
        ("cafe\u0301 ouvert", 2),
    ],
)
def test_signs_of_vowels_are_part_of_their_word_and_thai_words_are_four_signs(text: str, words: int) -> None:
    page = view([Line(text)])
    assert page.words.tolist() == [words]
    assert shape(page)["punctuation"].tolist() == [0.0]


def test_finds_cues_words_beginnings_and_phrases_of_other_lines_apart() -> None:
    page = view([Line("Bitte spenden: sign"), Line("up"), Line("sign up now"), Line("subscribers")])
    appeal = page.cues[GROUPS.index("appeal")]
    assert (appeal > 0).tolist() == [True, False, True, True]
    assert appeal[0] == 1


def test_names_are_capitalised_words_never_seen_in_lower_case() -> None:
    page = view([Line("The mayor of Ostrava met the Mayor")])
    assert [bool(flag) for flag in page.proper] == [False, False, False, True, False, False, False]


def test_shift_windows_and_distances() -> None:
    values = np.array([1, 2, 3], np.float32)
    assert shift(values, 1).tolist() == [2, 3, -1]
    assert shift(values, -2).tolist() == [-1, -1, 1]
    assert shift(values, 5).tolist() == [-1, -1, -1]
    assert window_means(values, np.ones(3, np.float32), [(1, 2)])[0].tolist() == [2.5, 3, 0]
    back, ahead = distances(np.array([False, True, False]))
    assert (back.tolist(), ahead.tolist()) == ([60, 60, 1], [1, 60, 60])
    back, ahead = distances(np.array([[False, False, True], [False, True, False]]))
    assert (back.tolist(), ahead.tolist()) == ([[60, 60, 60], [60, 60, 1]], [[2, 1, 60], [1, 60, 60]])


def test_blocks_end_at_holes_and_cuts() -> None:
    likely = np.array([1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1], np.bool_)
    cut = np.array([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], np.bool_)
    assert number_blocks(likely, cut).tolist() == [0, 0, -1, -1, 0, -1, -1, -1, 1, -1, 2]


@given(st.lists(st.integers(-9, 9), max_size=12))
def test_subarray_is_the_best_range(values: list[int]) -> None:
    begin, end = subarray(np.array(values, np.float32))
    best = max((sum(values[i:k]) for i in range(len(values)) for k in range(i, len(values) + 1)), default=0)
    assert sum(values[begin:end]) == max(best, 0)


def test_features_have_their_names_and_are_finite_on_odd_pages() -> None:
    for text in ("", "x", "\n".join(["Ω"] * 40), "a b c d e f g h i j\n" * 3, "。。。字\n\ud83d\ude00 1"):
        page = view(split_lines(text))
        columns, even = features.plain(page), np.full(len(page), 0.5, np.float32)
        array = features.stack(columns | features.informed(page, columns, {"text": even, "aside": even}))
        assert array.shape == (len(features.NAMES), len(page))
        assert np.isfinite(array).all()


def test_trees_answer_like_a_walk_through_each_tree() -> None:
    chance = np.random.default_rng(3)
    trees = Trees(
        features=chance.integers(0, 5, 12).astype(np.int32),
        borders=chance.normal(size=12).astype(np.float32),
        splits=chance.integers(0, 12, (7, 3)).astype(np.int32),
        leaves=chance.normal(size=(7, 8)).astype(np.float32),
        bias=0.25,
    )
    rows = chance.normal(size=(5, 1300)).astype(np.float32)
    expected = []
    for line in rows.T:
        total = trees.bias
        for splits, leaves in zip(trees.splits, trees.leaves, strict=True):
            leaf = sum(int(line[trees.features[q]] > trees.borders[q]) << level for level, q in enumerate(splits))
            total += float(leaves[leaf])
        expected.append(total)
    assert trees.raw(rows) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("The harbour opens again | Coast Weekly", "The harbour opens again"),
        ("The harbour opens again - Coast Weekly", "The harbour opens again"),
        ("The harbour opens again – Northern Lights Press", "The harbour opens again"),
        ("The harbour opens again – a chronicle", "The harbour opens again – a chronicle"),
        ("May 3, 2024 The harbour opens again", "The harbour opens again"),
        ("2024-05-03: The harbour opens again", "The harbour opens again"),
        ("May 3, 2024 at noon", "May 3, 2024 at noon"),
        ("What happened on May 3, 2024", "What happened on May 3, 2024"),
        ("Blog: The harbour opens again", "The harbour opens again"),
        ("Title:The harbour opens again", "The harbour opens again"),
        ("Blog: Monday", "Blog: Monday"),
        ("Hero image for blog post The harbour opens again", "The harbour opens again"),
        ("Hero image for The harbour opens again", "The harbour opens again"),
        ("Featured image for: The harbour opens again", "The harbour opens again"),
        ("Cover image of harbours", "Cover image of harbours"),
        ("Harbour: what opens and what does not", "Harbour: what opens and what does not"),
    ],
)
def test_a_title_loses_what_else_stands_on_its_line(line: str, title: str) -> None:
    page = ["Coast Weekly", line, "Words of the article.", "© 2024 Northern Lights Press. All rights reserved."]
    assert clean_title(line, page) == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Notes from the Shed - The cats of the quay", "The cats of the quay"),
        ("Notes from the Shed — साइकिल पर चलता पुस्तकालय", "साइकिल पर चलता पुस्तकालय"),
        ("The cats of the quay at night - Notes from an Old Shed", "The cats of the quay at night"),
        ("Kettler oder Sattler – was lohnt sich mehr?", "Kettler oder Sattler – was lohnt sich mehr?"),
    ],
)
def test_a_title_that_stands_alone_below_the_name_of_the_site_goes_before_both_on_one_line(
    line: str, title: str
) -> None:
    menu = ["Kettler oder Sattler", "About", "Tags"]
    article = [
        "The cats of the quay",
        "The cats of the quay at night",
        "साइकिल पर चलता पुस्तकालय",
        *["Words of the article."] * 9,
    ]
    assert clean_title(line, [line, "Notes from the Shed", *menu, *article]) == title
