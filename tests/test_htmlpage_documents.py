"""Pages that are one document and nothing else, as converters and mail programs write them."""

from __future__ import annotations

import numpy as np
import pytest
from lxml import html

from winnow.items import Kind
from winnow.read.html import read_content, steps_for
from winnow.read.html.documents import keep_document
from winnow.read.html.features import plain
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.views import view

TEXTS = {
    "German": (
        "Das alte Wehr wurde im Herbst geöffnet, und wer am Ufer wohnte, stand die halbe Nacht mit Lampen am Wasser.",
        ("Was übrig blieb", "drei Pfähle", "ein Kahn ohne Boden", "Die Pfähle stehen heute im Museum am Markt."),
        "Der Kahn wurde nach altem Brauch verbrannt.",
    ),
    "Russian": (
        "Старую плотину открыли осенью, и все, кто жил у берега, полночи простояли у воды с фонарём и молчали.",
        ("Что осталось", "три сваи", "лодка без дна", "Сваи стоят теперь в музее на площади."),
        "Лодку по старому обычаю сожгли на берегу.",
    ),
    "Turkish": (
        "Eski bent sonbaharda açıldı ve kıyıda oturan herkes gece yarısına kadar suyun başında bekledi durdu.",
        ("Geriye kalan", "üç kazık", "dipsiz bir sandal", "Kazıklar şimdi meydandaki müzede duruyor."),
        "Sandal eski bir geleneğe uyularak kıyıda yakıldı.",
    ),
    "Japanese": (
        "古い堰は秋に開かれ、岸辺に住む人たちは真夜中まで灯りを手に水際に立ちつくし、流れの音が変わるのを待っていたという。",
        ("残ったもの", "三本の杭", "底の抜けた舟", "杭は今、広場の資料館に立っている。"),
        "舟は古い習わしに従って岸辺で焼かれた。",
    ),
}  # fmt: skip


def kept(body: str, long: str, added: int = 8) -> list[str]:
    """Return the lines that are kept where only the long paragraphs are chosen by themselves; some more are added."""
    more = [f"{long} ({number})" for number in range(added)]
    body = body.replace(f"<p>{long}</p>", f"<p>{long}</p>" + "".join(f"<p>{text}</p>" for text in more), 1)
    blocks = read_content(html.fromstring(f"<html><body>{body}</body></html>")).blocks
    seen = view([block.line for block in blocks])
    likely = np.array([0.9 if block.line.text.startswith(long) else 0.02 for block in blocks], np.float32)
    judged = JudgedBlocks(seen, plain(seen, blocks, ""), likely, blocks, np.zeros(len(blocks), np.bool_))
    chosen = keep_document(judged, likely > 0.5)
    lines = [block.line.text for block, flag in zip(blocks, chosen.tolist(), strict=True) if flag]
    return [line for line in lines if line not in more]


def document(language: str, section: str = "{}", after: str = "", before: str = "") -> tuple[str, list[str]]:
    """Return a document of two sections, of which the second is doubted, and its lines."""
    long, (head, one, two, told), last = TEXTS[language]
    doubted = f"<h2>{head}</h2><ul><li>{one}</li><li>{two}</li></ul><p>{told}</p><p>{last}</p>"
    sections = section.format(f"<p>{long}</p><p>{long} {last}</p>") + section.format(doubted)
    return f"{before}{sections}{after}", [long, f"{long} {last}", head, one, two, told, last]


@pytest.mark.parametrize("section", ["{}", "<section id='discussion'>{}</section>", "<div class='Section1'>{}</div>"])
@pytest.mark.parametrize("language", TEXTS)
def test_document_is_kept_to_its_last_sentence(language: str, section: str) -> None:
    body, lines = document(language, section)
    assert kept(body, lines[0]) == lines


@pytest.mark.parametrize("language", TEXTS)
def test_what_stands_beside_the_text_of_a_document_is_left_out(language: str) -> None:
    contents = "<h2>Contents</h2><ul><li><a href='#a'>First part</a></li><li><a href='#b'>Second part</a></li></ul>"
    byline = "<p>Ada Lund</p><p>2024-03-02</p>"
    made = "<p>Generated on: 2026-11-30.</p><p>This document was created by a program that writes pages.</p>"
    body, lines = document(language, before=byline + contents, after=made)
    assert kept(body, lines[0]) == lines


