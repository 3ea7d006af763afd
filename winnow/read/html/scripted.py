"""Texts that stand only in a page's scripts are put into its tree, where a browser would show them.

A page whose text a script renders is saved without it: in JSON-LD, in a template, or in the state that the script
reads (`__NEXT_DATA__` and the like). A page that was rendered by its server has the same data beside the text, so a
text is taken only where the page shows little else, and not most of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from winnow.read.html.garbled import drop_garbled
from winnow.read.html.no_article import TITLE_PART
from winnow.read.html.parse import parse_fragment
from winnow.read.html.recipes import join_ingredients
from winnow.read.html.script_data import WORD, Body, bodies, body_of, stated
from winnow.read.html.script_values import LONG, MAX_SCRIPT, parse, values
from winnow.read.html.second_opinions import key
from winnow.read.html.tags import SKIPPED
from winnow.read.html.walk import Content, read_content
from winnow.read.notices import CONSENT, asks_consent
from winnow.text import one_line, storable

LESS = 0.5  # share of a text's length that the page may show of other running text, at most
KNOWN = 0.6  # share of a text's different words that the page has, from which it shows the text
SHELL = 600  # characters of running text of a page that a script renders, at most; links, menus, consent not counted
ENOUGH = 4_000  # characters of running text of a page that shows a text of its own
SENTENCE = 30  # characters of a line of running text, at least
ALIKE = 0.6  # share of common words of two titles of one article
FEW, FRAMES = 20, 3  # words of a page that frames may make up, fewer than; frames that are named, at most
SURE = 60  # words of an article whose title is not the page's, at least

_TEMPLATE = re.compile(r"text/(?:x-)?(?:template|tmpl|html)|.*x-tmpl.*|.*(?:handlebars|mustache)-?template.*")
_JSON = re.compile(r"application/(?:[\w.]+\+)?json")
_SCRIPT = re.compile(r"(?:text|application)/(?:x-)?javascript|module")
# Where TiddlyWiki keeps all notes of a file, as data or in boxes; its script shows those that are opened.
_find_store = etree.XPath(
    "boolean(/descendant::script[@class='tiddlywiki-tiddler-store'] | /descendant::*[@id='storeArea']/*[@title])"
)
_PAGE = re.compile(r"\s*(?!about:|blob:|data:|javascript:)\S", re.I)  # the address of one that a frame shows
_GAP = re.compile(r"\{\{|<%|\$\{|\[\[|\{%")  # what a template leaves for a script to fill in


def read_whole(tree: HtmlElement) -> Content:
    """Return what a page holds, without text that is none, and with a text that only its scripts hold.

    The first is taken out of the tree, the second is put into it; ingredients that are shown in parts are put together.
    """
    content = read_content(tree)
    for change in (drop_garbled, add_scripted):
        content = read_content(tree) if change(tree, content) else content
    return read_content(tree) if join_ingredients(content) else content


def unread(tree: etree._Element, words: int) -> str | None:
    """Return in one line for a person where the text of a page with these few words may be; None if unknown."""
    if _find_store(tree):
        return "the notes of this TiddlyWiki are kept in a store: save each as a page"
    frames = (frame.get("src") or "" for frame in tree.iter("frame", "iframe")) if words < FEW else ()
    shown = ", ".join(one_line(source) for source in islice(filter(_PAGE.match, frames), FRAMES))
    return f"its text may be in a frame, which is a page of its own: {shown}" if shown else None


def add_scripted(tree: HtmlElement, content: Content) -> bool:
    """Put a text that only scripts hold into a tree, which holds `content`; return whether there is one."""
    blocks = content.blocks
    shown = [block.line.text for block in blocks if block.linked < 0.5 and block.kind != "heading"]
    running = [text for text in shown if len(text) >= SENTENCE]
    if sum(map(len, running)) > ENOUGH:
        return False
    scripts = [script for script in content.stating("script") if LONG <= len(script.text or "") <= MAX_SCRIPT]
    length = sum(len(text) for text in running if not asks_consent(text.lower())) if scripts else 0
    scripts = [script for script in scripts if len(script.text or "") * LESS >= length]
    known: set[str] = set()
    is_shell = length <= SHELL and sum(map(len, shown)) <= 2 * SHELL
    for find in (_stated, _templates, _states) if is_shell else (_stated, _templates):
        given = content.stating("script") if find is _states else scripts  # one state may be sent in many pieces
        found = [body for body in find(given) if len(body.text) * LESS >= length]
        if found:
            known = known or {word.lower() for block in blocks for word in WORD.findall(block.line.text)}
            body = _chosen([body for body in found if not _shows(known, body)], tree, find is _states)
            if body:
                _put(tree, body)
                return True
    return False


def _shows(known: set[str], body: Body) -> bool:
    words = {word.lower() for word in WORD.findall(body.text)}
    return len(words & known) >= KNOWN * len(words)


def _stated(scripts: Sequence[etree._Element]) -> Iterator[Body]:
    for script in scripts:
        if "ld+json" in _type(script):
            yield from stated(parse(script.text or ""))


def _templates(scripts: Sequence[etree._Element]) -> Iterator[Body]:
    for script in scripts:
        html = script.text or ""
        if _TEMPLATE.fullmatch(_type(script)) and not _GAP.search(html):
            body = body_of(html)
            if body:
                yield body


def _states(scripts: Sequence[etree._Element]) -> Iterator[Body]:
    kinds = {script: _type(script) for script in scripts}
    states = [script.text or "" for script, kind in kinds.items() if _may_be_state(kind)]
    return (body for value in values(states) for body in bodies(value))


def _may_be_state(kind: str) -> bool:
    return "ld+json" not in kind and (not kind or bool(_JSON.fullmatch(kind) or _SCRIPT.fullmatch(kind)))


def _type(script: etree._Element) -> str:
    return (script.get("type") or "").partition(";")[0].strip().lower()


def _chosen(found: Sequence[Body], tree: HtmlElement, must_be_told: bool) -> Body | None:
    """Return the longest text of the page's title; where none has it, the longest, if it is long.

    A page with texts of several titles, of which none is much longer than the others, is a list of them.
    """
    found = [body for body in found if len(CONSENT.findall(body.text.lower())) * 40 < body.words]
    heads = [tree.findtext(".//title") or "", *tree.xpath("//meta[@property='og:title']/@content")]
    parts = [part for head in heads for part in (head, *TITLE_PART.split(head))]
    own = [body for body in found if any(_alike(body.title, part) for part in parts)]
    best = max(own or found, key=lambda body: body.words, default=None)
    if own or best is None:
        return best
    near = {body.title for body in found if body.words * 2 >= best.words}
    is_told = bool(best.title) and bool(best.author or best.date)
    return best if best.words >= SURE and len(near) == 1 and (is_told or not must_be_told) else None


def _alike(one: str, other: str) -> bool:
    left, right = ({word.lower() for word in WORD.findall(text)} for text in (one, other))
    return bool(left and right) and 2 * len(left & right) >= ALIKE * (len(left) + len(right))


def _put(tree: HtmlElement, body: Body) -> None:
    """Put a text below the page's headline, or before all else with a headline of its own; what repeats it goes."""
    whole = key(body.text)
    for shown in [each for each in tree.iter("p") if len(key(each.text_content())) >= SENTENCE]:
        if key(shown.text_content()).rstrip("….") in whole:
            shown.drop_tree()
    heads = [each for each in tree.iter("h1", "h2") if _alike(each.text_content(), body.title)]
    places = [each for each in tree.iter("script") if each.text == body.html] + heads  # a template stands in its place
    place = next((each for each in places if SKIPPED.isdisjoint(up.tag for up in each.iterancestors())), None)
    is_headed = place is not None or "<h1" in body.html or not body.title
    head = "" if is_headed else f"<h1>{escape(body.title)}</h1>"
    fragment = parse_fragment(storable(f"<main>{head}{body.html}</main>"))
    for element in reversed(fragment if fragment is not None else ()):
        if place is not None:
            place.addnext(element)
        else:
            next(tree.iter("body"), tree).insert(0, element)
    _say(tree, "author", body.author)
    _say(tree, "article:published_time", body.date)


def _say(tree: HtmlElement, name: str, value: str) -> None:
    """State a value for machines, unless the page states one of that name."""
    value = storable(value)
    if value and not tree.xpath("//meta[@name=$name or @property=$name]", name=name):
        place: Any = tree.find("head")
        etree.SubElement(tree if place is None else place, "meta", {"property": name, "content": value})
