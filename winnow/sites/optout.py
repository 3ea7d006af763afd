"""What a page says against being kept or used by machines: in the headers of its answer, and in its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from winnow.read.parser import page_parser

LOOKED_AT = 128 << 10  # bytes of a page in which its head stands
KINDS = ("noindex", "noai", "tdm-reservation", "noarchive")  # what can be said
_MEANS = {"noindex": "noindex", "none": "noindex", "noai": "noai", "noarchive": "noarchive", "nocache": "noarchive"}
_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_RESERVED = "tdm-reservation"
_NAMED = re.compile(r"\s*([a-z][\w.-]*)\s*:(.*)", re.S)
_ORDERS = re.compile(r"[\s,;]+")
_BODY = re.compile(rb"<body[\s>/]", re.I)


class OptOut(NamedTuple):
    """One thing that was said: its kind, one of `KINDS`, and where."""

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.where})"


def opted_out(headers: Mapping[str, list[str]], html_head: bytes, agent: str) -> str | None:
    """Return what an answer says against being kept, of any of `KINDS`, for a person to read; None if nothing."""
    return "; ".join(map(str, found(headers, html_head, agent))) or None


def found(headers: Mapping[str, list[str]], html_head: bytes, agent: str) -> tuple[OptOut, ...]:
    """Return all that an answer says against being kept or used.

    `headers` may have names in any case; `html_head` is the beginning of the body, empty if that is no HTML; `agent` is
    the crawler's name. What is said to it by name goes before what is said to all, in the header and in the page each.
    """
    lower = {name.lower(): values for name, values in headers.items()}
    name = re.split(r"[/\s]", agent.strip().lower(), maxsplit=1)[0]
    metas = _metas(html_head[:LOOKED_AT], name)
    said = [
        *(OptOut(kind, "X-Robots-Tag") for kind in _of_header(lower.get("x-robots-tag", []), name)),
        *(OptOut(kind, "meta robots") for kind in _kinds(metas.get(name) or metas.get("robots", []))),
    ]
    if any(value.strip() == "1" for value in lower.get(_RESERVED, [])):
        said.append(OptOut(_RESERVED, "header"))
    if any(value.strip() == "1" for value in metas.get(_RESERVED, [])):
        said.append(OptOut(_RESERVED, "meta"))
    return tuple(said)


def _of_header(values: Iterable[str], name: str) -> list[str]:
    """Return the kinds that X-Robots-Tag names; a crawler's name goes for all orders behind it in the same value."""
    orders: dict[str, list[str]] = {}
    for value in values:
        agent = "*"
        for order in value.lower().split(","):
            named = _NAMED.fullmatch(order)
            if named and named[1] in _WITH_VALUE:
                continue
            if named:
                agent, order = named[1], named[2]  # noqa: PLW2901
            orders.setdefault(agent, []).append(order)
    return _kinds(orders[name] if name in orders else orders.get("*", []))


def _kinds(values: Iterable[str]) -> list[str]:
    words = [word for value in values for word in _ORDERS.split(value.lower())]
    return list(dict.fromkeys(_MEANS[word] for word in words if word in _MEANS))


def _metas(head: bytes, name: str) -> dict[str, list[str]]:
    """Return what the meta elements of a head with these names say: `robots`, `tdm-reservation`, the crawler's name."""
    names = {"robots", _RESERVED, name}
    lower = head.lower()
    if b"<meta" not in lower or not any(each.encode("utf-8", "replace") in lower for each in names if each):
        return {}  # most pages: a parser takes a millisecond for their heads
    body = _BODY.search(head)
    try:
        root = etree.fromstring(head[: body.start()] if body else head, page_parser())
    except (etree.LxmlError, ValueError):
        return {}
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta") if root is not None else ():
        key = (meta.get("name") or "").strip().lower()
        if key in names:
            said.setdefault(key, []).append(meta.get("content") or "")
    return said
