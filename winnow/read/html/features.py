"""The features that only an HTML page has, and the whole feature array of its lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import GROUPS
from winnow.read.html.boxes import Box
from winnow.read.html.second_opinions import Choice, key
from winnow.read.lines import features as text_features
from winnow.read.lines.features_blocks import evidence
from winnow.read.lines.features_context import shift
from winnow.read.lines.features_line import Columns
from winnow.read.lines.views import Floats, Ints, View, numbered, renumbered, view

TAGS = ("p", "li", "td", "blockquote", "figcaption", "button", "div", "span", "section", "a", "dd", "label", "summary")
KINDS = ("heading", "row", "code", "quote", "item")
MOST = {  # numbers of a line and its box: a greater one is cut down to this
    "level": 7, "linked": 1, "links": 20, "bold": 1, "broken": 8, "depth": 60, "in_lists": 5, "in_article": 3,
    "in_main": 1, "hidden": 1, "in_body": 1, "siblings": 60, "index": 60,
}  # fmt: skip
NEAR = ("linked", "kind_heading", "tag_p", "depth", "bold", "tag_li")  # features of which a line's neighbours count too
NOT_ASKED = -1.0  # value of the columns of trafilatura's choice where trafilatura was not asked
TITLE = 40  # words of a line that may be the title, at most
UP = 4  # containers around a line that are looked at, from the inside outwards
_LINE_TAGS = "p h1 h2 h3 h4 h5 h6 li dt dd blockquote figcaption tr td th pre summary button label"
_SECTIONS = frozenset(("article", "section", "aside", "nav", "footer", "header", "main", "form", "table", "ul"))
LINE_TAGS = frozenset(_LINE_TAGS.split())  # boxes that are one line; the box that holds the line is their parent


def html_columns(page: View, blocks: Sequence[Block], title: str) -> Columns:
    """Return the features of the lines' boxes that need no model, one value a line each."""
    return own(blocks) | names(blocks) | placed(page, blocks, title)


def own(blocks: Sequence[Block]) -> Columns:
    """Return each line's tag, kind, links and formatting, and its place in the tree."""
    columns = _told_apart("tag", TAGS, [block.box.tag for block in blocks])
    columns |= _told_apart("kind", KINDS, [block.kind for block in blocks])
    numbers = [
        (
            block.level or 7, block.linked, block.links, block.bold, block.broken, block.box.depth, block.box.lists,
            block.box.article, block.box.main, block.box.hidden, block.box.body, outer(block.box).children,
            block.box.index,
        )
        for block in blocks
    ]  # fmt: skip
    table = np.array(numbers, np.float32).reshape(len(blocks), len(MOST)).T
    columns |= {name: np.minimum(row, np.float32(most)) for (name, most), row in zip(MOST.items(), table, strict=True)}
    near = np.stack([columns[name] for name in NEAR])
    moved = {by: shift(near, by) for by in (-2, -1, 1, 2)}
    return columns | {f"{name}[{by:+d}]": moved[by][k] for k, name in enumerate(NEAR) for by in moved}


def names(blocks: Sequence[Block]) -> Columns:
    """Return for each container group whether a box around the line, or one near it, has a name of that group."""
    around = np.array([block.box.all_names | block.inline for block in blocks], np.uint32)
    near = np.array([block.box.names | block.inline | outer(block.box).names for block in blocks], np.uint32)
    bits = np.arange(len(GROUPS), dtype=np.uint32)[:, np.newaxis]
    columns: Columns = {}
    tables = [(value >> bits & np.uint32(1)).astype(np.float32) for value in (around, near)]
    for group, one, other in zip(GROUPS, *tables, strict=True):
        columns |= {f"around_{group}": one, f"near_{group}": other}
    return columns


def _told_apart(name: str, values: Sequence[str], found: Sequence[str]) -> Columns:
    """Return a column for each of `values`, 1 for the lines for which that value was `found`."""
    numbers = {value: number for number, value in enumerate(values)}
    at = np.array([numbers.get(value, -1) for value in found], np.int64)
    flags = (at == np.arange(len(values))[:, np.newaxis]).astype(np.float32)
    return {f"{name}_{value}": row for value, row in zip(values, flags, strict=True)}


def placed(page: View, blocks: Sequence[Block], title: str) -> Columns:
    """Return where each line stands, in lines, from the top heading and from lines that say the page's title."""
    n = len(blocks)
    first = next((i for i, block in enumerate(blocks) if block.level == 1), -1)
    titled = _titled(page, title)
    at = np.nonzero(titled)[0]
    places = np.arange(n, dtype=np.float32)
    articles = len({_article(block.box) for block in blocks if block.box.article})
    return {
        "from_h1": np.clip(places - first, -60, 60) if first >= 0 else np.full(n, 61, np.float32),
        "titled": titled,
        "from_titled": np.clip(places - at[0], -60, 60) if len(at) else np.full(n, 61, np.float32),
        "from_last_titled": np.clip(places - at[-1], -60, 60) if len(at) else np.full(n, 61, np.float32),
        "articles": np.full(n, min(articles, 20), np.float32),
    }


