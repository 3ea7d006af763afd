"""What a reader sees of a page: lines, headings, dates and names that are marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from typing import NamedTuple

from lxml import etree

from winnow.read import words as vocabulary
from winnow.read.html.blocks import Block
from winnow.read.html.box_names import ASIDE, AUTHOR, COMMENTS, ELSEWHERE, FOOT, NAV, PUBLISHED, RELATED, UPDATED
from winnow.read.html.seen import Mark, SeenLine
from winnow.read.html.walk import Content
from winnow.read.metadata.headings import Heading, is_home, read_heading
from winnow.read.metadata.institutions import names_above
from winnow.read.metadata.names import BY_ALONE, NOT_BY
from winnow.read.metadata.values import clean_text, count_spaces, hostname_of, squash, words

# A headline may share a sidebar or a footer element of its own with the byline.
_BESIDE = ASIDE | FOOT
_MAX_HEADINGS, _MAX_TAGS, _MAX_MARKS, _MAX_HOME = 100, 100, 300, 40
_MAX_TEXTS = 200  # pieces of text in a marked box of names that are looked at
_MAX_INNER, _NEAR = 12, 4  # marked names in a marked box of names, and boxes between the two
_AUTHOR_HREF = re.compile(
    r"/(?<!/licenses/)(?:authors?|autor(?:en|es)?|auteurs?|autori|writers?|staff|contributors?|people|byline|profiles?|journalists?"
    r"|editors?|by|team|users?)/[^/?#]+(?:/[^/?#]*)?/?(?:[?#]|$)",  # what stands deeper is no page about a person
    re.IGNORECASE,
)
_NAME_BOX = re.compile(r"^(?:(?:[\w-]+[-_])?name|fn)$", re.IGNORECASE)
_PICTURE_BOX = re.compile(r"(?:^|[-_])(?:img|image|photo|picture|foto|caption|media)(?:[-_]|$)", re.IGNORECASE)
_MOMENT = re.compile(r"\s*(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")
_DATE_PROPS = frozenset(("datepublished", "datecreated", "datemodified"))


@dataclass(slots=True)
class Stamp:
    """A marked date (time, itemprop, hAtom's abbr): machine value, visible text, text before it in its line, place."""

    value: str | None
    text: str
    before: str
    line: int
    bits: int
    itemprop: str


@dataclass
class Name:
    """A marked author: its element, place, and whether the mark is formal (rel, itemprop), a link or only a class."""

    element: etree._Element
    line: int
    bits: int
    mark: str
    inner: list[Name] = field(default_factory=list)  # marked names that it holds

    def _apart(self) -> list[str]:
        """Return the full names, each once, that the mark consists of; none where it holds anything else."""
        marks = [each for each in self.inner if not each.inner and each.text]
        names = list(dict.fromkeys(each.text for each in marks))
        is_all = squash("".join(_all_text(each.element) for each in marks)) == squash(_all_text(self.element))
        is_each = all(_is_full(name) and sum(name in other for other in names) == 1 for name in names)
        return names if len(marks) > 1 and is_all and is_each else []

    @property
    def beside_its_name(self) -> list[Name]:
        """The marks in this one beside the only one that is a name by its class: what somebody does, or works for."""
        named = [each for each in self.inner if _has_class(each.element, _NAME_BOX) and each.text]
        return [each for each in self.inner if each not in named] if len(named) == 1 and len(self.inner) > 1 else []

    def holds(self, other: Name) -> bool:
        """Tell whether another mark of this kind stands in this one."""
        return self.mark == other.mark and self.element in islice(other.element.iterancestors(), _NEAR)

    @cached_property
    def text(self) -> str:
        """The name as it stands there, "" where there is none; of several marked ones in it, all."""
        if others := self.beside_its_name:
            return next(each for each in self.inner if each not in others).text
        names = self._apart() if len(self.inner) > 1 else []
        text = "; ".join(names) or self.element.get("content") or names_above(self.element)
        return text or _short_text(self.element)


class Place(NamedTuple):
    """The line of the headline, None where there is none, and its zones, which bar no lines beside the headline."""

    line: int | None
    zones: int


class Body:
    """The lines of a page and the names and dates marked in it, in document order."""

    def __init__(self, content: Content) -> None:
        self._blocks = content.blocks
        self._marks = content.marks
        self.lines = content.lines

    @cached_property
    def headings(self) -> list[Heading]:
        """The h1 and h2 elements that a reader sees; zones are told for h1 only."""
        found = []
        for mark in islice((mark for mark in self._marks if mark.tag in ("h1", "h2")), _MAX_HEADINGS):
            heading = read_heading(mark.element, int(mark.tag[1]), mark.around | mark.own, mark.line)
            if heading:
                found.append(heading)
        return found

    def home_names(self, host: str | None) -> list[str]:
        """Return the texts of links to the home page: the name of the site, or `Home`.

        A page may lead to the first page of another host (`host` is its own, where known): to one that it speaks of.
        """
        names = []
        links = (mark.element for mark in islice(self._marks, _MAX_HOME) if mark.tag == "a")
        for link in links:
            href = link.get("href") or ""
            if is_home(href) and (text := _short_text(link, 60)):
                other = hostname_of(href[max(href.rfind("http"), 0) :])
                host = host or other
                if other is None or _are_kin(host, other):
                    names.append(text)
        return names

    @cached_property
    def names(self) -> list[Name]:
        """Elements that are marked as authors."""
        names = list(islice(filter(None, map(_name, self._marks)), _MAX_MARKS))
        for at, one in enumerate(names):
            one.inner += takewhile(one.holds, names[at + 1 : at + _MAX_INNER])
        beside = {id(other) for one in names for other in one.beside_its_name}
        return [one for one in names if id(one) not in beside and not _is_label(one.text)]

    @cached_property
    def stamps(self) -> list[Stamp]:
        """Elements that are marked as dates."""
        return list(islice((stamp for mark in self._marks for stamp in _stamps(mark)), _MAX_MARKS))

    @property
    def lone_moment(self) -> str | None:
        """What the only `time` element of a page states, if it stands in a menu; None where there are several."""
        times = list(islice((mark for mark in self._marks if mark.tag == "time"), 2))
        is_own = len(times) == 1 and times[0].line is None and not times[0].around & (COMMENTS | RELATED)
        return times[0].element.get("datetime") if is_own else None

    @cached_property
    def tag_links(self) -> list[str]:
        """The texts of links with rel=tag that are not in menus, sidebars, comments or related items."""
        links = (mark for mark in self._marks if mark.tag == "a" and "tag" in (mark.element.get("rel") or "").split())
        near = (mark for mark in islice(links, _MAX_TAGS) if not mark.around & ELSEWHERE & ~FOOT)
        return [text for mark in near if (text := _short_text(mark.element))]

    @cached_property
    def text(self) -> str:
        """All text of the page, what is left out of the lines too."""
        return "\n".join([block.line.text for block in self._blocks])

    @cached_property
    def _lower(self) -> str:
        return self.text.lower()

    def alike(self, name: Name) -> list[Name]:
        """Return the marks that stand in boxes like that of a marked name, side by side with it: other authors."""
        if name.mark != "class":
            return []
        boxes = [name.element, *(each.element for each in self.names if each.holds(name))]
        beside = {each for box in boxes for each in islice(box.itersiblings(), _MAX_INNER) if _is_like(each, box)}
        inside = (each for each in self.names if each.mark == name.mark) if beside else ()
        return [each for each in inside if beside & {each.element, *islice(each.element.iterancestors(), _NEAR)}]

    def before(self, name: Name) -> str:
        """Return what stands before a marked name in its line, all of the line before where nothing does."""
        line, previous = (self.lines[at].text if 0 <= at < len(self.lines) else "" for at in (name.line, name.line - 1))
        before, found, _ = line.partition(name.text or "\n")
        return before if found and before.strip() else previous

    def has_columns(self, names: Iterable[str]) -> bool:
        """Tell whether columns of a table are named so, side by side: in a row of nothing but `th` elements."""
        side_by_side = f" | {' | '.join(names)} | "
        return any(side_by_side in f" | {block.line.text} | " for block in self._blocks if _is_head(block))

    def mentions(self, phrases: Iterable[str]) -> bool:
        """Tell whether the page's text has one of `phrases` (lower case) in it."""
        return any(map(self._lower.__contains__, phrases))


def _is_like(one: etree._Element, other: etree._Element) -> bool:
    return one.tag == other.tag and one.get("class") == other.get("class")


def _is_head(block: Block) -> bool:
    row = block.box.element if block.kind == "row" else None
    return row is not None and all(cell.tag == "th" for cell in row)


def _is_full(name: str) -> bool:
    """Tell whether a name has several words, and is no label of names, nor of who translated or took pictures."""
    return " " in name and BY_ALONE.fullmatch(name) is None and NOT_BY.match(name) is None


def _name(mark: Mark) -> Name | None:
    if mark.line is None:
        return None
    element, bits = mark.element, mark.around | mark.own
    if mark.itemprop:
        if "author" not in mark.itemprop.split():
            return None
        inner = (child for child in islice(element.iter("*"), 50) if child.get("itemprop") == "name")
        return Name(next(inner, element), mark.line, bits, "itemprop")
    if mark.tag == "a":
        if "author" in (element.get("rel") or "").lower().split():
            return Name(element, mark.line, bits, "rel")
        if _AUTHOR_HREF.search(element.get("href") or ""):
            return Name(element, mark.line, bits, "link")
    if not mark.own & AUTHOR or _is_quoted(element) or _has_class(element, _PICTURE_BOX):
        return None
    named = (child for child in islice(element.iter("*"), 50) if "name" in (child.get("class") or "").split())
    return Name(next(named, element), mark.line, bits, "class")  # without a rank or a picture's text beside it


def _is_label(name: str) -> bool:
    """Tell whether a marked name is the label of the day beside it: `Publicado el`."""
    return name.count(" ") < 2 and vocabulary.said("published", name)


def _has_class(element: etree._Element, pattern: re.Pattern[str]) -> bool:
    """Tell whether one of an element's classes is of a kind."""
    return any(map(pattern.search, (element.get("class") or "").split()))


def _is_quoted(element: etree._Element) -> bool:
    """Tell whether an element names who is quoted: in a quotation, beside one in a figure, or by its own name."""
    if any("quote" in (each.get("class") or "") for each in (element, *islice(element.iterancestors(), 2))):
        return True
    around = next(element.iterancestors("blockquote", "figure"), None)
    return around is not None and (around.tag == "blockquote" or around.find(".//blockquote") is not None)


def _stamps(mark: Mark) -> Iterable[Stamp]:
    if mark.line is None:
        return
    bits = mark.around | mark.own
    is_dated = mark.itemprop in _DATE_PROPS and mark.tag != "time"
    if mark.tag == "meta":
        if is_dated:
            yield Stamp(mark.element.get("content"), "", "", mark.line, bits, mark.itemprop)
    elif is_dated or mark.tag == "time" or (mark.tag == "abbr" and bits & (PUBLISHED | UPDATED)):
        get = mark.element.get
        value = get("datetime") or get("content") or get("title") or _data_moment(mark.element)
        before = " ".join(" ".join([piece for piece in mark.before if piece.strip()][-8:]).split())[-80:]
        if get("pubdate") is not None:
            bits |= PUBLISHED
        yield Stamp(value, _short_text(mark.element), before, mark.line, bits, mark.itemprop)


def _data_moment(element: etree._Element) -> str | None:
    """Return the moment that an attribute holds from which a script tells a reader how long ago that was."""
    values = (value for name, value in element.items() if name.startswith("data-"))
    return next((value for value in values if _MOMENT.match(value)), None)


def _are_kin(host: str | None, other: str) -> bool:
    """Tell whether two hosts are one, or one is below the other."""
    return f".{host}".endswith(f".{other}") or f".{other}".endswith(f".{host}")


def _all_text(element: etree._Element) -> str:
    return "".join(islice(element.itertext(), _MAX_TEXTS))


def _short_text(element: etree._Element, limit: int = 160) -> str:
    """Return an element's text with spaces between its parts; "" when it has no word or is longer than `limit`."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        size += len(part.strip()) + 1
        if size > limit + 40:
            return ""
        parts.append(part)
    return clean_text(" ".join(parts), limit + 40, visible=True) or ""


def around(body: Body, anchor: int, zones: int, before: int = 10, after: int = 24) -> list[tuple[int, int]]:
    """Return the lines around the headline as (offset, index), nearest first; a line before it counts twice as far.

    Menus, footers, sidebars, comments, related items and forms are left out and not counted; `zones` are the bits of
    the headline itself: what is true of its own place is no reason against a line. Ends where the text has begun.
    """
    lines = body.lines
    barred = ELSEWHERE & ~zones
    near = [(0, anchor)] if anchor < len(lines) else []
    offset = long_lines = 0
    for index in range(anchor + 1, len(lines)):
        if _is_elsewhere(lines[index], barred & ~(RELATED if index - anchor <= 2 else 0), index - anchor <= 4):
            continue
        offset += 1
        if count_spaces(lines[index].text) >= 40:
            long_lines += 1
        if offset > after or long_lines > 2:
            break
        near.append((offset, index))
    offset = 0
    for index in range(anchor - 1, -1, -1):
        if _is_elsewhere(lines[index], barred & ~(RELATED if index == anchor - 1 else 0), anchor - index <= 3):
            continue
        offset += 1
        if offset > before:
            break
        near.append((2 * offset, index))
    return sorted(near)


def _is_elsewhere(line: SeenLine, barred: int, is_beside: bool) -> bool:
    """Tell whether a line stands in a barred zone, other than one that a headline beside it may share."""
    return bool(line.bits & (barred & ~_BESIDE if is_beside else barred))


def find_line(body: Body, text: str) -> int | None:
    """Return the first line outside menus that consists of `text`, by its words, or of `text` and little more.

    A label may stand before it, as in `Subject: …`.
    """
    wanted = words(text)
    for index, line in enumerate(body.lines):
        if line.bits & NAV or not -12 <= len(line.text) - len(text) <= 40:
            continue
        told = words(line.text)
        if told == wanted or (len(wanted) >= 3 and wanted in (told[: len(wanted)], told[1:])):
            return index
    return None


def find_prose(body: Body) -> int | None:
    """Return the first line of prose outside menus and the like."""
    prose = (at for at, line in enumerate(body.lines) if not line.bits & ELSEWHERE and count_spaces(line.text) >= 20)
    return next(prose, None)
