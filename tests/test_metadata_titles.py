"""Headlines of invented pages: kickers, subtitles, h2 headlines, names of sites at either end."""

from __future__ import annotations

import pytest

from tests.metadata_samples import PROSE, TITLE, article, linked, meta, read

FINNISH = "Yölautta Sandholmiin myöhästyy joka ilta"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ('<span class="dachzeile">Schifffahrt</span> Warum die Nachtfähre wartet', "Warum die Nachtfähre wartet"),
        ('<div class="kicker">Trafik</div><span>Natfærgen venter igen</span>', "Natfærgen venter igen"),
        ("La nave attende ancora <small>Ritardi nel porto</small>", "La nave attende ancora"),
        ('<a><em class="over-line">Transport</em>Le ferry attend encore</a>', "Le ferry attend encore"),
    ],
)
def test_kicker_and_subtitle_in_a_heading_are_left_out(heading: str, title: str) -> None:
    assert read(f"<main><h1>{heading}</h1>{PROSE * 3}</main>", f"<title>{title} (1)</title>").title == title


@pytest.mark.parametrize(
    ("kicker", "headline"),
    [("Seefahrt", "Die Fähre wartet auf die Flut"), ("Skärgården", "Färjan väntar igen"), ("Harbour", TITLE)],
)
def test_a_part_of_a_heading_that_no_title_has_is_left_out(kicker: str, headline: str) -> None:
    heading = f"<h1><span>{kicker}</span> {headline}</h1>"
    assert read(f"<main>{heading}{PROSE * 3}</main>", meta("og:title", headline)).title == headline


def test_kicker_with_a_colon_stays_where_the_stated_title_has_it() -> None:
    heading = '<h1><span class="kicker">Seefahrt</span><span>: </span><span>Die Fähre wartet</span></h1>'
    head = meta("og:title", "Seefahrt: Die Fähre wartet")
    assert read(f"<main>{heading}{PROSE * 3}</main>", head).title == "Seefahrt: Die Fähre wartet"


@pytest.mark.parametrize("page_title", ["", "Harbour Post", "Welcome"])
@pytest.mark.parametrize("headline", [TITLE, "Warum die Nachtfähre nach Sandholm wartet", FINNISH])
def test_headline_that_is_only_a_h2(page_title: str, headline: str) -> None:
    body = f"<main><h2>{headline}</h2><p>By Ada Lund</p>{PROSE * 3}<h2>More from the quay and the harbour</h2></main>"
    assert read(body, f"<title>{page_title}</title>").title == headline


@pytest.mark.parametrize(
    ("logo", "page_title"),
    [
        ("Notes from the quay", f"Notes from the quay » Blog Archive » {TITLE}"),
        ("Kleine Hafenkunde", f"{TITLE} : Kleine Hafenkunde"),
        ("Le journal du port", f"{TITLE} — Le journal du port"),
    ],
)
def test_logo_that_leads_home_is_the_site(logo: str, page_title: str) -> None:
    body = f'<h1><a href="https://quay.example/">{logo}</a></h1><h2><a href="/?p=7">{TITLE}</a></h2>{PROSE * 3}'
    assert read(body, f"<title>{page_title}</title>").title == TITLE


@pytest.mark.parametrize(
    "shown", ["Why the ferry waits: a report", "Der Steg - ein Streit ohne Ende", "Live | The storm hits"]
)
@pytest.mark.parametrize("logo", ["<h1><a href='/'>Quay Post</a></h1>", "<h1>Quay Post</h1>"])
def test_h2_that_is_the_middle_of_the_title_of_the_page(logo: str, shown: str) -> None:
    assert read(f"{logo}<h2>{shown}</h2>{PROSE * 3}", f"<title>Local | {shown} | Quay Post</title>").title == shown


@pytest.mark.parametrize("shown", ["How we built it – and why", "Ferry v storm: 1-0", "Storm – ferry – hope", TITLE])
@pytest.mark.parametrize("form", ["{} | Quay Post", "{} – Sea – Quay Post", "{} « Quay Post"])
def test_what_goes_on_in_small_letters_or_behind_a_colon_is_no_section(shown: str, form: str) -> None:
    head = f"<title>{form.format(shown)}</title>"
    assert read(f"<div><a href='/'>Quay Post</a></div>{PROSE * 3}", head).title == shown


