"""Signs of what kind a page is: statements for machines, names of elements, the address, and counts of its lines.

No sign is a word of one site. A statement is a type of schema.org, an Open Graph type, or the program that made the
page. What the signs are worth, a model has learnt (`kind.py`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from winnow.read.html.blocks import Block
from winnow.read.html.box_names import GROUPS
from winnow.read.html.boxes import Box
from winnow.read.html.walk import Content
from winnow.read.lines.cues import GROUPS as CUES
from winnow.read.lines.features_line import Columns
from winnow.read.lines.views import Bools, Floats, Ints, View

Signs = dict[str, float]

SHORT = 12  # words of a line at most that may only say a day
PROSE = 25  # words of a paragraph that only running text has
LETTERS = 6.0  # characters of a word and the space behind it; languages with longer words need fewer of them
MAX_SCRIPT = 1_000_000  # characters of a script that are searched for types

# Types of schema.org, by what they speak for. https://schema.org/docs/full.html
_TYPES = {
    "article": "article newsarticle blogposting reportagenewsarticle opinionnewsarticle analysisnewsarticle report"
    " scholarlyarticle socialmediaposting liveblogposting recipe reviewnewsarticle",
    "discussion": "discussionforumposting qapage",
    "answer": "question answer comment usercomments",
    "documentation": "techarticle apireference howto howtostep softwaresourcecode definedterm definedtermset",
    "product": "product productgroup individualproduct productmodel vehicle book",
    "offer": "offer aggregateoffer",
    "service": "service localbusiness professionalservice financialservice medicalbusiness course courseinstance"
    " softwareapplication webapplication homeandconstructionbusiness legalservice educationalorganization",
    "questions": "faqpage",
    "collection": "collectionpage offercatalog productcollection",
    "listing": "itemlist searchresultspage listitem blog datafeed jobposting event",
    "rating": "aggregaterating review rating",
    "page": "webpage itempage aboutpage contactpage",
    "person": "person profilepage",
    "crumbs": "breadcrumblist breadcrumb",
}
_TYPE = {name: group for group, names in _TYPES.items() for name in names.split()}
_STATED = re.compile(r'"@type"\s*:\s*(\[[^\]]{0,200}\]|"[^"]{1,80}")')
_NAME = re.compile(r"(\w+)[\"#]?$")
LONGEST = 200  # characters of the end of a type that are looked at
_OPEN_GRAPH = {"article": "article", "blog": "article", "product": "product", "product.item": "product",
    "og:product": "product", "website": "website", "product.group": "collection", "profile": "profile",
    "forum": "discussion", "service": "service"}  # fmt: skip
_PROGRAMS = {
    "discussion": "discourse phpbb vbulletin xenforo mybb simplemachines smf invision flarum nodebb vanilla fluxbb"
    " punbb lemmy bbpress",
    "documentation": "sphinx mkdocs docusaurus doxygen docutils javadoc vitepress vuepress gitbook mdbook pdoc"
    " asciidoctor starlight antora mediawiki texinfo makeinfo rdoc yard typedoc mintlify bookdown quarto pandoc"
    " latex2html docbook robohelp flare helpndoc readme",
    "shop": "shopify woocommerce magento prestashop bigcommerce opencart shopware salesforce ecwid",
    "builder": "wix squarespace webflow hubspot elementor duda godaddy weebly",
    "blog": "wordpress ghost blogger hugo jekyll substack medium drupal joomla typo3",
}
_PROGRAM = [(kind, names.split()) for kind, names in _PROGRAMS.items()]
# Parts of classes.
_NAMES = (
    "forum", "thread", "topic", "reply", "message", "post", "vote", "answer", "avatar", "quote", "comment", "member",
    "product", "price", "cart", "sku", "variant", "rating", "review", "toc", "docs", "highlight", "code", "service",
    "testimonial", "hero", "pricing", "faq", "collection", "card", "grid", "filter", "category", "pagination", "list",
    "article", "author", "byline", "entry", "related", "course", "job",
)  # fmt: skip
MAX_NAMES = 60_000  # characters of all classes that are looked at
_PATHS = {
    "article": "blog blogs news article articles story stories post posts magazine opinion press",
    "discussion": "t thread threads forum forums topic topics question questions discussion discussions viewtopic"
    " showthread community board boards viewthread comments messages",
    "documentation": "docs doc documentation reference guide guides manual wiki tutorial tutorials api handbook"
    " userguide help man stable latest en-us notes lecture chapter book intro glossary",
    "product": "product products item items dp p pd shop store buy",
    "service": "service services solutions pricing about locations insurance plans features program programs training"
    " courses certification",
    "collection": "collection collections category categories c cat shop all brand brands department men women",
    "listing": "tag tags archive archives search list listing listings jobs events directory resources results latest"
    " page topics browse",
}
_PATH = [(group, frozenset(words.split())) for group, words in _PATHS.items()]
_HOSTS = (
    "docs", "doc", "forum", "forums", "community", "shop", "store", "discuss", "support", "help", "developer", "blog",
    "news", "wiki", "learn", "boards",
)  # fmt: skip
_ELEMENTS = (
    "form", "input", "select", "button", "img", "table", "pre", "code", "iframe", "video", "article", "h1", "h2",
    "h3", "p", "li", "time", "dl", "nav", "section",
)  # fmt: skip
_AGO = re.compile(r"\b(?:\d+|an?) ?[a-z]{1,7}\.? ago\b|\b(?:vor|il y a|hace|há) \d+ |\d \w+ (?:temu|назад|geleden)\b")

_find_classes = etree.XPath("/descendant::*/@class", smart_strings=False)
_find_page_classes = etree.XPath("/html/@class | /html/body/@class", smart_strings=False)
_find_types = etree.XPath("/descendant::*/@itemtype", smart_strings=False)


def signs(tree: etree._Element, content: Content, page: View, columns: Columns) -> Signs:
    """Return the signs of a page, each a number by its name; the names are the same for every page."""
    return {
        **_stated(tree, content),
        **_named(tree),
        **_addressed(content.statements),
        **_counted(tree),
        **_lines(content.blocks, page, columns),
    }


def _stated(tree: etree._Element, content: Content) -> Signs:
    """Count the types that a page states in JSON-LD and in microdata, and say what its meta elements say."""
    scripts, items = Counter(_script_types(content.stating("script"))), Counter(_groups(_find_types(tree)))
    metas = {
        str(meta.get("property") or meta.get("name") or "").lower(): str(meta.get("content") or "").lower()
        for meta in content.stating("meta")
    }
    graph = _OPEN_GRAPH.get(metas.get("og:type", ""), "other" if metas.get("og:type") else "none")
    out = {f"script {group}": float(min(scripts[group], 20)) for group in _TYPES}
    out |= {f"item {group}": float(min(items[group], 20)) for group in _TYPES}
    out |= {f"og {kind}": float(graph == kind) for kind in (*sorted({*_OPEN_GRAPH.values()}), "other", "none")}
    made = f"{metas.get('generator', '')} {metas.get('platform', '')}"
    out |= {f"made {kind}": float(any(name in made for name in names)) for kind, names in _PROGRAM}
    for part in ("article:", "product:", "twitter:label", "twitter:data", "og:price"):
        out[f"meta {part}"] = float(min(sum(name.startswith(part) for name in metas), 5))
    out["meta author"] = float(any("author" in name for name in metas))
    return out


def _script_types(scripts: Iterable[etree._Element]) -> Iterator[str]:
    for script in scripts:
        text = script.text or ""
        if "ld+json" in script.get("type", "") and len(text) < MAX_SCRIPT:
            for found in _STATED.findall(text):
                yield from _groups(found.strip("[] \n").split(","))


def _groups(types: Iterable[str]) -> Iterator[str]:
    for name in types:
        found = _NAME.search(name.strip()[-LONGEST:])
        if found and (group := _TYPE.get(found[1].lower())):
            yield group


def _named(tree: etree._Element) -> Signs:
    """Say how often classes have certain words in them, and whether the whole page's classes have them."""
    all_names = " ".join(_find_classes(tree))[:MAX_NAMES].lower()
    whole = " ".join(_find_page_classes(tree))[:MAX_NAMES].lower()
    size = len(all_names) / 1000 + 1
    alike: dict[int, list[str]] = {}  # the different classes, by how often each of them stands in the page
    for each, count in Counter(all_names.split()).items():
        alike.setdefault(count, []).append(each)
    texts = [(count, " ".join(each)) for count, each in alike.items()]
    out = {f"class {name}": sum([count * text.count(name) for count, text in texts]) / size for name in _NAMES}
    return out | {f"body {name}": float(name in whole) for name in _NAMES}


