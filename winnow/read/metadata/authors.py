"""Choose the authors that a page names."""

from __future__ import annotations

import re

from winnow.read import words
from winnow.read.html.box_names import COMMENTS, NAV, RELATED
from winnow.read.metadata.institutions import is_institution
from winnow.read.metadata.names import (
    ABOUT,
    BY,
    BY_FAR,
    BY_FAR_PHRASES,
    CUT,
    LEADING_DATE,
    MAX_NAMES,
    NOT_BY,
    behind_by,
    each_once,
    end_of_by,
    is_by_alone,
    is_desk,
    names_alone,
    read_names,
)
from winnow.read.metadata.others import FORMAL, Others, is_other_role, is_said
from winnow.read.metadata.site_name import is_site_name
from winnow.read.metadata.structured import AUTHOR_METAS, Head, Node, author_of, names_of
from winnow.read.metadata.values import squash
from winnow.read.metadata.visible import Body, Name, Place, around
from winnow.read.words.locale import ANYWHERE, Locale
from winnow.read.words.names_east_asian import reporter

# Lines that a person's name may stand farther from the headline than an organisation's, or an account's.
_BEHIND, _BEHIND_ACCOUNT = 5, 2
_MAX_HEAD = 30  # characters of the heading of a box about the author
_RANKS = {"itemprop": 0, "rel": 0, "class": 2.5, "link": 3.5}
# A name with the address of its mail, which archives of mailing lists disguise: `Ada Lund <ada at paper.example>`.
_MAILED = re.compile(
    r"(?:(?:from|von|van|de|da|fra|från|od|от)\s?:\s*)?([^\W\d][^<>@:|]{3,50}?)"
    r"\s*[<(\[]?\s?[\w.+-]+(?:@[\w.-]+|\s(?:at|\(\))\s(?:[\w-]+(?:\.[\w-]+)+|[\w.-]+(?=\s!\s)))(?:\s!\s\w+)?\s?[>)\]]?",
    re.IGNORECASE,
)
_DONE_BY = re.compile(r"[^\W\d_]+ by\s?:?", re.IGNORECASE)
_FACTS = 3  # lines between a fact's label and the next one, at most
_PROSE = 200  # characters
_AUTHORS = frozenset(words.of("author"))
_MARK = re.compile(r"[:：/／・|]")  # between a word for `by` and the names
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SOURCE = r"(?:来源|來源|稿源|出处|出處)\s?[:：]\s?"  # before the name of a paper from which a text is taken


def names_in(mark: Name) -> list[str]:
    """Return the names in a mark, also behind a small word that is not known to say `by`."""
    names = read_names(mark.text, formal=mark.mark in FORMAL)
    first, _, rest = mark.text.partition(" ")
    is_led = not names and first.isalpha() and first.islower() and rest[:1].isupper() and not NOT_BY.match(mark.text)
    return read_names(rest) if is_led and " " in rest else names