@pytest.mark.parametrize("form", ["{} | Quay Post", "Quay Post » {}", "Local | {} | Quay Post"])
def test_line_with_the_name_of_the_site_is_no_headline(form: str) -> None:
    logo = "<p><a href='/'>Quay Post</a></p>"
    assert read(logo + PROSE * 3, meta("og:title", TITLE) + f"<title>{form.format(TITLE)}</title>").title == TITLE
    assert (
        read("<p>Quay Post</p>" + PROSE * 3, meta("og:title", TITLE) + f"<title>{form.format(TITLE)}</title>").title
        == TITLE
    )


@pytest.mark.parametrize("host", ["", "https://board.example/item?id=7"])
@pytest.mark.parametrize("shown", ["Show: A ferry that waits for you", "A ferry that waits for you"])
def test_home_of_another_site_that_a_post_leads_to_is_not_the_site(shown: str, host: str) -> None:
    head = f"<title>{shown} | Quay Board</title>" + (f"<link rel='canonical' href='{host}'>" if host else "")
    logo = "<b><a href='https://board.example'>Quay Board</a></b>"
    body = f"<div>{logo} <a href='/new'>new</a></div><p><a href='https://ferry.example/'>{shown}</a></p>{PROSE * 3}"
    assert read(body, head).title == shown


@pytest.mark.parametrize("seen", ["Die Fähre, die jeden Abend wartet", "Färjan som väntar på tidvattnet", TITLE])
def test_h2_that_says_what_is_stated_for_readers_wins_over_a_h1_for_search_engines(seen: str) -> None:
    body = f"<main><h1>Sandholm: timetable, delays and prices</h1><h2>{seen}</h2>{PROSE * 3}</main>"
    head = "<title>Sandholm: timetable, delays and prices</title>" + meta("og:title", seen)
    assert read(body, head).title == seen


@pytest.mark.parametrize(
    "headline",
    [
        "Harbour tours: what the ferry men say",
        "Night of harbours – one ferry still waits",
        "Harbour Post Office burns",
    ],
)
def test_name_of_the_site_within_a_headline_stays(headline: str) -> None:
    head = f"<title>{headline} | Harbour</title>" + meta("og:site_name", "Harbour")
    assert article(head=head, title=headline).title == headline


@pytest.mark.parametrize(
    "headline",
    ["Die Fähre wartet wieder - ein Abend am Kai", "The ferry waits again – and again", "Færgen venter – igen og igen"],
)
def test_dash_in_a_headline_without_a_heading_stays(headline: str) -> None:
    assert read(f"<div>{PROSE * 3}</div>", f"<title>{headline}</title>").title == headline


def test_quotes_at_the_end_of_a_headline_stay() -> None:
    headline = "«Die Fähre wartet auf niemanden»"
    head = f"<title>{headline} | Hafenblatt</title>" + linked({"@type": "NewsArticle", "headline": headline})
    assert article(head=head, title=headline).title == headline


@pytest.mark.parametrize("day", ["вторник, 5 марта 2024 г.", "5 Mart 2024 Salı", "Tuesday, March 5, 2024"])
def test_a_day_above_a_post_is_no_headline(day: str) -> None:
    body = f"<div><h2>{day}</h2><h3>A lamp</h3>{PROSE * 3}</div>"
    assert read(body, "<title>A lamp</title>").title == "A lamp"


@pytest.mark.parametrize(
    "day", ["02.03.2024 - ", "2. März 2024: ", "March 2, 2024 | ", "2 mars 2024 — ", "2024-03-02 – "]
)
def test_day_before_a_headline_is_no_part_of_it(day: str) -> None:
    assert article(title=day + TITLE, head=f"<title>{day}{TITLE}</title>").title == TITLE


@pytest.mark.parametrize("headline", ["2024: the year of the ferry", "March 2024 on the quay", "2 March 2024"])
def test_headline_that_begins_as_a_day_stays(headline: str) -> None:
    assert article(title=headline, head=f"<title>{headline}</title>").title == headline


@pytest.mark.parametrize(
    ("section", "path"), [("Opinion", "opinion/2024"), ("Meinung", "meinung"), ("Faits divers", "faits-divers/a")]
)
def test_section_behind_a_bar_that_the_address_has(section: str, path: str) -> None:
    head = meta("og:url", f"https://quay.example/{path}/late-ferry") + meta("og:title", f"{TITLE} | {section}")
    assert article(title=f"{TITLE} | {section}", head=head).title == TITLE
    assert article(title=f"{TITLE} | Part two", head=head).title == f"{TITLE} | Part two"


