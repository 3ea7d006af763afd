"""Signs of what kind a page is that it states itself: statements for machines, names of elements, its address.

No sign is a word of one site. A statement is a type of schema.org, an Open Graph type, or the program that made the
page. What the signs are worth, a model has learnt (`kind.py`).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from winnow.items import Kind
from winnow.read.html.walk import Content
from winnow.read.lines.kind_model import Signs

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
_NO_ARTICLE = frozenset(("answer", "documentation", "product", "offer", "service", "questions", "collection"))
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
# What makes manuals and references of interfaces and hardly anything else; what makes blogs as well is no plain sign.
_MANUALS = re.compile(
    r"\b(?:javadoc|doxygen|typedoc|pdoc|pydoctor|rustdoc|rdoc|yard|sphinx|docusaurus|starlight|mintlify|antora|gitbook"
    r"|honkit|mdbook|makeinfo|texi2any|texi2html|texinfo|docbook|publican|gtk-doc|linuxdoc-tools)\b"
)
_SPHINX = "sphinx"
_OPTIONS = "documentation_options"  # the script by which pages of Sphinx are known, which name no program
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
_find_classes = etree.XPath("/descendant::*/@class", smart_strings=False)
_find_types = etree.XPath("/descendant::*/@itemtype", smart_strings=False)


class Stated(NamedTuple):
    """What a page states of itself."""

    metas: dict[str, str]  # contents of its meta elements by name, both in lower case
    address: str  # in lower case; "" where it states none
    program: str  # that made it, in lower case; "" where it states none, and of pages of a blog
    signs: Signs


def stated(tree: etree._Element, content: Content) -> Stated:
    """Return what a page states of itself."""
    metas = {
        str(meta.get("property") or meta.get("name") or "").lower(): str(meta.get("content") or "").lower()
        for meta in content.stating("meta")
    }
    address = next(_addresses(content.stating("link")), metas.get("og:url", "")).lower()
    scripts = content.stating("script")
    types, items = _script_types(scripts), _names(_find_types(tree))
    is_blog = "blog" in (tree.getroottree().getroot().get("class") or "")  # a list or post of a manual's blog
    makers = [str(meta.get("content") or "").lower() for meta in content.stating("meta") if _names_maker(meta)]
    program = "" if is_blog else " ".join([*makers, *[_SPHINX] * any(map(_is_options, scripts))])
    return Stated(metas, address, program, _statement_signs(types, items, metas))


def _names_maker(meta: etree._Element) -> bool:
    """Tell whether a meta element names a program that made the page; a page may have gone through several."""
    return str(meta.get("name") or "").lower() == "generator"


def _is_options(script: etree._Element) -> bool:
    return _OPTIONS in (script.get("src") or (script.text or "")[:100]).lower()


def _script_types(scripts: Iterable[etree._Element]) -> Iterator[str]:
    for script in scripts:
        text = script.text or ""
        if "ld+json" in script.get("type", "") and len(text) < MAX_SCRIPT:
            for found in _STATED.findall(text):
                yield from _names(found.strip("[] \n").split(","))


def _names(types: Iterable[str]) -> Iterator[str]:
    for name in types:
        if found := _NAME.search(name.strip()[-LONGEST:]):
            yield found[1].lower()


def _addresses(links: Iterable[etree._Element]) -> Iterator[str]:
    for link in links:
        if link.get("rel") == "canonical" and (address := link.get("href")) is not None:
            yield address


def _statement_signs(types: Iterable[str], microdata: Iterable[str], metas: dict[str, str]) -> Signs:
    """Count the types that a page states in JSON-LD and in microdata, and say what its meta elements say."""
    scripts, items = (Counter(_TYPE.get(name, "") for name in names) for names in (types, microdata))
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


def class_signs(tree: etree._Element) -> Signs:
    """Say how often classes have certain words in them."""
    all_names = " ".join(_find_classes(tree))[:MAX_NAMES].lower()
    by_times: defaultdict[int, list[str]] = defaultdict(list)  # most classes stand on a page once
    for name, times in Counter(all_names.split()).items():
        by_times[times].append(name[:LONGEST])
    texts = [(times, " ".join(names)) for times, names in by_times.items()]
    size = len(all_names) / 1000 + 1
    return {
        f"class {word}": sum([times * text.count(word) for times, text in texts if word in text]) / size
        for word in _NAMES
    }


def address_signs(address: str) -> Signs:
    """Say what the words of the address say that the page states for itself; NaN where the page states none."""
    path = address.partition("://")[2].partition("/")[2]
    parts = [part for part in re.split(r"[/?.=&]", path) if part]
    out = {f"path {group}": float(bool(words.intersection(parts))) for group, words in _PATH}
    last = max(parts, key=len) if parts else ""
    out["path parts"] = float(min(len(parts), 10))
    out["path words"] = float(min(len(re.findall(r"[^\W\d_]+", last)), 15))
    out["path digits"] = float(min(sum(map(str.isdigit, path)), 12))
    out["path year"] = float(bool(re.search(r"/(?:19|20)\d\d/", path)))
    out["path folder"] = float(path.endswith("/"))
    return out if address else dict.fromkeys(out, math.nan)


def stated_kind(said: Stated) -> Kind | None:
    """Return the kind that a page states plainly for machines; None where it states none, or several.

    A thread has its type in JSON-LD or microdata, or is made by a program for boards. A manual is made by a program
    that makes hardly anything else, and states no type of an article, as blogs made by it do (the commonest theme of
    Sphinx gives every page an article's type as microdata). A product has its own
    type with an offer, or by Open Graph; a list of products has a list beside them. An article has its type in JSON-LD
    and by Open Graph, and states nothing that other kinds have; programs for shops and for sites of all sorts call any
    page an article.
    """
    signs = said.signs
    if signs["script discussion"] or signs["item discussion"] or signs["made discussion"]:
        return Kind.DISCUSSION
    is_post = signs["script article"] or (signs["item article"] and _SPHINX not in said.program)
    if _MANUALS.search(said.program) and not is_post:
        return Kind.DOCUMENTATION
    types, items = ({group for group in _TYPES if signs[f"{place} {group}"]} for place in ("script", "item"))
    is_offer = {"product", "offer"} <= types and not types & {"article", "listing", "collection"}
    if is_offer or (signs["og product"] and "product" in types | items):
        return Kind.PRODUCT
    is_any = signs["made builder"] or signs["made shop"] or not _NO_ARTICLE.isdisjoint(types | items)
    return Kind.ARTICLE if signs["og article"] and "article" in types and not is_any else None
