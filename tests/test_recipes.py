"""Recipes that a page states for machines: ingredients and steps are whole, however they are shown."""

from __future__ import annotations

import json
import time
from html import escape
from typing import NamedTuple

import numpy as np
import pytest

from winnow.items import HTML, Article, Kind, Page
from winnow.read.html import parse, plain, read_content
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.recipe_data import MAX_PARTS, stated_recipe
from winnow.read.html.recipes import join_ingredients, keep_recipe
from winnow.read.lines.views import view
from winnow.read.page import read_page


class Dish(NamedTuple):
    """An invented recipe."""

    language: str
    name: str
    about: str
    ingredients: tuple[tuple[str, str], ...]  # quantity and name
    steps: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        return [f"{quantity} {name}" for quantity, name in self.ingredients]


DISHES = (
    Dish(
        "en",
        "Barley soup from the lighthouse",
        "A thick soup for wet evenings, cooked in one pot by whoever comes down the stairs first.",
        (("200 g", "pearl barley"), ("2", "large onions, sliced"), ("½ tsp", "caraway seeds"), ("1 l", "stock")),
        (
            "Rinse the barley under cold water until the water stays clear.",
            "Fry the onions slowly, then add the caraway and stir.",
            "Pour on the stock, add the barley and let all of it simmer for forty minutes.",
        ),
    ),
    Dish(
        "de",
        "Birnenauflauf nach Art der Müllerin",
        "Ein Auflauf für den Sonntag, der am Montag kalt noch besser schmeckt als am Tag zuvor.",
        (("4", "reife Birnen"), ("80 g", "Mandeln, gemahlen"), ("3 EL", "Honig"), ("1 Prise", "Muskat")),
        (
            "Die Birnen schälen, vierteln und in eine gefettete Form legen.",
            "Mandeln und Honig verrühren und mit Muskat würzen.",
            "Alles über die Birnen gießen und eine halbe Stunde bei mittlerer Hitze backen.",
        ),
    ),
    Dish(
        "tr",
        "Fırında kabaklı bulgur",
        "Komşumuzun yazlık bahçesinden gelen kabaklarla her ağustos yaptığımız hafif bir yemek.",
        (("1 su bardağı", "iri bulgur"), ("3 adet", "kabak, rendelenmiş"), ("2 diş", "sarımsak"), ("1 demet", "nane")),
        (
            "Bulguru sıcak suda on dakika bekletin ve suyunu süzün.",
            "Kabakları sarımsakla birlikte yağda hafifçe kavurun.",
            "Hepsini karıştırıp tepsiye yayın ve yirmi dakika fırında pişirin.",
        ),
    ),
    Dish(
        "ja",
        "きのこと大根の煮物",
        "寒い夜に食べたくなる、港町の祖母から教わったやさしい味の煮物です。",
        (("大さじ2", "しょうゆ"), ("300 g", "大根の輪切り"), ("1袋", "しめじ"), ("200 ml", "昆布のだし汁")),
        (
            "大根は皮をむいて厚めに切り、下ゆでしておきます。",
            "鍋にだし汁と大根を入れて弱火で二十分ほど煮ます。途中で出てくるあくは、ていねいに取りのぞいてください。",
            "しめじは石づきを切り落とし、手で小さくほぐしておきます。洗うと香りが逃げるので、ふきんで軽くふくだけにします。",
            "しめじとしょうゆを加えて、さらに五分ほど煮ればできあがりです。",
        ),
    ),
)
EVERY = pytest.mark.parametrize("dish", DISHES, ids=lambda dish: dish.language)
# How a page shows a quantity and a name: apart in boxes, in either order, in a list, with a link, glued.
SHOWN = {
    "item": "<li>{quantity} {name}</li>",
    "parts": '<li><b>{quantity}</b> <p>{name}</p></li>',
    "boxes": '<div class="x7"><div>{quantity}</div><div>{name}</div></div>',
    "reversed": '<div class="x7"><p>{name}</p><p>{quantity}</p></div>',
    "flat": "<div>{quantity}</div><p>{name}</p>",
    "linked": '<li>{quantity} <a href="/shop/8">{name}</a></li>',
    "glued": '<li><span class="q">{quantity}</span><span class="n">{name}</span></li>',
}  # fmt: skip