@pytest.mark.parametrize("tail", ["Health | Harbour Clinic", "Patienten", "Notre port | Accueil"])
def test_bar_behind_the_words_of_another_heading(tail: str) -> None:
    body = f"<h1>{TITLE} | {tail}</h1><h2>{TITLE}</h2>{PROSE * 3}"
    assert read(body, f"<title>{TITLE} | {tail}</title>").title == TITLE


@pytest.mark.parametrize("site", ["Quay.com", "hafenblatt.de", "le-quai.fr"])
def test_host_behind_a_short_title(site: str) -> None:
    assert read(PROSE * 3, f"<title>NIGHT FERRY | {site}</title>").title == "NIGHT FERRY"


@pytest.mark.parametrize(
    ("word", "site"), [("Skitouring", "Touring.com"), ("Nachthafen", "Hafen.de"), ("Autojournal", "Journal.fr")]
)
def test_word_that_ends_with_the_sites_name_stays(word: str, site: str) -> None:
    headline = f"{word}: {TITLE}"
    head = f"<title>{headline} | {site}</title>" + meta("og:site_name", site) + meta("og:title", f"{headline} | {site}")
    assert article(title=headline, head=head).title == headline


NOTHING = (
    "Untitled Document",
    "Untitled-2",
    "New Page 1",
    "ferry2.htm",
    "Home",
    "Startseite",
    "Sans nom",
    "无标题文档",
    "Главная",
    "about:reader?url=https%3A%2F%2Fpaper.example%2Fferry",
)


@pytest.mark.parametrize("page_title", NOTHING)
@pytest.mark.parametrize(
    "headline", ["<h1>{}</h1>", "<h3>{}</h3>", "<p align=center><b>{}</b></p>", "<font size=5>{}</font>"]
)
def test_title_that_says_nothing_gives_way_to_the_headline(headline: str, page_title: str) -> None:
    body = f"<div class=menu><a href=/>Home</a></div>{headline.format('The night ferry')}{PROSE * 3}"
    assert read(body, f"<title>{page_title}</title>").title == "The night ferry"


@pytest.mark.parametrize(
    "above",
    [
        "<h2>Dagfärjan</h2><p><b>av Ada Lund</b></p><p><b>3 mars 2015</b></p>",
        "<p><b>von Ada Lund</b></p><p><font size=6>Dagfärjan</font></p>",
        "<div class=sidebar><h3>Ämnen</h3></div><div class=MsoTitle>Dagfärjan</div>",
        "<h4>Dagfärjan</h4><p><b>Vem väntar på den?</b></p>",
    ],
)
def test_headline_of_a_page_without_a_title_stands_out_above_the_text(above: str) -> None:
    assert read(above + PROSE * 3).title == "Dagfärjan"


@pytest.mark.parametrize(
    "above",
    [
        "<p>The night ferry</p>",
        "<p><b>by Ada Lund</b></p>",
        "<p><b>Contents:</b></p>",
        "<nav><b>Harbour news</b></nav>",
    ],
)
def test_page_without_a_title_and_a_headline_has_none(above: str) -> None:
    assert read(above + PROSE * 3, "<title>index.html</title>").title is None


SHOWN = [
    '<table><tr><td class="contentheading"><a href="/n">{}</a></td></tr></table>',
    '<font size="5"><b>{}</b></font><br>',
    "<p><strong>{}</strong></p>",
    '<div class="headline">{}</div>',
]


@pytest.mark.parametrize("line", SHOWN)
@pytest.mark.parametrize(
    ("page_title", "headline"),
    [
        ("Heimatverein - Das Wehr ist dicht", "Das Wehr ist dicht"),
        ("Les Amis du moulin – Le moulin tourne encore", "Le moulin tourne encore"),
        ("Amigos del mercado | Noticias | Vuelve el mercado de abastos", "Vuelve el mercado de abastos"),
    ],
)
def test_part_of_a_title_that_a_line_above_the_text_says_is_the_headline(
    line: str, page_title: str, headline: str
) -> None:
    assert read(line.format(headline) + PROSE * 3, f"<title>{page_title}</title>").title == headline


