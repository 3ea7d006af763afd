"""Boxes that site builders and editors set into a text are part of it; cards and appeals that stand there are not."""

from __future__ import annotations

from html import escape

import pytest

from tests.test_htmlpage_whole import ABOVE, between, kept
from tests.test_htmlpage_whole import BELOW as AFTER
from tests.textpage_samples import SAMPLES
from winnow.items import HTML, Article
from winnow.read.decode import Decoded
from winnow.read.extract import extract

# Of each language a heading, two sentences, two short items, a question and its answer.
WORDS = {
    "de": (
        "Was man wissen sollte",
        "Wer den Turm sehen will, kommt am besten vor dem Mittag, weil die Treppe danach im Schatten liegt.",
        "Am Nordufer wurde die Rampe vor vierzig Jahren erneuert, und seither hat sie sich nicht mehr bewegt.",
        ("zwei Scheiben aus dickem Glas", "ein Fass zum Herumgehen"),
        "Wie lange dauert der Weg nach oben?",
        "Eine Viertelstunde, wenn die Tür nicht klemmt, und sonst den halben Nachmittag.",
    ),
    "fr": (
        "Ce qu'il faut savoir",
        "La tour se visite de préférence avant midi, parce que l'escalier est ensuite plongé dans l'ombre.",
        "Sur la rive nord, la rampe a été refaite il y a quarante ans et n'a plus bougé depuis cette époque.",
        ("deux disques de verre épais", "un tonneau pour tourner autour"),
        "Combien de temps dure la montée ?",
        "Un quart d'heure quand la porte ne coince pas, sinon la moitié de l'après-midi.",
    ),
    "es": (
        "Lo que conviene saber",
        "La torre se visita mejor antes del mediodía, porque después la escalera queda en completa sombra.",
        "En la orilla norte la rampa se rehízo hace cuarenta años y desde entonces no ha vuelto a moverse.",
        ("dos discos de vidrio grueso", "un barril para dar vueltas"),
        "¿Cuánto se tarda en subir?",
        "Un cuarto de hora si la puerta no se atasca, y si se atasca, media tarde.",
    ),
}
COLUMN = '<div class="wp-block-column"><p>{%s}</p></div>'
COLUMNS = f'<div class="wp-block-columns">{COLUMN % "a"}{COLUMN % "b"}</div>'
NOTE = '<div class="{name}"><p>{a}</p></div>'
MEDIA = (
    '<div class="wp-block-media-text"><figure><img src="m.jpg" alt=""></figure>'
    '<div class="wp-block-media-text__content"><p>{a}</p></div></div>'
)
TIMELINE = (
    '<div class="timeline"><div class="timeline-item"><div class="timeline-date">1903</div><p>{a}</p></div>'
    '<div class="timeline-item"><div class="timeline-date">1971</div><p>{b}</p></div></div>'
)
FACTS = '<aside class="infobox"><h4>{head}</h4><p>{a}</p></aside>'
LIST = '<div class="c-box c-box--info"><h3>{head}</h3><ul><li>{one}</li><li>{two}</li></ul></div>'
DETAILS = "<details class='wp-block-details'><summary>{ask}</summary><p>{say} {a}</p></details>"
TOGGLE = (
    '<div class="elementor-toggle"><div class="elementor-tab-title"><a class="x-toggle-title">{ask}</a></div>'
    '<div class="elementor-tab-content" style="display:none"><p>{say}</p></div></div>'
)
CARD = '<div class="card kg-card kg-toggle-card"><div><h4>{ask}</h4></div><div><p>{say} {a}</p></div></div>'
UNFOLDS = (
    '<div class="x-accordions"><section class="x-accordion"><h3 class="x-accordion__title"><button type="button"'
    ' aria-expanded="false">{head}</button></h3><div class="x-collapse"><p>{a}</p></div></section></div>'
)
# As programs say to screen readers what unfolds: a button with a label, or a box, and what either shows.
FOLDS = [
    "<div class='x1'><button type='button' class='x2' aria-expanded='false'><span class='x-label'>{0}</span></button>"
    "<div style='height:0;overflow:hidden' role='region' aria-labelledby='c' class='x3'><div>{1}</div></div></div>",
    "<div class='x1'><div class='x2-header' role='button' aria-expanded='false'><span class='x-icon'></span>{0}</div>"
    "<div class='x3-content x3-content-hidden'><div><p>{1}</p></div></div></div>",
]
FOLDING = [fold.format("{head}", "{a}") + fold.format("{one}", "{b}") for fold in FOLDS]
# A page of answers: its title, what it begins with, and what unfolds.
ANSWERS = {
    "en": [
        ("A boat built for ten years", "When the ferry left the yard in 1951, her builders promised her "
         "ten years of work. She has now crossed the estuary for seven decades, in fog, in ice and in storms."),
        ("How do I reset the water meter?", "Hold the grey button for five seconds until the display goes dark, then "
         "release it and wait for the green light before you open the valve again."),
        ("Can I use the meter in winter?", "Yes. The housing is rated down to minus twenty degrees, but the battery "
         "should be changed in autumn because cold shortens its life."),
        ("Where is the serial number?", "It is printed on the back, below the bar code, and also stored in the menu "
         "under Device, so that you need not take it off the wall."),
        ("Who may repair it?", "Only a licensed plumber may open the seal. If the seal is broken by anybody else, the "
         "guarantee ends on that day."),
    ],
    "de": [
        ("Ein Rad, das wieder läuft", "Seit dem Frühjahr dreht sich das Wasserrad wieder, das vierzig Jahre lang unter "
         "Brombeeren lag. Drei Tischler aus dem Nachbartal haben die Schaufeln erneuert, und der Bach hat Wasser."),
        ("Den Zähler zurücksetzen", "Halten Sie die graue Taste fünf Sekunden lang, bis die Anzeige dunkel wird, und "
         "warten Sie auf das grüne Licht, bevor Sie das Ventil öffnen."),
        ("Bei Frost", "Das Gehäuse verträgt minus zwanzig Grad, doch sollte die Batterie im Herbst gewechselt werden, "
         "weil Kälte ihre Lebensdauer verkürzt."),
        ("Die Seriennummer", "Sie ist auf der Rückseite unter dem Strichcode gedruckt und steht auch im Menü, sodass "
         "man das Gerät nicht von der Wand nehmen muss."),
        ("Reparatur", "Nur ein zugelassener Betrieb darf die Plombe öffnen. Wird sie von jemand anderem gebrochen, "
         "endet die Garantie an diesem Tag."),
    ],
}  # fmt: skip
PANELS = '<div class="x-tabs__panel" id="t1"><p>{a}</p></div><div class="x-tabs__panel" id="t2"><p>{b}</p></div>'
TABS = [
    f'<div class="x-tabs"><ul class="x-tabs__list">{names}</ul>{PANELS}</div>'
    for names in (
        '<li class="x-tabs__item"><a href="#t1">{head}</a></li><li class="x-tabs__item"><a href="#t2">{one}</a></li>',
        '<li role="presentation"><button role="tab">{head}</button></li><li><button role="tab">{one}</button></li>',
    )
]
NAMED_TABS = (
    '<ul class="nav nav-tabs" role="tablist"><li class="nav-item"><a role="tab" href="#t1">1903</a></li>'
    '<li class="nav-item"><a role="tab" href="#t2">1971</a></li></ul><div class="tab-content">'
    '<div class="tab-pane active" id="t1"><p>{a}</p></div><div class="tab-pane" id="t2"><p>{b}</p></div></div>'
)
PANEL = '<div class="card panel"><h4><a data-toggle="collapse" href="#{place}">{title}</a></h4>{text}</div>'
FOLDED = "".join(
    PANEL.replace("{place}", place)
    .replace("{title}", title)
    .replace("{text}", f'<div class="collapse panel-collapse"><p>{text}</p></div>')
    for place, title, text in (("c1", "{head}", "{a}"), ("c2", "{one}", "{b}"))
)
ACCORDIONS = [f'<div class="accordion">{FOLDED}</div>', f'<div class="panel-group">{FOLDED}</div>']
ADDRESSES = ("https://river.example/a?b=1", "a.html", "file:///home/ida/a.html")  # of pages that programs have saved
SAVED = [tabs.replace('="#', f'="{at}#') for tabs, at in zip((TABS[0], NAMED_TABS, TABS[0]), ADDRESSES, strict=True)]
UNFOLDED = [*TABS, NAMED_TABS, *ACCORDIONS, *SAVED]
NOTES = ("callout", "alert alert-info", "note-box", "kg-callout-card", "message is-info", "well", "notification")
INSIDE = [NOTE.replace("{name}", name) for name in NOTES] + [
    COLUMNS, MEDIA, TIMELINE, FACTS, LIST, DETAILS, TOGGLE, CARD, UNFOLDS, *UNFOLDED, *FOLDING,
]  # fmt: skip
BELOW = [*UNFOLDED, *FOLDING, UNFOLDS, TIMELINE, TOGGLE, DETAILS, NOTE.replace("{name}", "callout")]
# Quotations have other words than the text, in another language maybe.
SPOKEN = "I am your ferryman. Come on. You can ask me whatever you want, and you can sign up for the next trip today."
QUOTES = [
    f"<blockquote><p>{SPOKEN}</p></blockquote>",
    f"<blockquote class='wp-block-quote'><p>{SPOKEN}</p><cite>Bo Niemi</cite></blockquote>",
    f"<blockquote class='twitter-tweet'><p>{SPOKEN} <a href='https://t.example/x'>pic.t.example/x</a></p>"
    "— Bo Niemi (@niemi) <a href='https://t.example/1'>2 March 2024</a></blockquote>",
    f"<blockquote>{SPOKEN}<br>{SPOKEN.upper()}</blockquote>",
]
LEADING = "<blockquote><p>READ MORE: <a href='/next'>Need help with the ferry? Ask yourself this</a></p></blockquote>"
# What stands in a text and is no part of it.
TEASER = '<div class="card"><a href="/next"><h4>{head}</h4><p>{a}</p></a></div>'
RELATED = '<div class="related-box"><h4>{head}</h4><p>{a}</p></div>'
LINKED = '<a href="/next"><figure class="note"><figcaption>{a}</figcaption></figure></a>'
LEADING_MENU = (
    "<div class='x1'><button aria-expanded='false' aria-haspopup='true'>{head}</button>"
    "<div class='x3'><a href='/next'>{a}</a></div></div>"
)
LEADING_TABS, LEADING_CARDS = TABS[0].replace("#", "/next"), ACCORDIONS[0].replace("#", "/next")
CAPTION = '<figure><img src="m.jpg" alt=""><figcaption>{a}</figcaption></figure>'