@pytest.mark.parametrize("count", [11, 30])
@pytest.mark.parametrize("language", TEXTS)
def test_page_with_many_links_is_no_document(language: str, count: int) -> None:
    menu = "".join(f"<li><a href='/{at}'>Page {at}</a></li>" for at in range(count))
    body, lines = document(language, before=f"<ul>{menu}</ul>")
    assert kept(body, lines[0]) == lines[:2]


MENUS = [
    "<ul><li><a href='/a'>Alpha</a></li><li><a href='/b'>Beta</a></li><li><a href='/c'>Gamma</a></li></ul>",
    "<div><a href='/a'>Alpha</a> <a href='/b'>Beta</a> <a href='/c'>Gamma</a></div>",
    "<a href='/next'><h3>The ferry of the north</h3></a>",
]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "line", ["Printed from the Quay Review. © Quay Review Ltd 2024.", "Ada Lund, 3 May. © 2024 Ada Lund."]
)
def test_line_of_rights_below_a_document_is_left_out(language: str, line: str) -> None:
    body, lines = document(language, after=f"<p>{line}</p>")
    assert kept(body, lines[0]) == lines


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("menu", MENUS)
def test_page_with_a_menu_or_a_teaser_is_no_document(language: str, menu: str) -> None:
    for body, lines in (document(language, before=menu), document(language, after=menu)):
        assert kept(body, lines[0]) == lines[:2]


def test_page_of_which_little_is_chosen_is_no_document() -> None:
    long = TEXTS["German"][0]
    others = "".join(f"<p>{TEXTS['Turkish'][0]} ({number})</p>" for number in range(20))
    assert kept(f"<p>{long}</p>{others}", long) == [long]


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [("class='comments'", False), ("role='navigation'", False), ("id='comments'", True), ("class='part'", True)],
)
def test_names_that_authors_give_to_boxes_count_and_ids_made_of_headings_do_not(name: str, is_kept: bool) -> None:
    long, (_, _, _, told), _ = TEXTS["German"]
    assert (told in kept(f"<div><p>{long}</p></div><div {name}><p>{told}</p></div>", long)) is is_kept


@pytest.mark.parametrize("above", ["Liebe Leserinnen und Leser,", "¡Hola a todas!", "Заметки за неделю:"])
def test_salutation_of_a_letter_is_kept(above: str) -> None:
    long = TEXTS["German"][0]
    assert kept(f"<h1>Brief</h1><p>Verein am Wehr</p><p>{above}</p><p>{long}</p>", long) == [above, long]


@pytest.mark.parametrize(
    "appeal",
    [
        "Subscribe to our newsletter and support us every month.",
        "Unterstützen Sie unsere Redaktion mit einer Spende im Monat.",
        "Поддержите нашу редакцию и подпишитесь на нашу рассылку.",
    ],
)
def test_appeal_does_not_end_a_document(appeal: str) -> None:
    long = TEXTS["German"][0]
    assert kept(f"<p>{long}</p><p>{appeal}</p>", long) == [long]


@pytest.mark.parametrize(
    "note",
    [
        "<ol><li>Siehe Blatt 4. <a href='#r1'>↩</a></li></ol>",
        "<aside role='doc-footnote'>Siehe Blatt 4.</aside>",
        "<aside class='footnote'><p>Man sehe das Blatt mit der Nummer 4.</p></aside>",
    ],
)
def test_note_at_the_end_is_kept(note: str) -> None:
    long = TEXTS["German"][0]
    assert len(kept(f"<p>{long}</p>{note}", long)) == 2


@pytest.mark.parametrize("link", ["<a name='part'>{}</a>", "<a href='#part'>{}</a>", "<a id='part'></a>{}"])
@pytest.mark.parametrize("tag", ["h2", "h3"])
def test_heading_that_links_to_itself_is_kept(link: str, tag: str) -> None:
    long, (head, _, _, told), _ = TEXTS["German"]
    body = f"<p>{long}</p><{tag}>{link.format(head)}</{tag}><p>{told}</p>"
    assert kept(body, long) == [long, head, told]


