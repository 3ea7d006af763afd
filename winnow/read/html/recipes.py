"""A recipe is read whole where the page states what it is made of, and what is done with it.

Ingredients are short lines, often in parts, each in a box of its own, or with a link to a shop: what a model has learnt
to doubt. What the page states for machines is no matter of doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import normalize

import numpy as np
from lxml import etree

from winnow.read.html.blocks import Block
from winnow.read.html.boxes import Box
from winnow.read.html.judged import JudgedBlocks
from winnow.read.html.recipe_data import Recipe, letters, stated_recipe
from winnow.read.html.walk import Content
from winnow.read.html.whole import common_box, is_in, keep_whole
from winnow.read.lines.line import squeeze
from winnow.read.lines.views import Bools

QUANTITY = 3  # words of a quantity, at most
PARTS = 4  # lines in which one ingredient is shown, at most
LINE = 80  # letters of a line that says an ingredient and a little more, at most
LONG = 24  # letters of a line that is known by itself, at least; a shorter one must be an ingredient or a step whole
SHORT = 10  # letters of an ingredient that may as well stand in a menu, fewer than
WORDS = 20  # words of an ingredient, at most
HEADING = 3  # letters of a heading, at least
NEAR = 3  # lines to another line of the recipe from one that says so little, at most

_CUT = ("...", "…")


def join_ingredients(content: Content) -> bool:
    """Make one line of each ingredient that is shown in parts, with the spaces that a style sheet sets between them.

    The tree that holds `content` is changed; return whether it was.
    """
    recipe = stated_recipe(content)
    if recipe is None:
        return False
    blocks = content.blocks
    keys = [letters(block.line.text) for block in blocks]
    at, is_changed = 0, False
    while at < len(blocks):
        count, text = _shown(recipe, blocks[at : at + PARTS], keys[at : at + PARTS])
        holder = _holder(blocks, at, count) if count else None
        if holder is not None:
            _rewrite(blocks[at : at + count], holder, text)
            is_changed = True
        at += count if holder is not None else 1
    return is_changed


def _shown(recipe: Recipe, blocks: Sequence[Block], keys: Sequence[str]) -> tuple[int, str]:
    """Return of how many lines an ingredient is made that the first one begins, and its text; 0 where none is."""
    texts = [block.line.text for block in blocks]
    whole = recipe.ingredients.get(keys[0])
    told = whole or _begun(recipe, keys[0])
    for count in range(2, len(keys) + 1) if told is None else ():
        if all(keys[:count]) and "".join(keys[:count]) in recipe.ingredients:
            return count, " ".join(texts[:count])
    if len(keys) > 1 and _is_pair(recipe, blocks, keys):
        return 2, " ".join(texts[:2])
    if not told or not recipe.names or not _is_glued(texts[0], told):
        return 0, ""
    return 1, whole or _spaced(blocks[0])


def _is_pair(recipe: Recipe, blocks: Sequence[Block], keys: Sequence[str]) -> bool:
    """Return whether two lines are an ingredient's name and its quantity, in either order, alone in a box."""
    one, other = (key in recipe.ingredients for key in keys[:2])
    if one and other:
        return False
    quantity = blocks[1 if one else 0].line.text
    is_stated = keys[1] + keys[0] in recipe.ingredients or (
        one != other and quantity.count(" ") < QUANTITY and any(map(str.isdigit, normalize("NFKC", quantity)))
    )
    shared = common_box(blocks[0].box, blocks[1].box) if is_stated else None
    return (
        shared is not None
        and shared.lines == blocks[0].box.lines
        and not (len(blocks) > 2 and is_in(blocks[2].box, shared))
    )


def _begun(recipe: Recipe, key: str) -> str | None:
    """Return the longest ingredient with which a line begins that says a little more of it."""
    sizes = range(len(key), SHORT - 1, -1) if len(key) <= LINE else ()
    return next((told for size in sizes if (told := recipe.ingredients.get(key[:size]))), None)