def page(language: str, inset: str, is_below: bool = False) -> tuple[str, dict[str, str]]:
    """Return a page with an inset, and what is set into it by name."""
    head, a, b, (one, two), ask, say = WORDS[language]
    values = {"head": head, "a": a, "b": b, "one": one, "two": two, "ask": ask, "say": say}
    found = [line.partition("|") for line in SAMPLES[language].splitlines()]
    title = next(escape(text) for mark, _, text in found if mark == "T")
    texts = [f"<p>{escape(text)}</p>" for mark, _, text in found if mark == "A"]
    texts.insert(len(texts) if is_below else 3, inset.format(**values))
    body = f'<main><article><h1>{title}</h1><div class="entry-content">{"".join(texts)}</div></article></main>'
    foot = "<footer><a href='/i'>Impressum</a><p>© 2024 The River Post</p></footer>"
    return f"<html><head><title>{title}</title></head><body>{body}{foot}</body></html>", {
        name: value for name, value in values.items() if f"{{{name}}}" in inset
    }


def text_of(html: str) -> str:
    article = extract(Decoded(html, HTML, "utf-8"))
    assert isinstance(article, Article)
    return " ".join(article.text.split())


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("inset", INSIDE)
def test_box_between_paragraphs_is_part_of_the_text(inset: str, language: str) -> None:
    html, values = page(language, inset)
    text = text_of(html)
    assert [name for name, value in values.items() if value not in text] == []