def linked_data(dish: Dish, nested: bool = False) -> str:
    steps = [{"@type": "HowToStep", "text": step} for step in dish.steps]
    recipe = {
        "@type": ["Recipe"],
        "name": dish.name,
        "description": dish.about,
        "recipeIngredient": dish.lines,
        "recipeInstructions": [{"@type": "HowToSection", "itemListElement": steps}] if nested else steps,
    }
    whole = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Pots"}, recipe]}
    return f'<script type="application/ld+json">{json.dumps(whole)}</script>'


def page_of(dish: Dish, shown: str, states: str, menu: str = "", below: str = "") -> str:
    rows = "".join(SHOWN[shown].format(quantity=escape(q), name=escape(name)) for q, name in dish.ingredients)
    steps = "".join(f"<li>{escape(step)}</li>" for step in dish.steps)
    return (
        f'<!DOCTYPE html><html lang="{dish.language}"><head><title>{dish.name}</title>{states}</head><body>'
        f'<nav><a href="/">Pots</a> <a href="/soup">Pans</a> {menu}</nav><h1>{dish.name}</h1><p>{dish.about}</p>'
        f'<div class="w3">{rows}</div><ol>{steps}</ol>{below}<footer><p>© 2021 Pots and Pans</p></footer></body></html>'
    )


def shell_of(dish: Dish, states: str) -> str:
    return f"<html><head><title>{dish.name}</title>{states}</head><body><div id='app'></div></body></html>"


def article_of(source: str) -> Article:
    article = read_page(Page("page.html", body=source.encode(), media_type=HTML)).article
    assert article is not None
    return article


def lines_of(article: Article) -> list[str]:
    return [line.removeprefix("- ") for line in article.text.splitlines() if line]


@EVERY
@pytest.mark.parametrize("shown", SHOWN)
def test_keeps_each_ingredient_on_one_line_and_every_step(dish: Dish, shown: str) -> None:
    article = article_of(page_of(dish, shown, linked_data(dish)))
    lines = lines_of(article)
    form = "{1} {0}" if shown == "reversed" else "{0} {1}"
    ingredients = [form.format(*each) for each in dish.ingredients]
    assert [line for line in lines if line in ingredients] == ingredients
    assert [line for line in lines if line in dish.steps] == list(dish.steps)
    assert dish.about in lines
    assert article.kind is Kind.ARTICLE


@EVERY
def test_reads_a_recipe_that_only_its_linked_data_holds(dish: Dish) -> None:
    lines = lines_of(article_of(shell_of(dish, linked_data(dish, nested=True))))
    assert [line for line in lines if line in dish.lines] == dish.lines
    assert [line for line in lines if line in dish.steps] == list(dish.steps)


@pytest.mark.parametrize("steps", ["text", "texts", "html"])
def test_reads_steps_as_text(steps: str) -> None:
    dish = DISHES[0]
    html = "".join(f"<p>{step}</p>" for step in dish.steps)
    told = {"text": "\n".join(dish.steps), "texts": list(dish.steps), "html": html}
    recipe = {"@type": "Recipe", "name": dish.name, "recipeIngredient": dish.lines, "recipeInstructions": told[steps]}
    data = f'<script type="application/ld+json">{json.dumps(recipe)}</script>'
    for source in (shell_of(dish, data), page_of(dish, "linked", data)):
        lines = lines_of(article_of(source))
        assert [line for line in lines if line in (*dish.lines, *dish.steps)] == [*dish.lines, *dish.steps]


@EVERY
@pytest.mark.parametrize("shown", ["parts", "boxes"])
def test_reads_what_attributes_state(dish: Dish, shown: str) -> None:
    source = page_of(dish, shown, "").replace('<div class="x7">', '<div itemprop="recipeIngredient">')
    source = source.replace("<li>", '<li itemprop="recipeIngredient">', len(dish.ingredients) * (shown == "parts"))
    lines = lines_of(article_of(source))
    assert [line for line in lines if line in dish.lines] == dish.lines