def _titled(page: View, title: str) -> Floats:
    """Return for each line whether it is the page's title (2), or a part of that (1); 0 for other lines."""
    wanted = key(title).lower()
    folded = wanted.casefold()
    titled = np.zeros(len(page), np.float32)
    for i in np.flatnonzero(page.words <= TITLE).tolist() if wanted else ():
        text = page.lines[i].text
        if len(text) > 12 and text.partition(" ")[0].casefold() in folded:  # few lines need a closer look
            line = key(text).lower()
            titled[i] = 2 if line == wanted else float(line in wanted)
    return titled


def _article(box: Box) -> Box:
    """Return the nearest `<article>` around a line that stands in one."""
    while box.tag != "article" and box.parent is not None:
        box = box.parent
    return box


def outer(box: Box) -> Box:
    """Return the box that holds a line's own block element."""
    return box.parent if box.tag in LINE_TAGS and box.parent is not None else box


def groups(blocks: Sequence[Block]) -> list[tuple[str, Ints]]:
    """Return ways to group the lines, by name, with the number of each line's group.

    Lines are grouped by container, on each of `UP` levels, by section, and by equal tags and classes.
    """
    boxes = [outer(block.box) for block in blocks]
    numbers = {}
    for level in range(UP):
        numbers[f"up{level}"] = [box.number for box in boxes]
        boxes = [box.parent or box for box in boxes]
    numbers["sections"] = [_section(block.box) for block in blocks]
    out = [(name, renumbered(np.array(values, np.int64))[0]) for name, values in numbers.items()]
    return [*out, ("alike", numbered([block.box.signature for block in blocks]))]


def _section(box: Box) -> int:
    """Return the number of the nearest sectioning element around a line, 0 where there is none."""
    at: Box | None = box
    while at is not None:
        if at.tag in _SECTIONS:
            return at.number
        at = at.parent
    return 0


def grouped(page: View, columns: Columns, keys: Sequence[tuple[str, Ints]], sources: Columns) -> Columns:
    """Return what each line's groups are like: their size, prose, links, and the mean evidence of their words.

    `keys` is what `groups` returns; `sources` holds evidence, values from 0 to 1, one a line, by source.
    """
    words = page.words + 0.5
    prose = page.words * (page.words >= 10)
    total = max(float(page.words.sum()), 1.0)
    values = (words, prose, columns["linked"] * words, columns["terminal"], *(row * words for row in sources.values()))
    # The groups of all ways are counted at once: those of each way have numbers above those of the ways before.
    number = np.stack([way for _, way in keys])
    number += np.append(0, np.cumsum(number.max(1, initial=-1) + 1)[:-1])[:, np.newaxis]
    flat = number.reshape(-1)
    size, running, linked, terminal, *spread = (np.bincount(flat, np.tile(row, len(keys))) for row in values)
    lines = np.bincount(flat)
    mass = np.maximum(size, 0.5)
    per_group = {
        "lines": np.log1p(lines),
        "words": np.log1p(size),
        "share": size / total,
        "prose": running / mass,
        "linked": linked / mass,
        "terminal": terminal / np.maximum(lines, 1),
    }
    per_group |= {source: sums / mass for source, sums in zip(sources, spread, strict=True)}
    per_line = {what: row.astype(np.float32)[number] for what, row in per_group.items()}
    return {f"{name}_{what}": rows[k] for k, (name, _) in enumerate(keys) for what, rows in per_line.items()}


def informed(
    page: View, columns: Columns, keys: Sequence[tuple[str, Ints]], stated: Floats, chances: Columns
) -> Columns:
    """Return the features from evidence, by line and by group.

    Evidence is the word models' probabilities (`chances`) and the article body that the page states (`stated`).
    """
    out = text_features.informed(page, columns, chances) | grouped(page, columns, keys, chances)
    any_stated = np.full(len(page), float(stated.max(initial=-1.0)), np.float32)
    return out | {"stated": stated, "stated_any": any_stated}


def chosen(page: View, columns: Columns, keys: Sequence[tuple[str, Ints]], choice: Choice | None) -> Columns:
    """Return the features from trafilatura's choice; all are `NOT_ASKED` without one."""
    if choice is None:
        return dict.fromkeys(CHOICE_NAMES, np.full(len(page), NOT_ASKED, np.float32))
    kept = {"kept": choice.kept}
    groups_kept = {name: row for name, row in grouped(page, columns, keys, kept).items() if name.endswith("_kept")}
    return evidence(page, kept) | groups_kept | {"in_order": choice.in_order}


def plain(page: View, blocks: Sequence[Block], title: str) -> Columns:
    """Return the features that need neither a model nor trafilatura's choice."""
    return text_features.plain(page) | html_columns(page, blocks, title)


def _floats(values: Sequence[float]) -> Floats:
    return np.array(values, np.float32)


def matrix(columns: Columns) -> Floats:
    """Return the columns as one array (features x lines), in the order that models know."""
    return text_features.stack({name: columns[name] for name in NAMES})


def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of all columns, and of those that are known only where trafilatura was asked."""
    page, empty = view(()), np.zeros(0, np.float32)
    columns = plain(page, (), "")
    given = (page, columns, groups(()))
    choice = tuple(chosen(*given, Choice(empty, empty)))
    return (*columns, *informed(*given, empty, {"text": empty, "aside": empty}), *choice), choice


NAMES, CHOICE_NAMES = _names()