@pytest.mark.parametrize("language", WORDS)
def test_block_quotation_between_paragraphs_is_part_of_the_text(language: str) -> None:
    assert [quote for quote in QUOTES if SPOKEN not in text_of(page(language, quote)[0])] == []
    assert "READ MORE" not in text_of(page(language, LEADING)[0])


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("inset", BELOW)
def test_box_that_unfolds_below_the_text_is_part_of_it(inset: str, language: str) -> None:
    html, values = page(language, inset, is_below=True)
    text = text_of(html)
    assert [name for name, value in values.items() if value not in text] == []


@pytest.mark.parametrize("language", ANSWERS)
@pytest.mark.parametrize("fold", FOLDS)
def test_all_that_unfolds_alike_is_part_of_a_page_of_answers(fold: str, language: str) -> None:
    (title, lead), *answers = ANSWERS[language]
    body = "".join(fold.format(*answer) for answer in answers)
    foot = "<footer>© 2024 The River Post. All rights reserved.</footer>"
    html = (
        f"<title>{title}</title><div id='root'><main><h1>{title}</h1><p>{lead}</p><div>{body}</div></main>{foot}</div>"
    )
    text = text_of(html)
    assert [said for answer in answers for said in answer if said not in text] == []


@pytest.mark.parametrize("language", WORDS)
def test_filters_that_unfold_below_a_text_are_no_part_of_it(language: str) -> None:
    box = "<div class='f'><button aria-expanded='false'>{}</button><ul><li>XS</li><li>XL</li></ul></div>"
    html, _ = page(language, "".join(map(box.format, ("Size", "Colour", "Brand"))), is_below=True)
    assert "XL" not in text_of(html)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("button", ["Book now", "Jetzt buchen", "Réserver"])
