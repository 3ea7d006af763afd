"""Clean what a record states about its article, by the rules for what pages state."""

from __future__ import annotations

from dataclasses import replace

from winnow.items import Metadata
from winnow.read.metadata.details import usable_tags
from winnow.read.metadata.values import absolute_url, clean_text, hostname_of, language_code, original

_LINES = {"title": 500, "author": 500, "sitename": 100, "section": 80, "description": 1000}  # characters


def cleaned(stated: Metadata) -> Metadata:
    """Return the same facts as they are written in the database, without what is not usable."""
    if stated == Metadata():
        return stated
    lines = {name: clean_text(getattr(stated, name), limit) for name, limit in _LINES.items()}
    url = absolute_url(original(stated.url)[0]) if stated.url else None
    return replace(
        stated,
        **lines,
        url=url,
        hostname=hostname_of(url),
        tags=usable_tags(list(stated.tags), lines["title"], lines["sitename"]),
        language=language_code(stated.language),
        image=absolute_url(stated.image),
    )
