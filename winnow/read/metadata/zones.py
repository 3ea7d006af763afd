"""Tell from tags, classes and ids in which part of a page an element stands and what it is marked as."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from winnow.read.metadata.values import word_set

# Zones and cues are bits: a line has those of all elements around it.
NAV, FOOT, ASIDE, COMMENTS, RELATED, FORM = 1, 2, 4, 8, 16, 32
ELSEWHERE = NAV | FOOT | ASIDE | COMMENTS | RELATED | FORM
AUTHOR, UPDATED, PUBLISHED = 64, 128, 256

TAG_ZONES = {"nav": NAV, "footer": FOOT, "aside": ASIDE, "form": FORM, "dialog": FORM}
# Their own classes say what the whole page has or looks like (`both-sidebars`), and where main seems to stand in a menu
# or a button a tag before it was left open.
OUTERMOST = frozenset(("main", "body"))
# What a reader never sees as text.
UNSEEN = word_set(
    """script style noscript template svg math iframe object select option textarea button canvas audio video head"""
)
_CUES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (NAV, re.compile(r"(?:^|[-_])(?:nav|navbar|navigation|menu|breadcrumbs?|pagination|pager)(?:$|[-_])")),
    (FOOT, re.compile(r"(?:^|[-_])(?:site|page|global|main)?-?footer(?:$|[-_])|copyright|colophon")),
    (ASIDE, re.compile(r"side-?bar|(?:^|[-_])widgets?(?:$|[-_])")),
    (
        COMMENTS,
        re.compile(
            r"(?:^|[-_])comments?(?:$|[-_]?(?:list|area|section|body|form|author|meta|content|wrap))"
            r"|disqus|respond(?:$|[-_])"
        ),
    ),
    (
        RELATED,
        re.compile(
            r"related|recommend|teaser|(?:more|latest|recent|popular|trending|similar|other|next|prev(?:ious)?)[-_]?"
            r"(?:from|stories|posts?|articles?|news|reads?|content|reading)|you-?(?:may|might)|read-?(?:next|also|more)"
            r"|promo(?!ted)|newsletter|subscri|carousel|upsell|post-?navigation|trending|most-?(?:read|popular)"
        ),
    ),
    (AUTHOR, re.compile(r"author|by-?line|writer|written-?by|posted-?by|contributor|vcard")),
    (
        UPDATED,
        re.compile(
            r"(?:^|[-_])(?:last-?)?(?:updated?|modified|reviewed)(?:$|[-_])|date-?(?:modified|updated)"
            r"|(?:updated|modified)-?(?:date|on|at)"
        ),
    ),
    (PUBLISHED, re.compile(r"publi(?:sh|cation)|posted|entry-date|post-?date|pub-?date")),
)
# A quick look before the patterns above: most class names are about looks and have none of these.
_ANY_CUE = re.compile(
    r"nav|menu|breadcrumb|pag|footer|copyright|colophon|bar|widget|comment|disqus|respond|related|recommend|teaser|more"
    r"|latest|recent|popular|trending|similar|other|next|prev|you|read|promo|newsletter|subscri|carousel|upsell|author"
    r"|by-?line|writer|written|posted|contributor|vcard|date|publi|modified|review"
)
_cues: dict[str, int] = {}


def cue_bits(value: str) -> int:
    """Return the zones and cues that a class or id attribute suggests, name by name (names recur, lists do not)."""
    bits = 0
    for name in value[:400].split():
        known = _cues.get(name)
        if known is None:
            if len(_cues) > 20_000:
                _cues.clear()
            text = name[:100].lower()
            known = sum(bit for bit, pattern in _CUES if pattern.search(text)) if _ANY_CUE.search(text) else 0
            _cues[name] = known
        bits |= known
    return bits


def zone_bits(element: HtmlElement) -> int | None:
    """Return the zones and cues of an element and all around it; None when a reader does not see it.

    Nothing counts from the main element or the body outwards, see OUTERMOST.
    """
    bits = 0
    for around in (element, *islice(element.iterancestors(), 100)):
        tag = str(around.tag)
        if tag in OUTERMOST:
            break
        if tag in UNSEEN:
            return None
        bits |= TAG_ZONES.get(tag, 0) | cue_bits(around.get("class") or "") | cue_bits(around.get("id") or "")
    return bits