@pytest.mark.parametrize(
    "line",
    [
        "<h3>{}</h3>",
        "<table><tr><td><font size='+2'><b>{}</b></font></td></tr></table>",
        "<p align=center><b>{}</b></p>",
    ],
)
@pytest.mark.parametrize(
    ("page_title", "headline"),
    [
        ("Wasserblatt - Reportage", "Am Wehr wird es still"),
        ("The Daily Tide - Local", "Cannery shuts its doors"),
        ("Le Quai", "Le bac ne passe plus"),
    ],
)
def test_title_that_no_line_says_gives_way_where_the_headline_is_no_heading_of_the_page(
    line: str, page_title: str, headline: str
) -> None:
    assert read(line.format(headline) + PROSE * 3, f"<title>{page_title}</title>").title == headline
    said = f"<p>{page_title}</p>"
    assert read(said + line.format(headline) + PROSE * 3, f"<title>{page_title}</title>").title != headline


@pytest.mark.parametrize("headline", ["雨夜小记", "坪林學做茶的四個週末", "祖父のカメラを直した日", "เรือข้ามฟากลำสุดท้าย"])
@pytest.mark.parametrize("form", ["Quay Notes - {}", "{} - Quay Notes", "{} | Quay Notes"])
def test_name_of_the_site_beside_a_headline_without_spaces(headline: str, form: str) -> None:
    title = f"<title>{form.format(headline)}</title>"
    named = f"<h1><a href='/'>Quay Notes</a></h1><h2><a href='/rain'>{headline}</a></h2>"
    assert read(f"{named}{PROSE * 3}", title).title == headline


MANUALS = ["Harbour Handbook 4.2.1 documentation", "Hafenhandbuch 4.2.1 Dokumentation", "港の手引き 4.2.1 ドキュメント"]


@pytest.mark.parametrize("manual", MANUALS)
@pytest.mark.parametrize(("headline", "separator"), [("Glossary", "—"), ("Einrichtung", "-"), ("観測装置の設定", "|")])
def test_headline_of_one_word_that_the_title_begins_with(headline: str, separator: str, manual: str) -> None:
    body = f'<main><h1>{headline}<a href="#top">¶</a></h1>{PROSE * 2}</main>'
    title = f"<title>{headline} {separator} {manual}</title>"
    assert read(body, title).title == headline
    assert read(f'<h1><a href="index.html">{manual}</a></h1>{body}', title).title == headline


@pytest.mark.parametrize("name", ["Hafenpost", "Quay Board", "港新聞"])
def test_title_that_begins_with_the_name_of_the_site_is_the_headline_below(name: str) -> None:
    body = f"<h1>{name}</h1><main><h2>{TITLE}</h2>{PROSE * 2}</main>"
    assert read(body, f"<title>{name} | {TITLE}</title>").title == TITLE


@pytest.mark.parametrize(
    ("number", "headline", "manual"),
    [
        ("3", "How time is kept", "Tide Manual"),
        ("2.1", "Schwellwerte festlegen", "Pumpenhandbuch, Ausgabe 3"),
        ("B", "Préparer la cuisson", "Manuel du four"),
    ],
)
def test_name_of_a_manual_in_parentheses_is_no_part_of_a_headline_with_a_number(
    number: str, headline: str, manual: str
) -> None:
    for level in (2, 4):
        body = f"<h{level}>{number} {headline}</h{level}>{PROSE * 2}"
        assert read(body, f"<title>{headline} ({manual})</title>").title == headline
    crumbs = f"<p>{headline}</p>{PROSE * 2}"
    assert read(crumbs, f"<title>{headline} ({manual})</title>").title == f"{headline} ({manual})"


@pytest.mark.parametrize(
    "title", ["Harbour tools: fast and small (Index - J)", "Werkzeug für den Hafen (Register – A)"]
)
def test_title_is_not_cut_within_parentheses(title: str) -> None:
    assert read(f"<ul><li>jetty</li></ul>{PROSE * 2}", f"<title>{title}</title>").title == title


@pytest.mark.parametrize("headline", ["Strait of Ghosts (1957 film)", "Die Fähre (Roman)", "Le Havre (2011)"])
def test_parentheses_that_the_headline_has_stay(headline: str) -> None:
    assert read(f"<h1>{headline}</h1>{PROSE * 2}", f"<title>{headline}</title>").title == headline