def _addressed(statements: Iterable[etree._Element]) -> Signs:
    """Say what the words of the address say that the page states for itself; NaN where the page states none."""
    address = next(_addresses(statements), "").lower()
    host, _, path = address.partition("://")[2].partition("/")
    parts = [part for part in re.split(r"[/?.=&]", path) if part]
    out = {f"path {group}": float(bool(words.intersection(parts))) for group, words in _PATH}
    out |= {f"host {name}": float(name in host.split(".")[:-1]) for name in _HOSTS}
    last = max(parts, key=len) if parts else ""
    out["path parts"] = float(min(len(parts), 10))
    out["path words"] = float(min(len(re.findall(r"[^\W\d_]+", last)), 15))
    out["path digits"] = float(min(sum(map(str.isdigit, path)), 12))
    out["path year"] = float(bool(re.search(r"/(?:19|20)\d\d/", path)))
    out["path folder"] = float(path.endswith("/"))
    return out if address else dict.fromkeys(out, math.nan)


def _addresses(statements: Iterable[etree._Element]) -> Iterator[str]:
    for each in statements:
        is_link = each.tag == "link"
        stated = each.get("rel") == "canonical" if is_link else each.get("property") == "og:url"
        if stated and (address := each.get("href" if is_link else "content")) is not None:
            yield address


