"""From a read page to HTML and, through trafilatura, back to its lines."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from trafilatura import bare_extraction

from pipelines.textpage import BodyLine, Evidence, TextPage, extraction_options, to_html
from pipelines.textpage.lines import clean, squeeze


def page(body: list[BodyLine], rest: tuple[str, ...] = ()) -> TextPage:
    head = ("Gates shut", "A harbour waits", "World", "2024-05-03", "Anna Kowalska")
    return TextPage(*head, tuple(body), rest, 0.9, 0.9, 9, Evidence(9))


def lines_of(read: TextPage) -> list[str]:
    document = bare_extraction(to_html(read), options=extraction_options())
    if document is None:
        return []
    assert not isinstance(document, dict)
    return [line.removeprefix("- ") for line in (document.text or "").split("\n") if line.strip()]


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
    assert lines_of(page(body, ("A teaser of another story that is long enough to be taken for prose.",) * 9)) == [
        line.text for line in body
    ]


def test_one_line_is_enough() -> None:
    assert lines_of(page([BodyLine("One short line", "paragraph")])) == ["One short line"]


def test_the_head_is_in_the_metadata() -> None:
    tree = to_html(page([BodyLine("Text.", "paragraph")]))
    metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in tree.iter("meta")}
    assert tree.findtext(".//title") == tree.findtext(".//h1") == "Gates shut"
    assert metas == {
        "description": "A harbour waits",
        "author": "Anna Kowalska",
        "article:section": "World",
        "article:published_time": "2024-05-03",
    }


words = st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="&"), min_size=1).map(
    lambda s: squeeze(clean(s))
)
# No "&": trafilatura resolves what looks like an entity once more.
kinds = st.sampled_from(["paragraph", "heading", "item"])


@given(
    st.lists(
        st.tuples(words.filter(lambda s: re.search(r"\w", s) is not None), kinds),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[0],  # trafilatura drops a long paragraph that repeats the one before it
    )
)
def test_any_words_survive(rows: list[tuple[str, str]]) -> None:
    # A sentence around the drawn text: single words that are the name of a network are dropped as buttons.
    body = [BodyLine(f"It says {text} here", kind) for text, kind in rows]  # type: ignore[arg-type]
    found = re.findall(r"\w+", " ".join(lines_of(page(body))))
    assert found == re.findall(r"\w+", " ".join(line.text for line in body))
