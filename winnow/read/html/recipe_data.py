"""The recipe that a page states for machines as schema.org has it: in JSON-LD, or in attributes of its elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any
from unicodedata import normalize

from lxml import etree

from winnow.read.html.script_values import MAX_SCRIPT, objects, parse
from winnow.read.html.walk import Content
from winnow.read.lines.line import squeeze

MAX_LENGTH = 50_000  # characters of what a recipe states
MAX_PARTS = 1_000  # ingredients and steps of a recipe
PIECES = 200  # of text in an element that states an ingredient, or all steps
DEEP = 4  # steps within sections of steps

_STATES = re.compile(r'"(?:recipeIngredient|recipeInstructions)"')
_TAG = re.compile(r"<[^<>]*>")
_MADE_OF = ("recipeIngredient", "ingredients")
_SAID = ("name", "text", "itemListElement", "steps", "step")  # what steps and sections of steps hold
_ITEMPROPS = {"recipeingredient": True, "ingredients": True, "recipeinstructions": False}


@dataclass(slots=True)
class Recipe:
    """What a page states of its recipe."""

    ingredients: dict[str, str] = field(default_factory=dict)  # as they are stated, by their letters
    times: Counter[str] = field(default_factory=Counter)  # how often each ingredient or step is stated, by its letters
    steps: str = ""  # letters of what the recipe is, and of all steps
    names: set[str] = field(default_factory=set)  # letters of the names of all recipes

    def add(self, name: str, ingredients: Iterable[str], steps: Iterable[str]) -> None:
        """Add what a recipe is made of, and what is done with it; what is stated twice under one name counts once."""
        told = [(letters(each), each) for each in islice(ingredients, MAX_PARTS)]
        done = [letters(each) for each in islice(steps, MAX_PARTS)]
        self.ingredients |= told
        times = Counter([*(key for key, _ in told), *done])
        self.times = self.times | times if name in self.names else self.times + times
        self.names |= {name}
        self.steps = "".join([self.steps, *done])[:MAX_LENGTH]


def letters(text: str) -> str:
    """Return the letters and figures of a text, in small letters: two programs differ in signs and spaces."""
    return "".join(filter(str.isalnum, normalize("NFKC", text).lower()))


def stated_recipe(content: Content) -> Recipe | None:
    """Return what a page states of its recipe, or of its recipes; None where it states none."""
    recipe = Recipe()
    found: list[tuple[str, dict[str, Any]]] = []
    for script in content.stating("script"):
        text = script.text or ""
        if "ld+json" in script.get("type", "") and len(text) <= MAX_SCRIPT and _STATES.search(text):
            found += [(letters(str(node.get("name"))[:200]), node) for node in _recipes(parse(text))]
    title = letters(content.title) if found else ""
    own = [each for each in found if title.startswith(each[0])]  # else a page of several, of which none is its own
    for name, node in own or found:
        made_of = next((node[key] for key in _MADE_OF if node.get(key)), None)
        recipe.add(name, _texts(made_of), _texts([node.get("description"), node.get("recipeInstructions")]))
    if not recipe.names:
        marks = [(_ITEMPROPS[mark.itemprop], mark.element) for mark in content.marks if mark.itemprop in _ITEMPROPS]
        made_of, done = (
            [_shown(each) for is_ingredient, each in marks[:MAX_PARTS] if is_ingredient is kind]
            for kind in (True, False)
        )
        recipe.add("", made_of, done)
    recipe.times.pop("", None)
    recipe.ingredients.pop("", None)
    return recipe if recipe.times else None


def _shown(element: etree._Element) -> str:
    text = element.get("content") or " ".join(map(str, islice(element.itertext(), PIECES)))
    return squeeze(text[:MAX_LENGTH])


def _recipes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the recipes anywhere in JSON-LD that say more than their names."""
    for node in objects(data):
        if "recipe" in str(node.get("@type")).lower() and any(node.get(name) for name in _MADE_OF):
            yield node


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts of ingredients or steps: strings, or items with a name and a text, or lists of them."""
    if isinstance(value, str):
        lines = _TAG.sub("\n", unescape(unescape(value[:MAX_LENGTH]))).splitlines()
        yield from filter(None, map(squeeze, lines))
    elif depth < DEEP:
        inner = value if isinstance(value, list) else map(value.get, _SAID) if isinstance(value, dict) else ()
        for each in inner:
            yield from _texts(each, depth + 1)
