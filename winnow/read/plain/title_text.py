"""The title's own words: site, day, kind of page and what is said of a picture on its line are cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from winnow.read.words.dates import find_dates

_KIND = re.compile(r"^(?:title|blog)\s*:\s*(?=\S+\s\S)", re.IGNORECASE)
# What is said of a picture that shows the title or stands beside it.
_PICTURE = re.compile(
    r"^(?:hero|featured|cover|header|banner|lead|title) (?:image|picture|photo|graphic) (?:for|of)"
    r"(?:(?: the)?(?:(?: blog)? post| article| story))?\s*:?\s*(?=\S+\s+\S+\s+\S)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s[|¦·•»–—-]\s|\s?[_|｜]")  # a title and the name of its site
_NAME_WORDS = 4  # a site's name has no more
_LEFT = 3  # words that are left of a title without its day


def clean_title(title: str, lines: Sequence[str]) -> str:
    """Cut off what a title's line holds besides; `lines` are those of the page."""
    return _without_site(_without_day(_PICTURE.sub("", _KIND.sub("", title))), lines)


def as_shown(stated: str, shown: str | None) -> str:
    """Return a title that is stated without the name of its site, as the page itself shows it."""
    rest = stated.removeprefix(shown) if shown else stated
    return shown if shown and rest != stated and _BETWEEN.match(rest) else stated


def _without_day(title: str) -> str:
    """Cut the day of publication off: `May 3, 2024 The harbour opens again`."""
    found = find_dates(title)
    if not found or found[0].begin > 0:
        return title
    rest = title[found[0].end :].lstrip(" |:·–—,.-").rstrip()
    return rest if len(rest.split()) >= _LEFT else title


def _without_site(title: str, lines: Sequence[str]) -> str:
    """Cut the site's name off: behind a bar always, behind a dash when the page has it as a line or in its rights."""
    parts = [part.strip() for part in re.split(r"\s[|¦]\s", title)]
    text = max(parts, key=len)
    name = re.fullmatch(r"(.+?)\s[-–—]\s([^-–—]+)", text)
    if name is None:
        return text or title
    first, last = name[1].lower(), name[2].lower()
    said = [line.lower() for line in lines]
    at = [said.index(part) if part in said else len(said) for part in (first, last)]
    if at[0] < at[1] < len(said) / 2:
        return name[2]  # the site's name at the top, and the headline below it
    is_site = len(last.split()) <= _NAME_WORDS and any(last in line and (last == line or "©" in line) for line in said)
    is_again = at[0] < len(said) and len(first) > len(last) and last[-1] not in "?!？！"
    return name[1] if is_site or is_again else text
