"""Whether what is known of two pages, beside their words, allows that both carry one article.

That the texts of two pages match shows that they have much in common, not what it is. Pages of one site have more in
common than an article: appeals, disclaimers, the standing head of a column, the call for witnesses below each report of
the police. Where an article is short, that is most of its page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from winnow.match.overlap import MAX_EXCERPT_START, Overlap
from winnow.reading import Extraction
from winnow.text import tokens

# Resemblance from which on the page of a template is taken for another rendering of a piece of writing.
RENDERED_AGAIN = 0.8
# Escapes, tags and keys to a word, from which on a text is no prose beside one that has so many times fewer of them.
MIN_RESIDUE, MAX_RESIDUE_RATIO = 0.02, 4
_SAME_SITE = re.compile(r"^(?:www|m|mobile|amp)\.")
_ENDING = re.compile(r"\.[a-zA-Z]{3,5}$")
_NUMBER = re.compile(r"\d+")
# What an address has behind that of the first page of several: `/2`, `-3`, `?slide=4`.
_LATER_PART = re.compile(r"[/?&_,;-](?:[^\W\d_]{1,20}[=/_,-]?)?(?:[2-9]|[1-9]\d)/?")


def refusal(page: Extraction, known: Extraction, overlap: Overlap) -> str:
    """Return why two pages whose texts match carry two articles, "" where they may carry one.

    Two parts of one article are never each other's copies, though they share its beginning or its foot.
    A file that programs write for programs, such as an export, holds the texts of articles and owns none of them.
    Two products, services, listings or collections share the text of their template, and a listing the beginnings of
    its articles. Such pages match by their address. A kind can be told wrongly: nearly the same words of a piece of
    writing are a copy, whatever the page around them looks like.
    What a site shows at two addresses under two titles are two articles, unless nearly the same words stand there from
    the beginning on.
    """
    if page.part is not None and page.part.is_beside(known.part):
        return "two parts of one article"
    if _is_dump_of_other(page, known):
        return "one is a text for programs"
    if page.url is not None and page.url == known.url:
        return ""
    writings = page.kind.is_writing + known.kind.is_writing
    if writings == 0 or (writings == 1 and overlap.resemblance < RENDERED_AGAIN):
        return "pages of a template"
    if _are_two_of_a_site(page, known) and not _is_nearly_the_same(overlap):
        return "two addresses of one site"
    return ""


def _is_dump_of_other(page: Extraction, known: Extraction) -> bool:
    """Return whether one of two texts reads as prose, and the other holds prose between escapes, tags and keys."""
    less, more = sorted((page.text.residue, known.text.residue))
    return more >= MIN_RESIDUE and more > MAX_RESIDUE_RATIO * less


def _is_nearly_the_same(overlap: Overlap) -> bool:
    """Return whether two texts hardly differ, and not at their beginning."""
    return overlap.resemblance >= RENDERED_AGAIN and overlap.start <= MAX_EXCERPT_START


def _are_two_of_a_site(page: Extraction, known: Extraction) -> bool:
    """Return whether one site shows two pages at two addresses, under two titles or as two of a number of pages.

    An address with a query and the same without one are the same page, as long as the query tells no number of a part.
    """
    if page.url is None or known.url is None:
        return False
    (host, *one), (other_host, *other) = _place(page.url), _place(known.url)
    if host != other_host or one == other:
        return False
    is_asked = one[0] == other[0] != "" and "" in (one[1], other[1])
    return _are_numbered("".join(one), "".join(other)) or (not is_asked and _have_two_titles(page, known))


def _are_numbered(one: str, other: str) -> bool:
    """Return whether two places differ by a number only, or one is the other with the number of a later part."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and _LATER_PART.fullmatch(long, len(short)):
        return True
    return one != other and _NUMBER.sub("0", one) == _NUMBER.sub("0", other)


def _have_two_titles(page: Extraction, known: Extraction) -> bool:
    """Return whether both pages have a title, and none of the two is the other with something around it."""
    one, other = (f" {' '.join(tokens(each.title or ''))} " for each in (page, known))
    return bool(one.strip() and other.strip()) and one not in other and other not in one


@lru_cache(1024)
def _place(url: str) -> tuple[str, str, str]:
    """Return the site, the path and the query of an address, in the form in which they are compared."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an address that cannot be read
        return url, "", ""
    path = _ENDING.sub("", parts.path).rstrip("/")
    return _SAME_SITE.sub("", parts.netloc.lower()), path, parts.query and f"?{parts.query}"
