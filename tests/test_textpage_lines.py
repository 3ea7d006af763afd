"""Splitting captures into lines."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from winnow.read.lines.line import clean, split_lines, squeeze, unglue, wrap_width

PROSE = (
    "The harbour office opened at six, and by seven the queue of drivers reached the old salt store on the corner.",
    "Nobody could say who had ordered the gates shut; the night clerk had left a note that only said he was sorry.",
    "By noon a second crane was moving, and the first containers of the week rolled out towards the northern road.",
)


def test_counts_blank_lines_and_indent() -> None:
    lines = split_lines("Title\n\n\n   Body text here.\n")
    assert [(line.text, line.gap, line.indent) for line in lines] == [("Title", 0, 0), ("Body text here.", 2, 3)]


def test_takes_list_markers_off_but_keeps_numbers() -> None:
    lines = split_lines("• one thing\n- another\n1. first\n* third\n--- \n")
    assert [(line.bullet, line.text) for line in lines] == [
        ("•", "one thing"), ("-", "another"), ("", "1. first"), ("*", "third"),
    ]  # fmt: skip


def test_removes_what_cannot_be_seen() -> None:
    assert clean("so\u00adft\u200b, bell\x07, half\ud800 \u200dok") == "soft, bell, half ok"
    assert clean("👩\u200d🚀 क्\u200dष") == "👩\u200d🚀 क्\u200dष"


def test_unglues_only_between_words() -> None:
    assert unglue("keep readingShow less") == "keep reading Show less"
    assert unglue("The NATO and iOS pages") == "The NATO and iOS pages"


def test_joins_hard_wrapped_paragraphs() -> None:
    paragraphs = PROSE * 3
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)
    assert [line.text for line in split_lines(wrapped)] == list(paragraphs)


def test_joins_at_a_hyphen_without_a_space() -> None:
    paragraph = "It was a long-standing and well-known truth of the far-reaching low-lying harbour quarter " * 4
    wrapped = "\n\n".join([textwrap.fill(paragraph.strip(), 60)] * 3)
    assert [line.text for line in split_lines(wrapped)] == [paragraph.strip()] * 3


def test_leaves_long_lines_and_menus_alone() -> None:
    menu = "\n".join(["Home", "News", "Sport", "Weather", "Contact"] * 4)
    text = menu + "\n\n" + "\n\n".join(PROSE)
    assert wrap_width(text.splitlines()) == 0
    assert len(split_lines(text)) == 23


def test_joins_hard_wrapped_chinese_without_spaces() -> None:
    row = (
        "港口办公室早上六点开门到七点司机的队伍已经排到了街角旧盐仓库的门口没有人知道是谁下令把大门关上的夜班职员只留下"
    )
    text = "\n".join([row] * 8 + ["他们走了。"])
    assert [line.text for line in split_lines(text)] == [row * 8 + "他们走了。"]


@given(st.text())
def test_any_text_gives_clean_lines(text: str) -> None:
    for line in split_lines(text):
        assert line.text == squeeze(line.text) == clean(line.text) != ""
        line.text.encode("utf-8")
