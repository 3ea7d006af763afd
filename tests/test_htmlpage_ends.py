"""What ends an article or stands beside its tables: last sentences below a heading, addresses, captions."""

from __future__ import annotations

import pytest

from tests.test_htmlpage_whole import ABOVE, BELOW, LONG, between, kept
from winnow.items import Kind
from winnow.read.html import steps_for

LEAD = "Wer ein Boot leihen will, schreibt oder ruft an:"
TABLE = "<table><tr><th>Jahr</th><th>Boote</th></tr><tr><td>1963</td><td>12</td></tr></table>"


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (f"<figure>{TABLE}<figcaption>Boats in the log</figcaption></figure>", ["Boats in the log"]),
        (f"<figure><figcaption>Boote im Logbuch</figcaption>{TABLE}</figure>", ["Boote im Logbuch"]),
        (f"<figure><figcaption><span class='tag'>Таблица 1: </span>Лодки в журнале</figcaption>{TABLE}</figure>",
         ["Таблица 1: Лодки в журнале"]),
        (
            f"<section><h4>Table 1.</h4><div class='caption'><p>Boats in the log</p></div><div>{TABLE}</div></section>",
            ["Table 1.", "Boats in the log"],
        ),
        (f"<div class='table-wrap'><p class='caption'>Les bateaux</p>{TABLE}<p>* sans le bac</p></div>",
         ["Les bateaux", "* sans le bac"]),
        (f"<figure><img src='/b.jpg'><figcaption>The harbour at night</figcaption></figure>{TABLE}", []),
        (f"<div>{TABLE}<p><a href='/csv'>Als Tabelle laden</a></p></div>", []),
        (f"<div>{TABLE}<div class='newsletter'>Every Friday</div></div>", []),
    ],
)  # fmt: skip
def test_what_a_box_holds_beside_a_table_is_kept_with_the_table(inside: str, lines: list[str]) -> None:
    rows = ("Jahr | Boote", "1963 | 12")
    found = between(inside, lambda text: 0.6 if text in rows else 0.01)
    assert [line for line in found if line not in rows] == lines
    assert all(row in found for row in rows)


@pytest.mark.parametrize("kind", list(Kind))
def test_captions_and_addresses_are_looked_for_where_they_are_part_of_a_text(kind: Kind) -> None:
    steps = {step.why for step in steps_for(kind)}
    assert ("beside a table" in steps) == (kind in (Kind.ARTICLE, Kind.DOCUMENTATION))
    assert ("whom to ask" in steps) == (kind is Kind.ARTICLE)


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        (
            "<h3>Was bleibt</h3><div class='absatz'>Die Boote fahren weiter.</div>",
            ["Was bleibt", "Die Boote fahren weiter."],
        ),
        (
            "<div class='notes'><h3>Notes</h3><p>All boats are counted twice.</p></div>",
            ["Notes", "All boats are counted twice."],
        ),
        ("<h3>Notes</h3><p><a href='/x'>All boats are counted twice.</a></p>", ["Notes"]),
    ],
)
def test_a_sentence_below_the_last_heading_is_kept(ending: str, lines: list[str]) -> None:
    found = kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p>{ending}</div>", lambda text: 0.6 if text in lines[:1] else 0.32)
    assert found == [ABOVE, BELOW, *lines]


def test_a_heading_stays_with_a_list_whose_items_hold_boxes() -> None:
    items = "".join(f"<li class='level1'><div class='li'>{each}</div></li>" for each in ("Schwimmweste", "Trinkwasser"))
    inside = f"<h2>Was man braucht</h2><div class='level2'><ul>{items}</ul></div><p>{ABOVE}</p>"
    found = kept(f"<p>{ABOVE}</p>{inside}<p>{BELOW}</p>", lambda text: 0.3 if text == "Was man braucht" else 0.6)
    assert "Was man braucht" in found


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        (f"<p>{LEAD}</p><address>Ada Lund<br>12 Mill Row<br>01999 555 123</address>",
         [LEAD, "Ada Lund", "12 Mill Row", "01999 555 123"]),
        (f"<div class='contact'><p>{LEAD}</p><p><a href='mailto:p@x.example'>p@x.example</a></p></div>",
         [LEAD, "p@x.example"]),
        (f"<p>{LEAD}</p><p>Hafenamt, Tel. +49 1234 56789</p>", [LEAD, "Hafenamt, Tel. +49 1234 56789"]),
        (f"<p>{LEAD}</p><address>Ada Lund<br>12 Mill Row</address>", []),
        (f"<p>{LEAD}</p><footer>Harbour Post Ltd.<br>01999 555 123</footer>", []),
        ("<p>Contact:</p><p>Lucie Maret<br>p@x.example</p>", []),
        (f"<p>{LEAD}</p><p>Tell us your story: desk@paper.example</p>", []),
        (f"<p>{LEAD}</p><p>Quelle: https://paper.example/5555550123456789</p>", []),
    ],
)  # fmt: skip
def test_an_address_that_a_sentence_leads_to_ends_the_article(ending: str, lines: list[str]) -> None:
    assert kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p>{ending}</div>") == [ABOVE, BELOW, *lines]


