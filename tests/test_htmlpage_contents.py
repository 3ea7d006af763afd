"""Sections that a page's own contents list: kept whole where a part of them is, without what is set between them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from lxml import html

from winnow.items import Kind
from winnow.read.html import read_content, steps_for
from winnow.read.html.contents import keep_listed
from winnow.read.html.features import plain
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.steps import follow
from winnow.read.lines.views import view

TEXTS = {
    "English": (
        ("The quay", "The crane", "The tide"),
        "The old quay was built of granite, and whoever came by boat had to climb nineteen wet steps to the road.",
        ("a crane of oak", "two winches"),
        "It was taken down.",
    ),
    "Spanish": (
        ("El muelle", "La grúa", "La marea"),
        "El viejo muelle se hizo de granito, y quien llegaba en barco tenía que subir diecinueve peldaños mojados.",
        ("una grúa de roble", "dos tornos"),
        "La desmontaron.",
    ),
    "Russian": (
        ("Причал", "Кран", "Прилив"),
        "Старый причал сложили из гранита, и каждому, кто приходил на лодке, надо было подняться по мокрым ступеням.",
        ("дубовый кран", "две лебёдки"),
        "Его разобрали.",
    ),
}
CONTENTS: dict[str, Callable[[int, str], str]] = {
    "list": lambda at, head: f"<li><a href='#s{at}'>{head}</a></li>",
    "numbered": lambda at, head: (
        f"<li><div><a href='/wiki/quay#s{at}'><span>{at}</span> <span>{head}</span></a></div></li>"
    ),
}
BOXES = ("<h2 id='s{0}'>{1}</h2><div class='level2'>{2}</div>", "<section id='s{0}'><h2>{1}</h2>{2}</section>")


def page(language: str, entry: Callable[[int, str], str], box: str, between: str = "") -> str:
    """Return a page with contents, a long section that is sure, and two short ones that are not."""
    heads, long, items, last = TEXTS[language]
    listed = "".join(entry(at, head) for at, head in enumerate(heads, 1))
    inner = "".join(f"<li>{item}</li>" for item in items)
    texts = (f"<p>{long}</p>", f"<p>{long}</p>{between}<ul>{inner}</ul>", f"<blockquote><p>{last}</p></blockquote>")
    sections = "".join(box.format(at, head, text) for at, (head, text) in enumerate(zip(heads, texts, strict=True), 1))
    return f"<div class='toc'><ul>{listed}</ul></div><div id='text'>{sections}</div><p>{last} {heads[0]}</p>"


def judged(body: str, long: str) -> JudgedBlocks:
    """Return a page on which the long paragraphs are sure, and everything else is doubtful."""
    blocks = read_content(html.fromstring(f"<html><body>{body}</body></html>")).blocks
    seen = view([block.line for block in blocks])
    likely = np.array([0.9 if block.line.text == long else 0.08 for block in blocks], np.float32)
    code = np.zeros(len(blocks), np.bool_)
    return JudgedBlocks(seen, plain(seen, blocks, ""), likely, blocks, code)


def kept(body: str, long: str) -> list[str]:
    """Return the lines that are chosen with the sections in which the long paragraph stands."""
    found = judged(body, long)
    chosen = keep_listed(found, found.probability > 0.5)
    return [block.line.text for block, flag in zip(found.blocks, chosen.tolist(), strict=True) if flag]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("entry", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("language", TEXTS)
def test_sections_that_the_contents_list_are_kept_whole(
    language: str, entry: Callable[[int, str], str], box: str
) -> None:
    heads, long, items, last = TEXTS[language]
    assert kept(page(language, entry, box), long) == [heads[0], long, heads[1], long, *items, heads[2], last]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "between",
    [
        "<div class='k9'><p>The Quay Weekly</p></div>",
        "<p><a href='/boats'>Boats</a></p>",
        "<aside><p>Also here</p></aside>",
    ],
)
def test_what_is_set_between_stays_out(language: str, between: str) -> None:
    text = page(language, CONTENTS["list"], BOXES[0], between)
    assert kept(text, TEXTS[language][1]) == kept(page(language, CONTENTS["list"], BOXES[0]), TEXTS[language][1])


@pytest.mark.parametrize("language", TEXTS)
def test_headings_that_no_link_on_the_page_leads_to_keep_nothing(language: str) -> None:
    text = page(language, lambda at, head: f"<li><a href='/{at}'>{head}</a></li>", BOXES[0])
    assert kept(text, TEXTS[language][1]) == [TEXTS[language][1]] * 2


@pytest.mark.parametrize("kind", [Kind.ARTICLE, Kind.DOCUMENTATION])
@pytest.mark.parametrize("language", TEXTS)
def test_no_later_step_drops_them(language: str, kind: Kind) -> None:
    heads, long, items, last = TEXTS[language]
    found = judged(page(language, CONTENTS["list"], BOXES[0]), long)
    chosen = follow(steps_for(kind), found, found.probability > 0.5, None)
    lines = [block.line.text for block, flag in zip(found.blocks, chosen.tolist(), strict=True) if flag]
    assert {*heads[1:], long, *items, last} <= {*lines}
