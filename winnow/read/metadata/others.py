"""Choose whom a page names as its author where it names no person: an account, a desk, an agency, an organisation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from winnow.read.html.box_names import COMMENTS, NAV, RELATED, UPDATED
from winnow.read.metadata.names import BAD, BY, BY_ALONE, ENDS_WITH_BY, NOT_BY, end_of_by, is_desk, other_name
from winnow.read.metadata.site_name import is_site_name
from winnow.read.metadata.structured import AUTHOR_METAS, Head, Node, author_of, names_of
from winnow.read.metadata.values import clean_text, squash
from winnow.read.metadata.visible import Body, Name

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MAX_LINE, _MAX_LABEL = 120, 40  # characters of a byline, and of what stands before a name
FORMAL = ("rel", "itemprop")


def is_said(body: Body, mark: Name) -> bool:
    """Tell whether `by` stands in a mark, before it in its line, or alone in the line before."""
    before = body.before(mark)
    is_alone = mark.line > 0 and before == body.lines[mark.line - 1].text
    if BY.match(mark.text) or is_alone:
        return bool(BY.match(mark.text) or BY_ALONE.fullmatch(before.strip()))
    return bool(BY.match(before) or (ENDS_WITH_BY.search(before) and not NOT_BY.search(before)))


def is_other_role(body: Body, mark: Name, zones: int) -> bool:
    """Tell whether a marked name is that of who reviewed or changed the article, or took the pictures."""
    before = body.before(mark)
    is_changed = bool(mark.bits & UPDATED & ~zones) and not BY.match(mark.text)
    is_label = len(before) <= _MAX_LABEL and not _YEAR.search(before)
    return is_changed or bool(is_label and NOT_BY.match(before) and not BY.match(before))


@dataclass(slots=True)
class Others:
    """What a page says of its author; `near` holds the lines beside the headline with their distances from it."""

    head: Head
    item: Node | None
    body: Body
    near: Mapping[int, int]
    zones: int
    sites: list[str]

    def beside(self) -> tuple[str | None, int]:
        """Return whom a mark or a byline beside the headline names, and its distance."""
        marks = [mark for mark in self.body.names if mark.line in self.near and self._may_name(mark)]
        for mark in sorted(marks, key=lambda mark: self.near[mark.line]):
            name = other_name(mark.text)
            is_sites = mark.mark == "link" and name is not None and is_site_name(name, self.sites)
            if name and (mark.mark in FORMAL or is_sites or is_said(self.body, mark) or self._is_known(name)):
                return name, self.near[mark.line]
        below = ((index, distance) for index, distance in self.near.items() if distance)  # not in the headline itself
        said = ((name, distance) for index, distance in below if (name := self._said_by(index)))
        return next(said, (None, 0))

    def stated(self) -> str | None:
        """Return whom the page names for machines."""
        return next(iter(self._stated()), None)

    def far(self) -> str | None:
        """Return the only one whom formal marks name anywhere on the page, failing that the only one of other marks."""
        marks = [mark for mark in self.body.names if mark.mark != "link" and self._may_name(mark, NAV)]
        formal = {name for mark in marks if mark.mark in FORMAL and (name := other_name(mark.text))}
        named = {
            name
            for mark in marks
            if (name := other_name(mark.text)) and (" " not in name or is_said(self.body, mark) or self._is_known(name))
        }
        found = formal or named
        return found.pop() if len(found) == 1 else None

    def _may_name(self, mark: Name, barred: int = 0) -> bool:
        is_elsewhere = mark.bits & (COMMENTS | RELATED | barred) & ~self.zones
        return not is_elsewhere and not is_other_role(self.body, mark, self.zones)

    def _is_known(self, name: str) -> bool:
        """Tell whether a name is a desk's or the site's, or stated for machines as well."""
        return is_desk(name) or squash(name) in self.sites or name in self._stated()

    def _said_by(self, index: int) -> str | None:
        """Return whom a line names that says `by`: the site, a desk, or who it dates."""
        text = self.body.lines[index].text
        name = other_name(text[end:]) if len(text) <= _MAX_LINE and (end := end_of_by(text)) else None
        if name is None:
            return None
        around = [line.text for line in self.body.lines[index : index + 2]]
        is_dated = any(len(each) <= _MAX_LINE and _YEAR.search(each) for each in around)
        return name if is_dated or self._is_known(name) else None

    def _stated(self) -> list[str]:
        found = []
        for name, is_organisation in names_of(self.head, author_of(self.item)):
            text = clean_text(name, 80) if is_organisation else other_name(name)
            found += [text] if text and not BAD.search(text) else []
        named = (other_name(value) for value in self.head.all(*AUTHOR_METAS))
        return found + [name for name in named if name and not is_site_name(name, self.sites)]
