"""The feeds that an OPML file lists, as readers of feeds export them."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from winnow.sites.links import joined
from winnow.sources.containers.elements import local, parsed

MAX_BYTES = 16 << 20
MAX_FEEDS = 10_000


class NoOpml(Exception):
    """Raised for bytes that list no feeds; the message says to a person why."""


class Outline(NamedTuple):
    """One feed of a list: its title or "", its address, and that of its site if the list has it."""

    title: str
    feed: str
    site: str | None


def read(content: bytes) -> list[Outline]:
    """Return the feeds of an OPML file, in folders or not, each once. Raises `NoOpml`."""
    if len(content) > MAX_BYTES:
        raise NoOpml(f"{len(content)} bytes: more than a list of feeds has")
    root = parsed(content)
    if root is None or local(root).lower() != "opml":
        raise NoOpml("no OPML: it does not begin with <opml>")
    found: dict[str, Outline] = {}
    for element in root.iter("{*}outline"):
        said = {str(name).lower(): str(value).strip() for name, value in element.items()}
        feed = _address(said.get("xmlurl"))
        if feed and len(found) < MAX_FEEDS:
            found.setdefault(
                feed, Outline(said.get("title") or said.get("text") or "", feed, _address(said.get("htmlurl")))
            )
    return list(found.values())


def _address(value: str | None) -> str | None:
    if not value:
        return None
    if urlsplit(value[:20]).scheme == "feed":
        value = value[5:] if value[5:].startswith(("http:", "https:")) else f"http:{value[5:]}"
    return joined("", value)
