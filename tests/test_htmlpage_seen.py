"""One walk, two kinds of lines: what a reader sees of a page, and the marks between these lines."""

from __future__ import annotations

import pytest
from lxml import html

from winnow.read.html.box_names import ASIDE, AUTHOR, COMMENTS, NAV, PUBLISHED, RELATED, UPDATED, bits_of_names
from winnow.read.html.seen import MAX_LENGTH, MAX_LINES, Mark
from winnow.read.html.walk import Content, read_content


def content(source: str) -> Content:
    return read_content(html.fromstring(f"<html><body>{source}</body></html>"))


def seen(source: str) -> list[str]:
    return [line.text for line in content(source).lines]


def judged(source: str) -> list[str]:
    return [block.line.text for block in content(source).blocks]


def marks(source: str) -> dict[str, Mark]:
    return {"".join(map(str, mark.element.itertext())) or mark.tag: mark for mark in content(source).marks}


def test_pieces_of_a_line_are_apart_where_only_a_style_sheet_sets_them_apart() -> None:
    source = "<p><span>By</span><a>Ada Lund</a><em>today</em></p>"
    assert seen(source) == ["By Ada Lund today"]
    assert judged(source) == ["ByAda Lundtoday"]


def test_both_kinds_of_lines_end_at_the_same_places() -> None:
    source = "<div>One 1<p>Two 2</p>Three 3<br>Four 4<post-date>Five 5</post-date></div><ul><li>Six 6<li>Seven 7</ul>"
    assert seen(source) == judged(source) == ["One 1", "Two 2", "Three 3", "Four 4", "Five 5", "Six 6", "Seven 7"]


def test_a_table_row_is_joined_for_the_model_alone() -> None:
    source = "<table><tr><td>Author</td><td>Ada Lund</td></tr></table>"
    assert judged(source) == ["Author | Ada Lund"]
    assert seen(source) == ["Author", "Ada Lund"]


@pytest.mark.parametrize(
    "left_out",
    [
        "<nav>{}</nav>",
        "<form>{}</form>",
        "<ul class='main-menu'><li>{}</ul>",
        "<div id=comments>{}</div>",
        "<button>{}</button>",
    ],
)
def test_menus_comments_forms_and_buttons_are_left_out_unless_a_headline_stands_in_them(left_out: str) -> None:
    page = "<p>Before it</p>" + left_out + "<p>After it</p>"
    assert seen(page.format("Within it")) == ["Before it", "After it"]
    assert judged(page.format("Within it")) == ["Before it", "Within it", "After it"]
    assert seen(page.format("Within it<h1>Late</h1>")) == ["Before it", "Within it", "Late", "After it"]


def test_a_menu_inside_a_line_leaves_the_rest_of_the_line() -> None:
    assert seen("<p>By Ada <span class='share-menu'>Send <b>it</b></span> on Monday</p>") == ["By Ada on Monday"]


def test_what_is_no_text_is_neither_judged_nor_seen() -> None:
    source = "<p>Seen<script>a=1</script><noscript>no</noscript><ruby>x<rt>y</rt></ruby></p>"
    assert seen(source) == ["Seen x"]
    assert judged(source) == ["Seenx"]


def test_lines_know_their_zones_and_the_main_part_begins_anew() -> None:
    source = (
        "<div class=sidebar>In 1<main>In 2<p class='byline'>In 3</p><div class=related-posts>In 4</div></main></div>"
    )
    assert [line.bits for line in content(source).lines] == [ASIDE, 0, AUTHOR, RELATED]


def test_marks_know_their_line_and_what_stands_before_them_in_it() -> None:
    found = marks("<p>One</p><p>Updated <b>on</b> <time>May 2</time></p><h1>Late</h1><nav><h2>Menu</h2></nav>")
    assert [(found[text].tag, found[text].line) for text in ("May 2", "Late", "Menu")] == [
        ("time", 1), ("h1", 2), ("h2", None),
    ]  # fmt: skip
    assert " ".join("".join(found["May 2"].before).split()) == "Updated on"


def test_elements_are_marked_by_their_names_and_item_properties() -> None:
    found = marks("<p class=date-updated><i class=author>Ada</i><b itemprop='datePublished'>May</b><u>plain</u></p>")
    assert (found["Ada"].own, found["Ada"].around) == (AUTHOR, UPDATED)
    assert found["May"].itemprop == "datepublished"
    assert "plain" not in found
    assert marks("<meta itemprop='datePublished' content='2024-03-02'><p>Text</p>")["meta"].line == 0


def test_there_is_a_limit_to_the_lines_that_are_seen() -> None:
    found = content("<p>a 1</p>" * (MAX_LINES + 100) + "<h1>Late</h1>" + "<p>" + "b" * (MAX_LENGTH + 1) + "</p>")
    assert len(found.lines) == MAX_LINES + 1
    assert found.marks[0].line is None
    assert len(content("<p>" + "b" * (MAX_LENGTH + 1) + "</p>").lines[0].text) == MAX_LENGTH


@pytest.mark.parametrize(
    ("value", "bits"),
    [
        ("main-nav", NAV),
        ("navy-blue", 0),
        ("Post-Comments comment-list", COMMENTS),
        ("article-author byLine", AUTHOR),
        ("sideBar", ASIDE),
        ("next-post promoted", RELATED),
        ("last-updated", UPDATED),
        ("entry-date published", PUBLISHED),
        ("promo post-navigation", NAV | RELATED),
        ("shadow-lg text-2xl", 0),
    ],
)
def test_zones_are_told_by_whole_names(value: str, bits: int) -> None:
    assert bits_of_names(value)[1] == bits
