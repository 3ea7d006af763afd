"""Notes that stand inside sentences, and markers of lists that pages write themselves."""

from __future__ import annotations

import pytest

from winnow.items import Page
from winnow.read.page import read_page

ABOVE = "Gauges of two harbours can hardly be compared with each other, since each of them has a zero of its own."
BELOW = "Nobody wrote down where that zero was, and the walls to which it was tied have sunk by a hand since then."
NOTES = [
    "The oldest series begins with the winter of 1873.",
    "Самый старый ряд начинается зимой 1873 года.",
    "最古の記録は港の台帳による。",
]
LATEXML = (
    '<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer">'
    '<span class="ltx_note_content"><sup class="ltx_note_mark">1</sup>'
    '<span class="ltx_tag ltx_tag_note">1</span>{}</span></span></span>'
)
SIDE = (
    '<label for="sn" class="margin-toggle sidenote-number"></label>'
    '<input type="checkbox" id="sn" class="margin-toggle"/><span class="sidenote">{}</span>'
)
MARGIN = (
    '<label for="mn" class="margin-toggle">&#8853;</label>'
    '<input type="checkbox" id="mn" class="margin-toggle"/><span class="marginnote">{}</span>'
)


def text_of(body: str) -> list[str]:
    """Return the paragraphs of an article with a body between two long paragraphs."""
    text = f"<h1>Tides</h1><p>{ABOVE}</p>{body}<p>{BELOW}</p>"
    page = f"<html><head><title>Tides</title></head><body><article>{text}</article></body></html>"
    article = read_page(Page("a.html", body=page.encode())).article
    assert article is not None
    return article.text.split("\n\n")[1:-1]


@pytest.mark.parametrize("said", NOTES)
@pytest.mark.parametrize(
    ("markup", "in_text", "before"),
    [
        (LATEXML, "[1]", "[1] "),
        (SIDE, "", ""),
        (MARGIN, "", ""),
        ('<small class="side-note"><sup>7</sup>{}</small>', "[7]", "[7] "),
    ],
)
def test_a_note_inside_a_sentence_stands_below_its_paragraph(markup: str, in_text: str, before: str, said: str) -> None:
    told = "The reason is plain: the sea was measured from a stone{}, and the stone has gone."
    note = markup.format(said)
    assert text_of(f"<p>{told.format(note)}</p>") == [told.format(in_text), before + said]
    twice = text_of(f"<p>{told.format(note)} So said the pilots.{note}</p>")
    assert twice == [f"{told.format(in_text)} So said the pilots.{in_text}", before + said, before + said]


@pytest.mark.parametrize("said", NOTES)
def test_a_note_in_an_item_of_a_list_belongs_to_the_item(said: str) -> None:
    items = [f"The harbour of Saltmere has one{LATEXML.format(said)}.", "The harbour of Gullcross has two."]
    [listed] = text_of(f"<ul><li>{items[0]}</li><li>{items[1]}</li></ul>")
    assert listed.split("\n")[:2] == ["- The harbour of Saltmere has one[1].", f"- [1] {said}"]


@pytest.mark.parametrize("name", ["note", "notebook", "ltx_note", "keynote", "sidenotes-off"])
def test_other_words_of_a_sentence_stay_in_it(name: str) -> None:
    told = "The sea was measured from <span class='{}'>a stone at the quay</span>, and the stone has gone for good."
    assert text_of(f"<p>{told.format(name)}</p>") == [
        "The sea was measured from a stone at the quay, and the stone has gone for good."
    ]


STEPS = [
    "level the staff against the nearest fixed mark",
    "photograph the outlet at low water",
    "note the wind every half hour",
]


@pytest.mark.parametrize(
    ("tag", "markers", "shown"),
    [
        ("ol", ["1.", "2.", "3."], ["", "", ""]),
        ("ul", ["•", "•", "•"], ["", "", ""]),
        ("ol", ["(a)", "(b)", "(c)"], ["(a) ", "(b) ", "(c) "]),
        ("ul", ["2.1", "2.2", "2.3"], ["2.1 ", "2.2 ", "2.3 "]),
        ("ol start='4'", ["4.", "5.", "6."], ["", "", ""]),
        ("ol", ["", "", ""], ["", "", ""]),
    ],
)
@pytest.mark.parametrize("inner", ["<div><p>{}</p></div>", "<p>{}</p>"])
def test_a_marker_that_an_item_has_itself_stands_in_its_line_or_nowhere(
    tag: str, markers: list[str], shown: list[str], inner: str
) -> None:
    items = "".join(
        f"<li>{marker and f'<span>{marker}</span>'}{inner.format(step)}</li>"
        for marker, step in zip(markers, STEPS, strict=True)
    )
    [listed] = text_of(f"<{tag}>{items}</{tag.split(maxsplit=1)[0]}>")
    assert listed.split("\n") == [f"- {mark}{step}" for mark, step in zip(shown, STEPS, strict=True)]


def test_a_word_before_the_paragraph_of_an_item_is_no_marker() -> None:
    items = "".join(
        f"<li><span>{word}</span><p>{step}</p></li>"
        for word, step in zip(("Staff", "Photo", "Wind"), STEPS, strict=True)
    )
    listed = "\n".join(text_of(f"<ul>{items}</ul>"))
    assert all(word in listed for word in ("Staff", "Photo", "Wind", *STEPS))
