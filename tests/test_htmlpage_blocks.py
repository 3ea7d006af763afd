"""Lines of an HTML page, what is known of them, and the text they become."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import GROUPS, bits_of_names
from winnow.read.html.boxes import LOOKED_AT, links_in
from winnow.read.html.render import render
from winnow.read.html.second_opinions import keys, matches
from winnow.read.html.walk import read_content
from winnow.read.lines.pieces import MAX_LINES


def blocks(source: str) -> list[Block]:
    return read_content(html.fromstring(f"<html><body>{source}</body></html>")).blocks


def texts(source: str) -> list[str]:
    return [block.line.text for block in blocks(source)]


def rendered(source: str) -> str:
    found = blocks(source)
    return render(found, [True] * len(found))


def test_inline_text_is_joined_and_blocks_are_apart() -> None:
    assert texts("<div>One <b>two</b><i>three</i> four<p>five</p>six</div>") == ["One twothree four", "five", "six"]


def test_leaves_out_what_is_not_text() -> None:
    source = "<p>Seen<script>a=1</script><style>b{}</style><noscript>no</noscript><!-- c --> too</p>"
    assert texts(source + "<svg><text>x</text></svg>" + '<img alt="alt"><textarea>t</textarea>') == ["Seen too"]


def test_line_breaks_end_lines() -> None:
    assert texts("<p>a 1<br>b 2<br><br>c 3</p>") == ["a 1", "b 2", "c 3"]
    assert rendered("<p>a 1<br>b 2<br><br>c 3</p>") == "a 1\nb 2\n\nc 3"


def test_links_side_by_side_do_not_run_together() -> None:
    assert texts("<div><a>Home</a><a>News</a></div>") == ["Home News"]


def test_headings_and_paragraphs_stand_apart() -> None:
    assert rendered("<h2>Head</h2><p>One.</p><h3>Next</h3><p>Two.</p>") == "Head\n\nOne.\n\nNext\n\nTwo."


def test_heading_levels() -> None:
    assert [block.level for block in blocks("<h1>a</h1><h4><span>b</span></h4><p>c</p>")] == [1, 4, 0]


def test_lists_are_consecutive_items() -> None:
    assert rendered("<p>Take:</p><ul><li>salt<li><p>water</p></li><li>a pot</ul><p>Stir.</p>") == (
        "Take:\n\n- salt\n- water\n- a pot\n\nStir."
    )


def test_cards_in_a_list_are_not_items() -> None:
    source = "<ul><li><h3>Head</h3><p>Text one.</p></li><li><h3>Other</h3><p>Text two.</p></li></ul>"
    assert rendered(source) == "Head\n\nText one.\n\nOther\n\nText two."


def test_nested_lists_keep_every_item() -> None:
    assert rendered("<ol><li>one<ul><li>two</li></ul></li><li>three</li></ol>") == "- one\n- two\n- three"


def test_tables_are_rows() -> None:
    source = "<table><tr><th>Port</th><th>Tons</th></tr><tr><td>Wellmund</td><td><p>12</p></td></tr></table><p>End.</p>"
    assert rendered(source) == "| Port | Tons |\n| Wellmund | 12 |\n\nEnd."


def test_tables_for_layout_are_not_rows() -> None:
    long = "A sentence of several words that goes on. " * 8
    assert rendered(f"<table><tr><td>{long}</td><td><p>{long}</p></td></tr></table>").count("|") == 0


def test_two_tables_are_apart() -> None:
    row = "<table><tr><td>a</td><td>b</td></tr></table>"
    assert rendered(row + row) == "| a | b |\n\n| a | b |"


def test_code_keeps_its_lines_and_indents() -> None:
    source = "<p>Run:</p><pre><code>def f():\n    return 1\n\nprint(f())</code></pre>"
    assert rendered(source) == "Run:\n\ndef f():\n    return 1\n\nprint(f())"


def test_quotes_are_paragraphs_of_their_own() -> None:
    assert (
        rendered("<p>He said:</p><blockquote><p>No.</p><p>Never 2.</p></blockquote>") == "He said:\n\nNo.\n\nNever 2."
    )


@pytest.mark.parametrize(
    "source",
    [
        "<pre><div>while tide:</div><div>    wait()</div><div>go()</div></pre>",
        "<pre><code>\n<div><i>while</i> tide:</div>\n<div>    wait()</div>\n<div>go()</div>\n</code></pre>",
        "<pre><ol><li>while tide:</li><li>    wait()\n</li><li>go()</li></ol></pre>",
        "<pre>while tide:<br>    wait()<br>go()</pre>",
        "<pre><span>while tide:\n</span><span>    wait()\n</span><span>go()</span></pre>",
    ],
)
def test_code_keeps_its_lines_and_indents_however_lines_are_marked(source: str) -> None:
    assert rendered(f"<p>Run:</p>{source}") == "Run:\n\nwhile tide:\n    wait()\ngo()"


def test_code_keeps_its_blank_lines_and_the_indents_behind_them() -> None:
    source = "<pre>def tide():\n\n    wait()\n\n\n        go()</pre>"
    assert rendered(source) == "def tide():\n\n    wait()\n\n        go()"
    assert rendered("<pre><div>wait()</div><div><br></div><div>  go()</div></pre>") == "wait()\n\n  go()"


def test_only_chosen_lines_are_written() -> None:
    found = blocks("<p>yes</p><p>no</p><p>again</p>")
    assert render(found, [True, False, True]) == "yes\n\nagain"


def test_containers_are_known_by_their_names() -> None:
    inside = blocks('<div class="siteFooter-links"><p>x</p></div>')[0]
    assert inside.box.all_names >> GROUPS.index("footer") & 1
    assert not inside.box.all_names >> GROUPS.index("nav") & 1


@pytest.mark.parametrize(
    ("name", "group"),
    [("relatedPosts", "related"), ("post__share-bar", "share"), ("NewsletterBox", "appeal"), ("c-byline", "author")],
)
def test_names_are_split_into_words(name: str, group: str) -> None:
    assert bits_of_names(name)[0] >> GROUPS.index(group) & 1


@pytest.mark.parametrize(
    ("name", "group", "is_apart"),
    [("wp-block-column", "side", False), ("callout", "promo", False), ("section-head", "tags", False),
     ("position-relative", "related", False), ("relative", "related", False), ("list-disc", "card", False),
     ("side-column", "side", True), ("promo-callout", "promo", True), ("wp-caption", "caption", True),
     ("relatives-news", "related", True), ("list-item", "card", True)],
)  # fmt: skip
def test_names_that_any_part_of_a_text_may_have_set_nothing_apart(name: str, group: str, is_apart: bool) -> None:
    names, _, apart = bits_of_names(name)
    assert names >> GROUPS.index(group) & 1
    assert bool(apart >> GROUPS.index(group) & 1) is is_apart


def test_names_that_only_contain_a_cue_do_not_count() -> None:
    assert bits_of_names("shadow-lg") == (0, 0, 0)


def test_hidden_boxes_are_marked() -> None:
    assert [
        block.box.hidden for block in blocks('<div hidden><p>a</p></div><p style="display: none">b</p><p>c</p>')
    ] == [
        True,
        True,
        False,
    ]


def test_article_and_main_are_marked() -> None:
    found = blocks('<p>a</p><main><article itemprop="articleBody"><p>b</p></article></main>')
    assert [(block.box.main, block.box.article, block.box.body) for block in found] == [
        (False, 0, False),
        (True, 1, True),
    ]


def test_links_are_measured() -> None:
    found = blocks("<p><a>all of it</a></p><p>none</p>")
    assert found[0].linked > 0.9
    assert found[1].linked == 0


def test_reading_is_bounded_and_does_not_change_the_tree() -> None:
    tree = html.fromstring("<html><body>" + "<i>a</i><p>b 1</p>" * 50_000 + "</body></html>")
    before = len(etree.tostring(tree))
    assert len(read_content(tree).blocks) == MAX_LINES
    assert len(etree.tostring(tree)) == before


def test_text_after_comments_is_kept() -> None:
    assert texts("<p>one<!-- c -->two</p>") == ["onetwo"]


def test_matching_survives_splits_joins_and_order() -> None:
    lines = keys(
        blocks("<p>The long first paragraph of the page.</p><p>Share</p><p>And its much longer second one.</p>")
    )
    kept, in_order = matches(lines, ["The long first", " paragraph of the page. ", "And its much longer second one."])
    assert kept.tolist() == [1, 0, 1]
    assert in_order.tolist() == [1, 0, 1]


def test_short_lines_match_as_a_whole_only() -> None:
    kept, _ = matches(["page", "Cast"], ["The first page is where the Castle stands, and so on.", "Cast"])
    assert kept.tolist() == [0, 1]


LINK = '<a href="https://paper.example/tide">{}</a>'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # a page of a standard, a mail with an address in it, a page of a manual
        (
            f"<pre>{LINK.format('1')}. Tides\n\n   The quay [{LINK.format('TIDE')}] is dry.\n\nLund   [Page 1]\n</pre>",
            [("1. Tides", 0.12, 1, 0.0), ("The quay [TIDE] is dry.", 0.15, 1, 0.0), ("Lund [Page 1]", 0.0, 0, 0.0)],
        ),
        (
            f"<pre>Dear Ada,\r\n\r\nsee {LINK.format('https://paper.example/tide')}\r\n\r\nThe tide is late.\r\n</pre>",
            [
                ("Dear Ada,", 0.0, 0, 0.0),
                ("see https://paper.example/tide", 0.87, 1, 0.0),
                ("The tide is late.", 0.0, 0, 0.0),
            ],
        ),
        (
            f"<pre><b>NAME</b>\n   tide - wait for it\n\n<b>SEE ALSO</b>\n\n  {LINK.format('<b>moon</b>(1)')}</pre>",
            [("NAME tide - wait for it", 0.0, 0, 0.15), ("SEE ALSO", 0.0, 0, 1.0), ("moon(1)", 0.78, 1, 0.44)],
        ),
        (f"<pre>{LINK.format('One' + chr(10) * 2 + 'two')}</pre>", [("One", 1.0, 1, 0.0), ("two", 1.0, 1, 0.0)]),
    ],
)
def test_each_part_of_a_preformatted_text_has_its_own_links(source: str, expected: list[object]) -> None:
    found = [(each.line.text, round(each.linked, 2), each.links, round(each.bold, 2)) for each in blocks(source)]
    assert found == expected


PARTS = """
<p> </p> <div> </div> <ul> <li> </ul> <table> <tr> <td> </td> </table> <pre> </pre> <a> </a> <b> </b> <br> <h2> </h2>
<blockquote> word two3 . <td> <dl> <dt> <dd> <x-y> <button> <article> </article>
"""


@settings(max_examples=80)
@given(st.lists(st.sampled_from(PARTS.split()), max_size=60))
def test_every_word_of_any_nesting_comes_out_once(parts: list[str]) -> None:
    tree = html.fromstring("<html><body><p>start1 " + " ".join(parts) + " end2</body></html>")
    wanted = " ".join(tree.itertext()).split()
    found = read_content(tree).blocks
    assert [word for word in rendered_words(found) if word != "."] == [word for word in wanted if word != "."]


def rendered_words(found: list[Block]) -> list[str]:
    return [word for word in render(found, [True] * len(found)).split() if word not in ("-", "|")]


def test_of_the_links_in_a_box_the_first_are_looked_at() -> None:
    rows = "".join(f"<a href='#{at}'>Row {at}</a> of the glossary<br>" for at in range(10 * LOOKED_AT))
    found = blocks(rows)
    assert len(found) == 10 * LOOKED_AT
    assert [link.get("href") for link in links_in(found[-1].box)] == [f"#{at}" for at in range(LOOKED_AT)]
