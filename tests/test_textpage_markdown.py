"""Captures in Markdown: its marks go, its headings stay headings, and the only one of the first level is the title."""

from __future__ import annotations

import time

import pytest

from tests.textpage_samples import ENGLISH, SAMPLES, marked, plain
from winnow.read.lines.line import Line, split_lines
from winnow.read.plain import article_text, read

HARBOUR = """# The ferry that would not sink #

![A green boat](/boat.jpg)

By [Nora Quill](/authors/nora "All her texts"), *April 3, 2023*

The ferry leaves the [northern pier (old)](/pier_(old)) at a quarter past **six**.\\
It has done so since 1961\\.

## What it costs

> Nobody expects the boat to last.

Run `_old_name_` first:

```sh
# no heading
echo "**bold**"
```
"""


def test_marks_of_markdown_go_and_headings_have_their_level() -> None:
    assert split_lines(HARBOUR) == [
        Line("The ferry that would not sink", level=1),
        Line("By Nora Quill, April 3, 2023", 3),
        Line("The ferry leaves the northern pier (old) at a quarter past six.", 1),
        Line("It has done so since 1961."),
        Line("What it costs", 1, level=2),
        Line("Nobody expects the boat to last.", 1),
        Line("Run _old_name_ first:", 1),
        Line("# no heading", 1, 4),
        Line('echo "**bold**"', 0, 4),
    ]


@pytest.mark.parametrize(
    ("text", "title", "heading"),
    [
        (
            "The ferry\n=========\n\nIt leaves at six.\n\nWhat it costs\n-------------\n\nA coin.\n",
            "The ferry",
            "What it costs",
        ),
        ("渡し船\n======\n\n六時に出る。\n\n料金\n----\n\n百円。\n", "渡し船", "料金"),
        (
            "****** Паром ******\nОн уходит в шесть.\n***** Сколько это стоит *****\nМонета.\n",
            "Паром",
            "Сколько это стоит",
        ),
        (
            "****** The ferry that\nwould not sink ******\n\n***** Then *****\nIt sank.\n",
            "The ferry that would not sink",
            "Then",
        ),
    ],
)
def test_headings_that_are_underlined_or_stand_between_asterisks_have_their_level(
    text: str, title: str, heading: str
) -> None:
    assert [(line.text, line.level) for line in split_lines(text) if line.level] == [(title, 1), (heading, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "A row above a rule\n------------------------------------------------\n\nAnd one below.\n",
        "Wheels\n---\nWeirs\n\n*** Follow the mill on the river ***\n\n2 ** 3 and 3 ** 2\n",
    ],
)
def test_rules_and_rows_in_few_asterisks_make_no_heading(text: str) -> None:
    assert not [line for line in split_lines(text) if line.level]


@pytest.mark.parametrize(
    "text",
    [
        "# one\nprint(1)\n\n# two\n\nprint(2)\n",
        "print(1)\n# *two* and *three*\nprint(2)\n",
        "Take *two* of them [1](see below).\n\nThe file __init__ is `empty`.\n",
    ],
)
def test_other_texts_keep_their_signs(text: str) -> None:
    assert [line.text for line in split_lines(text)] == [row for row in text.splitlines() if row]


def written(sample: str) -> str:
    """Return a capture as a program writes it that turns HTML into Markdown."""
    heads = {marked(sample, "T")[0]: "# ", **{text: "## " for text in marked(sample, "A") if len(text) < 40}}
    rows = (row for row in plain(sample).split("\n") if row)
    return "\n\n".join(heads.get(row, "") + (f"[{row}](/{len(row)})" if len(row) < 25 else row) for row in rows)


def test_wrapped_rows_are_joined_before_links_go() -> None:
    lead = "She leaves the [northern pier](https://harbour.example/piers/northern) at\na quarter past six.\n\n"
    rows = ["She leaves the northern pier at a quarter past six.", "The mail", "The tickets"]
    listed = "  * [The mail](https://harbour.example/all-that-is-said-of-the-mail-here)\n  * The tickets\n\n"
    end = "The bell and the ropes\nand all"
    assert [line.text for line in split_lines("# The ferry again\n\n" + lead + listed + end)][1:] == [
        *rows,
        "The bell and the ropes",
        "and all",
    ]


@pytest.mark.parametrize("language", ["en", *sorted(SAMPLES)])
def test_a_capture_in_markdown_is_read_whole(language: str) -> None:
    sample = SAMPLES.get(language, ENGLISH)
    page = read(written(sample))
    text = article_text(page.body)
    assert page.title == marked(sample, "T")[0]
    assert [row for row in marked(sample, "A") if row not in text.split("\n\n")] == []
    assert "](" not in text
    assert "#" not in text
    headings = [row for row in marked(sample, "A") if len(row) < 40]
    assert not headings or [line.text for line in page.body if line.kind == "heading"] == headings


README = """<h1 align="center">
  <img src="logo.svg"><br>
  Ferry
</h1>

<!-- badges
     of the project -->
<p align="center"><a href="/ci"><img src="ci.svg" alt="ci"></a></p>

> [!NOTE]
> It needs no ==network== at ~~any~~ sea[^1].

<details>
<summary>Older timetables</summary>

Timetables of <b>1990</b> have `<table>` and a < b.

</details>

| Option | Meaning |
| --- | --- |
| `--pier` | only<br>this pier |

```html
<p>code</p>
```

[^1]: Which is more than the harbour has.

## Aufbau
"""


def test_tags_callouts_and_notes_of_markdown_leave_their_words() -> None:
    lines = split_lines(README)
    assert [line.text for line in lines] == [
        "Ferry",
        "It needs no network at any sea.",
        "Older timetables",
        "Timetables of 1990 have <table> and a < b.",
        "| Option | Meaning |",
        "| --pier | only",
        "this pier |",
        "<p>code</p>",
        "Which is more than the harbour has.",
        "Aufbau",
    ]
    assert [line.level for line in lines] == [1, *[0] * 8, 2]


@pytest.mark.parametrize("name", ["Fähre", "ferry", "フェリー"])
def test_short_heading_at_the_beginning_is_the_title_where_no_other_is_likelier(name: str) -> None:
    page = read(f"# {name}\n\nA program that tells when the next ferry leaves.\n\n" + "\n\n".join(marked(ENGLISH, "A")))
    assert page.title == name


@pytest.mark.parametrize(
    "text",
    [
        "<h1>a" * 100_000,
        "<!-- " * 100_000,
        "<a " * 100_000,
        "[" * 200_000,
        "[x](" * 100_000,
        "**a " * 100_000,
        "```x\n" * 100_000,
        "\n# " * 100_000,
    ],
)
def test_marks_without_end_take_no_time_that_grows_with_their_square(text: str) -> None:
    begin = time.process_time()
    split_lines(f"## a\n\n{text}")
    assert time.process_time() - begin < 20


def test_a_link_that_is_not_closed_costs_no_more_than_its_length() -> None:
    began = time.process_time()
    assert split_lines("## Ferry\n\n[the pier](" + " " * 200_000)
    assert time.process_time() - began < 10
