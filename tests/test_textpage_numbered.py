"""Captures whose rows are numbered: the numbers go, and the paragraphs are whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.textpage_samples import ENGLISH, SAMPLES, marked
from tests.textpage_tools import wrapped
from winnow.read.lines.line import split_lines
from winnow.read.lines.row_numbers import without_row_numbers


def paragraphs(language: str) -> list[str]:
    return [text for text in marked(SAMPLES.get(language, ENGLISH), "A") * 2 if len(text) > 40]


def rows_of(language: str) -> list[str]:
    return "\n\n".join(wrapped(text, 72) for text in paragraphs(language)).split("\n")


def filled(rows: Sequence[str], form: Callable[[int, str], str]) -> list[str]:
    """Return rows of which only those that are not blank are counted."""
    numbers = iter(range(1, len(rows) + 1))
    return [form(next(numbers), row) if row else "" for row in rows]


FORMS: dict[str, Callable[[Sequence[str]], Sequence[str]]] = {
    "cat -n": lambda rows: [f"{i:6d}\t{row}" for i, row in enumerate(rows, 1)],
    "grep -n": lambda rows: [f"{i}:{row}" for i, row in enumerate(rows, 1)],
    "pages": lambda rows: [f"{i % 25 + 1:>2}  {row}".rstrip() for i, row in enumerate(rows)],
    "filled": lambda rows: filled(rows, lambda i, row: f"{i:3d} {row}"),
    "every fifth": lambda rows: [(f"{i:3d} " if i % 5 == 0 else "    ") + row for i, row in enumerate(rows, 1)],
    "fifth": lambda rows: filled(rows, lambda i, row: f"{i:4d}  {row}" if i % 5 == 0 else f"      {row}"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "de", "ru", "zh"])
def test_numbers_of_rows_go(language: str, form: str) -> None:
    assert [line.text for line in split_lines("\n".join(FORMS[form](rows_of(language))))] == paragraphs(language)


@pytest.mark.parametrize(
    "rows",
    [
        [
            f"{i} {row}"
            for i, row in enumerate(["a boat", "a rope", "a bell", "salt", "bread", "a map", "oil", "tea"], 1)
        ],
        [f"{1960 + i} {row}" for i, row in enumerate(rows_of("en")) if row],
        ["5 boats", "lie in the harbour", "10 ropes", "hold them", "15 men", "watch"],
    ],
)
def test_other_rows_keep_their_numbers(rows: list[str]) -> None:
    assert without_row_numbers(rows) is rows
