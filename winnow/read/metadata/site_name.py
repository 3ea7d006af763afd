"""The names of a page's site, and titles without them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from winnow.read.metadata.structured import Head, Node, names_of
from winnow.read.metadata.values import clean_text, count_words, squash, words

# In Chinese a low line divides a headline, its section and the site: `年轻人的船_社会_港口日报`.
_LOW_LINE = r"(?<=[\u3001-\u9fff\uff01-\uff5e”》])_|_(?=[\u3400-\u9fff])"
# A hyphen divides it from the site's name where that ends as such names do: `渡轮停航-港口新闻网`.
_HYPHEN = (
    r"(?<=[\u3001-\u9fff\uff01-\uff5e”》\d])-{1,2}"
    r"(?=[\w·]{1,12}(?:网|網|网站|報|报|新闻|新聞|传媒|傳媒|在线|在線|频道|頻道|晚报|日报|电视台|周刊|杂志|官网|博客|论坛)$)"
)
SEPARATOR = re.compile(rf"\s+(?:[|–—‒―·•«»‹›⋆~/:_-]|::)\s+|\s*[|｜]\s*|:\s+|\s*[»›]\s*|{_LOW_LINE}|{_HYPHEN}")
STRONG_SEPARATOR = re.compile(rf"\s*[|｜]\s*|\s+[–—·•«»‹›⋆~_-]\s+|{_LOW_LINE}|{_HYPHEN}")
_HOST = re.compile(r"\s*[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}\s*", re.IGNORECASE)


def site_names(head: Head, item: Node | None, host: str | None, links: Iterable[str] = ()) -> list[str]:
    """Return the names under which the page mentions its site, squashed: letters and digits only.

    `links` are the texts of links to the home page.
    """
    names = head.all("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "publisher")
    if item is not None:
        names += [name for name, _ in names_of(head, item.get("publisher"))]
    for node in head.items:
        if node.get("@type") in ("WebSite", "Organization"):
            names += [name for name, _ in names_of(head, node.get("name"))]
    names += [text for text in links if text in (head.title or "")]
    if host:
        labels = host.split(".")
        names += [host, ".".join(labels[-2:]), *[label for label in labels[:-1] if len(label) > 3]]
    return [name for name in dict.fromkeys(squash(clean_text(name) or "") for name in names) if len(name) > 1]


def is_site_name(text: str, sites: list[str]) -> bool:
    """Tell whether `text` is a name of the site, give or take an article, `blog`, `official site` or the like."""
    plain = squash(text)
    if not plain:
        return True
    for site in sites:
        if plain == site:
            return True
        short, long = sorted((plain, site), key=len)
        if (
            len(short) >= 4
            and short in long
            and (len(short) >= 0.6 * len(long) or (len(words(text)) <= 5 and site in plain))
        ):
            return True
    return False


def strip_site(text: str, sites: list[str], is_whole: bool = False) -> str:
    """Remove the site's name from the end or the start of a title, as often as it stands there.

    Of a headline that is known to be whole (`is_whole`) nothing is removed from the start.
    """
    for _ in range(3):
        cuts = list(SEPARATOR.finditer(text))
        tails = (
            cut
            for cut, following in zip_longest(cuts, cuts[1:])
            if _is_site(text[cut.end() :], sites, following is None) and _may_begin_site(text, cut, following)
        )
        heads = (cut for cut in reversed(cuts) if not is_whole and _begins_as_site(text[: cut.start()], sites))
        if cut := next((cut for cut in tails if words(text[: cut.start()])), None):
            text = text[: cut.start()].strip()
        elif cut := next((cut for cut in heads if count_words(text[cut.end() :]) >= 2), None):
            text = text[cut.end() :].strip()
        else:
            return text
    return text


def _is_site(part: str, sites: list[str], is_last: bool = False) -> bool:
    """Tell whether a part of a title is the site's name, and not words, other than the last, that have it in them."""
    size = len(squash(part))
    is_short = is_last or len(words(part)) <= 2 or size <= 1.6 * max(map(len, sites), default=0)
    return size > 0 and is_short and is_site_name(part, sites)


def _may_begin_site(text: str, cut: re.Match[str], following: re.Match[str] | None) -> bool:
    """Tell whether the part of a title between two cuts may be a section before the site's name; the last is that name.

    A section stands behind a strong separator and begins with a capital, where its script has any; `and why` does not.
    """
    if following is None:
        return True
    part = text[cut.end() : following.start()]
    return ":" not in cut.group() and not part[:1].islower() and any(map(str.isalpha, part))


def _begins_as_site(part: str, sites: list[str]) -> bool:
    """Tell whether the first part of a title is the site's name, not a word that ends with it (`Skitouring: …`)."""
    plain = squash(part)
    return _is_site(part, sites) and any(plain.startswith(site) or site.startswith(plain) for site in sites)


def strip_tail(text: str, sites: list[str]) -> str:
    """Remove the site's name, and failing that a short last part after a strong separator (for `title` elements)."""
    bare = strip_site(text, sites)
    if bare != text:
        return bare
    cuts = list(STRONG_SEPARATOR.finditer(text))
    if not cuts:
        return text
    tail = text[cuts[-1].end() :]
    rest = text[: cuts[-1].start()]
    is_sentence = tail[:1].islower() and "." not in tail  # a name begins with a capital, or is a host's
    is_long = count_words(rest) >= 3 or bool(_HOST.fullmatch(tail))
    is_inside = rest.count("(") > rest.count(")")
    return rest.strip() if len(words(tail)) <= 4 and is_long and not (is_sentence or is_inside) else text
