"""Footnotes that links tell, and headings that look like others, belong to the text however unlikely they are."""

from __future__ import annotations

import pytest
from lxml.etree import tostring

from winnow.read.html import parse, read_content

from .test_htmlpage_whole import ABOVE, BELOW, LONG, kept


@pytest.mark.parametrize(
    "note",
    [
        "<div><p><a href='#ref1' id='ftnt1'>[1]</a> <span>{}</span></p></div>",
        "<div class='note'><a id='ftnt1' href='#ref1'>1</a><div class='content'><p>{}</p></div></div>",
        "<ol><li id='ftnt1'><a href='#ref1'>^</a> {}</li></ol>",
        "<p>{} <a href='/page#ref1' name='ftnt1'>zurück</a></p>",
        "<h4>Notes</h4><h5><a id='ftnt1' href='#ref1'>(1)</a></h5><p>{}</p>",
        "<dl><dt><a name='ftnt1' href='#ref1'>1</a></dt><dd>{}</dd></dl>",
        "<table><tr><td><a name='ftnt1' href='page.html#ref1'>[1]</a></td><td><p>{}</p></td></tr></table>",
    ],
)
@pytest.mark.parametrize("text", ["Minutes of the board, p. 42.", "Protokoll des Rates, Blatt 42.", "Acta, folio 42."])
def test_what_a_link_leads_to_that_leads_back_is_a_footnote(note: str, text: str) -> None:
    mark = "<sup id='ref1'><a href='#ftnt1'>1</a></sup>"
    page = f"<html><body><main><p>{ABOVE[:-1]}{mark}.</p><p>{BELOW}</p>{note.format(text)}</main></body></html>"
    for markup, is_note in ((page, True), (page.replace("#ref1", "#top"), False)):
        tree = parse(markup)
        assert tree is not None
        blocks = read_content(tree).blocks
        assert [block.box.note for block in blocks if text in block.line.text] == [is_note]
        assert not any(block.box.note for block in blocks[:2])


@pytest.mark.parametrize("text", ["Minutes of the board.", "Протокол правления.", "理事会の議事録。"])
def test_a_note_below_its_mark_is_kept_with_the_mark_and_ends_where_something_else_begins(text: str) -> None:
    marks = "".join(f"<a id='ref{n}' href='#note{n}'>({n})</a>" for n in (1, 2))
    notes = "".join(
        f"<h5><a id='note{n}' href='#ref{n}'>({n})</a></h5><p>{said}</p>"
        for n, said in ((1, text), (2, "<a href='https://board.example'>The minutes of the board, 1902.</a>"))
    )
    body = f"<div><p>{ABOVE[:-1]}{marks}.</p><p>{BELOW}</p>{notes}<table><tr><td>Up</td></tr></table></div>"
    tree = parse(f"<html><body>{body}</body></html>")
    box = None if tree is None else tree.find(".//div")
    assert box is not None
    marked = tostring(box, encoding="unicode")
    said = kept(marked, lambda text: 0.9 if text[:9] in (ABOVE[:9], BELOW[:9]) else 0.01)
    assert said[2:] == ["(1)", text, "(2)", "The minutes of the board, 1902."]


@pytest.mark.parametrize("role", ["doc-footnote", "doc-endnote"])
def test_a_stated_footnote_is_kept_however_unlikely(role: str) -> None:
    body = f"<div><p>{ABOVE}</p><p>{BELOW}</p><hr><aside role='{role}'><p>Count of 1902.</p></aside></div>"
    assert kept(body, lambda text: 0.01) == [ABOVE, BELOW, "Count of 1902."]
    assert kept(body.replace(role, "note"), lambda text: 0.01) == [ABOVE, BELOW]


def test_headings_alike_are_kept_however_unlikely() -> None:
    caption = "<figure><figcaption>Photo: Lund</figcaption></figure>"
    part = f"<div class='part'><h2 class='x'>{{}}</h2>{caption}<div><p>{{}}</p></div></div>"
    body = "".join(part.format(*each) for each in (("History", ABOVE), ("Service", BELOW), ("Elsewhere", "Buy now.")))
    likely = {"Service": 0.9}
    assert kept(body, lambda text: likely.get(text, 0.01)) == ["History", ABOVE, "Service", BELOW][1:]
    below = f"<p>{ABOVE}</p>" + body.replace(ABOVE, LONG[0])
    scores = likely | {LONG[0]: 0.9}
    assert kept(below, lambda text: scores.get(text, 0.01)) == [ABOVE, "History", LONG[0], "Service", BELOW]


