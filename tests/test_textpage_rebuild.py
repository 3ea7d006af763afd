"""From chosen lines to text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from winnow.read.lines.line import clean, squeeze
from winnow.read.plain import BodyLine, article_text


def test_keeps_headings_items_short_and_repeated_lines_in_order() -> None:
    body = [
        BodyLine("Short.", "paragraph"),
        BodyLine("What happened?", "heading"),
        BodyLine("It rained all day, and nobody went out to look at the boats.", "paragraph"),
        BodyLine("one", "item"),
        BodyLine("two", "item"),
        BodyLine("Short.", "paragraph"),
        BodyLine("The end", "heading"),
    ]
    assert article_text(body) == (
        "Short.\n\nWhat happened?\n\nIt rained all day, and nobody went out to look at the boats.\n\n"
        "- one\n- two\n\nShort.\n\nThe end"
    )


def test_one_line_is_enough_and_none_is_no_text() -> None:
    assert article_text([BodyLine("One short line", "paragraph")]) == "One short line"
    assert article_text([]) == ""


def test_buttons_go_with_the_heading_above_them() -> None:
    body = [
        BodyLine("The ferry runs again, the harbour office says.", "paragraph"),
        BodyLine("Whatsapp", "item"),
        BodyLine("It leaves at noon.", "paragraph"),
        BodyLine("Tell others", "heading"),
        BodyLine("E-Mail", "paragraph"),
    ]
    assert article_text(body) == "The ferry runs again, the harbour office says.\n\nIt leaves at noon."


def test_a_long_line_that_repeats_the_one_before_goes() -> None:
    long = "Nobody in the harbour knew when the ferry would come back from the island."
    lines = [BodyLine(text, "paragraph") for text in (long, long, "No answer.", "No answer.")]
    assert article_text(lines) == f"{long}\n\nNo answer.\n\nNo answer."


def test_entities_are_resolved_and_what_is_unseen_goes() -> None:
    assert article_text([BodyLine("Salt &amp; pepper\ue000 &lt;here&gt;", "paragraph")]) == "Salt & pepper <here>"


words = st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="&"), min_size=1).map(
    lambda s: squeeze(clean(s))
)
# No "&": what looks like an entity is resolved once more.
kinds = st.sampled_from(["paragraph", "heading", "item"])


@given(
    st.lists(
        st.tuples(words.filter(lambda s: re.search(r"\w", s) is not None), kinds),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[0],  # a long line that repeats the one before goes
    )
)
def test_any_words_survive(rows: list[tuple[str, str]]) -> None:
    # A sentence around the drawn text: single words that are the name of a network are dropped as buttons.
    body = [BodyLine(f"It says {text} here", kind) for text, kind in rows]  # type: ignore[arg-type]
    found = re.findall(r"\w+", article_text(body))
    assert found == re.findall(r"\w+", " ".join(line.text for line in body))
