"""The kind of an HTML page is told from its statements, its names and its lines."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from winnow.items import HTML, Article, Kind
from winnow.read.decode import Decoded
from winnow.read.extract import extract
from winnow.read.html import STEPS, ModelError, judge, load, parse, read_content, steps_for
from winnow.read.html.kind import facts_of
from winnow.read.lines.kind_model import Signs, Words, numbers
from winnow.read.lines.tokens import token_hash
from winnow.read.lines.views import ngram

SENTENCE = "The old ferry crossed the grey water twice a day, and the pilot knew every stone along the shore by name. "
SAID = (
    "Mine leaks too since the winter, I had to grease the ring and tighten both of the screws by hand.",
    "Did you try the other gasket? The one that came with the spare parts fits far better than this one.",
    "Thank you, the other gasket did the trick and the boat has been dry for a week now, even in the rain.",
)


def page(body: str, head: str = "", classes: str = "") -> str:
    return f"<html><head><title>Of boats</title>{head}</head><body class='{classes}'>{body}</body></html>"


def kind_of(html: str) -> Kind:
    found = extract(Decoded(html, HTML, "utf-8"))
    assert isinstance(found, Article), found
    return found.kind


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


NEWS = page(
    "<article><h1>The last ferry</h1><p class=byline>By Ida Verlane</p>" + f"<p>{SENTENCE * 3}</p>" * 6 + "</article>",
    script('{"@type": "NewsArticle", "headline": "The last ferry"}') + '<meta property="og:type" content="article">',
)
THREAD = page(
    "<h1>Leaking pump</h1>"
    + "".join(
        f"<div class='post topic-post'><a class=avatar href=/u/{i}>pilot{i}</a><time>2 days ago</time>"
        f"<div class=message><p>{said}</p></div><a class=reply href=#>Reply</a></div>"
        for i, said in enumerate(SAID * 3)
    ),
    '<meta name="generator" content="Discourse 3.2">' + script('{"@type": "DiscussionForumPosting", "comment": []}'),
    "forum topic",
)
MANUAL = page(
    "<div class=docs><h1>pump — drive a pump</h1>"
    + f"<h2>Options</h2><p>{SENTENCE}</p><pre class=highlight><code>pump --speed 3 --quiet</code></pre>" * 6
    + "</div>",
    '<meta name="generator" content="Sphinx 7.1"><link rel="canonical" href="https://docs.example.org/en/stable/guide/pump.html">',
)
CUP = page(
    "<div class=product><h1>Tin cup, 20 oz</h1><span class=price>$ 24.00</span><form class=cart>"
    f"<button>Add to cart</button><select class=variant></select></form><p>{SENTENCE * 2}</p><p>Keeps hot for"
    " twelve hours and is easily washed by hand in warm water.</p><p class=rating>4.8 of 5, 211 reviews</p></div>"
    "<ul class='product-grid'>"
    + "".join(
        f"<li class=product-card><a href=/products/{i}>Tin cup, {i} oz</a><span class=price>$ {i}.00</span>"
        for i in (8, 12, 16, 30)
    )
    + "</ul>",
    script('{"@type": "Product", "offers": {"@type": "Offer"}, "aggregateRating": {"@type": "AggregateRating"}}')
    + '<meta property="og:type" content="product"><link rel="canonical" href="https://shop.example.com/products/tin-cup">',
)


@pytest.mark.parametrize(
    ("html", "kind"),
    [(NEWS, Kind.ARTICLE), (THREAD, Kind.DISCUSSION), (MANUAL, Kind.DOCUMENTATION), (CUP, Kind.PRODUCT)],
    ids=["news", "thread", "manual", "cup"],
)
def test_a_page_is_of_the_kind_that_it_says_and_looks_like(html: str, kind: Kind) -> None:
    assert kind_of(html) == kind


def test_broken_json_still_states_its_types() -> None:
    broken = script('{"@type": ["Product", "Thing"], "name": "Tin cup "20 oz"", }')
    assert signs_of(page("<p>A cup.</p>", broken))["script product"] == 1
    assert signs_of(page("<p>A cup.</p>"))["script product"] == 0


def test_links_are_counted_by_where_they_lead_to() -> None:
    cards = "".join(f"<li><a href=/boats/used/{i}>A boat with number {i} on it</a>" for i in range(7))
    around = (
        "<a href='tel:+4612'>Call</a><a href=#top>Top</a><a href=https://www.elsewhere.example/boats/used/9>Else</a>"
    )
    own = '<link rel="canonical" href="https://www.yard.example/boats/used">'
    found = signs_of(page(f"<ul>{cards}</ul>{around}", own))
    assert found["links below"] == found["links folder"] == np.log1p(7)
    assert found["links telephones"] == found["links fragments"] == found["links external"] == np.log1p(1)
    assert np.isnan(signs_of(page(f"<ul>{cards}</ul>{around}"))["links below"])


def test_what_the_line_model_keeps_is_a_sign() -> None:
    cards = "".join(f"<li><a href=/{i}>A boat with number {i} on it</a></li>" for i in range(9))
    story, shelf = signs_of(NEWS), signs_of(page(f"<h1>All our boats</h1><ul>{cards}</ul>"))
    assert story["kept prose share"] > 0.9 > shelf["kept prose share"]
    assert story["kept share"] > 0.9
    assert story["below prose"] == 1
    assert shelf["left title lines"] + shelf["kept title lines"] > story["left title lines"]


@pytest.mark.parametrize(
    "html", ["<html></html>", "<html><p>x</p></html>", "<html><table><tr><td>a<td>b</table></html>"]
)
def test_every_page_has_the_same_signs(html: str) -> None:
    assert list(signs_of(html)) == list(signs_of(THREAD))


OFFER = page(
    "<div class=hero><h1>Boat repair you can rely on</h1><p>We mend wooden and steel boats of every size, in our yard"
    " or at your pier, with a fixed price before we begin.</p><a class=button href=/quote>Get a free quote</a></div>"
    + "".join(
        f"<section><h2>{name}</h2><p>Our team of certified experts takes care of your {name.lower()} from the first"
        " survey to the last coat of paint, so that you can be on the water when the season starts.</p>"
        "<a href=/contact>Contact us today</a></section>"
        for name in ("Hull repair services", "Engine maintenance", "Winter storage solutions", "Why choose us")
    ),
    '<meta name="description" content="Professional boat repair services. Contact our team for a free quote today.">'
    '<link rel="canonical" href="https://yard.example.com/services/boat-repair/">',
)


def test_an_offer_of_a_service_is_told_by_its_words() -> None:
    assert kind_of(OFFER) == Kind.SERVICE


PARAGRAPHS = {
    "de": "Die alte Fähre fuhr zweimal am Tag über das graue Wasser, und der Lotse kannte jeden Stein am Ufer.",
    "fr": "Le vieux bac traversait deux fois par jour l'eau grise, et le pilote connaissait chaque pierre de la rive.",
    "cs": "Starý přívoz jezdil dvakrát denně přes šedou vodu a lodivod znal na břehu každý kámen jménem a dobře.",
    "el": "Το παλιό πορθμείο διέσχιζε δύο φορές την ημέρα το γκρίζο νερό και ο πλοηγός ήξερε κάθε πέτρα της ακτής.",
}


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_an_article_whose_words_nobody_knows_is_an_article(language: str) -> None:
    said = PARAGRAPHS[language]
    assert kind_of(page(f"<article><h1>{said[:40]}</h1>" + f"<p>{said} {said}</p>" * 6 + "</article>")) == Kind.ARTICLE


def test_words_are_told_by_place_and_menus_have_none() -> None:
    head = '<meta name="description" content="Mends pumps"><link rel="canonical" href="https://a.example/pumps/9-hand">'
    said = " and ".join(["this pump is older than any other"] * 2)
    body = f"<nav><p>Menu</p></nav><h1>Pump</h1><p>Add to cart</p><p>{said}</p><input type=submit value='Buy now'>"
    title, about, heads, short, labels, lines, buttons, address = facts(page(body, head))[1]
    assert set(title) == set(numbers(0, np.append(hashes("of", "boats"), whole("of", "boats"))))
    assert set(about) == set(numbers(1, hashes("mends", "pumps")))
    assert set(heads) == set(numbers(2, hashes("pump")))
    assert set(short) == set(numbers(3, hashes("pump", "add", "to", "cart")))
    assert set(labels) == set(numbers(4, np.append(whole("pump"), whole("add", "to", "cart"))))
    assert set(lines) == set(numbers(5, hashes("pump", "add", "to", "cart", "and", *said.split())))
    assert set(buttons) == set(numbers(6, hashes("buy", "now")))
    assert set(address) == set(numbers(7, hashes("pumps", "0", "hand")))


@pytest.mark.parametrize("html", ["<html></html>", "<html><title></title><p>- * -</p></html>"])
def test_a_page_may_have_no_words(html: str) -> None:
    assert [len(there) for there in facts(html)[1]] == [0] * 8


def hashes(*words: str) -> NDArray[np.uint32]:
    return np.array([token_hash(word) for word in words], np.uint32)


def whole(*words: str) -> NDArray[np.uint32]:
    return ngram(hashes(*words)[:, np.newaxis])


def facts(html: str) -> tuple[Signs, Words]:
    tree = parse(html)
    assert tree is not None
    content = read_content(tree)
    return facts_of(tree, content, *judge(tree, content, load()))


def signs_of(html: str) -> Signs:
    return facts(html)[0]


def test_all_posts_of_a_thread_are_its_text() -> None:
    found = extract(Decoded(THREAD, HTML, "utf-8"))
    assert isinstance(found, Article)
    assert all(said in found.text for said in SAID)


def test_steps_that_are_about_articles_are_left_out_of_other_pages() -> None:
    names = {kind: {step.why for step in steps_for(kind)} for kind in Kind}
    others = {
        "post of a thread",
        "part of a manual",
        "doubted too much",
        "review or other goods",
        "menu or form",
        "part of all entries or of none",
    }
    assert names[Kind.ARTICLE] == {step.why for step in STEPS} - others
    assert "post of a thread" in names[Kind.DISCUSSION]
    assert {"part of a manual", "listed in the contents"} <= names[Kind.DOCUMENTATION]
    assert "comments" not in names[Kind.DISCUSSION]
    assert "far from the rest" not in names[Kind.LISTING]


def test_words_in_classes_are_counted_as_often_as_they_stand_there() -> None:
    box = f"<div class='Post-list post'><p class='post post'>{SENTENCE}</p></div>"
    found = signs_of(page(box + box + f"<div class='toc'>{SENTENCE}</div>"))
    assert found["class post"] == 8 * found["class toc"] > 0
    assert found["class list"] == 2 * found["class toc"]
    assert found["class forum"] == 0


def test_a_type_of_any_length_is_looked_at_once() -> None:
    found = signs_of(page("".join(f"<div itemtype='{'a' * 300_000}!'>{SENTENCE}</div>" for _ in range(3))))
    assert not any(number for name, number in found.items() if name.startswith("item "))


PROSE = f"<h1>Of boats</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p>"


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        (Kind.DISCUSSION, page(PROSE, script('{"@type": ["QAPage"], "mainEntity": {"@type": "Question"}}'))),
        (Kind.DISCUSSION, page(f"<div itemscope itemtype='https://schema.org/DiscussionForumPosting'>{PROSE}</div>")),
        (Kind.DISCUSSION, page(PROSE, '<meta name="generator" content="phpBB">')),
        (Kind.DOCUMENTATION, page(PROSE, '<meta name="generator" content="javadoc/17">')),
        (Kind.DOCUMENTATION, page(PROSE, '<meta name="generator" content="Doxygen 1.9.4">')),
        (Kind.DOCUMENTATION, page(PROSE, '<meta name="Generator" content="makeinfo">')),
        (Kind.DOCUMENTATION, page(PROSE, '<meta name="generator" content="texi2any">')),
        (
            Kind.DOCUMENTATION,
            page(PROSE, '<meta name="description" content="Of boats"><meta name="generator" content="publican v4">'),
        ),
        (
            Kind.DOCUMENTATION,
            page(PROSE, "".join(f'<meta name="generator" content="{name}">' for name in ("DocBook XSL", "Tidy 5.6"))),
        ),
        (Kind.DOCUMENTATION, page(PROSE, '<meta name="generator" content="LinuxDoc-Tools 0.9.82">')),
        (Kind.DOCUMENTATION, page(PROSE, '<meta name="generator" content="Docusaurus v3.6.1">')),
        (Kind.DOCUMENTATION, page(PROSE, '<script src="a_files/documentation_options.js.download"></script>')),
        (Kind.DOCUMENTATION, page(PROSE, "<script>\n  var DOCUMENTATION_OPTIONS = {VERSION: '4.2'};</script>")),
        (Kind.PRODUCT, page(PROSE, script('{"@type": "Product", "offers": {"@type": "Offer", "price": "20"}}'))),
        (
            Kind.PRODUCT,
            page(
                f"<div itemscope itemtype='http://schema.org/Product'>{PROSE}</div>",
                '<meta property="og:type" content="product">',
            ),
        ),
    ],
)
def test_a_page_is_of_the_kind_that_it_states_plainly(kind: Kind, html: str) -> None:
    assert kind_of(html) == kind


@pytest.mark.parametrize(
    "head", ['<script src="_static/documentation_options.js"></script>', '<meta name="generator" content="Sphinx 8.1">']
)
@pytest.mark.parametrize("item", ["http://schema.org/Article", "https://schema.org/TechArticle"])
def test_a_theme_of_sphinx_that_calls_every_page_an_article_makes_manuals(head: str, item: str) -> None:
    body = f"<div role=main class=document itemscope itemtype='{item}'><div itemprop=articleBody>{PROSE}</div></div>"
    assert kind_of(page(body, head)) == Kind.DOCUMENTATION
    post = script('{"@type": "BlogPosting", "author": {"@type": "Person"}}')
    assert kind_of(page(body, head + post)) != Kind.DOCUMENTATION


STATED_ARTICLE = script('{"@type": "NewsArticle", "author": {"@type": "Person"}}')
OPEN_GRAPH = '<meta property="og:type" content="article">'


@pytest.mark.parametrize("program", ["Docusaurus v3.6.1", "Starlight v0.30", "HonKit 6.1.7"])
def test_a_post_of_a_blog_beside_a_manual_is_no_manual(program: str) -> None:
    post = script('{"@type": "BlogPosting", "author": {"@type": "Person"}}')
    assert kind_of(page(PROSE, f'<meta name="generator" content="{program}">' + post)) == Kind.ARTICLE


def test_nothing_else_is_looked_at_where_a_page_states_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINNOW_KIND_MODEL", "/no/such/model.npz")
    assert kind_of(THREAD) == Kind.DISCUSSION
    assert kind_of(page(PROSE, STATED_ARTICLE + OPEN_GRAPH)) == Kind.ARTICLE


@pytest.mark.parametrize(
    "head",
    [
        STATED_ARTICLE,
        OPEN_GRAPH,
        STATED_ARTICLE + OPEN_GRAPH + script('{"@type": "Service"}'),
        STATED_ARTICLE + OPEN_GRAPH + script('{"@type": "FAQPage"}'),
        STATED_ARTICLE + OPEN_GRAPH + '<meta name="generator" content="Wix.com Website Builder">',
        STATED_ARTICLE + OPEN_GRAPH + '<meta name="generator" content="WooCommerce 8.1">',
    ],
)
def test_a_page_that_only_half_states_an_article_is_looked_at(monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    monkeypatch.setenv("WINNOW_KIND_MODEL", "/no/such/model.npz")
    with pytest.raises(ModelError):
        kind_of(page(PROSE, head))


POSTS = {
    "de": ("Pumpe brummt nur noch", "vor dem Frost leer gemacht und trotzdem kommt jetzt kein Tropfen aus dem Hahn",
           "Das liegt am Ventil unten im Schacht, dort setzen sich gern Blätter fest", "Danke, es war ein Blatt!"),
    "es": ("La bomba solo zumba", "vacié la tubería antes del invierno y aun así del grifo no sale ni una gota",
           "Será la válvula de abajo del pozo, ahí se quedan pegadas las hojas", "Gracias, ¡era una hoja!"),
    "pl": ("Pompa tylko buczy", "spuściłem wodę przed mrozem, a mimo to z kranu nie leci ani kropla",
           "To zawór na dole studni, tam przyklejają się liście", "Dzięki, to był liść!"),
}  # fmt: skip
BOARDS = (
    "<div class='x1'><div class='x2'><a href='/user/{0}'>{0}</a> <time>12.03.2023 18:0{1}</time></div><p>{2}</p></div>",
    "<li class='message'><span class='user'>{0}</span><span class='date'>12.03.2023 18:0{1}</span><div>{2}</div></li>",
)


@pytest.mark.parametrize("language", POSTS)
@pytest.mark.parametrize("board", BOARDS)
def test_a_thread_is_told_by_its_posts_where_nothing_states_it(board: str, language: str) -> None:
    title, *said = POSTS[language]
    posts = "".join(board.format(f"moos{n % 3}", n, text) for n, text in enumerate(said * 3))
    assert kind_of(f"<html lang={language}><title>{title}</title><body><h1>{title}</h1>{posts}</body></html>") == (
        Kind.DISCUSSION
    )
    entries = "".join(
        board.format(f"moos{n}", n, f"<h3><a href='/{n}'>{title} {n} {text[:20]}</a></h3>{text}. {text}.")
        for n, text in enumerate(said[:2] * 4)
    )
    assert kind_of(f"<html lang={language}><title>{title}</title><body>{entries}</body></html>") != Kind.DISCUSSION


@pytest.mark.parametrize(
    "head",
    [
        script('{"@type": "NewsArticle", "about": {"@type": "Product", "offers": {"@type": "Offer"}}}'),
        '<meta property="og:type" content="product">',
        script('{"@type": "Product", "review": {"@type": "Review"}}'),
    ],
)
def test_a_page_that_only_speaks_of_a_product_is_an_article(head: str) -> None:
    assert kind_of(NEWS.replace("</head>", f"{head}</head>")) == Kind.ARTICLE


TEASERS = {
    "en": ("The pump that leaks", "It began with a puddle in the hold, and ended with a new ring of grey rubber."),
    "de": ("Die Pumpe, die tropft", "Es begann mit einer Pfütze im Laderaum und endete mit einem neuen grauen Ring."),
    "ru": ("Насос, который течёт", "Всё началось с лужи в трюме, а закончилось новым кольцом из серой резины."),
}
ENTRY = (
    "<article class='entry'><h2><a href='/p/{n}'>{title} ({n})</a></h2><div class='date'>March {n}, 2024</div>"
    "<div class='by'><a class='author' href='/u/{n}'>Ada Lund</a></div><p>{text} ({n})</p></article>"
)


@pytest.mark.parametrize("language", TEASERS)
@pytest.mark.parametrize("by", [True, False])
@pytest.mark.parametrize("is_listed", [True, False])
def test_entries_with_days_that_links_head_are_a_list(language: str, by: bool, is_listed: bool) -> None:
    title, text = TEASERS[language]
    entries = "".join(ENTRY.format(n=n, title=title, text=text) for n in range(11, 18))
    entries = entries if by else entries.replace("<div class='by'>", "<div hidden>")
    recent = "".join(f"<li><a href='/p/{n}'>{title} ({n})</a></li>" for n in range(11, 18)) * is_listed
    assert kind_of(page(f"<aside><ul>{recent}</ul></aside><main>{entries}</main>")) is Kind.LISTING


@pytest.mark.parametrize("name", ["blog-wrapper blog-list-page", "plugin-blog", "my-blog"])
def test_a_list_of_a_blog_beside_a_manual_is_no_manual(name: str) -> None:
    head = "<meta name='generator' content='Docusaurus v3.9'>"
    html = page(f"<main><h1>Of boats</h1><p>{SENTENCE * 4}</p></main>", head)
    assert kind_of(html) is Kind.DOCUMENTATION
    assert kind_of(html.replace("<html>", f"<html class='{name}'>")) is not Kind.DOCUMENTATION


@pytest.mark.parametrize("language", TEASERS)
def test_whole_articles_one_below_the_other_are_read_as_articles(language: str) -> None:
    title, text = TEASERS[language]
    whole = " ".join(f"{text} ({n})" for n in range(12))
    entries = "".join(ENTRY.format(n=n, title=title, text=whole) for n in range(11, 18))
    assert kind_of(page(f"<main>{entries}</main>")) is Kind.ARTICLE