def test_only_articles_and_documentation_are_read_so() -> None:
    by_kind = {kind: [step.why for step in steps_for(kind)] for kind in Kind}
    read_so = [kind for kind, whys in by_kind.items() if "document by itself" in whys]
    assert read_so == [Kind.ARTICLE, Kind.DOCUMENTATION]


def test_page_whose_lines_come_again_and_again_is_no_document() -> None:
    body, lines = document(
        "German", after="<p>Heute</p><p>Kultur</p><p>Wetter</p>" * 3 + "<p>Alles wird gut am Ufer.</p>"
    )
    assert kept(body, lines[0]) == lines[:2]


@pytest.mark.parametrize(
    "above", ["A crane, a ladder, three links.", "Ein Kahn, ein Pfahl und ein Fest.", "Лодка и три сваи."]
)
def test_line_that_mail_programs_hide_is_left_out(above: str) -> None:
    long = TEXTS["German"][0]
    assert kept(f"<div style='display:none'>{above}</div><h1>Brief</h1><p>{long}</p>", long) == ["Brief", long]


@pytest.mark.parametrize(("name", "is_kept"), [("author", True), ("share", False), ("author x2", False)])
def test_name_that_all_paragraphs_of_a_document_have_says_nothing(name: str, is_kept: bool) -> None:
    long, (_, _, _, told), _ = TEXTS["German"]
    body = f"<p class='author'>{long} (8)</p><p>{long}</p><p class='{name}'>{told}</p>"
    assert (told in kept(body, long)) is is_kept


@pytest.mark.parametrize(
    "line",
    ["Von Jo Wiek, Donnerstag, 22. Februar 2024", "The old weir from the quay. Photo: Ada Lund", "Foto: Per Holm"],
)
def test_byline_with_a_day_and_caption_with_a_credit_are_left_out(line: str) -> None:
    long, (_, _, _, told), _ = TEXTS["German"]
    assert kept(f"<p>{long}</p><p>{line}</p><p>{told}</p>", long) == [long, told]


@pytest.mark.parametrize("language", TEXTS)
def test_headings_in_anchors_are_no_teasers(language: str) -> None:
    anchors = "".join(f"<h2><a name='s{at}' class='x_anchor'>{at} {TEXTS[language][1][0]}</a></h2>" for at in range(2))
    body, lines = document(language, before=anchors)
    assert kept(body, lines[0])[-len(lines) :] == lines


@pytest.mark.parametrize("language", TEXTS)
def test_document_of_which_little_is_chosen_is_kept_where_nothing_leads_elsewhere(language: str) -> None:
    long, (head, one, two, told), last = TEXTS[language]
    doubted = "".join(
        f"<h3>{head} {n}</h3><p>{told} {last} {told} ({n})</p><p>{last} {one}, {two}. ({n}.)</p>" for n in range(9)
    )
    below = ["<h2>A</h2>", "<h2><a href='/x'>A</a></h2>"]
    found = [kept(f"<p>{long}</p>{each}{doubted}<p>{last}</p>", long, added=6) for each in below]
    assert found[0][-1] == last
    assert last not in found[1]


@pytest.mark.parametrize("language", TEXTS)
def test_terms_that_link_to_themselves_are_no_contents(language: str) -> None:
    long, (head, one, two, told), last = TEXTS[language]
    terms = "".join(f"<dt><a href='#{at}'>{at}</a></dt><dd>{says}</dd>" for at, says in ((one, told), (two, last)))
    terms = f"<h2>{head}</h2><dl>{terms}</dl>"
    assert kept(f"<p>{long}</p>{terms}<p>{last}</p>", long) == [long, head, one, told, two, last, last]


@pytest.mark.parametrize("name", ["input_area", "jp-Cell-input", "code-toolbar"])
@pytest.mark.parametrize("language", TEXTS)
def test_code_of_a_document_is_kept_whatever_its_box_is_called(language: str, name: str) -> None:
    code, ends = "waits = [47, 66, 41]", f"<p>{TEXTS[language][0]} Ende.</p>"
    for inner, is_kept in ((f"<pre>{code}</pre>", True), (f"<p>{code}</p>", False)):
        body, lines = document(language, after=f"<div class='{name}'>{inner}</div>{ends}")
        assert (code in kept(body, lines[0])) is is_kept
