"""Lines that say who wrote, in scripts without capitals, and what only looks like such a line."""

from __future__ import annotations

import pytest

from tests.metadata_samples import article, read


@pytest.mark.parametrize("name", ["李明", "سلمى الحارثي", "김민수", "अनुराधा नेगी"])
@pytest.mark.parametrize("form", ["<address>By <a href='/author/4'>{}</a></address>", "<p>By {}</p>"])
def test_signature_below_the_text_in_scripts_without_capitals(name: str, form: str) -> None:
    assert article(after=form.format(name)).author == name


@pytest.mark.parametrize("rank", ["Lv4", "Level 12", "等级 3", "Top 10"])
def test_rank_beside_a_name_is_no_part_of_it(rank: str) -> None:
    named = "<span class='name'>Ada Lund</span> <span class='badge'>{}</span>"
    assert article(f"<div class='author'>{named.format(rank)}</div>").author == "Ada Lund"


@pytest.mark.parametrize("headline", ["إعداد نظام المخزن", "إعداد الشبكة المنزلية", "إعداد لوحة التحكم"])
def test_heading_that_prepares_something_names_no_author(headline: str) -> None:
    text = "<p>يسجل النظام كل ما يدخل المخزن وما يخرج منه، ويحسب الكمية المتبقية من كل صنف، وينبه أمين المخزن.</p>"
    assert read(f"<h1>{headline}</h1>{text * 3}", f"<title>{headline}</title>").author is None
    assert read(f"<h1>دليل المستخدم</h1>{text * 3}<h2>{headline}</h2>{text}").author is None


@pytest.mark.parametrize("byline", ["<p>إعداد: منى سالم</p>", "<p>بقلم منى سالم</p>", "<h2>إعداد: منى سالم</h2>"])
def test_byline_of_who_prepared_a_text(byline: str) -> None:
    text = "<p>يسجل النظام كل ما يدخل المخزن وما يخرج منه، ويحسب الكمية المتبقية من كل صنف، وينبه أمين المخزن.</p>"
    assert read(f"<h1>دليل المستخدم الجديد للمخزن</h1>{byline}{text * 3}").author == "منى سالم"


@pytest.mark.parametrize(
    "quote",
    ["<blockquote><p>Water waits for nobody.</p><footer class='quote-author'>Ada Lund</footer></blockquote>",
     "<figure><blockquote><p>Wasser wartet nicht.</p></blockquote><figcaption><cite class='x-author'>Ada Lund</cite>"
     "</figcaption></figure>",
     "<figure class='quote'><div><blockquote>L’eau n’attend pas.</blockquote><p class='q__author'>Ada Lund</p></div>"
     "</figure>"],
)  # fmt: skip
def test_who_is_quoted_is_no_author(quote: str) -> None:
    assert article(quote).author is None
    assert article(f"<p class='author'>Bo Niemi</p>{quote}").author == "Bo Niemi"
    assert (
        article("<figure><img src='a.jpg'><figcaption class='author'>Bo Niemi</figcaption></figure>").author
        == "Bo Niemi"
    )


OTHERS = ["Ada Lund, Bo Niemi", "Ada Lund and Bo Niemi", "Ada Lund & Bo Niemi", "Bo Niemi, Ada Lund"]


@pytest.mark.parametrize("byline", OTHERS)
@pytest.mark.parametrize("stated", ["Ada Lund", "Cara Holm"])
def test_all_authors_of_a_line_are_named_where_the_page_states_one_of_them(byline: str, stated: str) -> None:
    item = f'{{"@type":"Article","headline":"The night ferry sails again","author":{{"name":"{stated}"}}}}'
    head = f"<title>The night ferry sails again</title><script type='application/ld+json'>{item}</script>"
    line = f"<h4>{byline}</h4><time datetime='2024-03-01'>1 March 2024</time>"
    found = read(
        f"<h1>The night ferry sails again</h1>{line}<p>It left at ten with nobody but the cook on board.</p>", head
    )
    assert set((found.author or "").split("; ")) == ({"Ada Lund", "Bo Niemi"} if stated == "Ada Lund" else {stated})


@pytest.mark.parametrize("line", ["Ada Lund,<time>9/4/2022</time>", "Ada Lund, <time>4 Sep 2022</time> • Ferries"])
def test_name_before_a_comma_and_a_day(line: str) -> None:
    text = "<p>It left at ten in the evening with nobody but the cook and two goats on board.</p>"
    assert read(f"<h1>The night ferry sails again</h1><div>{line}</div>{text * 3}").author == "Ada Lund"


@pytest.mark.parametrize(
    "by", ["in about 0.004s by Fossil 2.21 [3c53b6] 2024-02-26 19:24:24", "in 0.1s by Ada Lund 2.1"]
)
def test_the_program_that_generated_a_page_is_no_author(by: str) -> None:
    assert article(f"<div>This page was generated {by}</div>").author is None


