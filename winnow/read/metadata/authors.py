"""Choose the authors that a page names."""

from __future__ import annotations

import re

from winnow.read.html.box_names import COMMENTS, NAV, RELATED, UPDATED
from winnow.read.metadata.names import (
    BAD,
    BY,
    BY_AFTER_DATE,
    BY_ALONE,
    BY_FAR,
    BY_FAR_PHRASES,
    BY_INSIDE,
    CUT,
    LEADING_DATE,
    MAX_NAMES,
    NOT_BY,
    TEAMS,
    personal_name,
    read_handle,
    read_names,
)
from winnow.read.metadata.structured import Head, Node, names_of
from winnow.read.metadata.title import is_site_name
from winnow.read.metadata.values import clean_text, squash
from winnow.read.metadata.visible import Body, Name, around
from winnow.read.words import said

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AUTHOR_METAS = ("author", "article:author", "citation_author", "dc.creator", "creator")


class _Bylines:
    """The names on one page, from the surest source to the weakest."""

    def __init__(
        self, head: Head, item: Node | None, body: Body, anchor: int | None, zones: int, sites: list[str]
    ) -> None:
        self.head, self.item, self.body, self.sites, self.zones = head, item, body, sites, zones
        self.near = {index: distance for distance, index in around(body, anchor, zones)} if anchor is not None else {}
        self.anchor = anchor
        self.is_strict = True  # whether names of the site are no names: they are where nothing else is
        self._common: set[str] | None = None

    def personal(self, names: list[str]) -> list[str]:
        """Drop the site's name, unless it is a person's: then the page does not use its words in lower case."""
        return [name for name in names if not is_site_name(name, self.sites) or self.is_persons_site(name)]

    def is_persons_site(self, name: str) -> bool:
        return not self.is_strict and " " in name and self.uncommon(name)

    def uncommon(self, name: str) -> bool:
        if self._common is None:
            self._common = set(self.body.text.split())
        return not any(word.lower() in self._common for word in name.split() if len(word) > 2)

    def only_reviewed(self, mark: Name) -> bool:
        """Tell whether a marked name is that of who reviewed or changed the article."""
        return bool(mark.bits & UPDATED & ~self.zones) and not BY.match(mark.text)

    def marked(self) -> list[str]:
        """Names beside the headline: marked ones, or a line that says `by`."""
        best: tuple[int, list[str]] | None = None
        lines = self.body.lines
        for mark in self.body.names:
            if mark.line not in self.near or (mark.line and NOT_BY.match(lines[mark.line - 1].text)):
                continue
            if self.only_reviewed(mark) or mark.bits & RELATED & ~self.zones:
                continue
            names = self.personal(read_names(mark.text, formal=mark.mark in ("rel", "itemprop")))
            if names:
                rank = {"itemprop": 0, "rel": 0, "class": 2, "link": 3}[mark.mark] + self.near[mark.line]
                if best is None or rank < best[0] or (rank <= best[0] + 2 and len(names) > len(best[1])):
                    best = rank, names
        for index, distance in self.near.items():
            if best is None or distance < best[0]:
                names = self.personal(self.said_by(index))
                if names:
                    best = distance, names
        return best[1] if best else []

    def said_by(self, index: int) -> list[str]:
        text = self.body.lines[index].text
        if len(text) > 160:
            return []
        if BY.match(text):
            return read_names(text)
        if index and BY_ALONE.fullmatch(self.body.lines[index - 1].text.strip()):
            return read_names(text, formal=True)
        dated = LEADING_DATE.match(text)
        if dated and (names := read_names(text)) and all(" " in name and self.uncommon(name) for name in names):
            return names
        match = BY_INSIDE.search(text) or BY_AFTER_DATE.search(text)
        if match and not NOT_BY.search(text[: match.start() + 1]):
            return read_names(text[match.end() :])
        return []

    def beside(self) -> list[str]:
        """A line that is nothing but a name, beside the headline, with a date next to it or after it in the line."""
        texts = [line.text for line in self.body.lines]
        for index, distance in self.near.items():
            if distance > 4 or self.anchor is None or index <= self.anchor:
                continue
            cut = CUT.search(texts[index], 2) if len(texts[index]) < 80 else None
            name = personal_name(texts[index][: cut.start()] if cut else texts[index])
            dated = (
                [texts[index][cut.start() :][:30]] if cut else texts[index - 1 : index] + texts[index + 1 : index + 2]
            )
            if (
                name
                and self.is_whole(name)
                and any(len(text) < 60 and _YEAR.search(text) for text in dated)
                and not is_site_name(name, self.sites)
            ):
                return [name]
        return []

    def is_whole(self, name: str) -> bool:
        """Tell whether a name has the parts of a person's, and none that the page uses as other words."""
        is_label = said("published", name) or said("updated", name)
        return "," not in name and 2 <= len(name.split()) <= 4 and not is_label and self.uncommon(name)

    def confirmed(self) -> list[str]:
        """Stated names that a reader sees beside the headline as well."""
        names = self.stated()
        text = " ".join(line.text for line in (self.body.lines[index] for index in self.near) if len(line.text) < 200)
        return [name for name in names if name in text] and names

    def stated(self) -> list[str]:
        """Names in JSON-LD, else those in meta elements."""
        names: list[str] = []
        if self.item is not None:
            for name, organisation in names_of(self.head, self.item.get("author") or self.item.get("creator")):
                if not organisation:
                    names += self.said_formally(name)
        if names:
            return names
        for key in _AUTHOR_METAS:
            for value in self.head.all(key)[:MAX_NAMES]:
                names += self.said_formally(value)
            if names:
                return names
        return []

    def said_formally(self, value: str) -> list[str]:
        """Return the names in a field; one that is the site's name as a whole is not taken apart."""
        names = read_names(value, formal=True)
        return self.personal(names if len(names) == 1 or not is_site_name(value, self.sites) else [])

    def signed(self) -> list[str]:
        """Return the name of the only line that says nothing but who wrote, wherever it stands: `Von Ada Lund`."""
        found = set()
        barred = (COMMENTS | RELATED | NAV) & ~self.zones
        for line in self.body.lines:
            if len(line.text) <= 60 and not line.bits & barred and (match := BY.match(line.text)):
                name = personal_name(line.text[match.end() :])
                if name and " " in name and self.uncommon(name):
                    found.add(name)
        return self.personal(list(found)) if len(found) == 1 else []

    def handle(self) -> list[str]:
        """Return the one word by which a marked author beside the headline goes: a first name or an account."""
        for mark in self.body.names:
            if mark.line not in self.near or mark.bits & RELATED & ~self.zones:
                continue
            said_by = BY.match(mark.text) or BY.match(self.body.lines[mark.line].text)
            account = read_handle(mark.text) if said_by or mark.mark in ("rel", "itemprop") else None
            if account and not is_site_name(account, self.sites):
                return [account]
        return []

    def far(self) -> list[str]:
        """A name that every author mark of the page agrees on, or the one after `written by` below the text."""
        if not (self.body.has_author_marks() or self.body.mentions(BY_FAR_PHRASES)):
            return []
        found = {
            tuple(names)
            for mark in self.body.names
            if not mark.bits & (COMMENTS | RELATED | NAV)
            and not self.only_reviewed(mark)
            and (names := read_names(mark.text, formal=mark.mark in ("rel", "itemprop")))
        }
        if len(found) == 1:
            return [name for name in self.personal(list(found.pop())) if self.uncommon(name)]
        told = set()
        for index, line in enumerate(self.body.lines):
            if line.bits & (COMMENTS | RELATED | NAV) or len(line.text) > 100:
                continue
            match = BY_FAR.match(line.text)
            if match:
                told.add(tuple(read_names(line.text[match.end() :])))
            elif index and BY_FAR.fullmatch(self.body.lines[index - 1].text + " "):
                told.add(tuple(read_names(line.text)))
        told.discard(())
        return self.personal(list(told.pop())) if len(told) == 1 else []

    def organisation(self) -> list[str]:
        """An organisation that the page itself names as the author: in JSON-LD by its type, or in the byline."""
        if self.item is not None:
            for name, organisation in names_of(self.head, self.item.get("author")):
                text = clean_text(name, 80)
                if text and (organisation or is_site_name(text, self.sites)) and not BAD.search(text):
                    return [text]
        for mark in self.body.names:
            if mark.line in self.near and mark.mark != "link" and (team := self.organisation_name(mark.text)):
                return [team]
        for index in self.near:
            text = self.body.lines[index].text
            match = BY.match(text) if len(text) < 100 else None
            if match and (team := self.organisation_name(text)):
                return [team]
        return []

    def organisation_name(self, text: str) -> str | None:
        """Return the name after `by` when it is the site's own or a team's."""
        match = BY.match(text)
        text = text[match.end() :] if match else text
        cut = CUT.search(text, 2)
        text = (text[: cut.start()] if cut else text).strip(" .,;:|-–—•·")
        if not 2 < len(text) <= 60 or BAD.search(text) or len(text.split()) > 6:
            return None
        team = text.split()[-1].lower() in TEAMS and len(text.split()) > 1
        return text if team or squash(text) in self.sites else None


def choose_author(
    head: Head, item: Node | None, body: Body, anchor: int | None, zones: int, sites: list[str]
) -> str | None:
    """Return the authors' names joined with `; `, or None.

    The byline wins over code, where content systems often leave the account that uploaded the page.
    """
    bylines = _Bylines(head, item, body, anchor, zones, sites)
    sources = (bylines.confirmed, bylines.marked, bylines.beside, bylines.stated, bylines.far, bylines.signed)
    sure = (bylines.confirmed, bylines.marked, bylines.stated)
    for bylines.is_strict, some in ((True, sure), (False, sources)):
        for source in some:
            if names := source():
                return "; ".join(dict.fromkeys(names))
    names = bylines.handle() or bylines.organisation()
    return "; ".join(names) or None
