"""Choose the article's headline among headings, meta titles and the page title, without the site's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from winnow.read.html.box_names import ELSEWHERE
from winnow.read.metadata.structured import Head, Node, alike, names_of
from winnow.read.metadata.values import clean_text, squash, words
from winnow.read.metadata.visible import Heading

_SEPARATOR = re.compile(r"\s+(?:[|–—‒―·•«»‹›⋆~/:-]|::)\s+|\s*[|｜]\s*|:\s+|\s*[»›]\s*")
STRONG_SEPARATOR = re.compile(r"\s*[|｜]\s*|\s+[–—·•«»‹›⋆~-]\s+")
_KICKER = re.compile(r"\w+:\s+")


@dataclass(frozen=True, slots=True)
class Title:
    """The headline, and the heading of the page that carries it (None when no h1 or h2 does)."""

    text: str | None
    heading: Heading | None


def site_names(head: Head, item: Node | None, host: str | None) -> list[str]:
    """Return the names under which the page mentions its site, squashed: letters and digits only."""
    names = head.all("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "publisher")
    if item is not None:
        names += [name for name, _ in names_of(head, item.get("publisher"))]
    for node in head.items:
        if node.get("@type") in ("WebSite", "Organization"):
            names += [name for name, _ in names_of(head, node.get("name"))]
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


def strip_site(text: str, sites: list[str]) -> str:
    """Remove the site's name from the end or the start of a title, as often as it stands there."""
    for _ in range(3):
        cuts = list(_SEPARATOR.finditer(text))
        if not cuts:
            return text
        first, last = cuts[0], cuts[-1]
        if is_site_name(text[last.end() :], sites) and len(words(text[: last.start()])) >= 1:
            text = text[: last.start()].strip()
        elif is_site_name(text[: first.start()], sites) and len(words(text[first.end() :])) >= 2:
            text = text[first.end() :].strip()
        else:
            return text
    return text


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
    return rest.strip() if len(words(tail)) <= 4 and len(words(rest)) >= 3 else text


def choose_title(head: Head, item: Node | None, headings: list[Heading], sites: list[str]) -> Title:
    """Return the headline by agreement: the h1 whose words the stated titles confirm, else a stated title."""
    headline = clean_text(item.get("headline") or item.get("name")) if item else None
    graph = clean_text(head.first("og:title", "twitter:title", "citation_title", "parsely-title", "dc.title"))
    stated = [strip_site(text, sites) for text in (headline, graph) if text]
    if head.title:
        stated.append(strip_tail(head.title, sites))
    heading = _confirmed(headings, stated, sites)
    if heading is not None:
        text = strip_site(heading.text, sites)
        kicker = _KICKER.match(text)  # `Blog: ` and the like, where a stated title does without
        bare = text[kicker.end() :] if kicker else text
        return Title(bare if any(words(bare) == words(one) for one in stated) else text, heading)
    if stated:
        return Title(stated[0], _carrier(headings, stated[0]))
    return Title(None, None)


def _confirmed(headings: list[Heading], stated: list[str], sites: list[str]) -> Heading | None:
    usable = [one for one in headings if one.level == 1 and not is_site_name(one.text, sites)]
    usable = [one for one in usable if not one.bits & ELSEWHERE] or usable
    if not stated:
        return usable[0] if usable else None
    best = max(usable, key=lambda one: max(alike(one.text, text) for text in stated), default=None)
    if best is None:
        return None
    likeness = max(alike(best.text, text) for text in stated)
    # The only headline of the page, where what is stated for search engines says it in other words.
    lone = len(usable) == 1 and likeness > 0 and len(words(best.text)) >= 6 and not best.text.endswith(":")
    return best if likeness >= 0.4 or (lone and not _carrier(headings, stated[0])) else None


def _carrier(headings: list[Heading], text: str) -> Heading | None:
    """Return the heading that carries `text` though it was not chosen for it (a h2, or a h1 with more in it)."""
    scored = [(alike(one.text, text), -one.level, one) for one in headings]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] >= 0.85 else None
