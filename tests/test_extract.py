"""What becomes of an extracted text before it is stored."""

from __future__ import annotations

import pytest

from pipelines.extract import without_title


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("The ferry\n\nIt sails.", "The ferry", "It sails."),
        ("THE FERRY!\n\nIt sails.", "The Ferry", "It sails."),
        ("It sails.\n\nThe ferry", "The ferry", "It sails.\n\nThe ferry"),
        ("The ferry sails.\n\nAt six.", "The ferry", "The ferry sails.\n\nAt six."),
        ("It sails.", None, "It sails."),
        ("The ferry", "The ferry", ""),
    ],
)
def test_title_is_no_part_of_the_text(text: str, title: str | None, expected: str) -> None:
    assert without_title(text, title) == expected
