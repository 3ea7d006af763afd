"""Sentences hold what a browser shows: nothing unseen, formulas and custom elements in their places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import fromstring

from winnow.read.html import parse, read_content
from winnow.read.parser import drop_all

from .test_htmlpage_shown import lines

LONG = "The ferry left the pier at dawn with nine crates of apples, two goats and a piano on board"


def line(inside: str, box: str = "p") -> str:
    """Return the one line of a page that holds nothing but a box."""
    (only,) = lines(f"<html><body><{box}>{inside}</{box}><p>Next.</p></body></html>")[:-1]
    return only


HIDING = [
    "hidden",
    'hidden="hidden"',
    'style="display:none"',
    'style="color: red; DISPLAY : none"',
    "style='visibility: hidden'",
    "style='position: absolute; left: -9999px'",
    "style='font-size:0'",
    "style='clip:rect(0,0,0,0)'",
    "class='sr-only'",
    "class='u-visually-hidden note'",
    "class=screen-reader-text",
    "class='visuallyhidden'",
    "role=tooltip",
    "class=tooltip-text",
    "class='tooltiptext'",
]


@pytest.mark.parametrize("how", HIDING)
def test_what_is_not_seen_goes_out_of_the_sentence(how: str) -> None:
    assert line(f"{LONG}, <a href=x>they say<span {how}> (öffnet ein Fenster)</span></a>.") == f"{LONG}, they say."
    assert line(f"{LONG} <em {how}>and a <b>secret</b></em>and more.") == f"{LONG} and more."
    assert line(f"<span {how}>Черновик.</span> {LONG}.") == f"{LONG}."
    assert line(f"A title<span {how}> (link)</span>", "h2") == "A title"
    assert line(f"Apples<span {how}> (new window)</span>", "li") == "Apples"


@pytest.mark.parametrize(
    "how", ["", "hidden=until-found", "class='not-sr-only'", "class=tooltip", "class=reader", "id=sr-only"]
)
def test_what_is_seen_stays(how: str) -> None:
    assert line(f"{LONG}, <span {how}>they say</span>.") == f"{LONG}, they say."


@pytest.mark.parametrize("how", HIDING)
def test_what_tells_names_and_days_stays(how: str) -> None:
    assert line(f"<span {how}>Posted on</span> March 2, 2024", "div") == "Posted on March 2, 2024"
    assert line(f"<span {how}>Author</span> Ada Lund", "li") == "Author Ada Lund"
    assert line(f"{LONG} <span itemprop=author {how}>Ada Lund</span>") == f"{LONG} Ada Lund"


@pytest.mark.parametrize(
    "sign",
    [
        "<a class=headerlink href=#top title=Permalink>¶</a>",
        " <a href='/page#top'>#</a>",
        "<a href=#top><span>🔗</span></a>",
        "<span class=mw-editsection>[<a href='/edit'>bearbeiten</a>]</span>",
    ],
)
def test_signs_by_which_a_heading_links_to_itself_go(sign: str) -> None:
    assert line(f"Half past nine{sign}", "h2") == "Half past nine"
    assert line(f"<a href=#top>Half past</a> {sign}nine", "h3") == "Half past nine"


@pytest.mark.parametrize(
    "made",
    [
        "<table id=t1><caption><span>{}</span><a href=#t1>¶</a></caption><tr><td>one</td><td>two</td></tr></table>",
        "<dl><dt id=tide.read>{}<a class=headerlink href=#tide.read>#</a></dt></dl>",
        "<figure id=f2><figcaption><p><span>{}</span><a href='page.html#f2'>🔗</a></p></figcaption></figure>",
        "<div id=c3><div class=code-caption><span>{}</span> <a href=#c3>§</a></div></div>",
    ],
)
def test_signs_by_which_what_has_a_name_links_to_itself_go(made: str) -> None:
    assert lines(f"<html><body>{made.format('Depths in metres')}</body></html>")[0] == "Depths in metres"


def test_few_hidden_paragraphs_among_others_go() -> None:
    seen = "".join(f"<p>{LONG} {number}.</p>" for number in range(5))
    assert lines(f"<html><body>{seen}<p hidden>Old version.</p></body></html>") == [f"{LONG} {n}." for n in range(5)]
    items = "".join(f"<li>Kiste {number}</li>" for number in range(9))
    assert "Alt" not in lines(f"<html><body><ul>{items}<li class=sr-only>Alt</li></ul></body></html>")


@pytest.mark.parametrize("how", HIDING[:5])
def test_body_that_is_hidden_until_a_script_shows_it_stays(how: str) -> None:
    hidden = "".join(f"<p {how}>{LONG} {number}.</p>" for number in range(4))
    expected = ["A lead.", *(f"{LONG} {number}." for number in range(4))]
    assert lines(f"<html><body><p>A lead.</p>{hidden}</body></html>") == expected
    assert lines(f"<html><body><p>A lead.</p><div {how}>{hidden}</div></body></html>") == expected


@pytest.mark.parametrize("tag", ["d-cite", "x-link", "hypothesis-highlight", "my-note2"])
def test_custom_element_stays_within_its_sentence(tag: str) -> None:
    assert line(f"They say <{tag} a=1>that it</{tag}> rains.") == "They say that it rains."
    assert (
        line(f"<a href=x><{tag}>Qui</{tag}></a> piove, <{tag}><em>sempre</em></{tag}>.", "div") == "Qui piove, sempre."
    )
    assert line(f"<{tag}>A whole paragraph of words.</{tag}>") == "A whole paragraph of words."
    assert line(f"A <{tag}>heading</{tag}>", "h3") == "A heading"


@pytest.mark.parametrize("box", ["li", "td", "dd", "dt", "figcaption", "summary", "h4"])
def test_custom_element_that_is_all_of_a_small_box_is_no_box_in_it(box: str) -> None:
    page = f"<{box}><x-bold>{LONG} <x-fixed>and</x-fixed> a cat.</x-bold></{box}>"
    tree = parse(f"<html><body><p>Before.</p>{page}<p>Next.</p></body></html>")
    assert tree is not None
    _, found, _ = read_content(tree).blocks
    assert (found.box.tag, found.line.text) == (box, f"{LONG} and a cat.")


def test_custom_element_that_holds_boxes_or_stands_alone_is_a_box() -> None:
    page = "<html><body>Before <x-y><p>One</p><p>Two</p></x-y> after <div><x-a>A</x-a><x-b>B</x-b></div></body></html>"
    assert lines(page) == ["Before", "One", "Two", "after", "A", "B"]


SIGNS = "<mrow><mi>x</mi> <mo>=</mo><mn>42</mn></mrow>"
POWER = "<msup><mi>x</mi><mn>2</mn></msup>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f"<math>{SIGNS}</math>", "x=42"),
        (f"<math alttext='x = 42'><semantics>{SIGNS}</semantics></math>", "x=42"),
        (
            f"<math><semantics>{SIGNS}<annotation encoding='application/x-tex'>x = 42</annotation></semantics></math>",
            "x=42",
        ),
        (f"<math alttext='{{\\displaystyle x^{{2}}}}'>{POWER}</math>", "x^{2}"),
        (
            f"<math><semantics>{POWER}<annotation encoding='application/x-tex'>x^2</annotation></semantics></math>",
            "x^2",
        ),
        (f"<math>{POWER}</math>", "x2"),
        (
            f"<span class=katex><span class=katex-mathml><math>{SIGNS}</math></span>"
            "<span class=katex-html aria-hidden=true><span>x</span><span>=42</span></span></span>",
            "x=42",
        ),
        (
            f"<span class=mwe><span style='display: none'><math alttext=x>{SIGNS}</math></span><img alt=x></span>",
            "x=42",
        ),
        (
            f"<mjx-container><mjx-math aria-hidden=true>x=42</mjx-math><mjx-assistive-mml><math>{SIGNS}</math>"
            "</mjx-assistive-mml></mjx-container>",
            "x=42",
        ),
    ],
)
def test_formula_stands_in_its_sentence_once(formula: str, text: str) -> None:
    assert line(f"{LONG} and {formula} holds.") == f"{LONG} and {text} holds."


@pytest.mark.parametrize("mark", ["3", "12", "*", "†"])
def test_mark_of_a_footnote_does_not_stick_to_the_word(mark: str) -> None:
    assert line(f"Die Luft<sup><a href='#fn1'>{mark}</a></sup> steigt.") == f"Die Luft[{mark}] steigt."
    assert (
        line(f"The air<a href='/p#note-1' class=footnote><span id=r></span>{mark}</a> rises.")
        == f"The air[{mark}] rises."
    )
    assert line(f"L’air.<a href='#a'>{mark}</a><a href='#b'>7</a>") == f"L’air.[{mark}] [7]"
    assert line(f"In 1931<sup><a href='#a'>{mark}</a></sup> it rose.") == f"In 1931[{mark}] it rose."


@pytest.mark.parametrize("name", ["clay", "a", "注一", "1a", "Über-uns"])
def test_raised_link_to_a_note_that_has_a_name_does_not_stick_to_the_word(name: str) -> None:
    assert line(f"The air<sup><a href='#fn_1' id=r1>{name}</a></sup> rises.") == f"The air[{name}] rises."
    assert line(f"灯台<sup><a href='p.html#fn_1'>{name}</a></sup>は") == f"灯台[{name}]は"
    assert line(f"Er kam 1931.<sup><a href='#fn_1'>{name}</a></sup>") == f"Er kam 1931.[{name}]"
    assert line(f"Room<sup><a href='/rooms'>{name}</a></sup> is") == f"Room{name} is"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("The keeper<sup>3</sup> slept.", "The keeper[3] slept."),
        ("Sie schlief.<sup>12</sup> Dann", "Sie schlief.[12] Dann"),
        ("«Nunca duermo.»<sup class=n>4</sup> Y", "«Nunca duermo.»[4] Y"),
        ("Маяк <b>погас<sup>*</sup></b> тогда", "Маяк погас[*] тогда"),
        ("灯台<sup>3</sup>は", "灯台[3]は"),
        ("المنارة<sup>2</sup> قديمة", "المنارة[2] قديمة"),
    ],
)
def test_raised_number_behind_a_word_is_the_mark_of_a_footnote(inside: str, text: str) -> None:
    assert line(inside) == text


@pytest.mark.parametrize(
    "inside",
    [
        "H<sub>2</sub>O",
        "106 m<sup>2</sup>",
        "the 1<sup>st</sup> of May",
        "four cm<sup>3</sup>, nine km<sup>2</sup>, три км<sup>2</sup>",
        "(a + b)<sup>2</sup> and sin<sup>2</sup> of x<sup>3</sup>",
        "since 1931.<sup>3</sup>",
        "as shown [below<sup>3</sup>]",
        "Air<sup><a href='#n'>[3]</a></sup> rises",
        "as shown [<a href='#r1'>1</a>,<a href='#r2'>2</a>-<a href='#r3'>3</a>] before",
        "see note <a href='#n'>3</a>",
        "<a href='#1'>1</a><a href='#2'>2</a><a href='#3'>3</a>",
        "March 2, 2024<a href='#comments'>0</a>",
        "Usage<a href='#usage'>¶</a>",
        "Room <a href='/rooms'>3</a>",
    ],
)
def test_other_small_figures_stay_as_they_are(inside: str) -> None:
    plain = inside
    while "<" in plain:
        plain = plain[: plain.index("<")] + plain[plain.index(">") + 1 :]
    assert line(inside).replace(" ", "") == plain.replace(" ", "")


@given(
    st.lists(st.sampled_from(["one ", "two ", "<b>", "</b>", "<i>", "</i>", "<u>three</u>", "<u></u>"]), max_size=20),
    st.permutations("biu"),
    st.sets(st.sampled_from("biu")),
)
def test_elements_are_dropped_as_one_by_one_in_any_order(pieces: list[str], order: list[str], tags: set[str]) -> None:
    one, other = (fromstring(f"<p>{''.join(pieces)}</p>") for _ in range(2))
    drop_all([each for tag in order if tag in tags for each in one.iter(tag)])
    for each in [each for tag in tags for each in other.iter(tag)]:
        if each.getparent() is not None:
            each.drop_tree()
    assert etree.tostring(one) == etree.tostring(other)


def test_work_grows_with_the_number_of_hidden_pieces_only() -> None:
    def cost(count: int) -> float:
        start = time.process_time()
        parse("<html><body><p>The mill stood still that year" + " word <span hidden>unseen</span>" * count)
        return time.process_time() - start

    assert cost(64_000) < 20 * cost(8_000) + 0.5


@pytest.mark.parametrize("box", ["<h2>{}</h2>{}", "<h2>{}{}</h2>", "<div class='head'><h2>{}</h2>{}</div>"])
@pytest.mark.parametrize("word", ["edit", "Bearbeiten", "modifier le code"])
def test_the_link_by_which_a_section_is_changed_goes(box: str, word: str) -> None:
    link = f'<span class="mw-editsection"><span>[</span><a href="/e">{word}</a><span>]</span></span>'
    page = f"<html><body>{box.format('History', link)}<p>{LONG}.</p></body></html>"
    assert lines(page) == ["History", f"{LONG}."]


def test_a_link_that_leads_nowhere_and_unfolds_what_follows_is_none() -> None:
    for attributes, links in (
        ("class='toggle-title' tabindex=0", 0), ("class='x-accordion__header'", 0),
        ("href='/x' class='toggle-title'", 1), ("class='button' role=button", 1),
        ("name=x", 0), ("name=x href='/y'", 1),
    ):  # fmt: skip
        tree = parse(f"<html><body><div><a {attributes}>How long does it take?</a></div></body></html>")
        assert tree is not None
        assert [block.links for block in read_content(tree).blocks] == [links]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<span class=t>00:42</span><span class=s>Ada Lund</span>", "00:42 Ada Lund"),
        ("<span class=r>6 min read</span><span class=d>Sep 14, 2023</span>", "6 min read Sep 14, 2023"),
        ("<span class=a>12</span><span class=b>40</span>", "12 40"),
        ("<span class=a>Rechts</span><span class=b>anwalt</span>", "Rechtsanwalt"),
        ("<span class=a>Mac</span><span class=a>Donald</span>", "MacDonald"),
        ("<span>Mac</span><span>Donald</span>", "MacDonald"),
        ("<span class=a>The 1</span><span class=b>st</span>", "The 1st"),
        ("<code><span class=k>int</span><span class=n>Depth</span></code>", "intDepth"),
        ("<span class=a>T</span><span class=b>HE END</span>", "THE END"),
        ("<span class=a>Paris</span>, <span class=b>Texas</span>", "Paris, Texas"),
        ("<span class=no>(3)</span><span class=say>The Board</span> may", "(3) The Board may"),
        ("<span class=no>12.</span><span class=say>das Boot</span>", "12. das Boot"),
        ("<span class=f>sin</span><span class=o>(x)</span><span class=d>dx</span>", "sin(x) dx"),
        ("<span class=o>(</span><span class=d>dx</span>", "(dx"),
        ("<code><span class=k>(a)</span><span class=n>b</span></code>", "(a)b"),
    ],
)
def test_spans_that_a_style_sheet_sets_apart_are_words_of_their_own(inside: str, text: str) -> None:
    assert line(inside) == text


@pytest.mark.parametrize("how", ["hidden", "style='display: none'", "class=visually-hidden"])
@pytest.mark.parametrize("kind", ["WebPage", "Event", "NewsArticle"])
def test_hidden_item_without_names_days_and_texts_is_no_line(kind: str, how: str) -> None:
    told = "<span itemprop=name>Die Fähre</span> <span itemprop=url>https://quay.example/f</span>"
    item = f"<div><span itemscope itemtype='https://schema.org/{kind}' {how}>{told}{{}}</span></div>"
    html = f"<html><body>{item}<p>{LONG}.</p></body></html>"
    assert lines(html.format("")) == [f"{LONG}."]
    for name in ("author", "datePublished", "articleBody"):
        assert len(lines(html.format(f"<span itemprop={name}>Ada Lund</span>"))) == 2
    assert len(lines(html.format("").replace(how, ""))) == 2


@pytest.mark.parametrize("words", ["Section titled “Ebb”", "Link zum Abschnitt Ebb", "Permalink"])
@pytest.mark.parametrize("place", ["ebb", "%D9%85%D8%AF", "flow"])
def test_words_behind_a_heading_that_lead_to_it_are_its_sign(words: str, place: str) -> None:
    link = f"<a href='#{place}'><span class='sr-only'>{words}</span></a>"
    found = lines(f"<div class='wrapper'><h2 id='ebb'>Ebb</h2>{link}</div><p>The water falls until noon.</p>")
    assert (words in " ".join(found)) == (place != "ebb")


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id='a'><a href='#a'>Ebb and flow</a></h2>",
        "<h2 id='a'>Ebb</h2><p><a href='#a'>Ebb and flow</a></p>",
        "<h2 id='a'>Ebb</h2><a href='#b'>Ebb and flow</a>",
    ],
)
def test_the_words_of_a_heading_or_of_a_sentence_are_no_sign(heading: str) -> None:
    page = f"<html><body><div>{heading}</div><p>The water falls until noon.</p></body></html>"
    assert "Ebb and flow" in " ".join(lines(page))


@pytest.mark.parametrize("words", ["Terminal window", "Terminal-Fenster", "ターミナル"])
def test_a_caption_that_is_only_read_aloud_is_none(words: str) -> None:
    code = "<pre><code>boats --count</code></pre>"
    for caption, is_seen in (("<span class='sr-only'>{}</span>", False), ("<span>{}</span>", True)):
        frame = f"<figure><figcaption><span></span>{caption.format(words)}</figcaption>{code}</figure>"
        found = lines(f"<html><body><p>{LONG}</p>{frame}</body></html>")
        assert (words in found) == is_seen


@pytest.mark.parametrize(
    "links",
    [
        ("/one#comments", "/two#comments"),
        ("/three#first", "/three#second"),
        ("https://a.example/#comments", "#comments"),
        ("/app#/comments", "/app#/login"),
    ],
)
def test_links_to_places_on_other_pages_keep_their_addresses(links: tuple[str, ...]) -> None:
    shown = "".join(f"<p><a href='{link}'>More</a></p>" for link in links)
    tree = parse(f"<html><body>{shown}<div id='comments'><p>{LONG}.</p></div></body></html>")
    assert tree is not None
    assert tuple(tree.xpath("//a/@href")) == links
