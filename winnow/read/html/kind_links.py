"""Signs of what kind a page is: where its links lead to, its fields to fill in, and its elements.

A page of a shop's shelf links to many pages below one folder, a manual to places in itself, an offer to a telephone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from winnow.read.lines.kind_model import Signs

MAX_LINKS = 5000
MAX_LABELS, LONGEST = 1000, 100  # pieces of text on buttons and in fields, and characters of each
_ELSEWHERE = ("#", "mailto:", "tel:", "javascript:", "data:")  # begin addresses that lead to no other page
_ABSOLUTE = re.compile(r"(?:https?:)?//([^/?#]*)([^?#]*)")
_SHARE = re.compile(
    r"facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share)|linkedin\.com/share|pinterest\.\w+/pin"
    r"|reddit\.com/submit|whatsapp\.com/send|wa\.me|t\.me/share"
)
_PAGE = re.compile(r"[?&/](?:page|p|start|offset|pg)[=/]?\d")
_ACTIONS = ("cart", "search", "contact", "comment", "subscribe")
_LABELS = {"button": ("aria-label",), "input": ("value", "placeholder", "aria-label")}
_FIELDS = ("email", "tel", "number", "radio", "checkbox", "search", "hidden", "text", "range")
_ELEMENTS = ("textarea", "option", "th", "details", "svg", "figure", "figcaption", "sup", "kbd", "samp", "var", "time")

_find_links = etree.XPath("/descendant::a/@href", smart_strings=False)


def link_signs(tree: etree._Element, address: str) -> Signs:
    """Return counts of links by where they lead to; some are NaN where the page states no address of its own."""
    links = Counter([link.strip().lower() for link in _find_links(tree)[:MAX_LINKS]])
    host, own = _parts(address)
    away = [(*_parts(link), often) for link, often in links.items() if not link.startswith(_ELSEWHERE)]
    paths = {path.rstrip("/") for to, path, _ in away if not (host and to) or to == host}
    folders = Counter([path.rpartition("/")[0] for path in paths])
    firsts = Counter([path.strip("/").partition("/")[0] for path in paths if "/" in path.strip("/")])
    folder = max(folders.values(), default=0)
    counts = {"links": links.total(), "paths": len(paths), "folders": len(folders), "folder": folder} | _sorts(links)
    size = max(len(paths), 1)
    out = {f"links {name}": math.log1p(count) for name, count in counts.items()}
    out["links folder share"] = folder / size
    out["links first share"] = max(firsts.values(), default=0) / size
    mine = _own_signs(own.rstrip("/"), paths)
    mine["links external"] = math.log1p(sum(often for to, _, often in away if to and to != host))
    return out | (mine if host else dict.fromkeys(mine, math.nan))


def _sorts(links: Counter[str]) -> dict[str, int]:
    """Count the links of certain sorts."""
    out = dict.fromkeys(("fragments", "telephones", "mail", "share", "queries", "pages"), 0)
    for link, often in links.items():
        if link[:1] == "#":
            out["fragments"] += often * (len(link) > 1)
        elif link.startswith("tel:"):
            out["telephones"] += often
        elif link.startswith("mailto:"):
            out["mail"] += often
        elif "//" in link and _SHARE.search(link):
            out["share"] += often
        out["queries"] += often * ("?" in link)
        out["pages"] += often * (_PAGE.search(link) is not None)
    return out


def _parts(link: str) -> tuple[str, str]:
    """Return the host of a link, without www, and its path; no host where the link names none."""
    found = _ABSOLUTE.match(link)
    if found:
        return found[1].removeprefix("www."), found[2]
    return "", link.partition("?")[0].partition("#")[0]


def _own_signs(own: str, paths: set[str]) -> Signs:
    """Return counts of links below and beside the page's own path."""
    folder = own.rpartition("/")[0]
    return {
        "links below": math.log1p(sum(path.startswith(own + "/") for path in paths)) if own else 0.0,
        "links beside": math.log1p(sum(path.rpartition("/")[0] == folder for path in paths)) if own else 0.0,
        "links root": float(not own),
    }


def form_parts(tree: etree._Element) -> list[etree._Element]:
    """Return the forms of a page, what they are made of, and the other elements that are counted."""
    return list(tree.iter("form", *_LABELS, *_ELEMENTS))


def form_signs(parts: Sequence[etree._Element]) -> Signs:
    """Return counts of a page's fields to fill in, by type, of its elements, and what its forms are for."""
    fields = Counter((part.get("type") or "").lower() for part in parts if part.tag == "input")
    forms = [part for part in parts if part.tag == "form"]
    actions = " ".join(form.get("action") or "" for form in forms).lower()
    elements = Counter(part.tag for part in parts)
    out = {f"field {name}": math.log1p(fields[name]) for name in _FIELDS}
    out |= {f"tag {name}": math.log1p(elements[name]) for name in _ELEMENTS}
    out |= {f"form {name}": float(name in actions) for name in _ACTIONS}
    return out | {"form post": math.log1p(sum((form.get("method") or "").lower() == "post" for form in forms))}


def buttons(parts: Sequence[etree._Element]) -> str:
    """Return what stands on the first buttons and in the first fields of a page."""
    return " ".join(label[:LONGEST] for label in islice(_labels(parts), MAX_LABELS))


def _labels(parts: Sequence[etree._Element]) -> Iterator[str]:
    for part in parts:
        if part.tag == "button":
            yield from part.itertext()
        for name in _LABELS.get(str(part.tag), ()):
            if label := part.get(name):
                yield label
