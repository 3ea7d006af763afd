"""Links to places on the page itself, before which programs that save a page have put its address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

_find_names = etree.XPath("//@id | //a/@name", smart_strings=False)


def shorten_own(links: Sequence[HtmlElement]) -> None:
    """Leave the page's own address out of `links`, which are those of a page that lead to places: `#place`.

    It is told by the places, of which a page has two at least: links to comments on others lead to one on each.
    """
    pages: dict[str, list[tuple[HtmlElement, str]]] = defaultdict(list)
    for link in links:
        page, _, place = link.get("href", "").partition("#")
        if page and place:
            pages[page].append((link, place))
    several = [found for found in pages.values() if len({place for _, place in found}) > 1]
    names = frozenset(_find_names(links[0])) if several else frozenset()
    for found in several:
        places = {place for _, place in found}
        if len(places & names) > len(places) / 2:
            for link, place in found:
                link.set("href", f"#{place}")