def test_button_that_ends_a_box_is_no_part_of_it(button: str, language: str) -> None:
    html, values = page(language, f'<div class="callout"><p>{{a}}</p><div>{button}</div></div>')
    text = text_of(html)
    assert values["a"] in text
    assert button not in text


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("inset", [TEASER, RELATED, CAPTION, LINKED, LEADING_TABS, LEADING_CARDS, LEADING_MENU])
def test_box_that_leads_elsewhere_is_no_part_of_the_text(inset: str, language: str) -> None:
    html, values = page(language, inset)
    menu = "".join(f"<li><a href='/{number}'>Route {number}</a></li>" for number in range(12))  # of a site
    assert values["a"] not in text_of(html.replace("<body>", f"<body><nav><ul>{menu}</ul></nav>"))


@pytest.mark.parametrize(
    ("language", "ask", "short"),
    [("de", "Wann geht es los?", "Im Frühjahr, wenn es warm wird."),
     ("fr", "Qui paie ?", "Le village, comme toujours."), ("es", "¿Quién lo paga?", "El pueblo, como siempre.")],
)  # fmt: skip
@pytest.mark.parametrize("button", ["", "<div class='wp-block-buttons'><a href='/b'>Book</a></div>"])
@pytest.mark.parametrize(
    "box", ["<details><summary>{0}</summary><p>{1}</p></details>",
            "<div class='accordion-item'><h4>{0}</h4><div class='accordion-panel'><p>{1}</p></div></div>"],
)  # fmt: skip
def test_short_answer_that_unfolds_below_the_text_is_part_of_it(
    box: str, button: str, language: str, ask: str, short: str
) -> None:
    html, _ = page(language, box.format(ask, short) + button, is_below=True)
    text = text_of(html)
    assert ask in text
    assert short in text
    assert "Book" not in text