@pytest.mark.parametrize("headline", ["Wartung im Herbst", "Removing a sensor", "Настройка теплицы", "観測装置の設定"])
@pytest.mark.parametrize("file", ["de-wartung", "03_remove_sensor", "notes-2024"])
def test_name_of_a_file_is_no_title_where_a_heading_is(headline: str, file: str) -> None:
    assert read(f"<div><h1>{headline}</h1></div>{PROSE * 2}", f"<title>{file}</title>").title == headline


@pytest.mark.parametrize(
    ("site", "page_title", "headline"),
    [
        ("Harbour Notes", "quay:timetable [Harbour Notes]", "Night sailings"),
        ("Hafenwissen", "faehre_nacht [Hafenwissen]", "Warum die Nachtfähre wartet"),
        ("Le carnet du port", "horaires - Le carnet du port", "Traversées de nuit"),
        ("港の手帳", "yakan | 港の手帳", "夜のフェリーが毎晩遅れる理由"),
    ],
)
def test_name_of_a_wiki_that_leads_to_a_first_page_of_any_address_is_no_headline(
    site: str, page_title: str, headline: str
) -> None:
    logo = f'<header><h1 class="logo"><a href="/doku.php?id=start"><span>{site}</span></a></h1></header>'
    assert read(f"{logo}<main><h1>{headline}</h1>{PROSE * 3}</main>", f"<title>{page_title}</title>").title == headline


def test_a_headline_that_is_a_link_stays_below_the_name_of_its_site() -> None:
    body = f'<h1>Quay Post</h1><h1><a href="/2021/ferry">{TITLE}</a></h1>{PROSE * 3}'
    assert read(body, f"<title>Quay Post - {TITLE}</title>").title == TITLE


@pytest.mark.parametrize(
    "headline", ["夜のフェリーが毎晩遅れる理由", "夜间渡轮为什么每天晚上都晚点", "ทำไมเรือข้ามฟากกลางคืนจึงมาสายทุกคืน"]
)
def test_headline_in_a_script_without_spaces_goes_before_the_short_name_of_a_page(headline: str) -> None:
    body = f"<main><h1>{headline}</h1>{PROSE * 3}</main>"
    assert read(body, "<title>TextNight – Harbour Tracker</title>").title == headline
    assert read(PROSE * 3, f"<title>{headline} - Quay Board</title>").title == headline


@pytest.mark.parametrize(
    "headline", ["夜班渡轮为什么总是晚点", "市长：“渡轮不会停航”", "渡轮晚点三小时，乘客说“习惯了”"]
)
@pytest.mark.parametrize("form", ["{}_社会_港口日报", "{}_港口日报", "{}_港口日报-HarbourNews", "{} _ 港口日报"])
@pytest.mark.parametrize("logo", ['<h1 class="hidden">港口日报</h1>', '<a href="/">港口日报</a>'])
def test_low_line_before_the_section_and_the_site_in_chinese(headline: str, form: str, logo: str) -> None:
    prose = "<p>" + "渡轮离开港口的时候已经很晚了，码头上没有人知道为什么。" * 8 + "</p>"
    found = read(
        f"{logo}<h2>{headline}</h2><p>2024-03-02 14:27:02</p>{prose * 3}", f"<title>{form.format(headline)}</title>"
    )
    assert (found.title, found.date) == (headline, "2024-03-02")


@pytest.mark.parametrize("name", ["night_ferry_times", "The night_ferry module", "load_night_ferry: reference"])
def test_low_line_in_a_name_stays(name: str) -> None:
    assert read(f"<main><h1>{name}</h1>{PROSE * 3}</main>", f"<title>{name}</title>").title == name


@pytest.mark.parametrize("box", ["div class='sidebar-layout'", "aside", "div class='related-wrap'"])
@pytest.mark.parametrize(
    ("headline", "title"),
    [
        (TITLE, f"{TITLE} with pictures - Quay.example - Stories"),
        ("Tengeri komp télen is", "Tengeri komp télen is Cikk képpel - Kikoto.hu - Cikkek"),
        ("Nachtfähre nach Sandholm verspätet", "Nachtfähre nach Sandholm verspätet einfach erklärt - Kai"),
    ],
)
def test_the_headline_in_a_box_named_like_a_sidebar(box: str, headline: str, title: str) -> None:
    top = "<h1>Search for words or places</h1>"
    body = f"{top}<{box}><h1>{headline}</h1>{PROSE}</{box.partition(' ')[0]}>"
    assert read(body, f"<title>{title}</title>").title == headline
