"""Talk without boxes for posts or classes for names: trackers, saved chats, pages of wikis on which people talk."""

from __future__ import annotations

import pytest

from winnow.items import HTML, Article, Kind
from winnow.read.decode import Decoded
from winnow.read.extract import extract

# Title; five posts; "… ago" as a tracker writes it before and after.
SAID = {
    "en": (
        "Harbour light flickers in the rain",
        "The green light at the end of the mole flickers as soon as it rains, and goes out for a minute or two.",
        "Since when?",
        "Since the painters were there in May, and only with wind from the west.",
        "Then water runs into the lower gland. Take the cover off, dry it, and turn the cable so that it hangs down.",
        "That was it, thanks!",
    ),
    "tr": (
        "Liman feneri yağmurda titriyor",
        "Mendireğin ucundaki yeşil fener yağmur başlar başlamaz titriyor ve bir iki dakika boyunca tamamen sönüyor.",
        "Ne zamandan beri?",
        "Mayısta boyacılar geldiğinden beri, o da sadece batıdan rüzgâr esince.",
        "O zaman alttaki rakora su giriyor. Kapağı sök, kurula ve kabloyu aşağı sarkacak biçimde çevir.",
        "Gerçekten oymuş, teşekkürler!",
    ),
    "ar": (
        "ضوء الميناء يرتجف تحت المطر",
        "الضوء الأخضر في طرف الرصيف يرتجف كلما نزل المطر، ثم ينطفئ دقيقة أو دقيقتين قبل أن يعود من جديد.",
        "منذ متى؟",
        "منذ أن جاء الدهانون في شهر أيار، ولا يحدث ذلك إلا مع ريح الغرب.",
        "إذن يدخل الماء من الوصلة السفلى. انزع الغطاء وجففه ثم أدر السلك بحيث يتدلى إلى أسفل.",
        "كان هذا هو السبب، شكرا!",
    ),
    "ja": (
        "港の灯が雨の日にちらつく",
        "防波堤の先にある緑の灯が、雨が降り出すとすぐにちらつき始め、一分か二分のあいだ完全に消えてしまいます。",
        "いつからですか。",
        "五月に塗装工事があってからで、西風の日だけです。",
        "それなら下側の口から水が入っています。ふたを外して乾かし、電線が下に垂れるように回してください。",
        "その通りでした。ありがとうございます！",
    ),
}
NAMES = ("moos3", "Ida_V", "moos3", "old-salt", "Ida_V")
AGO = {"en": "over 5 years", "tr": "5 yıldan fazla", "ar": "أكثر من 5 سنوات", "ja": "5年以上"}
ADDED = {"en": "Added by {} {} ago", "tr": "{} {} önce ekledi", "ar": "أضافها {} منذ {}", "ja": "{} が{}前に追加"}


def read(page: str) -> Article:
    article = extract(Decoded(page, HTML, "utf-8"))
    assert isinstance(article, Article)
    return article


def check_order(text: str, posts: tuple[str, ...], below: bool = False) -> None:
    """Check that all posts and the names of their authors are in a text, in order."""
    at = 0
    for name, said in zip(NAMES, posts, strict=True):
        for part in (said, name) if below else (name, said):
            at = text.index(part, at) + 1


def signed_head(language: str, at: int, title: str) -> str:
    name = f'<a class="account" href="/users/{NAMES[at]}">{NAMES[at]}</a>'
    moment = f'<a href="/log" title="03.03.2021 14:0{at}">{AGO[language]}</a>'
    return (f'<a href="#m{at}">RE: {title}</a> - ' if at and title else "") + ADDED[language].format(name, moment)


@pytest.mark.parametrize("language", SAID)
def test_a_ticket_is_a_thread_that_is_opened_in_a_template_of_its_own(language: str) -> None:
    title, *posts = SAID[language]
    journal = "".join(
        f"<div id='change-{at}' class='entry detailed'><h4><a href='#n{at}'>#{at}</a> "
        f"{signed_head(language, at, '')}</h4><div class='wiki'><p>{said}</p></div></div>"
        for at, said in enumerate(posts)
        if at
    )
    opening = f"<p class='by'>{signed_head(language, 0, '')}</p><div class='wiki'><p>{posts[0]}</p></div>"
    article = read(
        f"<html lang={language}><title>{title}</title><body><div class='ticket'><h3>{title}</h3>{opening}</div>"
        f"<h3>#</h3>{journal}</body></html>"
    )
    assert article.kind == Kind.DISCUSSION
    check_order(article.text, tuple(posts))


@pytest.mark.parametrize("language", SAID)
def test_names_and_moments_are_told_in_headings_of_replies_that_repeat_a_long_title(language: str) -> None:
    title, *posts = SAID[language]
    body = "".join(
        f"<div class='say{' reply' * (at > 0)}' id='m{at}'><h4>{signed_head(language, at, title)}</h4>"
        f"<div class='wiki'><p>{said}</p></div></div>"
        for at, said in enumerate(posts)
    )
    article = read(f"<html lang={language}><title>{title}</title><body><h2>{title}</h2>{body}</body></html>")
    assert article.kind == Kind.DISCUSSION
    check_order(article.text, tuple(posts))