@pytest.mark.parametrize(
    ("language", "quote", "who"),
    [("de", "Das Wasser fragt nicht, wer gerade Wache hat.", "Jonas Petersen, Wärter"),
     ("fr", "L'eau ne demande pas qui est de garde ce soir.", "Jean Le Goff, gardien"),
     ("es", "El agua no pregunta quién está hoy de guardia.", "Rosa Vidal, farera")],
)  # fmt: skip
@pytest.mark.parametrize(
    "figure",
    ["<figure class='wp-block-pullquote'><blockquote><p>{0}</p><cite>{1}</cite></blockquote></figure>",
     "<figure><blockquote><p>{0}</p></blockquote><figcaption class='quote-footer'>{1}</figcaption></figure>",
     "<figure class='x-quote'><div><blockquote><p>{0}</p></blockquote><figcaption><p class='x-quote__author'>{1}</p>"
     "</figcaption></div></figure>"],
)  # fmt: skip
def test_who_said_a_quote_in_a_figure_is_kept_with_it(figure: str, language: str, quote: str, who: str) -> None:
    html, _ = page(language, figure.format(quote, who))
    text = text_of(html)
    assert quote in text
    assert who in text


# Short texts of a box: its heading and a sentence of fewer than ten words.
SHORT = {
    "de": ("Das Holz", "Buche, zwei Jahre trocken, fein gespalten."),
    "fr": ("Le bois", "Du hêtre, sec depuis deux ans, fendu fin."),
    "es": ("El cauce", "El río bajó dos años por un tubo."),
}
BLURB = "<div class='et_pb_module et_pb_blurb'><h4>{}</h4><div class='et_pb_blurb_description'><p>{}</p></div></div>"


@pytest.mark.parametrize("language", SHORT)
@pytest.mark.parametrize("name", ["et_pb_module", "card", "c-item widget-item"])
def test_names_that_the_paragraphs_around_a_box_have_too_say_nothing_of_it(name: str, language: str) -> None:
    html, _ = page(language, BLURB.format(*SHORT[language]).replace("et_pb_module", name))
    wrapped = html.replace("<p>", f"<div class='{name}'><p>").replace("</p>", "</p></div>")
    text = text_of(wrapped)
    assert [each for each in SHORT[language] if each not in text] == []


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("name", ["callout", "notice", "warning"])
def test_note_that_is_a_figure_is_no_caption(name: str, language: str) -> None:
    html, values = page(language, f"<figure class='{name}'><div>⚠️</div><div>{{a}}</div></figure>")
    assert values["a"] in text_of(html)


DEEP = "<div class='t-rec'><div class='t-container'><div><div class='{}'>{}</div></div></div></div>"


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("name", ["t050__title t-title", "section-heading", "block-headline"])
def test_line_in_a_box_that_is_named_as_a_title_heads_what_follows(name: str, language: str) -> None:
    head = WORDS[language][0]
    body = DEEP.format("t-text", f"<p>{ABOVE}</p>") + DEEP.format(name, head) + DEEP.format("t-text", f"<p>{AFTER}</p>")
    assert kept(body, lambda text: 0.12) == [ABOVE, head, AFTER]
    assert kept(body.replace(name, "t-text"), lambda text: 0.12) == [ABOVE, AFTER]
    assert kept(body.replace(head, f"<a href='/x'>{head}</a>"), lambda text: 0.12) == [ABOVE, AFTER]


@pytest.mark.parametrize("language", SHORT)
@pytest.mark.parametrize("name", ["tip-box", "recipe-notes", "warning"])
def test_note_below_the_text_is_part_of_it(name: str, language: str) -> None:
    html, values = page(language, f"<div class='{name}'><p>{{a}}</p></div>", is_below=True)
    assert values["a"] in text_of(html)
    html, values = page(language, f"<div class='{name}'><p>{{a}} <a href='/x'>{{head}}</a></p></div>", is_below=True)
    assert values["head"] not in text_of(html)


