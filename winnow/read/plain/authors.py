"""Who wrote a capture: the nearest line that says so, a name beside a day, a portrait or a role, else nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winnow.read import words
from winnow.read.plain.bylines import (
    account,
    byline,
    byline_here,
    datelined,
    has_role,
    is_alone,
    last_byline,
    leading_name,
    names_others,
    signature,
    signed,
    uncased_name,
    whole,
)
from winnow.read.plain.mail import sender
from winnow.read.plain.place import BELOW, FAR, FEW, PICTURE, TAKEN, Place, words_of
from winnow.read.plain.sections import SECTIONS
from winnow.read.words.dates import find_dates
from winnow.read.words.locale import ANYWHERE, Locale

ABOVE = 8  # lines above the title in which a byline may stand
_LABEL = 40  # characters of a line that says what somebody in the next one did
_BELOW = 4  # lines below the body in which one may stand
_ABOVE_HEAD = 4  # lines above the title, farther than which menus are
_REST = 4  # words that a line has beside a name
_NEAR = 5  # lines below the title in which a name may stand beside a day
_LINE = 16  # words of a line that names a day and an author
LONGEST = 1000  # characters of a line that are looked at: a line of a million digits takes patterns minutes
_SPLIT = re.compile(r"[|•·/,]|\s[–—-]\s")
_AGO = re.compile(
    r"\b(?:vor|hace|il y a|há|for)\s\w+\s\w+|\d\s?\w+\s(?:ago|fa|siden|sedan|назад|temu)\b"
    r"|\d\s?(?:分|時間|小时|시간|분)\s?[前전]",
    re.IGNORECASE,
)
_BARS = " ,|•·–—-/:"


def find_author(lines: Sequence[str], place: Place, locale: Locale = ANYWHERE) -> str | None:
    """Return the names of who wrote the page, joined with `; `, None where no line says it."""
    lines = [line[:LONGEST] for line in lines]
    page = _Page(lines, place, locale)
    near = (page.sent, page.said, page.beside_days, page.alone)
    far = (page.said_above, page.accounts, page.elsewhere)
    for find in (*near, *far):
        if name := next(find(), None):
            return name
    return None


class _Page:
    """The lines of one capture; those near the title are looked at in the order of their likelihood."""

    def __init__(self, lines: Sequence[str], place: Place, locale: Locale) -> None:
        self.lines, self.place, self.locale = lines, place, locale
        self.start = place.first if place.title is None else place.title
        taken = range(self.start + (place.title is not None), min(self.start + 1 + TAKEN, len(lines)))
        short = (i for i in taken if len(lines[i].split()) <= _LINE)
        self.near = [*dict.fromkeys((*place.around(len(lines)), *short))]

    def sent(self) -> Iterator[str]:
        """Yield whom lines around the title name as the sender of a mail."""
        begin = max(0, self.start - ABOVE)
        return filter(None, map(sender, self.lines[begin : self.start + 1 + ABOVE]))

    def said(self) -> Iterator[str]:
        """Yield whom lines below the title name that say `by`."""
        for i in self.near:
            if not self.is_above(i) and (name := self.behind_by(i) or byline(self.lines[i], self.next(i))):
                yield name

    def behind_by(self, i: int) -> str | None:
        """Return the name behind a word that says `by`, or `from`; not that of the site (`Aus Harbour Wiki`)."""
        name = byline_here(self.lines[i], self.locale) if i != self.place.title else None
        above = (self.lines[k] for k in range(min(i, self.start)))
        return None if name is None or any(line.endswith(name) for line in above) else name

    def said_above(self) -> Iterator[str]:
        """Yield whom lines right above the title name that say `by`; they may be those of a teaser."""
        return filter(None, (byline(self.lines[i], self.next(i)) for i in self.near if self.is_above(i)))

    def is_above(self, i: int) -> bool:
        """Tell whether a line stands above the title."""
        return self.place.title is not None and i < self.place.title

    def next(self, i: int) -> str:
        """Return the line after one, that of a picture passed over; nothing where the title stands there."""
        later = (k for k in range(i + 1, min(i + 3, len(self.lines))) if words_of(self.lines[k]))
        at = next(later, None)
        return "" if at is None or at == self.place.title else PICTURE.sub(" ", self.lines[at]).strip()

    def beside_days(self) -> Iterator[str]:
        """Yield whom lines near the title name beside a day: `1. Februar 2022, Ada Lund`."""
        for i in self.near:
            text = words_of(self.lines[i])
            days = find_dates(text) if len(text.split()) <= _LINE and abs(i - self.start) <= _NEAR else []
            if days:
                before, after = text[: days[0].begin].strip(_BARS), text[days[-1].end :].strip(_BARS)
                if name := whole(byline(before) or byline(after) or last_byline(before), self.lines[i]):
                    yield name
                for part in (before, *_SPLIT.split(after)):
                    if (name := whole(leading_name(part.strip()), self.lines[i])) and self.is_persons(name):
                        yield self.without_section(name)

    def alone(self) -> Iterator[str]:
        """Yield the names that stand by themselves near the title, where what is around tells that they are bylines."""
        for i in self.near:
            text = words_of(self.lines[i])
            is_free = text.lower() not in SECTIONS and i != self.place.title
            name = (leading_name(_once(text)) or uncased_name(text)) if is_free else None
            name, text = whole(name, self.lines[i]), whole(text, self.lines[i]) or ""
            if name and self.is_persons(name) and self.is_told(i, name, text):
                yield name

    def is_persons(self, name: str) -> bool:
        """Tell whether a name is no entry of a menu or of the title, and none of its words is common on this page."""
        titled = "" if self.place.title is None else self.lines[self.place.title]
        is_common = any(self.has_word(word.lower()) for word in name.split() if word.lower() != word)
        is_furniture = name in titled or self.is_line(name, 0, self.start - _ABOVE_HEAD) or self.is_sites(name)
        return not (is_common or is_furniture or self.is_others(name))

    def is_sites(self, name: str) -> bool:
        """Tell whether a name is the page's first line, above the title, and stands below the text once more."""
        is_top = self.start > 0 and self.is_line(name, 0, 1)
        return is_top and self.is_line(name, self.place.last + 1, len(self.lines))

    def without_section(self, name: str) -> str:
        """Cut off the section behind a name in its line: its word begins short lines elsewhere, without the name."""
        first, _, last = name.rpartition(" ")
        heads = (line for line in self.lines if line.startswith(last) and len(line.split()) <= FEW)
        is_section = any(re.match(r"(?:$|\W)", line[len(last) :]) for line in heads)
        return first if is_section and " " in first else name

    def has_word(self, word: str) -> bool:
        """Tell whether a word stands on the page, in the same case."""
        return any(word in line and word in line.split() for line in self.lines)

    def is_line(self, name: str, begin: int, end: int) -> bool:
        """Tell whether one of some lines is nothing but a name."""
        return any(words_of(self.lines[i]) == name for i in self.holding(name, begin, end))

    def is_others(self, name: str) -> bool:
        """Tell whether the line before a name says that its bearer did something else than write."""
        above = {i for k in self.holding(name, 1, len(self.lines)) for i in (k - 1, k - 2) if i >= 0}
        lines = (self.lines[i] for i in above if len(self.lines[i]) < _LABEL and self.next(i) == name)
        return any(map(names_others, lines))

    def holding(self, name: str, begin: int, end: int) -> Iterator[int]:
        """Yield which of some lines may hold a name: they have its first word."""
        first = name.split(None, 1)[0]
        return (i for i in range(begin, end) if first in self.lines[i])

    def is_told(self, i: int, name: str, text: str) -> bool:
        """Tell whether a name stands beside its portrait, a role or a day, or stands there once more."""
        around = self.lines[max(0, i - 2) : i + 3]
        is_short = len(text.split()) - len(name.split()) <= _REST
        if is_short and any(_shows(picture, name) for line in around for picture in PICTURE.findall(line)):
            return True
        if name.lower() == name.upper():
            is_name = i > self.start and " " in name and text.startswith(name)
            return is_name and any(map(_is_dated, self.lines[i + 1 : i + 2])) and self.is_unheard(name)
        if is_short and (has_role(text) or (text == name and has_role(self.next(i)))):
            return True
        is_dated = text == name and self.is_beside_day(i, 2 if i > self.start else 1)
        return " " in name and (is_dated or self.is_repeated(i, name, text))

    def is_unheard(self, name: str) -> bool:
        """Tell whether none of a name's words stands in a line without the name, as those of places and sections do."""
        parts = name.split()
        return not any(name not in line and any(part in line for part in parts) for line in self.lines)

    def is_beside_day(self, i: int, reach: int) -> bool:
        """Tell whether a day stands in a line or in one of so many above and below it."""
        return any(map(_is_dated, self.lines[max(0, i - reach) : i + reach + 1]))

    def is_repeated(self, i: int, name: str, text: str) -> bool:
        """Tell whether a name below the title stands there again, as that of its portrait, or alone below the text."""
        if i <= self.start or text not in (name, f"{name} {name}"):
            return False
        beside = [words_of(self.lines[k]) for k in range(max(0, i - 2), min(i + 3, len(self.lines))) if k != i]
        return text != name or name in beside or self.is_line(name, self.place.last + 1, len(self.lines))

    def accounts(self) -> Iterator[str]:
        """Yield the accounts, desks and agencies that lines near the title name after a byline word."""
        for i in self.near:
            line = self.lines[i]
            name = account(line, is_dated=True) if abs(i - self.start) <= _NEAR else None
            if name and (self.is_beside_day(i, 1) or account(line, is_dated=False)):
                yield name
            text = words_of(line)
            days = find_dates(text) if len(text.split()) <= _LINE else []
            if days and (name := account(text[days[-1].end :].strip(_BARS), is_dated=True)):
                yield name

    def elsewhere(self) -> Iterator[str]:
        """Yield whom lines name that say nothing else, farther from the title or right below the body."""
        title, first, last = self.place.title, self.place.first, self.place.last
        start = max(0, first - FAR if title is None else title - ABOVE)
        above = [*range(start, min(start + FAR + ABOVE, last + 1)), *range(max(start, first - ABOVE), first)]
        for i in (*above, *range(last + 1, min(last + 1 + _BELOW, len(self.lines)))):
            if len(self.lines[i].split()) <= FEW and (name := signed(self.lines[i].strip(" []"))):
                yield name
        for i in (*above, *range(first, min(last + 1 + BELOW, len(self.lines)))):
            if is_alone(self.lines[i]) and (name := byline(self.lines[i], self.next(i))):
                yield name
        for i in range(first, min(last + 1 + _BELOW, len(self.lines))):
            if name := signature(self.lines[i]):
                yield name
        for i in (first, first + 1, last):
            if 0 <= i < len(self.lines) and (name := datelined(self.lines[i])):
                yield name


def _shows(picture: str, name: str) -> bool:
    """Tell whether a description says that a picture is the portrait of somebody."""
    return picture.lower().endswith(name.lower()) or (name.lower() == name.upper() and picture.startswith(name))


def _is_dated(line: str) -> bool:
    """Tell whether a short line names a day or says that something was published."""
    return len(line.split()) <= FEW and bool(
        find_dates(words_of(line)) or words.said("published", line) or _AGO.search(line)
    )


def _once(text: str) -> str:
    """Return a line without its second half where that is the first half again: a portrait's name, and the name."""
    half = text[: len(text) // 2].rstrip()
    return half if text == f"{half} {half}" else text