MOMENTS = {
    "en": "14:0{}, 3 March 2021 (UTC)",
    "de": "14:0{}, 3. Mär. 2021 (CET)",
    "fr": "3 mars 2021 à 14:0{} (CET)",
    "ja": "2021年3月3日 (水) 14:0{} (UTC)",
    "ar": "14:0{}، 3 مارس 2021 (ت ع م)",
}
ANSWER = {"en": "[<a href='#r'>reply</a>]", "de": "", "fr": "", "ja": "<a href='#r'>返信</a>", "ar": ""}


@pytest.mark.parametrize("around", ["<dl><dd>{}</dd></dl>", "<ul><li>{}</li></ul>", "<p>{}</p>"])
@pytest.mark.parametrize("language", MOMENTS)
def test_all_that_people_sign_on_a_page_of_a_wiki_is_kept(language: str, around: str) -> None:
    title, *posts = SAID.get(language, SAID["tr"])
    signed = [
        f"{said} <a href='/wiki/User:{name}'>{name}</a> (<a href='/wiki/User_talk:{name}'>talk</a>) "
        f"{MOMENTS[language].format(at)}{ANSWER[language]}"
        for at, (name, said) in enumerate(zip(NAMES, posts, strict=True))
    ]
    talk = f"<p>{signed[0]}</p>"
    answers = ""
    for text in reversed(signed[1:]):
        answers = around.format(text) + answers if around.startswith("<p") else around.format(text + answers)
    tools = "".join(f"<li><a href='/{at}'>Tool {at}</a></li>" for at in range(12))
    article = read(
        f"<html lang={language}><title>Talk:Mole</title><body><div id='column-content'><h1>Talk:Mole</h1>"
        f"<h2>{title}</h2>{talk}{answers}</div><div id='column-one'><ul>{tools}</ul></div></body></html>"
    )
    assert article.kind == Kind.DISCUSSION
    check_order(article.text, tuple(posts), below=True)
    assert "Tool 3" not in article.text


def test_events_with_a_zone_are_no_talk() -> None:
    events = "".join(
        f"<h3>Evening at the quay, part {at}</h3>"
        f"<p>Boats, soup and songs for everybody, 19:0{at}, {at} March 2021 (CET)</p>"
        for at in range(1, 7)
    )
    assert read(f"<title>Evenings</title><h1>Evenings at the quay</h1>{events}").kind != Kind.DISCUSSION


@pytest.mark.parametrize("clock", ["Wed, 03/03/2021, 14:0{}:00", "2021-03-03 14:0{}", "3.3.2021 14:0{}"])
@pytest.mark.parametrize("language", SAID)
def test_a_chat_is_told_by_names_that_come_again(language: str, clock: str) -> None:
    _, *posts = SAID[language]
    body = "".join(
        f"<div class='bubble b{at % 2}'><div class='w'>{name}</div><div class='c'>{said}</div>"
        f"<i>{clock.format(at)}</i></div>"
        for at, (name, said) in enumerate(zip(NAMES, posts, strict=True))
    )
    article = read(f"<html lang={language}><title>Chat</title><body><h1>Chat</h1>{body}</body></html>")
    assert article.kind == Kind.DISCUSSION
    check_order(article.text, tuple(posts))


@pytest.mark.parametrize("language", SAID)
def test_facts_that_come_again_beside_names_are_no_names(language: str) -> None:
    _, *posts = SAID[language]
    facts = {name: f"<dd>Deckhand</dd><dd>From: Mole {name}</dd><dd>Posts: {len(name)}</dd>" for name in NAMES}
    body = "".join(
        f"<div class='blockpost'><h2>3.3.2021 14:0{at}</h2><dl><dt>{name}</dt>{facts[name]}</dl>"
        f"<div class='postmsg'><p>{said}</p></div></div>"
        for at, (name, said) in enumerate(zip(NAMES, posts, strict=True))
    )
    article = read(f"<html lang={language}><title>Mole</title><body><h1>Mole</h1>{body}</body></html>")
    check_order(article.text, tuple(posts))
    assert not any(fact in article.text for fact in ("Deckhand", "From:", "Posts:"))


def test_news_with_days_and_sections_that_come_again_are_no_chat() -> None:
    items = "".join(
        f"<div class='bubble'><div class='w'>{('Harbour', 'Town', 'Harbour', 'Council')[at % 4]}</div>"
        f"<div class='c'>The mole gets a new light in week {at}, and the painters come once more.</div>"
        f"<i>{at + 1} March 2021</i></div>"
        for at in range(8)
    )
    assert read(f"<title>News</title><h1>News</h1>{items}").kind != Kind.DISCUSSION