def _counted(tree: etree._Element) -> Signs:
    counts = Counter(element.tag for element in tree.iter(*_ELEMENTS))
    return {f"tag {tag}": float(np.log1p(counts[tag])) for tag in _ELEMENTS}


def _lines(blocks: Sequence[Block], page: View, columns: Columns) -> Signs:
    """Return counts of a page's lines, and shares of its words in lines of certain kinds."""
    sorts, apart = _sorts(blocks, page, columns)
    shares = np.stack([*sorts.values(), *(columns[name] for name in (*_SHARES, *_AROUND))])
    total = max(float(page.words.sum()), 1.0)
    out = {"lines": float(np.log1p(len(blocks))), "words": float(np.log1p(total))}
    counts = np.log1p(shares[: len(sorts)].sum(1)).tolist()
    out |= {f"{sort} lines": count for sort, count in zip(sorts, counts, strict=True)}
    parts = (shares @ page.words / total).tolist()
    names = (*sorts, *_SHARES, *_AROUND.values())
    out |= {f"{name} share": share for name, share in zip(names, parts, strict=True)}
    out |= {f"cue {cue}": share for cue, share in zip(CUES, (page.cues.sum(1) / total * 100).tolist(), strict=True)}
    signatures, number = np.unique([block.box.signature for block in blocks], return_inverse=True)
    out |= {f"same {sort}": float(np.log1p(np.bincount(number[sorts[sort]]).max(initial=0))) for sort in _MEMBER[1:]}
    out["signatures"] = len(signatures) / max(len(blocks), 1)
    out["stretch"] = float(np.log1p(_stretch(page.words, sorts["title"], sorts["prose"])))
    values = [page.words, *(page.words * sorts[sort] if sort == "prose" else sorts[sort] for sort in _MEMBER[1:])]
    return out | _repeated(blocks, np.stack([*values, np.ones_like(page.words), page.words * apart]))