ITEMS = "<ul><li>zwei Ketschen</li><li>ein Kutter</li></ul>"
ROWS = ["Jahr | Boote", "1963 | 12"]


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        (f"<p>{LEAD}</p>{ITEMS}{TABLE}", [LEAD, "zwei Ketschen", "ein Kutter", *ROWS]),
        (f"{ITEMS}<figure class='wp-block-table'>{TABLE}<figcaption>Boats in the log</figcaption></figure>",
         ["zwei Ketschen", "ein Kutter", *ROWS, "Boats in the log"]),
        (f"{TABLE}<dl><dt>Brig</dt><dd>Two masts</dd></dl>", [*ROWS, "Brig", "Two masts"]),
        (f"<ul><li>sloops</li><li>tugs</li></ul><h3>Was bleibt</h3>{ITEMS}",
         ["sloops", "tugs", "Was bleibt", "zwei Ketschen", "ein Kutter"]),
        ("<blockquote><p>Attendez l'eau.</p></blockquote><ul><li>deux ketchs</li><li>un cotre</li></ul>",
         ["Attendez l'eau.", "deux ketchs", "un cotre"]),
        (f"{ITEMS}<ul><li>Impressum der Seite</li></ul>", ["zwei Ketschen", "ein Kutter"]),
        (f"{ITEMS}<div class='related'>{TABLE}</div>", ["zwei Ketschen", "ein Kutter"]),
        (f"{ITEMS}<ul><li><a href='/a'>Boote im Winter</a></li></ul>", ["zwei Ketschen", "ein Kutter"]),
    ],
)  # fmt: skip
def test_lists_and_tables_that_follow_each_other_end_the_article(ending: str, lines: list[str]) -> None:
    sure = (LEAD, "Was bleibt", "Attendez l'eau.")
    found = kept(f"<div><p>{ABOVE}</p><p>{BELOW}</p>{ending}</div>", lambda text: 0.6 if text in sure else 0.15)
    assert found == [ABOVE, BELOW, *lines]


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Title", "License: this work is licensed under <a href='/l'>CC BY-NC 4.0</a>."),
        ("Autor", "Lizenz: Dieser Beitrag darf unter denselben Bedingungen weitergegeben werden."),
        ("作者", "版权声明: 本文章采用 CC BY-NC-SA 4.0 进行许可。"),
        ("Автор", "Лицензия: этот текст можно перепечатывать со ссылкой на автора."),
    ],
)
@pytest.mark.parametrize(
    "box", ["<div class='post-copyright'><ul><li>{}</li></ul></div>", "<ul class='copyright-box'><li>{}</li></ul>"]
)
def test_the_terms_of_a_text_are_no_part_of_it(label: str, told: str, box: str) -> None:
    facts = "</li><li>".join([f"{label}: Ida Lund", "2024-03-02 10:23:00", "https://quay.example/boats/", told])
    body = f"<p>{ABOVE}</p><p>{BELOW}</p>"
    assert kept(f"<div><div>{body}</div>{box.format(facts)}</div>", lambda text: 0.6) == [ABOVE, BELOW]
    others = box.format(f"{label}: Ida Lund</li><li>2024-03-02").replace("copyright", "boats")
    assert len(kept(f"<div><div>{body}</div>{others}</div>", lambda text: 0.6)) == 4


def test_a_text_in_a_box_of_rights_has_its_terms() -> None:
    body = f"<h2>Licence</h2><p>{ABOVE}</p><p>{BELOW}</p><p>Licensed under CC BY 4.0</p>"
    assert kept(f"<div class='legal'>{body}</div>", lambda text: 0.8)[-1] == "Licensed under CC BY 4.0"


FACTS = (
    "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in (("Brig", "1"), ("Kutter", "3"))) + "</dl>"
)
SHIPS = "<ul><li>zwei Ketschen</li><li>ein Kutter</li><li>eine Brigg</li></ul>"
YEARS = TABLE.replace("</table>", "<tr><td>1964</td><td>9</td></tr><tr><td>1965</td><td>7</td></tr></table>")


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize("part", [FACTS, SHIPS, YEARS])
def test_a_paragraph_behind_an_unlikely_list_ends_the_article(part: str, text: str) -> None:
    body = f"<p>{ABOVE}</p><p>{BELOW}</p>{part}<p>{text}</p>"
    found = kept(f"<div>{body}</div>", lambda line: 0.25 if line == text else 0.12)
    assert found[:2] == [ABOVE, BELOW]
    assert found[-1] == text
    assert text not in kept(
        f"<div>{body.replace(text, text[:-1])}</div>", lambda line: 0.2 if line == text[:-1] else 0.12
    )


BOATS = ["zwei Ketschen", "un cotre", "три баржи", "one tug"]


@pytest.mark.parametrize(
    ("group", "item"),
    [
        ("<ul class='x-list'>{}</ul>", "<li class='x-list__item'>{}</li>"),
        ("<ol>{}</ol>", "<li class='list-item'><p class='item-text'>{}</p></li>"),
        ("<dl class='x-list'>{}</dl>", "<div class='x-list__row'><dt>1963</dt><dd>{}</dd></div>"),
    ],
)
def test_what_all_items_of_a_list_are_named_after_is_the_list(group: str, item: str) -> None:
    sure, last = BOATS[:2], BOATS[-1]
    found = between(
        group.format("".join(map(item.format, BOATS))), lambda text: 0.6 if text in sure or text == "1963" else 0.03
    )
    assert [line for line in found if line in BOATS] == BOATS
    promoted = item.format(last).replace("item", "promo").replace("row", "promo")
    inside = "".join(map(item.format, BOATS[:-1])) + promoted
    assert last not in between(group.format(inside), lambda text: 0.03 if text == last else 0.6)
