"""Listings, collections and products: entries and facts are kept, and neither filters nor what buyers wrote."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from winnow.items import HTML, Article, Kind
from winnow.read.decode import Decoded
from winnow.read.extract import extract
from winnow.read.html import parse, plain, read_content, steps_for
from winnow.read.html.entries import drop_controls, drop_others, keep_entries
from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.choose import choose
from winnow.read.lines.views import Bools, view

GOODS = {
    "en": ("Oak ladle", "A ladle for soup, carved of one piece of oak and oiled twice by hand.", "Sort by price"),
    "de": ("Eichenkelle", "Eine Kelle für Suppe, aus einem Stück Eiche geschnitzt und zweimal geölt.", "Nach Preis"),
    "es": ("Cucharón de roble", "Un cucharón para sopa, tallado de una pieza y aceitado dos veces.", "Por precio"),
    "ja": ("オークのおたま", "一枚のオーク材から削り出し、手で二度油を塗ったスープ用のおたま。", "価格順"),
}
REVIEWS = {
    "en": "My sister bought it for me and I use it every single day, it never smells and feels light in the hand.",
    "de": "Meine Schwester hat sie mir geschenkt, und ich nehme sie jeden Tag, sie riecht nie und liegt leicht.",
    "es": "Me lo regaló mi hermana y lo uso todos los días, nunca huele y se siente muy ligero en la mano.",
    "ja": "姉にもらって毎日使っています。においも付かず、手に持つととても軽く感じられます。",
}


def judged(body: str, likely: Callable[[str], float]) -> JudgedBlocks:
    """Return a page whose lines are as likely as is said."""
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    blocks = read_content(tree).blocks
    page = view([block.line for block in blocks])
    probability = np.array([likely(block.line.text) for block in blocks], np.float32)
    return JudgedBlocks(page, plain(page, blocks, ""), probability, blocks, np.zeros(len(blocks), np.bool_))


def shelf(title: str, said: str, count: int) -> str:
    """Return entries as a shop shows them, each with a title, a text and a button."""
    entries = (
        f"<div class=tile><h3><a href=/{i}>{title} {i}</a></h3><p>{said} {i}</p><div class=buy>Buy {i}</div></div>"
        for i in range(count)
    )
    return f"<div class=shelf>{''.join(entries)}</div>"


def texts(page: JudgedBlocks, chosen: Bools) -> list[str]:
    return [block.line.text for block, yes in zip(page.blocks, chosen.tolist(), strict=True) if yes]


def is_odd(text: str) -> bool:
    return text.endswith(tuple("13579"))


@pytest.mark.parametrize("language", GOODS)
def test_a_part_of_an_entry_is_kept_in_all_entries_or_in_none(language: str) -> None:
    title, said, _ = GOODS[language]
    page = judged(shelf(title, said, 40), lambda text: 0.9 if text == "Buy 7" or not is_odd(text) else 0.1)
    wanted = [text for i in range(40) for text in (f"{title} {i}", f"{said} {i}")]
    likely = page.probability > 0.5
    likely &= np.array([not block.line.text.startswith("Buy") or block.line.text == "Buy 7" for block in page.blocks])
    assert texts(page, keep_entries(page, likely)) == wanted


@pytest.mark.parametrize("language", GOODS)
def test_entries_are_kept_where_hardly_anything_is_chosen(language: str) -> None:
    title, said, _ = GOODS[language]
    page = judged(f"<h1>{title}</h1>{shelf(title, said, 5)}<p>{REVIEWS[language]}</p>", lambda _: 0.1)
    found = texts(page, keep_entries(page, page.probability > 0.5))
    assert found[:2] == [f"{title} 0", f"{said} 0"]
    assert len(found) == 15


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<div><a href=/{i}>A link to goods and to no more than that {i}</a></div>" for i in range(9)),
        "<nav>" + shelf("A menu's link", "It says a little of where it leads.", 6) + "</nav>",
        shelf("Three entries", "They are not alike often enough to be a list.", 3),
    ],
    ids=["links", "menu", "three"],
)
def test_bare_links_menus_and_a_few_boxes_are_no_entries(body: str) -> None:
    page = judged(body, lambda _: 0.1)
    assert not keep_entries(page, page.probability > 0.5).any()


@pytest.mark.parametrize("language", GOODS)
@pytest.mark.parametrize("tag", ["form", "fieldset", "nav", "footer", "div class='filter-panel'"])
def test_filters_and_menus_go(language: str, tag: str) -> None:
    title, said, control = GOODS[language]
    page = judged(f"<{tag}><p>{control}</p></{tag.partition(' ')[0]}><h1>{title}</h1><p>{said}</p>", lambda _: 0.9)
    assert texts(page, drop_controls(page, page.probability > 0.5)) == [title, said]


@pytest.mark.parametrize("language", GOODS)
def test_a_form_around_the_whole_page_is_no_control(language: str) -> None:
    title, said, _ = GOODS[language]
    page = judged(f"<form><h1>{title}</h1><p>{said}</p></form>", lambda _: 0.9)
    assert texts(page, drop_controls(page, page.probability > 0.5)) == [title, said]


@pytest.mark.parametrize("language", GOODS)
@pytest.mark.parametrize(
    "names", ["class=product-reviews", "id=ReviewList", "itemprop=review", "class='c bewertungen'"]
)
def test_reviews_go_and_no_longer_crowd_out_the_description(language: str, names: str) -> None:
    title, said, _ = GOODS[language]
    reviews = f"<p>{REVIEWS[language]}</p>" * 9
    page = judged(
        f"<h1>{title}</h1><p>{said}</p><div {names}>{reviews}</div>", lambda text: 0.3 if text in (title, said) else 0.9
    )
    chosen, _ = choose(page.probability, page.page.words, 0.0)
    assert said not in texts(page, chosen)
    assert texts(page, drop_others(page, chosen)) == [title, said]


@pytest.mark.parametrize("language", GOODS)
@pytest.mark.parametrize("price", ["$ 24.00", "24,00 €", "¥2400"])
def test_other_goods_beside_a_product_go(language: str, price: str) -> None:
    title, said, _ = GOODS[language]
    others = "".join(f"<li><a href=/{i}>{title} {i}</a><div>{price}</div></li>" for i in range(6))
    page = judged(f"<h1>{title}</h1><p>{said}</p><div>{price}</div><ul>{others}</ul>", lambda _: 0.9)
    assert texts(page, drop_others(page, page.probability > 0.5)) == [title, said, price]


def test_sizes_and_facts_of_a_product_are_no_other_goods() -> None:
    facts = "".join(f"<li><b>Size {i}</b><div>$ {20 + i}.00</div></li>" for i in range(6))
    page = judged(f"<h1>Oak ladle</h1><ul>{facts}</ul>", lambda _: 0.9)
    assert drop_others(page, page.probability > 0.5).all()


def test_a_review_that_is_the_page_stays() -> None:
    page = judged(f"<div class=review><h1>Of ladles</h1><p>{REVIEWS['en']}</p></div>", lambda _: 0.9)
    assert texts(page, drop_others(page, page.probability > 0.5)) == ["Of ladles", REVIEWS["en"]]


def test_names_that_only_begin_like_reviews_are_none() -> None:
    page = judged(f"<h1>A</h1><div class='preview ratingless'><p>{REVIEWS['en']}</p></div>", lambda _: 0.9)
    assert drop_others(page, page.probability > 0.5).all()


@pytest.mark.parametrize("language", GOODS)
def test_goods_in_a_shop_window_are_kept_with_their_texts(language: str) -> None:
    title, said, control = GOODS[language]
    found = extract(
        Decoded(
            f"<html><head><title>{title}</title><meta property='og:type' content='product.group'></head><body>"
            f"<h1>{title}</h1><div class=filter><label>{control}</label></div>{shelf(title, said, 24)}</body></html>",
            HTML,
            "utf-8",
        )
    )
    assert isinstance(found, Article), found
    assert found.kind in (Kind.COLLECTION, Kind.LISTING, Kind.PRODUCT)
    assert all(f"{said} {i}" in found.text for i in range(24))
    assert control not in found.text


def test_articles_are_read_without_these_steps() -> None:
    for kind in (Kind.ARTICLE, Kind.DISCUSSION, Kind.DOCUMENTATION):
        assert not {"drop_others", "drop_controls", "keep_entries"} & {step.name for step in steps_for(kind)}


def test_an_offer_of_a_service_keeps_less_likely_lines() -> None:
    offers = "".join(f"<p>We sharpen saw number {i} while you wait at our bench by the quay.</p>" for i in range(9))
    page = judged(f"<h1>Saws</h1><p>{REVIEWS['en']}</p>{offers}", lambda text: 0.2 if "sharpen" in text else 0.95)
    chosen, _ = choose(page.probability, page.page.words, 0.0)
    assert "sharpen" not in " ".join(texts(page, chosen))
    step = next(step for step in steps_for(Kind.SERVICE) if step.why == "doubted too much")
    assert set(texts(page, step.change(page, chosen))) == set(texts(page, np.ones(len(page.blocks), np.bool_)))