class _Bylines:
    """The names on one page, from the surest source to the weakest."""

    def __init__(
        self, head: Head, item: Node | None, body: Body, place: Place, sites: list[str], locale: Locale
    ) -> None:
        anchor, zones = place
        self.head, self.item, self.body, self.sites, self.zones = head, item, body, sites, zones
        self.locale = locale
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
        """Tell whether the page uses none of a name's words otherwise: in lower case, or without capitals apart."""
        if name.lower() == name.title():
            return self.unheard(name)
        if self._common is None:
            self._common = set(self.body.text.split())
        return not any(word.lower() in self._common for word in name.split() if len(word) > 2)

    def unheard(self, name: str) -> bool:
        """Tell whether no word of a name stands apart on the page, nor the name above the headline, as sections do."""
        above = self.body.text.partition(self.body.lines[self.anchor].text)[0] if self.anchor is not None else ""
        rest = self.body.text.replace(name, "")
        return name not in above and not any(word in rest for word in name.split())

    def marked(self) -> list[str]:
        """Names beside the headline: marked ones, or a line that says `by`."""
        best: tuple[float, list[str]] | None = None
        for mark in self.body.names:
            if not self.may_name(mark):
                continue
            said = is_said(self.body, mark)
            if not said and mark.mark == "link" and self.is_in_prose(mark):
                continue
            names = self.personal(read_names(behind_by(mark.text, self.locale)) or names_in(mark))
            if names:
                names += self.personal(
                    [name for other in self.body.alike(mark) if self.may_name(other) for name in names_in(other)]
                )
                rank = (0 if said else _RANKS[mark.mark]) + self.near[mark.line]
                if best is None or rank < best[0] or (rank <= best[0] + 2 and len(names) > len(best[1])):
                    best = rank, names
        with_role = {mark.line for mark in self.body.names if mark.beside_its_name}  # which the line runs together
        for index, distance in self.near.items():
            if index not in with_role and (best is None or distance <= best[0]):
                names = self.personal(self.said_in_turn(index))
                if names and (best is None or distance < best[0] or len(names) > len(best[1])):
                    best = distance, names
        return best[1] if best else []

    def may_name(self, mark: Name) -> bool:
        """Tell whether a mark stands beside the headline, in no box of other articles, and may name who wrote."""
        is_others = mark.bits & RELATED & ~self.zones or is_other_role(self.body, mark, self.zones)
        return mark.line in self.near and not is_others

    def is_in_prose(self, mark: Name) -> bool:
        """Tell whether a name stands inside a long line, whose text speaks of somebody."""
        line = self.body.lines[mark.line].text
        return len(line) > _PROSE and not line.startswith(mark.text)

    def said_in_turn(self, index: int) -> list[str]:
        """Return the names that a line says, with those of the lines right below it that begin with the same label."""
        names, lines = self.said_by(index), self.body.lines
        label, colon, _ = lines[index].text.partition(":")
        step, label = (1, label + colon) if colon else (2, lines[index - 1].text)  # in a line, or a cell, of its own
        while names and index + step < len(lines) and lines[index + 1].text.startswith(label):
            index += step
            names = [*names, *self.said_by(index)]
        return names

    def said_by(self, index: int) -> list[str]:
        text = self.body.lines[index].text
        if len(text) > 160 or self.is_plain_heading(index):
            return []
        if said := text if BY.match(text) else behind_by(text, self.locale):
            return read_names(said)
        if name := reporter(text):
            return [name]
        if index and is_by_alone(self.body.lines[index - 1].text) and not self.is_fact(index - 1):
            return [] if self.is_entry(index) else read_names(text, formal=True)
        if (mailed := _MAILED.fullmatch(text)) and " " in mailed[1]:  # the address has the name's words, too
            return names_alone(mailed[1])
        dated = LEADING_DATE.match(text)
        if dated and (names := read_names(text)) and all(" " in name and self.is_whole(name) for name in names):
            return names
        return read_names(text[end:]) if index != self.anchor and (end := end_of_by(text)) else []

    def beside(self) -> list[str]:
        """A line that is nothing but names, beside the headline, with a date next to it or after it in the line."""
        texts = [line.text for line in self.body.lines]
        for index, distance in self.near.items():
            if distance > 4 or self.anchor is None or index <= self.anchor or self.is_heading(index):
                continue
            text = texts[index]
            cut = CUT.search(text, 2) if len(text) < 80 else None
            names = names_alone(text[: cut.start()].rstrip(" ,،") if cut else text)
            after = [each for each in texts[index + 1 : index + 3] if len(each) > 3][:1]
            is_apart = cut is None or cut.group().strip() == "/"  # `Ada Lund / AFP`
            dated = [*texts[index - 1 : index], *after] if is_apart else [text[cut.start() :][:30]] if cut else []
            is_dated = any(len(each) < 60 and (_YEAR.search(each) or words.said("published", each)) for each in dated)
            if names and is_dated and self.are_whole(names):
                return names if is_apart and cut else [*self.named_above(index), *names]
        return []

    def at_work(self) -> list[str]:
        """Return the names in lines of their own right below the headline, below which stands where each works."""
        names: list[str] = []
        is_told = False
        for index in sorted(index for index in self.near if self.anchor is not None and index > self.anchor):
            text = self.body.lines[index].text
            found = names_alone(text) if len(text) < 80 else []
            if is_institution(text) and names:
                is_told = True
            elif not found or self.is_heading(index) or not self.are_whole(found):
                break
            names += found
        return names if is_told else []

    def named_above(self, index: int) -> list[str]:
        """Return the names in the lines between the headline and a line of names that are nothing but names as well."""
        names: list[str] = []
        for above in range(index - 1, self.anchor or 0, -1):
            found = names_alone(self.body.lines[above].text) if len(self.body.lines[above].text) < 80 else []
            if not found or self.is_heading(above) or not self.are_whole(found):
                break
            names = [*found, *names]
        return names

    def are_whole(self, names: list[str]) -> bool:
        others = [*self.sites, *map(squash, self.head.all("article:section"))]
        return all(self.is_whole(name) and not is_site_name(name, others) for name in names)

    def is_heading(self, index: int) -> bool:
        return any(heading.line == index for heading in self.body.headings)

    def is_entry(self, index: int) -> bool:
        """Tell whether a line and the label above it are entries of a table of contents, or columns of a table."""
        entries = [line.text for line in self.body.lines[index - 1 : index + 1]]
        told = {squash(one.text) for one in self.body.headings if one.line != index - 1}
        return told.issuperset(map(squash, entries)) or self.body.has_columns(entries)

    def heads_authors(self, index: int) -> bool:
        """Tell whether a line is the heading of a manual's section that names its authors."""
        return self.body.lines[index].text.lower() in _AUTHORS and self.is_heading(index)

    def is_fact(self, index: int) -> bool:
        """Tell whether a label is one of the facts of a work: `Directed by`, `Written by`, `Music by`."""
        around = self.body.lines[max(0, index - _FACTS) : index + _FACTS + 1]
        return sum(_DONE_BY.fullmatch(line.text) is not None for line in around) > 1

    def is_plain_heading(self, index: int) -> bool:
        """Tell whether a heading has neither capitals, by which names are told, nor a mark: `by` may be `preparing`."""
        text = self.body.lines[index].text
        return text == text.lower() and not _MARK.search(text) and self.is_heading(index)

    def is_whole(self, name: str) -> bool:
        """Tell whether a name has the parts of a person's, and none that the page uses as other words."""
        is_label = words.said("published", name) or words.said("updated", name)
        return "," not in name and 2 <= len(name.split()) <= 4 and not is_label and self.uncommon(name)

    def confirmed(self) -> list[str]:
        """Stated names that a reader sees beside the headline as well, with others that the same line names."""
        names = self.stated()
        lines = [text for index in self.near if len(text := self.body.lines[index].text) < 200]
        text = " ".join(lines)
        seen = [name for name in names if name in text and not re.search(_SOURCE + re.escape(name), text)] and names
        if any(seen == read_names(line) for line in lines if BY.match(line)):
            return seen  # a line of more names tells whom the text is about
        longer = (names_alone(line) for line in lines if seen and len(line) > len(seen[0]) and seen[0] in line)
        return next((more for more in longer if len(more) > len(seen) and set(seen) < set(more)), seen)

    def stated(self) -> list[str]:
        """Names in JSON-LD, else those in meta elements."""
        names: list[str] = []
        for name, organisation in names_of(self.head, author_of(self.item)):
            if not organisation:
                names += self.said_formally(name)
        if names:
            return names
        for key in AUTHOR_METAS:
            for value in self.head.all(key)[:MAX_NAMES]:
                names += self.said_formally(value)
            if names:
                return names
        return []

    def said_formally(self, value: str) -> list[str]:
        """Return the names in a field; one that is the site's name as a whole is not taken apart."""
        names = read_names(value, formal=True)
        is_apart = names != [value.strip()] and is_site_name(value, self.sites)
        return self.personal([] if is_apart else names)

    def signed(self) -> list[str]:
        """Return the name of the only line that says nothing but who wrote, wherever it stands: `Von Ada Lund`."""
        found = set()
        barred = (COMMENTS | RELATED | NAV) & ~self.zones
        for index, line in enumerate(self.body.lines):
            if len(line.text) <= 60 and not line.bits & barred and BY.match(line.text):
                names = read_names(line.text)
                name = names[0] if len(names) == 1 else None
                is_name = name and (name.lower() == name.upper() or (" " in name and self.uncommon(name)))
                if name and is_name and not self.is_plain_heading(index):
                    found.add(name)
        return self.personal(list(found)) if len(found) == 1 else []

    def agreed(self) -> list[str]:
        """Return the name that every author mark of the page agrees on."""
        if all(mark.mark == "link" for mark in self.body.names):
            return []
        found = {
            tuple(names)
            for mark in self.body.names
            if not mark.bits & (COMMENTS | RELATED | NAV)
            and not is_other_role(self.body, mark, self.zones)
            and (names := read_names(mark.text, formal=mark.mark in FORMAL))
        }
        return [name for name in self.personal(list(found.pop())) if self.uncommon(name)] if len(found) == 1 else []

    def told(self) -> list[str]:
        """Return the only name that stands after `written by` or the like, above or below the text."""
        short = (line.text for line in self.body.lines if len(line.text) <= _MAX_HEAD)
        is_about = any(text.lower().rstrip(" :") in ABOUT for text in short)
        is_headed = any(heading.text.lower() in _AUTHORS for heading in self.body.headings)
        if not (is_about or is_headed or self.body.mentions(BY_FAR_PHRASES)):
            return []
        told = set()
        for index, line in enumerate(self.body.lines):
            if line.bits & (COMMENTS | RELATED | NAV) or len(line.text) > 100:
                continue
            match = BY_FAR.match(line.text)
            if match:
                told.add(tuple(read_names(line.text[match.end() :])))
            elif index and BY_FAR.fullmatch(self.body.lines[index - 1].text + " ") and not self.is_fact(index - 1):
                told.add(tuple(read_names(line.text)))
            elif index and self.heads_authors(index - 1):
                told.add(tuple(names_alone(line.text.rstrip("."))))
        told.discard(())
        return self.personal(list(told.pop())) if len(told) == 1 else []


