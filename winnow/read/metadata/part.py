"""Which part of an article a page holds, as the page says: by links to the parts beside it, or by a line of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from winnow.parts import Part
from winnow.read.metadata.values import absolute_url

MOST = 99  # parts of an article
UNNAMED = 20  # number of a part at the end of an address that does not say what it counts, at most; others are names
LINE = 60  # characters of a line that says which part it is, at most
# What a page is called in addresses and in lines of words.
_PAGE = (
    "page|pages|pg|p|part|seite|teil|pagina|página|pág|partie|parte|strona|strana|stránka|stranica|sida|side|sivu|oldal"
    "|sayfa|trang|halaman|pagină|страница|стр|сторінка|σελίδα|صفحة|עמוד|ページ|页|頁|페이지"
)
_OF = "of|von|de|sur|di|van|av|af|z|ze|из|з|od|din|από|dari|trên|/|／|من|מתוך"
# A number beside one of these words, alone at its place, or the value of any parameter (`?id=7&chapter=2`, `,nr,2`).
_NUMBER = re.compile(
    rf"(?P<mark>[/?&_,;-])(?:(?P<name>(?:{_PAGE})[-_/=,]?)|(?<=[?&,;])[^\W\d_]{{1,20}}[=,])?"
    r"(?P<number>\d{1,2})(?P<rest>(?:\.[a-z]{3,5})?/?)(?=$|[?&])",
    re.I,
)
_SAYS = re.compile(rf"\W*(?:{_PAGE})\.?\s*(\d{{1,2}})\s*(?:{_OF})\s*(\d{{1,2}})\W*", re.I)
_BESIDE = frozenset(("next", "prev", "previous"))


def part_of(tree: HtmlElement, lines: Iterable[str], own: Sequence[str]) -> Part | None:
    """Return the part that a page holds, None where the page does not say that it is one.

    `own` are addresses of the page itself, the surest first. A page is a part where it links, as to the next or the
    previous one, to an address that differs from its own by the number of the part beside it; or where a short line
    says "Page 2 of 4", in any of some thirty languages.
    """
    own = [known for address in own if (known := absolute_url(address))]
    if not own:
        return None
    said = next(_said(lines), None)
    links = list(_links(tree, own[0]))
    for address in own:
        for link in links:
            if found := _beside(address, link):
                agrees = said is not None and said[0] == found.number
                return replace(found, count=said[1] if said and agrees else None)
    if said is None:
        return None
    number, base = _numbered(own[0])
    return Part(*said, base if number == said[0] else _base(own[0]))


def _said(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of lines such as "Page 2 of 4"."""
    for line in lines:
        found = _SAYS.fullmatch(line) if len(line) <= LINE else None
        if found and 1 <= int(found[1]) <= int(found[2]) and int(found[2]) > 1:
            yield int(found[1]), int(found[2])


def _links(tree: HtmlElement, base: str) -> Iterator[str]:
    """Yield the addresses that a page calls the next or the previous one."""
    for element in tree.iter("link", "a"):
        rel = element.get("rel")
        if rel and not _BESIDE.isdisjoint(rel.lower().split()):
            with suppress(ValueError):  # an address that cannot be read
                if address := absolute_url(urljoin(base, element.get("href") or "")):
                    yield address


def _beside(own: str, link: str) -> Part | None:
    """Return the part at an address, if a link leads to the part right before or after it."""
    bases = [(_base(address), _numbered(address)) for address in (own, link)]
    (whole, mine), (other, its) = bases
    for number, base in (mine, (1, whole)):
        for beside, its_base in (its, (1, other)):
            if base == its_base and abs(number - beside) == 1:
                return Part(number, None, base)
    return None


def _numbered(address: str) -> tuple[int, str]:
    """Return the number of the part at an address, 0 where there is none, and the address without it."""
    matches = sorted(
        _NUMBER.finditer(address.partition("#")[0]), key=lambda found: (bool(found["name"]), found.start())
    )
    found = matches[-1] if matches else None
    if found is None or not 1 <= int(found["number"]) <= (MOST if found["name"] else UNNAMED):
        return 0, ""
    before, behind = address[: found.start()], address[found.end() :].partition("#")[0]
    if behind[:1] == "&":
        behind = found["mark"] + behind[1:]
    return int(found["number"]), _base(before + found["rest"].rstrip("/") + behind)


def _base(address: str) -> str:
    """Return an address in the form in which it is compared."""
    parts = urlsplit(address.partition("#")[0])
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}{query}"