@pytest.mark.parametrize(
    "line", ["By Bo In Uncategorized", "By Admin In News", "by Park At Large", "Von Bo In Allgemein"]
)
def test_a_word_before_a_section_is_no_name(line: str) -> None:
    assert article(after=f"<p>{line}</p>").author is None


@pytest.mark.parametrize("name", ["Kim In Sook", "Martin Lund Jr.", "Bo Niemi Sr."])
@pytest.mark.parametrize("form", ["<p>By {}</p>", "<p>Written by {}</p>", "<address>{}</address><p>By {}</p>"])
def test_a_name_below_the_text_keeps_its_syllables_and_its_dot(name: str, form: str) -> None:
    assert article(after=form.format(name, name)).author == name


SECTIONS = ["3.4.3 Andere Ausgabeformate", "12.2.2. Sichere Ofensteuerung", "13.3.2. 다른 기관", "6.1.1. Python 模块"]


@pytest.mark.parametrize("section", SECTIONS)
def test_number_of_a_section_is_no_day_before_a_name(section: str) -> None:
    assert article(f"<ul><li><a href='#s'>{section}</a></li></ul>").author is None
    assert article(f"<h2>{section}</h2>").author is None


@pytest.mark.parametrize("day", ["3.4.2023", "12.02.24", "2023-03-04", "3/4/2023"])
def test_day_before_a_name(day: str) -> None:
    assert article(f"<p>{day} Ada Lund</p>").author == "Ada Lund"


@pytest.mark.parametrize("heading", ["AUTHOR", "Autor", "AUTEUR"])
def test_heading_of_the_section_about_an_author_is_nobody(heading: str) -> None:
    assert article(after=f"<h2 id='author'>{heading}</h2><p>The harbour board asked for this page.</p>").author is None


@pytest.mark.parametrize("account", ["Niemi3", "heiko7", "Orrin42", "ада9"])
def test_an_account_keeps_its_figures(account: str) -> None:
    assert article(f'<p>Por <span itemprop="author">{account}</span></p>').author == account


@pytest.mark.parametrize(
    "line",
    [
        "Making Grilled Dumplings at Home",
        "Ada Lund Live at Sandholm",
        "Avg. Rating",
        "Ratings",
        "Bo Niemi Speaks at Noon",
    ],
)
def test_a_line_that_looks_like_a_name_with_a_mail_or_a_day_names_nobody(line: str) -> None:
    assert article(f"<p>{line}</p><p>2 March 2024</p>").author is None


@pytest.mark.parametrize(
    "mail", ["ada at paper.example", "ada.lund at mail.paper.example", "ada () paper ! example", "ada@paper.example"]
)
def test_a_name_with_a_mail_is_one_in_every_disguise(mail: str) -> None:
    assert article(f"<p>Ada Lund &lt;{mail}&gt;</p>").author == "Ada Lund"


@pytest.mark.parametrize("date", ["(4 August 2003 - by {})", "(4. August 2003, von {})", "(4 août 2003 – par {})"])
@pytest.mark.parametrize("name", ["Ada Lund", "Bo Niemi", "Cara van Holm"])
def test_parentheses_around_a_byline_are_no_part_of_the_name(date: str, name: str) -> None:
    assert article(f"<p>{date.format(name)}</p>").author == name


@pytest.mark.parametrize("line", ["Text Tool Behaviour", "TEXT オブジェクト", "Texto Editor", "Text Adventure Night"])
@pytest.mark.parametrize("form", ["<h2>{}</h2>", "<h3>{}</h3>", "<p>{}</p>"])
def test_a_word_for_a_text_names_an_author_only_with_a_mark(line: str, form: str) -> None:
    assert article(form.format(line)).author is None
    assert article(after=form.format(line)).author is None


@pytest.mark.parametrize("byline", ["Text: {}", "TEXT / {}", "Texte : {}", "Text von {}", "Tekst: {}", "Текст: {}"])
def test_a_byline_with_a_word_for_the_text(byline: str) -> None:
    assert article(f"<p>{byline.format('Ada Lund')}</p>").author == "Ada Lund"


@pytest.mark.parametrize(
    ("led", "name"),
    [
        ("14. Mai 2024 von", "Katrin Ohlendorf"),
        ("2023年4月30日 by", "宮原 さとみ"),
        ("14 juin 2023 par", "Élise Moreau"),
    ],
)
def test_name_below_a_day_and_a_word_that_says_by(led: str, name: str) -> None:
    assert article(f"<div><span>{led}</span> <div><div><span>{name}</span></div></div></div>").author == name