def choose_author(
    head: Head, item: Node | None, body: Body, place: Place, sites: list[str], locale: Locale = ANYWHERE
) -> str | None:
    """Return the authors' names joined with `; `, or None.

    The byline wins over code, where content systems often leave the account that uploaded the page.
    """
    bylines = _Bylines(head, item, body, place, sites, locale)
    others = Others(head, item, body, bylines.near, place.zones, sites)
    other, distance = others.beside()
    if other:  # names farther away are those of other articles, or stand in the text
        reach = distance + (_BEHIND if " " in other else _BEHIND_ACCOUNT)
        bylines.near = {index: near for index, near in bylines.near.items() if near <= reach}
    sure = [bylines.confirmed, bylines.marked, bylines.stated]
    beside = [bylines.confirmed, bylines.marked, bylines.at_work, bylines.beside, bylines.stated, bylines.told]
    if other and is_desk(other):  # a paper's name is no person's where an agency's stands beside the headline
        beside = [bylines.beside, bylines.told]
    for bylines.is_strict, some in ((True, sure), (False, beside)):
        for source in some:
            if names := source():
                is_account = other is not None and len(names) == 1 and other.rstrip("0123456789") == names[0]
                return other if is_account else "; ".join(each_once(names))
    return other or "; ".join(bylines.agreed() or bylines.signed()) or others.stated() or others.far()