def test_joins_a_quantity_with_a_name_that_is_stated_alone() -> None:
    dish = DISHES[1]
    bare = dish._replace(ingredients=tuple(("", name) for _, name in dish.ingredients))
    lines = lines_of(article_of(page_of(dish, "reversed", linked_data(bare))))
    expected = [f"{name} {quantity}" for quantity, name in dish.ingredients]
    assert [line for line in lines if line in expected] == expected


@EVERY
def test_of_several_recipes_the_pages_own_is_meant(dish: Dish) -> None:
    others = "".join(linked_data(other) for other in DISHES if other is not dish)
    teasers = "".join(f"<p>{other.name}</p><p>{other.lines[0]}</p>" for other in DISHES if other is not dish)
    below = f"<div class='x4'><h3>Pots</h3>{teasers}</div>"
    article = article_of(page_of(dish, "parts", linked_data(dish) + others, below=below))
    assert article.kind is Kind.ARTICLE
    assert [line for line in lines_of(article) if line in dish.lines] == dish.lines


@EVERY
@pytest.mark.parametrize("chosen", [0, 1], ids=["neither copy is likely", "the first one is"])
def test_takes_a_recipe_that_is_shown_twice_once(dish: Dish, chosen: int) -> None:
    again = "".join(f"<p>{line}</p>" for line in (*dish.lines, *dish.steps))
    tree = parse(page_of(dish, "item", linked_data(dish), below=f"<div>{again}</div>"))
    assert tree is not None
    content = read_content(tree)
    blocks, page = content.blocks, view([block.line for block in content.blocks])
    flags = np.zeros(len(blocks), np.bool_)
    flags[:8] = chosen
    judged = JudgedBlocks(page, plain(page, blocks, ""), flags * 1.0, blocks, flags, stated_recipe(content))
    kept = [block.line.text for block, flag in zip(blocks, keep_recipe(judged, flags).tolist(), strict=True) if flag]
    assert [line for line in kept if line in (*dish.lines, *dish.steps)] == [*dish.lines, *dish.steps]


def test_leaves_out_what_only_sounds_like_an_ingredient() -> None:
    dish = DISHES[1]._replace(ingredients=(*DISHES[1].ingredients, ("", "Salz")))
    menu = "".join(f"<p>{word}</p>" for word in ("Essig", "Mehl", "Nudeln", "Salz", "Öl", "Zucker", "Reis", "Tee"))
    lines = lines_of(article_of(page_of(dish, "item", linked_data(dish), menu=menu)))
    assert lines.count("Salz") == 1
    assert "Essig" not in lines


def test_a_page_that_states_nothing_or_rubbish_is_read_as_any_other() -> None:
    dish = DISHES[0]
    value = '{"@type": "Recipe", "recipeIngredient": [[[[[["x"]]]]], 4, null, {"a": 1}]}'
    rubbish = f'<script type="application/ld+json">{value}</script>'
    for states in ("", rubbish, rubbish[:60] + "</script>"):
        assert article_of(page_of(dish, "item", states)).text == article_of(page_of(dish, "item", "")).text


def test_work_does_not_grow_with_lines_times_ingredients() -> None:
    many = [
        {"@type": "Recipe", "recipeIngredient": [f"{n} spoons of salt {m}" for n in range(MAX_PARTS)]} for m in range(5)
    ]
    lines = "".join(f"<li>{n} cups of water</li>" for n in range(8_000))
    states = f'<script type="application/ld+json">{json.dumps(many)}</script><ul>{lines}</ul>'
    tree = parse(shell_of(DISHES[0], states))
    assert tree is not None
    content = read_content(tree)
    start = time.process_time()
    assert not join_ingredients(content)
    assert time.process_time() - start < 2


def test_looks_at_so_many_ingredients() -> None:
    many = {"@type": "Recipe", "name": "All", "recipeIngredient": [f"{n} g salt" for n in range(5 * MAX_PARTS)]}
    tree = parse(shell_of(DISHES[0], f'<script type="application/ld+json">{json.dumps(many)}</script>'))
    assert tree is not None
    recipe = stated_recipe(read_content(tree))
    assert recipe is not None
    assert len(recipe.ingredients) == MAX_PARTS