# Notes that ask something of their reader, and appeals in the same boxes.
ADVICE = {
    "en": (
        "Check the tide before you order a boat, as I learned the hard way, and tell me if it changes.",
        "Subscribe to our newsletter today.",
    ),
    "de": ("Prüfen Sie bitte vorher den Wasserstand, ich habe es auch gelernt.", "Abonnieren Sie unseren Newsletter!"),
    "fr": ("Vérifiez la marée avant votre départ, je l'ai appris à mes dépens.", "Abonnez-vous à notre newsletter !"),
}


@pytest.mark.parametrize("language", ADVICE)
@pytest.mark.parametrize(
    "note",
    [
        "<div class='note'><p>{}</p></div>",
        "<aside class='x-aside x-aside--caution'><p>Caution</p><div class='x-aside__content'><p>{}</p></div></aside>",
        "<div class='card callout-card'><div>💡</div><div class='callout-text'>{}</div></div>",
    ],
)
def test_note_between_paragraphs_may_ask_something_of_its_reader(note: str, language: str) -> None:
    advice, appeal = ADVICE[language]
    for text, is_part in ((advice, True), (appeal, False)):
        lines = kept(f"<div><p>{ABOVE}</p>{note.format(text)}<p>{AFTER}</p></div>", lambda line: 0.12)
        assert (text in lines) == is_part


@pytest.mark.parametrize("text", ["Kapı akşam kapanır.", "Die Tür klemmt.", "The gate sticks."])
def test_a_note_of_a_few_words_between_paragraphs_is_part_of_the_text(text: str) -> None:
    note = f"<aside class='admonition admonition-tip'><p>{text}</p></aside>"
    assert text in kept(f"<div><p>{ABOVE}</p>{note}<p>{AFTER}</p></div>", lambda line: 0.08)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("look", ["x:contrast-more:border", "sm:hidden", "[&::-webkit-details-marker]:hidden"])
def test_names_of_looks_say_nothing_of_a_note(look: str, language: str) -> None:
    text = WORDS[language][1]
    note = f"<div class='callout {look} overflow-hidden'><div><p>{escape(text)}</p></div></div>"
    assert text in kept(f"<div><p>{ABOVE}</p>{note}<p>{AFTER}</p></div>", lambda line: 0.12)


CODE = "<pre><code>for boat in harbour:\n    boat.count()</code></pre>"


@pytest.mark.parametrize(
    "box",
    [
        "<div class='language-python'><button title='Copy'></button><span class='lang'>python</span>{}</div>",
        "<figure class='frame'><figcaption>count.py</figcaption>{}</figure>",
        "<div class='code-toolbar'>{}<div class='toolbar'><button>Copy to clipboard</button></div></div>",
    ],
)
def test_code_between_two_sure_lines_is_kept_however_unlikely_what_stands_beside_it_is(box: str) -> None:
    lines = between(box.format(CODE), lambda text: 0.02)
    assert [line for line in lines if "boat" in line] == ["for boat in harbour: boat.count()"]


@pytest.mark.parametrize("box", ["<aside>{}</aside>", "<div class='comments'>{}</div>", "<footer>{}</footer>"])
def test_code_in_furniture_stays_out(box: str) -> None:
    assert between(box.format(CODE), lambda text: 0.02) == []


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(
    "inset",
    [
        "<div class='note'><p>{}</p></div>",
        "<aside class='admonition'><p class='admonition-title'>Note</p><p>{}</p></aside>",
        "<details><summary>?</summary><p>{}</p></details>",
        "<div class='card callout-card'><div class='callout-text'>{}</div></div>",
    ],
)
def test_sentence_of_a_note_may_link_to_what_it_speaks_of(inset: str, language: str) -> None:
    words = WORDS[language][1].split()
    text, linked = " ".join(words), " ".join([words[0], f"<a href='/p'>{words[1]} {words[2]}</a>", *words[3:]])
    for markup, is_part in ((linked, True), (f"<a href='/p'>{text}</a>", False)):
        body = f"<div><p>{ABOVE}</p>{inset.format(markup)}<p>{AFTER}</p></div>"
        assert (text in kept(body, lambda line: 0.08)) == is_part