def test_short_lines_in_boxes_alike_are_kept_together() -> None:
    said = (ABOVE, *LONG, BELOW)
    for box, wanted in (
        ("<div class='speaker'>{}</div>", 5),
        ("<p>{}</p>", 4),
        ("<figcaption class=c>{}</figcaption>", 4),
    ):
        body = "".join(
            f"{box.format(f'{who}:')}<p class=say>{text}</p>" for who, text in zip("ABCDE", said, strict=True)
        )
        found = kept(
            f"<div>{body}</div>", lambda text: 0.9 if text in said or text in ("A:", "B:", "C:", "E:") else 0.01
        )
        assert [line for line in found if line.endswith(":")] == ["A:", "B:", "C:", "D:", "E:"][:3] + (
            ["D:", "E:"] if wanted == 5 else ["E:"]
        )


NOTES = ["Most of them in spring.", "Die meisten im Frühjahr.", "Surtout au printemps."]


@pytest.mark.parametrize("name", ["", "class='scroll-target-nav'", "class='sticky-menu-offset'"])
@pytest.mark.parametrize("text", NOTES)
def test_a_single_short_footnote_below_a_heading_is_kept(text: str, name: str) -> None:
    mark = "<sup><a href='#fn-1' id='fnref-1'>1</a></sup>"
    note = f"<li id='fn-1' {name}><p role='doc-footnote'>{text} <a href='#fnref-1'>↩</a></p></li>"
    notes = (
        f"<p>Photo: the harbour</p><section class='footnotes'><h2>Footnotes</h2><ol>{note}</ol></section><p>Menu</p>"
    )
    above = f"{ABOVE[:-1]}{mark}."
    body = f"<article><p>{above}</p><p>{ABOVE}</p><p>{BELOW}</p>{notes}</article>"
    lines = kept(body, lambda line: 0.9 if line.startswith(ABOVE[:20]) else 0.14 if text in line else 0.01)
    assert f"{text} ↩" in lines


@pytest.mark.parametrize(
    "mark",
    [
        "<sup><a href='#note1'>[1]</a><a class='anchor' id='ref1'></a></sup>",
        "<sup><a name='ref1'></a><a href='#note1'>1</a></sup>",
        "<a id='ref1'></a><a href='#note1'>[1]</a>",
    ],
)
def test_a_note_may_lead_back_to_a_bare_anchor_beside_its_mark(mark: str) -> None:
    note = "<ol><li id='note1'><p>Count of 1902. <a href='#ref1'>↩</a></p></li></ol>"
    tree = parse(f"<html><body><main><p>{ABOVE[:-1]}{mark}.</p><p>{BELOW}</p>{note}</main></body></html>")
    assert tree is not None
    assert [block.box.note for block in read_content(tree).blocks] == [False, False, True]


NOTED = f"<p>{ABOVE[:-1]}<sup id='ref1'><a href='#n1'>1</a></sup>.</p><p>{BELOW}</p>"
LISTED = "<div class='notes'><ol><li id='n1'>Count of 1902. <a href='#ref1'>↩</a></li></ol></div>"
BETWEEN = ["The list is in the hall on Fridays.", "Die Liste hängt freitags im Haus.", "La liste est dans la salle."]


def doubted(body: str) -> list[str]:
    """Return the lines that are left below two sure paragraphs of a page whose other lines are doubted."""
    tree = parse(f"<html><body>{body}</body></html>")
    box = None if tree is None else tree.find(".//div")
    assert box is not None
    return kept(tostring(box, encoding="unicode"), lambda text: 0.95 if text[:9] == ABOVE[:9] else 0.01)[2:]


@pytest.mark.parametrize("text", BETWEEN)
@pytest.mark.parametrize("form", ["<div class='x'><p>{}</p></div>", "<blockquote class='info'><p>{}</p></blockquote>"])
def test_a_sentence_between_the_text_and_its_notes_is_kept_however_unlikely(text: str, form: str) -> None:
    page = f"<div>{NOTED}{form.format(text)}{LISTED}</div>"
    assert doubted(page) == [text, "Count of 1902. ↩"]
    for other in (text[:-1], f"<a href='/list'>{text}</a>"):
        assert doubted(page.replace(text, other)) == ["Count of 1902. ↩"]
    beside = page.replace(form.format(text), f"<div class='related'><p>{text}</p></div>")
    assert doubted(beside) == ["Count of 1902. ↩"]


@pytest.mark.parametrize("text", BETWEEN)
@pytest.mark.parametrize("name", ["ps", "ps surlignable", "post-scriptum"])
def test_a_post_scriptum_is_kept_by_the_name_of_its_box(name: str, text: str) -> None:
    page = "<div class='content'><div class='texte'><p>{}</p><p>{}</p></div><div class='{}'><hr><p>{}</p></div></div>"
    assert kept(page.format(ABOVE, BELOW, name, text), lambda _: 0.05) == [ABOVE, BELOW, text]
    for other in ("maps", "x1"):
        assert kept(page.format(ABOVE, BELOW, other, text), lambda _: 0.05) == [ABOVE, BELOW]