def _sorts(blocks: Sequence[Block], page: View, columns: Columns) -> tuple[dict[str, Bools], Bools]:
    """Return which lines are of which sorts, and which stand in menus and footers."""
    words, linked, heading = page.words, columns["linked"], columns["kind_heading"] > 0
    apart = (columns["around_nav"] > 0) | (columns["around_footer"] > 0)
    short = (words <= SHORT) & ~apart
    lengths = page.last_char - page.first_char + 1
    ago = np.zeros(len(blocks), np.bool_)
    for i in np.flatnonzero(words <= SHORT).tolist():
        text = blocks[i].line.text
        ago[i] = (columns["digits"][i] or " ago" in text) and _AGO.search(text) is not None
    sorts = {
        "title": (linked > 0.6) & (words >= 3) & (words <= 30) & ~apart,
        "prose": (np.maximum(words, lengths / LETTERS) >= PROSE) & (linked < 0.5) & ~heading,
        "dated": (columns["date_line"] > 0) & short | ago,
        "money": (page.money > 0) & (words <= 30),
        "heading": heading & ~apart,
        "question": columns["ends_question"] > 0,
        "short": short,
    }
    return sorts, apart


_SHARES = ("linked", "kind_code", "kind_row", "kind_item", "kind_quote", "bold", "terminal", "proper", "digits")
_AROUND = {f"around_{group}": f"around {group}" for group in GROUPS}
_MEMBER = ("words", "title", "prose", "dated", "money", "heading")
_LARGEST = ("count", "share", "even", *_MEMBER)


def _repeated(blocks: Sequence[Block], values: Floats) -> Signs:
    """Return what the members of the largest group of like boxes hold: cards of a listing, posts of a thread, …

    `values` has a column for each line, and a row for each name of `_MEMBER`, for the number of lines, and for their
    words in menus and footers. Boxes are alike that have the same tags and classes on the way from the root; siblings
    stand in one box besides.
    """
    ends: dict[Box, int] = {}  # the line behind the last one of each box; a box's lines follow each other
    for end in range(len(blocks), 0, -1):
        box: Box | None = blocks[end - 1].box
        while box is not None and box not in ends:
            ends[box] = end
            box = box.parent
    before = np.zeros((len(values), len(blocks) + 1))
    np.cumsum(values, axis=1, out=before[:, 1:])
    sums = (before[:, list(ends.values())] - before[:, [box.lines for box in ends]]).T
    signature = np.array([box.signature for box in ends], np.int64)
    parent = np.array([box.parent.number if box.parent else -1 for box in ends], np.int64)
    siblings = signature ^ (parent * 0x9E3779B97F4A7C1)
    return _largest("siblings", siblings, sums) | _largest("alike", signature, sums)


def _largest(name: str, key: Ints, sums: NDArray[Any]) -> Signs:
    """Return the means of the group of three or more boxes with one key that has most words.

    `sums` has for each box the sums of `_MEMBER`, its lines, and its words in menus and footers.
    """
    big = np.flatnonzero((sums[:, -2] >= 2) & (sums[:, 0] >= 6) & (sums[:, -1] * 2 < sums[:, 0]))
    _, group, counts = np.unique(key[big], return_inverse=True, return_counts=True)
    words = np.bincount(group, sums[big, 0], len(counts)) * (counts >= 3)
    if not words.any():
        return {f"{name} {part}": 0.0 for part in _LARGEST}
    best = int(words.argmax())
    members = sums[big[group == best]]
    means = members.mean(0)
    uneven = float(members[:, 0].std() / means[0])
    values = (
        np.log1p(len(members)),
        words[best] / max(sums[:, 0].max(), 1.0),
        uneven,
        *np.log1p(means[: len(_MEMBER)]),
    )
    return {f"{name} {part}": float(value) for part, value in zip(_LARGEST, values, strict=True)}


def _stretch(words: Floats, titles: Bools, prose: Bools) -> float:
    """Return the words of the longest run of prose without a linked title in between."""
    sums = np.bincount(np.cumsum(titles), words * prose)
    return float(sums.max()) if len(sums) else 0.0
