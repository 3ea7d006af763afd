"""Articles without holes: what belongs to chosen lines is kept with them, and what interrupts them goes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from lxml import html

from winnow.items import Kind
from winnow.read.html import read_content, steps_for
from winnow.read.html.features import plain
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.steps import follow
from winnow.read.lines.views import view

ABOVE = "The lighthouse keeper counted every boat that passed the northern rocks in March."
BELOW = "By the end of the season the list filled four notebooks, which now lie in the museum."
DOUBT = 0.15


def kept(body: str, likely: Callable[[str], float] | None = None, kind: Kind = Kind.ARTICLE) -> list[str]:
    """Return the lines that are left after all steps, if the two paragraphs are sure and all other lines doubtful."""
    blocks = read_content(html.fromstring(f"<html><body><main>{body}</main></body></html>")).blocks
    page = view([block.line for block in blocks])
    sure = {ABOVE: 0.95, BELOW: 0.95}
    probability = np.array(
        [sure.get(text) or (likely or (lambda _: DOUBT))(text) for text in (line.text for line in page.lines)],
        np.float32,
    )
    code = np.array([block.kind == "code" for block in blocks], np.bool_)
    judged = JudgedBlocks(page, plain(page, blocks, ""), probability, blocks, code)
    chosen = follow(steps_for(kind), judged, probability >= 0.5)
    return [line.text for line, yes in zip(page.lines, chosen.tolist(), strict=True) if yes]


def between(inside: str, likely: Callable[[str], float] | None = None) -> list[str]:
    """Return the lines that are left between the two sure paragraphs."""
    lines = kept(f"<div><p>{ABOVE}</p>{inside}<p>{BELOW}</p></div>", likely)
    assert (lines[0], lines[-1]) == (ABOVE, BELOW)
    return lines[1:-1]


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        ("<h4>How it began</h4>", ["How it began"]),
        ("<h4>Was es kostet</h4>", ["Was es kostet"]),
        ("<h4>Et maintenant</h4>", ["Et maintenant"]),
        ("<h3>Qué viene ahora</h3><p>Rocks below.</p>", ["Qué viene ahora", "Rocks below."]),
        ("<h2><a href='#a'>Was danach geschah</a></h2>", ["Was danach geschah"]),
        ("Und dann kam der Nebel vier Tage lang.", ["Und dann kam der Nebel vier Tage lang."]),
        ("<center><font>Le phare resta muet.</font></center>", ["Le phare resta muet."]),
        ("<div><p>El faro calló.</p></div>", ["El faro calló."]),
        ("<p>Rocks below,<br>gulls above,<br>nothing else</p>", ["Rocks below,", "gulls above,", "nothing else"]),
        ("<pre>boats = 3\nfor b in boats:\n    count(b)</pre>", ["boats = 3 for b in boats: count(b)"]),
        (
            "<p><a href='/x'>Der Wärter schrieb jedes Boot mit Namen, Flagge und Stunde auf.</a></p>",
            ["Der Wärter schrieb jedes Boot mit Namen, Flagge und Stunde auf."],
        ),
        (
            "<table><tr><td><a href='/a'>1963</a></td><td>12</td></tr><tr><td><a href='b'>Juni</a></td><td>31</td></tr>"
            "<tr><td><a href='/c'>Juli</a></td><td>7</td></tr></table>",
            ["1963 | 12", "Juni | 31", "Juli | 7"],
        ),
        ("<ul><li>Sloops<ul><li>two masts</li></ul></li><li>Tugs</li></ul>", ["Sloops", "two masts", "Tugs"]),
        (
            "<table><tr><th colspan=2>Boote</th></tr><tr><td>Juni</td><td>4<br>9</td></tr></table>",
            ["Boote", "Juni | 4 9"],
        ),
        (
            "<table><tr><td>1963</td><td><ul><li>Ketsch</li><li>Kutter</li></ul></td></tr></table>",
            ["1963 | Ketsch Kutter"],
        ),
        ("<table><tr><th>Año</th><th>Barcos</th></tr><tr><td>1979</td><td>870</td></tr></table>",
         ["Año | Barcos", "1979 | 870"]),
        ("<ol><li>Шхуна<ol><li>две мачты</li></ol></li></ol>", ["Шхуна", "две мачты"]),
        ("<ul><li>Voiliers<ul><li>sloop<ul><li>à gréement</li></ul></li></ul></li></ul>",
         ["Voiliers", "sloop", "à gréement"]),
        ("<dl><dt>Brig</dt><dd>Two masts</dd><dt>Yawl</dt><dd>One and a half</dd></dl>",
         ["Brig", "Two masts", "Yawl", "One and a half"]),
    ],
)  # fmt: skip
def test_what_stands_between_two_sure_lines_is_kept(inside: str, lines: list[str]) -> None:
    assert between(inside) == lines


@pytest.mark.parametrize(
    "heading", ["<p><strong>{}</strong></p>", "<div><b>{}</b></div>", "<p><font><b>{}</b></font></p>"]
)
@pytest.mark.parametrize(
    "text", ["The long watch", "Der lange Winter", "Lo que vino después", "長い冬", "الشتاء الطويل"]
)
def test_a_short_line_in_bold_is_a_heading(heading: str, text: str) -> None:
    assert between(heading.format(text), lambda line: 0.04) == [text]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>The long watch</p>",
        "<p><b>The</b> long watch</p>",
        "<p><b><a href='/w'>The long watch</a></b></p>",
        "<p><b>Der lange Winter:</b></p>",
        "<p><b>Foto: A. Lund</b></p>",
        "<div class='promo'><b>The long watch</b></div>",
    ],
)
def test_other_short_lines_as_doubtful_are_no_headings(inside: str) -> None:
    assert between(inside, lambda line: 0.04) == []


LONG = (
    "The old list names a ship that nobody had ever heard of, and the keeper swore until the day he died that he had"
    " seen her pass the rocks without a light or a flag.",
    "Die alte Liste nennt ein Schiff, von dem niemand je gehört hatte, und der Wärter schwor bis an sein Ende, dass er"
    " es ohne Licht und ohne Flagge an den Felsen vorbeifahren sah.",
    "La vieille liste cite un navire dont personne n'avait jamais entendu parler, et le gardien jurait encore à la fin"
    " de sa vie l'avoir vu passer sans feu ni pavillon.",
)


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize(
    "box",
    [
        "<center>{}</center>",
        "<center><font size=2>{}</font></center>",
        "<center><p>{}</p></center>",
        "<div class='k4'><div><p>{}</p></div></div>",
        "{}",
    ],
)
def test_a_paragraph_between_two_sure_lines_is_kept_in_any_box(box: str, text: str) -> None:
    assert between(box.format(text), lambda line: 0.04) == [text]
    assert between(f"<div class='promo'>{box.format(text)}</div>", lambda line: 0.04) == []


@pytest.mark.parametrize("caption", ["<figcaption>{}</figcaption>", "<p class='wp-caption-text'>{}</p>"])
@pytest.mark.parametrize("line", ["<h4>Wie alles begann</h4>", "<table><tr><td>Juin</td><td>31</td></tr></table>"])
def test_a_caption_does_not_keep_other_lines_out(caption: str, line: str) -> None:
    figure = f"<figure><img src=a.jpg>{caption.format('The lamp at dusk')}</figure>"
    assert between(figure + line) == between(line + figure) == between(line) != []


@pytest.mark.parametrize("numbers", ["1\n2\n3", "<div>14</div><div>15</div><div>16</div>", "١\n٢\n٣"])
@pytest.mark.parametrize("gutter", ["gutter", "lineno", "side"])
def test_the_numbers_beside_code_do_not_keep_it_out(numbers: str, gutter: str) -> None:
    code = "<td class='code'><pre>for b in boats:\n    count(b)\n</pre></td>"
    code = f"<div><table><tr><td class='{gutter}'><pre>{numbers}</pre></td>{code}</tr></table></div>"
    assert between(code) == ["for b in boats: count(b)"]


@pytest.mark.parametrize(
    "inside",
    [
        "<div class='related-card'><p>Seven harbours worth a visit</p></div>",
        "<aside><p>The keeper's portrait</p></aside>",
        "<p><a href='/n'>A new ferry for the islands</a></p>",
        "<ul><li><a href='/1'>Old charts</a></li><li><a href='/2'>New charts</a></li></ul>",
        "<div class='newsletter'><p>News from the coast every Friday</p></div>",
        "<p>one</p><p>two</p><p>three</p><p>four</p>",
    ],
)
def test_furniture_between_two_sure_lines_stays_out(inside: str) -> None:
    assert between(inside) == []


def test_a_list_is_kept_whole_where_some_of_it_is_kept() -> None:
    items = "<ul><li>Sloops</li><li>Tugs<ol><li>steam</li><li>diesel</li></ol></li><li>Yawls</li></ul>"
    lines = kept(f"<div><p>{ABOVE}</p>{items}</div>", lambda text: 0.6 if text in ("Sloops", "diesel") else DOUBT)
    assert lines == [ABOVE, "Sloops", "Tugs", "steam", "diesel", "Yawls"]


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        ("<ul><li>Sloops</li><li>Tugs</li><li>Yawls</li></ul>", ["Sloops", "Tugs", "Yawls"]),
        ("<ol><li>Schaluppen<ul><li>Zweimaster</li></ul></li><li>Kähne</li></ol>",
         ["Schaluppen", "Zweimaster", "Kähne"]),
        ("<dl><dt>Goélette</dt><dd>deux mâts</dd></dl>", ["Goélette", "deux mâts"]),
        ("<table><tr><th>Год</th></tr><tr><td>1963</td><td>12</td></tr></table>", ["Год", "1963 | 12"]),
        ("<table><tr><td><a href='/b'>Bergantín</a></td><td>4</td></tr></table>", ["Bergantín | 4"]),
        ("<ul><li><a href='/1'>Old charts</a></li><li><a href='/2'>New charts</a></li></ul>", []),
        ("<ul class='tags'><li>coast</li><li>boats</li></ul>", []),
        ("<div><ul><li>Sloops</li><li>Tugs</li></ul></div>", []),
    ],
)  # fmt: skip
def test_a_list_or_table_that_follows_the_last_line_is_kept(ending: str, lines: list[str]) -> None:
    assert kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p>{ending}<p>Ship's chandler</p></div>") == [ABOVE, BELOW, *lines]


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        ("<h3>What she sold</h3><div class='b4'><ul><li>Rope</li><li>Tar</li></ul></div>",
         ["What she sold", "Rope", "Tar"]),
        ("<h2>Was im Boot lag</h2><div class='wp-block-list'><ul><li>Tau</li><li>Teer</li></ul></div>",
         ["Was im Boot lag", "Tau", "Teer"]),
        ("<h4>浜にあった物</h4><section><ol><li>綱</li><li>帆布</li></ol></section>", ["浜にあった物", "綱", "帆布"]),
        ("<figure class='wp-block-table'><table><tr><td>Длина</td><td>9 м</td></tr><tr><td>Год</td><td>1902</td></tr>"
         "</table></figure>", ["Длина | 9 м", "Год | 1902"]),
        ("<div class='tbl'><table><tr><td>Eslora</td><td>9 m</td></tr></table></div>", ["Eslora | 9 m"]),
        ("<h3>More of the coast</h3><div><ul><li><a href='/1'>Old charts</a></li></ul></div>", []),
        ("<h3>Mehr von der Küste</h3><div class='related'><ul><li>Alte Karten</li></ul></div>", []),
        ("<div class='k'><h3>El tiempo</h3></div><div><ul><li>Viento</li></ul></div>", []),
    ],
)  # fmt: skip
def test_a_last_list_below_a_heading_and_a_last_table_may_stand_in_a_box(ending: str, lines: list[str]) -> None:
    heads = ("What", "Was", "浜", "More", "Mehr", "El")
    found = kept(
        f"<div><p>{ABOVE}</p><p>{BELOW}</p>{ending}</div>", lambda text: 0.4 if text.startswith(heads) else 0.12
    )
    assert found == [ABOVE, BELOW, *lines]


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize(
    "ending", ["<div class='j8'><p>{}</p></div>", "{}", "<h3>What is left</h3><section><p>{}</p></section>"]
)
def test_a_plain_paragraph_that_follows_the_last_line_is_kept(ending: str, text: str) -> None:
    above = f"<p>{ABOVE}</p><p>{BELOW}</p>"
    assert kept(f"<div>{above}{ending.format(text)}<p>Ship's chandler</p></div>")[-1] == text
    assert kept(f"<div>{above}<div class='related'>{ending.format(text)}</div></div>") == [ABOVE, BELOW]
    assert kept(f"<div>{above}{ending.format(text.removesuffix('.'))}</div>") == [ABOVE, BELOW]


@pytest.mark.parametrize(
    "mark",
    [
        "© 2024 Coast Mail.",
        "Copyright 2024 by Küstenpost",
        "(c) Correo de la Costa 1998-2021",
        "CC BY-NC 4.0 2024 © Coast Mail. RSS",
        "MIT 2024 © Küstenpost.",
    ],
)
def test_who_owns_the_page_is_no_part_of_it(mark: str) -> None:
    assert kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p><p>{mark}</p></div>", lambda text: 0.8) == [ABOVE, BELOW]


def test_a_table_is_kept_whole_with_its_heads_where_some_of_it_is_kept() -> None:
    table = (
        "<table><tr><th colspan=2>Boats</th></tr><tr><td>March</td><td>12</td></tr>"
        "<tr><td>April</td><td><ul><li>nine</li><li>ten</li></ul></td></tr></table>"
    )
    lines = kept(f"<div><p>{ABOVE}</p>{table}</div>", lambda text: 0.6 if "March" in text else DOUBT)
    assert lines == [ABOVE, "Boats", "March | 12", "April | nine ten"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("<details><summary>{}</summary>", "<p>{}</p></details>"),
        ("<div><h3><button>{}</button></h3>", "<div><p>{}</p></div></div>"),
        ("<div><button>{}</button>", "<div><p>{}</p></div></div>"),
        ("<ol><li><h4>{}</h4>", "<p>{}</p></li></ol>"),
        ("<section><h2>{}</h2>", "<p>{}</p></section>"),
    ],
)
def test_questions_and_headings_are_kept_with_their_answers(question: str, answer: str) -> None:
    asked = ["Wer zählte?", "¿Por qué?", "What for?"]
    answers = [ABOVE, "La lista sirvió después para trazar las nuevas cartas de toda la costa norte.", BELOW]
    body = "".join(question.format(ask) + answer.format(say) for ask, say in zip(asked, answers, strict=True))
    found = kept(body, lambda text: 0.8 if text in answers else DOUBT)
    assert found == [line for pair in zip(asked, answers, strict=True) for line in pair]


FOLDED = [
    "<details><summary>{}</summary><p>{}</p></details>",
    "<div class='accordion-item'><h3><button>{}</button></h3><div class='collapse'><div>{}</div></div></div>",
    "<div class='faq-item'><button>{}</button><div class='answer'><p>{}</p></div></div>",
    "<dt>{}</dt><dd>{}</dd>",
]
QUESTIONS = [
    ("Who counted the boats?", "The keeper did, from his window, and in fog his daughter did."),
    ("Wohin fuhren die Kähne?", "Die meisten fuhren in den Hafen, einige wenige fuhren weiter."),
    ("船はどこへ行きましたか？", "多くは港に入り、いくつかは沖の島へ向かったと記録に残っている。"),
    ("¿Por qué contaban?", "Nadie lo sabe ya, pero los cuadernos siguen en el museo."),
]


@pytest.mark.parametrize("entry", FOLDED)
def test_all_questions_right_below_a_sure_line_are_kept_with_their_answers(entry: str) -> None:
    entries = "".join(entry.format(*pair) for pair in QUESTIONS)
    lines = [line for pair in QUESTIONS for line in pair]
    assert kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p>{entries}</div>", lambda text: 0.01) == [ABOVE, BELOW, *lines]


@pytest.mark.parametrize("entry", FOLDED)
def test_all_questions_are_kept_where_an_answer_is(entry: str) -> None:
    entries = "".join(entry.format(*pair) for pair in QUESTIONS)
    body = f"<div><p>{ABOVE}</p><p>{BELOW}</p><p>Ship's chandler</p>{entries}</div>"
    found = kept(body, lambda text: 0.6 if text == QUESTIONS[1][1] else 0.01)
    assert found == [ABOVE, BELOW, *(line for pair in QUESTIONS for line in pair)]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='related'>{}</div>",
        "<footer>{}</footer>",
        "<div><p><a href='/n'>A new ferry for the islands</a></p>{}</div>",
    ],
)
@pytest.mark.parametrize("entry", FOLDED)
def test_questions_elsewhere_stay_out(box: str, entry: str) -> None:
    entries = box.format("".join(entry.format(*pair) for pair in QUESTIONS))
    assert kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p>{entries}</div>", lambda text: 0.01) == [ABOVE, BELOW]


def test_linked_questions_and_a_single_one_stay_out() -> None:
    linked = "".join(f"<div><h3>{ask}</h3><p><a href='/q'>{say}</a></p></div>" for ask, say in QUESTIONS)
    single = FOLDED[2].format(*QUESTIONS[0])
    for ending in (linked, single):
        assert kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p>{ending}</div>", lambda text: 0.01) == [ABOVE, BELOW]


@pytest.mark.parametrize("name", ["article-summary", "lead", "vorspann"])
def test_the_lead_above_the_article_is_kept(name: str) -> None:
    lead = "Four notebooks, one window and every boat of the coast: a keeper's spring."
    page = "<header><h1>Boats</h1><div class='{}'><p>{}</p></div><p>By Ada Lund</p></header><p>{}</p><p>{}</p>"
    assert kept(page.format(name, lead, ABOVE, BELOW)) == [lead, ABOVE, BELOW]
    assert kept(page.format("x1", lead.removesuffix("."), ABOVE, BELOW)) == [ABOVE, BELOW]


@pytest.mark.parametrize(
    "head",
    [
        "<h1>Boats</h1><p>By Ada Lund</p><p>{}</p>",
        "<div class='c7'><h1>Kähne</h1><h2>{}</h2></div><div class='c8'>Foto: A. Lund</div>",
        "<header><h1>Barcos</h1><ul><li>12 de marzo</li></ul><div><div>{}</div></div></header><div>Compartir</div>",
    ],
)
@pytest.mark.parametrize(
    "lead",
    [
        "Four notebooks, one window and every boat of the coast made up a keeper's spring.",
        "Vier Hefte, ein Fenster und jedes Boot der Küste: Was brauchte der Wärter sonst noch?",
        "Cuatro cuadernos, una ventana y todos los barcos de la costa llenaron una primavera.",
    ],
)
def test_a_sentence_close_below_the_title_is_the_lead(head: str, lead: str) -> None:
    assert lead in kept(f"{head.format(lead)}<div><p>{ABOVE}</p><p>{BELOW}</p></div>")
    wrapped = f"<div class='share-nav'>{head.format(lead)}<div><p>{ABOVE}</p><p>{BELOW}</p></div></div>"
    assert lead in kept(wrapped)
    assert lead not in kept(f"<p>{lead}</p><h1>Boats</h1><div><p>{ABOVE}</p><p>{BELOW}</p></div>")

    heads = f"<div class='page-head'><h1>Boats</h1><p>{lead}</p></div><div><p>{ABOVE}</p><p>{BELOW}</p></div>"
    assert lead in kept(heads, lambda text: 0.05 if text == lead else DOUBT)
    for other in (heads.replace("</h1>", "</h1><p>Ada Lund</p>"), heads.replace(lead, lead[:-1])):
        assert kept(other, lambda text: 0.05)[-2:] == [ABOVE, BELOW]
        assert lead[:-1] not in " ".join(kept(other, lambda text: 0.05))


def test_what_stands_below_the_title_is_no_island() -> None:
    start, far = (
        "It began with a storm that no chart had foretold.",
        "The harbour office sells its old benches this week.",
    )
    body = f"<h1>Boats</h1><p>{start}</p><p>{far * 14}</p><div><p>{ABOVE}</p><p>{BELOW}</p></div>"
    scores = {start: 0.55, far * 14: 0.01, ABOVE: 0.95, BELOW: 0.95}
    found = kept(body, lambda text: scores.get(text, DOUBT))
    assert found == [start, ABOVE, BELOW]


@pytest.mark.parametrize(
    ("notes", "texts"),
    [
        ("<section class='footnotes'><ol><li><p>{} <a href='#r1'>↩</a></p></li><li>{}</li></ol></section>",
         ("Count of 1902.", "So the log")),
        ("<div role='doc-endnotes'><hr><ol><li><p>{} <a href='#r'>↩︎</a></p></li><li><p>{}</p></li></ol></div>",
         ("Zählung von 1902.", "Laut dem Heft")),
        ("<ul><li>{} <a href='#r'>⏎</a></li><li>{}</li></ul>", ("一九〇二年の記録。", "灯台の手帳による")),
    ],
)  # fmt: skip
def test_footnotes_are_kept_whole(notes: str, texts: tuple[str, str]) -> None:
    listed = notes.format(*texts)
    above = f"<p>{ABOVE}</p><p>{BELOW}</p>"
    assert kept(f"<div class='field-item'>{above}{listed}</div>", lambda text: 0.03)[-1] == texts[1]
    assert len(kept(f"<div>{above}{listed}</div>", lambda text: 0.03)) == 4
    assert kept(
        f"<div>{above}{listed.replace('#', '/').translate(dict.fromkeys(map(ord, '↩⏎')))}</div>", lambda text: 0.03
    ) == [ABOVE, BELOW]
    assert kept(f"<div>{above}<footer>{listed}</footer></div>", lambda text: 0.03) == [ABOVE, BELOW]


def test_a_list_of_posts_with_one_arrow_is_no_list_of_footnotes() -> None:
    posts = "<ol><li>mossy: quite so</li><li>Tobb said: ↑</li><li>anna: me too</li><li>gus: not here</li></ol>"
    body = f"<div><p>{ABOVE}</p><p>{BELOW}</p><p>Ship's chandler</p>{posts}</div>"
    assert kept(body, lambda text: 0.03) == [ABOVE, BELOW]
