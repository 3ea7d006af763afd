"""Tests of articles as Markdown: the words of the text, the structure of the page, and nothing smuggled in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from textwrap import dedent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.rendered import numbers_of, rendered
from winnow.items import Page
from winnow.read import html
from winnow.read.html.render import code_of
from winnow.read.markdown import safe_url
from winnow.read.page import read_page
from winnow.read.plain import BodyLine
from winnow.read.plain.render import numbered, to_markdown

PROSE = [
    f"On day {n} the keeper of the {place} light wrote down the wind, the sea and every sail that passed before noon."
    for n, place in enumerate(["northern", "southern", "eastern", "western", "inner", "outer", "upper", "lower"], 1)
]


def written(body: str, base: str | None = None, chosen: Callable[[str], bool] = lambda line: True) -> str:
    """Return the Markdown of a page of which the lines are chosen for which `chosen` holds."""
    content, flags = read(body, chosen)
    return html.write_markdown(content, flags, base=base)


def read(body: str, chosen: Callable[[str], bool] = lambda line: True) -> tuple[html.Content, list[bool]]:
    tree = html.parse(f"<!DOCTYPE html><html><head><title>A page</title></head><body>{body}</body></html>")
    assert tree is not None
    content = html.read_content(tree)
    return content, [chosen(block.line.text) for block in content.blocks]


def lines_of(content: html.Content, chosen: Sequence[bool]) -> list[str]:
    """Return the chosen lines without the marks of lists and tables."""
    found: list[str] = []
    for block, is_chosen in zip(content.blocks, chosen, strict=True):
        if is_chosen:
            text = " | ".join(block.cells) if block.kind == "row" else block.line.text
            found += code_of(block).split("\n") if block.kind == "code" else [text]
    return [" ".join(line.split()) for line in found if line.strip()]


def test_headings_paragraphs_and_line_breaks() -> None:
    body = "<h1>The light</h1><p>It burns.<br>It turns.</p><h3>At # night #</h3><p>Dark.</p>"
    assert written(body) == "# The light\n\nIt burns.\\\nIt turns.\n\n### At # night \\#\n\nDark."


@pytest.mark.parametrize("text", ["#", "##", "# #", "A # #", "A ##", "A #", "A#", "C \\#", "\\#", "A \\ #"])
def test_number_signs_at_the_end_of_a_heading_stay(text: str) -> None:
    if any(map(str.isalpha, text)):  # signs alone are no line of an HTML page
        assert rendered(written(f"<h2>{text}</h2>")).lines == [text]
    assert rendered(to_markdown([BodyLine(text, "heading")])).lines == [text]


def test_lists_keep_their_nesting_and_numbers() -> None:
    body = """<ol start="3"><li>Oil<ul><li>lamp oil</li><li>seed oil</li></ul></li><li value="7">Wick</li></ol>
    <ul><li>Rope</li></ul><ul><li>Twine</li></ul><p>Done.</p>"""
    assert written(body) == dedent("""\
        3. Oil
           - lamp oil
           - seed oil
        7) Wick
        - Rope
        * Twine

        Done.""")


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("<ol reversed><li>c<li>b<li>a</ol>", [3, 2, 1]),
        ('<ol reversed start="10"><li>ten<li>nine<li value="5">five<li>four</ol>', [10, 9, 5, 4]),
        ('<ol><li>one<li value="1986">fire<li>land<li value="2004">school</ol>', [1, 1986, 1987, 2004]),
        ("<ol><li>one<li>two</ol><p>More.</p><ol start=3><li>three</ol>", [1, 2, 3]),
        ('<ol reversed start="1"><li>one<li>none<li>less</ol>', [1, 0, 0]),  # Markdown has no numbers below 0
    ],
)
def test_a_reader_sees_the_numbers_that_a_browser_shows(body: str, numbers: list[int]) -> None:
    assert numbers_of(written(body)) == numbers


def test_items_keep_their_numbers_where_others_are_left_out() -> None:
    body = "<ol><li>Oil</li><li>Read also: fog</li><li>Wick</li></ol>"
    assert numbers_of(written(body, chosen=lambda line: "also" not in line)) == [1, 3]


def test_quotes_hold_paragraphs_and_lists() -> None:
    body = "<blockquote><p>He wrote:</p><ul><li>fog</li><li>rain</li></ul><p>No more.</p></blockquote><p>So it is.</p>"
    assert written(body) == "> He wrote:\n>\n> - fog\n> - rain\n>\n> No more.\n\nSo it is."


def test_code_has_its_language_and_a_fence_that_nothing_inside_ends() -> None:
    body = (
        '<pre class="language-python"><code>wind = 3\n\n\n```\n    sea = wind</code></pre><p>Use <code>a`b</code>.</p>'
    )
    assert written(body) == "````python\nwind = 3\n\n```\n    sea = wind\n````\n\nUse ``a`b``."


def test_tables_keep_columns_heads_and_bars() -> None:
    body = """<table><thead><tr><th>Day</th><th>Wind</th><th>Sea</th></tr></thead>
    <tr><td>one</td><td></td><td>a|b</td></tr><tr><td colspan="2">two</td><td><code>x|y</code></td></tr></table>
    <table><tr><td>Mon</td><td>calm</td></tr><tr><td>Tue</td><td>rough</td></tr></table>"""
    assert written(body) == dedent("""\
        | Day | Wind | Sea |
        | --- | --- | --- |
        | one |  | a\\|b |
        | two |  | `x\\|y` |

        |  |  |
        | --- | --- |
        | Mon | calm |
        | Tue | rough |""")


def test_links_and_emphasis() -> None:
    body = """<p>See <a href="/log?a=1&amp;b=2">the <b>old</b> log</a>, <em>all</em> of it<i>!</i> or <b>ask
    <a href="mailto:keeper@example.org">him</a></b>. Half<b>way</b>there, (<i>so</i>).</p>"""
    assert written(body, "https://light.example/books/one") == (
        "See [the **old** log](https://light.example/log?a=1&b=2), *all* of it! or **ask** "
        "[**him**](mailto:keeper@example.org). Half**way**there, (*so*)."
    )
    assert "[the **old** log](/log?a=1&b=2)" in written(body)


def test_addresses_begin_from_the_base_element_or_the_page() -> None:
    def of(head: str) -> str | None:
        tree = html.parse(f"<!DOCTYPE html><html><head>{head}</head><body><p>Text of a page</p></body></html>")
        assert tree is not None
        return html.base_of(tree.iter(), "https://light.example/a/b")

    assert of("") == "https://light.example/a/b"
    assert of('<base href="/books/">') == "https://light.example/books/"
    assert of('<base href="javascript:alert(1)//">') == "https://light.example/a/b"


def test_work_grows_with_the_number_of_lines_of_a_box_only() -> None:
    def cost(count: int) -> float:
        content, chosen = read(f"<p>{'The keeper wrote it down<br>' * count}</p>")
        start = time.process_time()
        html.write_markdown(content, chosen)
        return time.process_time() - start

    assert cost(24_000) < 20 * cost(3_000) + 0.5


def test_images_stand_where_they_stand_in_the_page() -> None:
    body = """<p>First words.</p><figure><img src="/a.jpg" alt="A [tall] tower" width="600">
    <figcaption>The "tower"</figcaption></figure><p>More words.</p>
    <img src="data:image/png;base64,AAAA"><img src="/pixel.gif" width="1" height="1"><img class="avatar" src="/me.jpg">
    <p>Other words.</p><aside><img src="/shop.jpg"><p>Buy a lamp</p></aside><p>Last words.</p><img src="/after.jpg">"""
    assert written(body, chosen=lambda line: line.endswith("words.")) == (
        'First words.\n\n![A \\[tall\\] tower](/a.jpg "The \\"tower\\"")\n\nMore words.\n\nOther words.\n\nLast words.'
    )


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "- no item", "+ no item", "1. no item", "12) no item", "> no quote", "| a | b |",
        "=== no line", "--- no rule", "*** no rule", "___ no rule", "*a* _b_ **c** __d__", "`a` ``b`` ~~c~~",
        "[a](b) ![c](d) [e]: f",
        "&lt;script&gt;x&lt;/script&gt;", "&amp;lt;b&amp;gt; &amp;#60;", r"a\ \* \\", "&lt;https://a.example&gt;",
        ":-: | a", "~~~ no fence", "``` no fence", "&lt;!-- no comment",
    ],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    body = f"<p>{text}<br>{text}</p><ul><li>{text}</li></ul><h2>{text}</h2>"
    content, chosen = read(body)
    found = rendered(html.write_markdown(content, chosen))
    assert found.lines == lines_of(content, chosen)
    assert not found.html + found.links + found.images


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "java\tscript:x",
        "\x01javascript:x", "&#106;avascript:x", "javascript&colon;x", "vbscript:x", "data:text/html,x", "DATA:x",
        "&amp;#106;avascript&amp;colon;x", "feed:javascript:x", "view-source:x", "blob:x", "x" * 3000, "", " ",
        "javascript\u200b:x", "java&NewLine;script:x", "&#x6A&#x61vascript:alert(1)",
    ],
)  # fmt: skip
def test_unsafe_addresses_are_none(address: str) -> None:
    assert safe_url(address) is None or ":" not in rendered(f"[a]({safe_url(address)})").links[0]
    for base in (None, "https://light.example/"):
        links = rendered(written(f'<p>Read <a href="{address}">this page</a> now.</p>', base)).links
        assert all(link.startswith("https://light.example/") or ":" not in link for link in links)


WORDS = st.sampled_from([
    "lamp", "Öl", "灯台", "маяк", "7", "#", "##", "-", "+", "1.", "2)", ">", "|", "*", "**", "_", "__", "a_b", "`",
    "``", "[", "]", "](", "!", "![", "(x)", "\\", "&lt;", "&amp;", "&amp;lt;", "&lt;b&gt;", "&amp;#60;", "~", "~~~",
    "===", "---", ":", "“so”", ".", ",", "😀", "é́", "&lt;!--", "http://a.example/b_c", "javascript:x",
])  # fmt: skip
SPACES = st.sampled_from(["", "", " ", " ", "\n", "&nbsp;"])
TEXT = st.lists(st.tuples(WORDS, SPACES), min_size=1, max_size=6).map(lambda parts: "".join(map("".join, parts)))
HREFS = st.sampled_from([
    "/a_b", "https://b.example/(c)?d=1&amp;copy=2", "javascript:x", "&#106;avascript:x", "#f", "a b", "&lt;x&gt;`",
    "\\", "|", "?a=[b]&amp;amp;c", "data:x", "//c.example",
])  # fmt: skip
WRAPS = [f"<{tag}>{{}}</{tag}>" for tag in ("b", "em", "i", "code", "span", "strong", "kbd")]


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    linked = st.builds('<a href="{}">{}</a>'.format, HREFS, inner)
    several = st.lists(inner, min_size=2, max_size=4).map("".join)
    return linked | several | st.builds(lambda wrap, text: wrap.format(text), st.sampled_from(WRAPS), inner)


LINE = st.recursive(TEXT, _wrapped, max_leaves=6)
LEAVES = st.one_of(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2", "h6", "div", "pre", "figcaption"]), LINE),
    st.builds("<p>{}<br>{}</p>".format, LINE, LINE),
    st.builds("<table><tr><th>{}<th>{}<tr><td>{}<td>{}</table>".format, LINE, LINE, LINE, LINE),
    st.builds('<img src="{}" alt="{}">'.format, HREFS, TEXT),
    LINE,
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        many.map("".join),
        many.map(lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"),
        many.map(lambda items: "<ol start=4>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"),
        many.map(lambda items: "<dl>" + "".join(f"<dt>{item}<dd>{item}" for item in items) + "</dl>"),
        st.builds("<blockquote>{}</blockquote>".format, inner),
    )


@given(st.recursive(LEAVES, _nested, max_leaves=12), st.sampled_from([None, "https://light.example/a/"]))
@settings(max_examples=300, deadline=None)
@example("<p>wow!<a href=/a>so</a></p>", None)
@example("<p>a<code>`</code><b>`b`</b>c</p>", None)
@example("<ul><li><ul><li>a</li></ul><li>b<ol start=4><li>c</ol></ul>", None)
def test_whatever_a_page_holds_its_markdown_has_the_words_of_its_text(body: str, base: str | None) -> None:
    content, chosen = read(body)
    found = rendered(html.write_markdown(content, chosen, base=base))
    assert found.lines == lines_of(content, chosen)
    assert not found.html
    schemes = [re.match(r"[^/?#]*?:", address) for address in found.links + found.images]
    assert {scheme[0] for scheme in schemes if scheme} <= {"https:", "http:"}


@given(
    st.lists(st.builds(BodyLine, TEXT.map(str.strip).filter(bool), st.sampled_from(["paragraph", "heading", "item"])))
)
@settings(deadline=None)
def test_captures_have_headings_and_lists(body: list[BodyLine]) -> None:
    body = [line._replace(text=" ".join(line.text.split())) for line in body]
    found = rendered(to_markdown(body))
    items = numbered([line.text for line in body])
    marks = [len(line.text.split()[0]) + 1 if i in items else 0 for i, line in enumerate(body)]
    assert found.lines == [line.text[mark:] for line, mark in zip(body, marks, strict=True)]
    assert not found.html


@pytest.mark.parametrize("items", [("1. oil", "2. wick", "3. glass"), ("1) Öl", "2) Docht"), ("7. huile", "8. mèche")])
def test_numbered_lines_of_a_capture_are_a_list(items: tuple[str, ...]) -> None:
    text = "\n\n".join([*PROSE[:4], *items, "How it ended", *PROSE[4:], "1. This number stands alone, as it should."])
    article = read_page(Page("a.txt", body=text.encode())).article
    assert article is not None
    assert "\n\n".join(items) in article.markdown
    assert "\n\n## How it ended\n\n" in article.markdown
    assert article.markdown.endswith("\n\n1\\. This number stands alone, as it should.")


def test_head_lines_are_dropped_in_both() -> None:
    paragraphs = "".join(f"<p>{text} See <a href='/{n}'>page {n}</a>.</p>" for n, text in enumerate(PROSE))
    page = f"""<!DOCTYPE html><html><head><title>The keeper's book</title>
    <meta property="og:url" content="https://light.example/book/keeper"></head><body><article>
    <h1>The keeper's book</h1>{paragraphs}</article></body></html>"""
    article = read_page(Page("a.html", body=page.encode())).article
    assert article is not None
    assert article.markdown.startswith(f"{PROSE[0]} See [page 0](https://light.example/0).\n\n")
    assert rendered(article.markdown).lines == article.text.split("\n\n")


def test_a_capture_is_written_as_markdown() -> None:
    text = "\n\n".join(["The keeper's book", *PROSE[:4], "How it ended", *PROSE[4:], "* oil *and* wick"])
    article = read_page(Page("a.txt", body=text.encode())).article
    assert article is not None
    assert "\n\n## How it ended\n\n" in article.markdown
    assert rendered(article.markdown).lines == re.sub(r"(?m)^- ", "", article.text).replace("\n\n", "\n").split("\n")