def _spaced(block: Block) -> str:
    element = block.box.element
    return block.line.text if element is None else squeeze(" ".join(map(str, element.itertext())))


def _is_glued(shown: str, told: str) -> bool:
    """Return whether two words of an ingredient are shown as one, where a style sheet keeps them apart."""
    return any(
        one + other in shown for one, other in pairwise(told.split()) if one[-1].isalnum() and other[0].isalnum()
    )


def _holder(blocks: Sequence[Block], at: int, count: int) -> Box | None:
    """Return the box in which a text may stand in place of some lines, if their boxes hold nothing else."""
    shared: Box | None = blocks[at].box
    boxes = [block.box for block in blocks[at : at + count]]
    for box in boxes[1:]:
        shared = common_box(shared, box)
    following = blocks[at + count].box if at + count < len(blocks) else None
    if any(box.element is None or box.lines < at or is_in(following, box) for box in boxes):
        return None
    return shared if shared in boxes else boxes[0]


def _rewrite(blocks: Sequence[Block], holder: Box, text: str) -> None:
    for block in blocks:
        element = block.box.element
        if element is not None and block.box is not holder:
            _empty(element)
    if holder.element is not None:
        _empty(holder.element)
        holder.element.text = text


def _empty(element: etree._Element) -> None:
    element[:] = []
    element.text = None


def keep_recipe(judged: JudgedBlocks, chosen: Bools) -> Bools:
    """Return the choice with the lines of the recipe that the page states, each as often as it is stated."""
    recipe = judged.recipe
    if recipe is None:
        return chosen
    keys = [letters(block.line.text) for block in judged.blocks]
    found = [
        i for i, key in enumerate(keys) if _is_stated(recipe, key) and not judged.blocks[i].line.text.endswith(_CUT)
    ]
    left = recipe.times - Counter(keys[i] for i in found if chosen[i])
    shown = {keys[i] for i in found if chosen[i]}
    added = []
    for i in found:
        is_left = left[keys[i]] > 0 or (keys[i] not in recipe.times and keys[i] not in shown)
        if not chosen[i] and is_left and (len(keys[i]) >= SHORT or _has_near(found, i)):
            added.append(i)
            left[keys[i]] -= 1
            shown.add(keys[i])
    kept = chosen.copy()
    kept[added] = True
    kept[_amid(judged, [i for i in found if kept[i]])] = True
    if added:
        kept = keep_whole(judged, kept)
    for i in reversed(found):
        kept[i - 1] |= (
            i > 0 and kept[i] and keys[i] in recipe.times and _heads(judged.blocks[i - 1], keys[i - 1], recipe)
        )
    return kept


def _is_stated(recipe: Recipe, key: str) -> bool:
    """Return whether a line of these letters says something of a recipe; its name heads the page, too."""
    return key not in recipe.names and (key in recipe.times or (len(key) >= LONG and key in recipe.steps))


def _heads(block: Block, key: str, recipe: Recipe) -> bool:
    return block.kind == "heading" and len(key) >= HEADING and key not in recipe.names


def _amid(judged: JudgedBlocks, lines: Sequence[int]) -> list[int]:
    """Return the short lines between some lines in boxes like theirs: an ingredient that is stated in other words."""
    blocks, words = judged.blocks, judged.page.words
    pairs = [(one, other) for one, other in pairwise(lines) if blocks[one].box.signature == blocks[other].box.signature]
    return [
        i
        for one, other in pairs
        if max(words[one], words[other]) <= WORDS
        for i in range(one + 1, min(other, one + NEAR + 1))
        if blocks[i].box.signature == blocks[one].box.signature and words[i] <= WORDS
    ]


def _has_near(found: Sequence[int], line: int) -> bool:
    at = int(np.searchsorted(found, line))
    return any(abs(found[j] - line) <= NEAR for j in (at - 1, at + 1) if 0 <= j < len(found))
