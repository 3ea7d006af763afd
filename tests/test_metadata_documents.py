"""Title, authors and day of documents that converters and mail programs have written as pages."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, article, read
from winnow.read.repeated_head import without_head

SECTIONS = f"<h2>One</h2>{PROSE}<h2>Two</h2>{PROSE}"


@pytest.mark.parametrize("headings", [SECTIONS, PROSE * 2, SECTIONS.replace("h2", "h1")])
@pytest.mark.parametrize("head", ["", "<title>sound-of-stations</title>", "<title>/home/ada/out/page.html</title>"])
@pytest.mark.parametrize(
    "title", ["Das Recht am Treibholz", "Звуки вокзала и города", "山間の郵便配達における歩行", "What is a quay for?"]
)
def test_first_line_is_the_title_where_nothing_states_one(title: str, head: str, headings: str) -> None:
    assert read(f"<p>{title}</p><p>Ada Lund</p>{headings}", head).title == title


@pytest.mark.parametrize("hidden", ["<div style='display:none'>Two letters and a crane</div>", "<a href='/v'>View</a>"])
def test_what_is_hidden_or_a_link_is_no_first_line(hidden: str) -> None:
    assert read(f"{hidden}<p>Notes from the quay</p>{PROSE * 2}").title == "Notes from the quay"


@pytest.mark.parametrize(
    "first",
    ["The night ferry", "It rained all night.", "2 March 2024", "By Ada Lund", "Dear readers,", "<a href='/'>Home</a>"],
)
def test_short_line_sentence_day_byline_salutation_or_link_is_no_title(first: str) -> None:
    assert read(f"<p>{first}</p>{PROSE * 2}").title is None


def test_stated_title_and_only_heading_go_before_the_first_line() -> None:
    assert read(f"<p>Quay Press</p><h2>Letters home</h2>{PROSE}").title == "Letters home"
    assert read(f"<p>Quay Press</p>{SECTIONS}", "<title>Letters from the quay</title>").title == "Letters from the quay"


@pytest.mark.parametrize(
    "name",
    ["out/paper.pdf", r"C:\\texts\\letter.docx", "/tmp/a/b.html", "thesis.tex", "Microsoft Word - letter.doc"],
)
def test_name_of_a_file_is_no_title(name: str) -> None:
    assert read(f"<h1>Letters home</h1>{PROSE * 2}", f"<title>{name}</title>").title == "Letters home"


@pytest.mark.parametrize(
    "names", [("Ada Lund", "Per Holm"), ("Дарья Клименко", "Олег Саранцев"), ("Ana Ruiz", "Eva Sanz", "Luis Mora")]
)
@pytest.mark.parametrize(
    ("form", "between"),
    [
        ("<p>{}</p>", "</p><p>"),
        ("<div class='authors'><span class='author'>{}</span></div>", "</span> <span class='author'>"),
    ],
)
def test_several_authors_below_the_title(names: tuple[str, ...], form: str, between: str) -> None:
    assert article(f"{form.format(between.join(names))}<p>2021-03-14</p>").author == "; ".join(names)


@pytest.mark.parametrize(
    "other",
    [
        "<a class='author-link'>View all posts by Ada Lund</a>",
        "<b class='author'>Ada Lund</b>",
        "<i class='author'>Translated by Per Holm</i>",
    ],
)
def test_box_that_marks_one_author_twice_or_another_role_names_one(other: str) -> None:
    box = f"<div class='author-box'><span class='author-name'>Ada Lund</span> {other}</div>"
    assert article(f"{box}<p>2021-03-14</p>").author == "Ada Lund"


@pytest.mark.parametrize(
    ("label", "names"), [("Author", ("Ada Lund", "Per Holm")), ("Autor", ("Jo Wiek", "Ines Behn"))]
)
def test_authors_in_lines_of_one_label(label: str, names: tuple[str, ...]) -> None:
    rows = "".join(f"<tr><th>{label}:</th><td>{name}</td></tr>" for name in names)
    assert article(f"<table>{rows}<tr><th>Date:</th><td>2021-03-14</td></tr></table>").author == "; ".join(names)


@pytest.mark.parametrize(
    ("heading", "name"), [("AUTHOR", "Ada Lund."), ("Autoren", "Jo Wiek"), ("Auteur", "Élise Garnier.")]
)
def test_section_of_a_manual_that_names_its_author(heading: str, name: str) -> None:
    assert article(after=f"<h2>{heading}</h2><p>{name}</p>").author == name.rstrip(".")


@pytest.mark.parametrize("text", ["Authors are asked to write to us.", "Nobody knows."])
def test_section_about_authors_that_names_none(text: str) -> None:
    assert article(after=f"<h2>Authors</h2><p>{text}</p>").author is None


@pytest.mark.parametrize(
    "line", ["Date: 2019-11-08", "Datum: 8. November 2019", "Fecha: 2019-11-08", "Дата: 8 ноября 2019"]
)
def test_day_behind_its_label_in_the_last_lines(line: str) -> None:
    assert article(after=f"<div><p>{line}</p><p>Created: 2026-11-30 Mon 10:56</p></div>").date == "2019-11-08"


def test_day_of_an_event_and_of_the_export_are_not_that_of_publication() -> None:
    assert article(after=f"<p>Date: 2019-11-08</p>{PROSE}" + "<p>Come and see.</p>" * 6).date is None
    assert article(after="<p>Created: 2026-11-30 Mon 10:56</p>").date is None


@pytest.mark.parametrize(
    ("label", "day"), [("Author", "2021-03-14"), ("Autor", "14. März 2021"), ("Auteur", "14 mars 2021")]
)
def test_table_of_authors_and_a_day_above_the_text_is_left_out(label: str, day: str) -> None:
    names = ("Ada Maria Lund", "Per Olav Holm", "Jo Wiek")
    rows = "\n".join(f"| {label}: | {name} |" for name in names)
    assert without_head(f"{rows}\n| {day} |\n\nThe text begins.", None, "; ".join(names)) == "The text begins."
    assert without_head("Ada Lund\n\nThe text begins.", None, "Per Holm").startswith("Ada")


@pytest.mark.parametrize(
    ("contents", "sections"),
    [
        ("<ul><li>Synopsis</li><li><a href='#b'>Authors</a></li><li><a href='#c'>See also</a></li></ul>",
         ("Synopsis", "Authors", "See also")),
        ("<p><a href='#b'>AUTORES</a><br><a href='#c'>VÉASE TAMBIÉN</a><br></p>", ("AUTORES", "VÉASE TAMBIÉN")),
        ("<ol><li>Autor</li></ol>", ("Einführung", "Autor")),
    ],
)  # fmt: skip
def test_an_entry_of_the_contents_is_nobody(contents: str, sections: tuple[str, ...]) -> None:
    text = "".join(f"<h2>{section}</h2>{PROSE}" for section in sections)
    assert read(f"<h1>How the mail is sorted</h1>{contents}{text}").author is None
    assert read(f"<h1>How the mail is sorted</h1><p>Author</p><p>Ada Lund</p>{text}").author == "Ada Lund"


@pytest.mark.parametrize("names", [("Author", "Type"), ("Autor", "Größe"), ("Auteur", "Réponses", "Vues")])
def test_a_column_of_a_table_is_nobody(names: tuple[str, ...]) -> None:
    head = "".join(f"<th>{name}</th>" for name in ("Topic", *names))
    table = f"<table><tr>{head}</tr><tr><td>Mail by night</td><td>Bo Niemi</td><td>12</td></tr></table>"
    assert read(f"<h1>How the mail is sorted</h1>{table}{PROSE}").author is None
    row = f"<table><tr><th>{names[0]}</th><td>Ada Lund</td></tr></table>"
    assert read(f"<h1>How the mail is sorted</h1>{row}{PROSE}").author == "Ada Lund"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("quinta-feira 20 de junho de 2024, por Renata Quadros", "Renata Quadros"),
        ("日曜日 2023年4月30日, 著者：宮原さとみ", "宮原 さとみ"),
        ("星期六 2024年3月9日 林知远", "林知远"),
        ("الثلاثاء 3 تشرين الأول (أكتوبر) 2023, بقلم سلمى الحارثي", "سلمى الحارثي"),
    ],
)
def test_day_with_its_weekday_and_the_author_above_the_text_are_left_out(line: str, name: str) -> None:
    assert without_head(f"{line}\n\nThe text begins.", None, name) == "The text begins."
    assert without_head(f"{line} Porto\n\nThe text begins.", None, name).startswith(line)


WORKS = [
    (("Ada Lund", "Per Holm"), ("Institute of Tides, University of Norrvik", "Quay Laboratory")),
    (("Jo Wiek", "Ines Behn"), ("Universität Nordhafen", "Forschungsstelle Deichbau")),
    (("Ana Ruiz", "Luis Mora"), ("Instituto de Mareas", "Facultad de Puertos, Universidad de Costalar")),
    (("Дарья Клименко", "Олег Саранцев"), ("Институт приливов", "Кафедра портов")),
]
MARKED = (*WORKS, (("陳 美玲", "佐藤 健"), ("港湾大学 沿岸研究所", "潮流研究室")))
PLACES = [place for _, places in MARKED for place in places]


DAYS = ("<p>2021-03-14</p>", "<p>(2021-03-14)</p>", "")


@pytest.mark.parametrize(("names", "places"), WORKS)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("form", ["<p>{}<br>{}</p>", "<p>{}</p><p>{}</p>"])
def test_authors_stand_above_where_they_work(
    names: tuple[str, str], places: tuple[str, str], form: str, day: str
) -> None:
    head = "".join(form.format(name, place) for name, place in zip(names, places, strict=True))
    assert article(f"{head}{day}").author == "; ".join(names)


@pytest.mark.parametrize(("names", "places"), MARKED)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("form", "box"),
    [
        (
            "<span class='creator-author'><span class='personname'>{}<br>{}</span></span>",
            "<div class='authors'>{}</div>",
        ),
        ("{}<br><span>{}</span><br>", "<div class='author'>{}</div>"),
        ("<div class='author'><h3 class='author'>{}</h3><div class='affiliation'>{}</div></div>", "<div>{}</div>"),
    ],
)
def test_authors_are_marked_above_where_they_work(
    names: tuple[str, str], places: tuple[str, str], form: str, box: str, day: str
) -> None:
    head = "".join(form.format(name, place) for name, place in zip(names, places, strict=True))
    assert article(f"{box.format(head)}{day}").author == "; ".join(names)


@pytest.mark.parametrize("place", PLACES)
def test_where_authors_work_is_no_author(place: str) -> None:
    assert article(f"<p>{place}</p><p>2021-03-14</p>").author is None


def test_a_sentence_about_an_institute_makes_nobody_the_author() -> None:
    lead = "<p>Researchers at an institute have counted them.</p>"
    assert article(f"<p>Harbour News</p>{lead}<p>Norrvik Quay</p>{lead}").author is None


def test_authors_of_other_articles_in_a_list_are_not_added() -> None:
    cards = "".join(f"<li><a href='/{name}'>Story</a> <span class='author'>{name} Lund</span></li>" for name in "AB")
    head = "<span class='author'>Per Holm</span>"
    assert article(f"{head}<ul>{cards}</ul>").author == "Per Holm"
