"""Lines: the units in which a page is judged.

A text page is split into `Line` objects here, and the block elements of an HTML page are turned into the same, so that
no other module of this folder knows where a line came from. Splitting also undoes what captures do to lines: control
characters, soft hyphens, list markers, and paragraphs wrapped at a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from winnow.read.lines.directed import directed
from winnow.read.lines.flattened import is_flat, parted
from winnow.read.lines.link_numbers import has_targets, without_addresses, without_numbers, without_targets
from winnow.read.lines.mail_coding import decoded
from winnow.read.lines.mail_links import has_mail_links, with_near_addresses, without_mail_links
from winnow.read.lines.marked_up import CLOSING, CODE, HEADING, is_marked_up, with_hashes, without_markup
from winnow.read.lines.paged import may_have_cuts, with_cuts, with_feeds, with_soft_ends, without_pages
from winnow.read.lines.pieced import without_pieces
from winnow.read.lines.print_columns import may_have_columns
from winnow.read.lines.row_numbers import without_row_numbers
from winnow.read.lines.timed import without_moments
from winnow.read.lines.wrapping import BULLET, SOFT, columns, ends_sentence, unwrapped

PROSE = 8  # words of a line of running text, at least
MAX_GAP = 9  # blank lines
MAX_INDENT = 80  # columns
LONG = 30  # columns of a line that is no entry of a menu
LISTED = 4  # shorter lines in a row that make a list, at least
FEW = 3  # longer lines of a capture, at least

# Not allowed in XML, or invisible: C0 and C1 controls, lone surrogates, non-characters, soft hyphen, zero-width space,
# word joiner, byte order mark. ZWJ and ZWNJ stay: scripts and emoji need them.
_JUNK = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
# A zero-width joiner joins nothing beside ASCII or at an end.
_JOINER = re.compile("\u200d(?![^\x00-\x7f\\s])|(?<![^\x00-\x7f\\s])\u200d")
_WORD = re.compile(r"\w")
# A pattern that begins with a set of characters is searched for several times faster than one that looks back first.
_GLUE = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ](?<=[a-zà-öø-ÿа-яё].)(?=[a-zà-öø-ÿа-яё])")


class Line(NamedTuple):
    """One block of text: a line of a capture, or a block element of an HTML page.

    `text` has single spaces and no list marker; `gap` counts the blank lines before the line, `indent` the columns that
    it is indented by; `bullet` holds the list marker that was removed ("" for none; numbers stay in the text);
    `level` is that of a heading in a capture that marks its headings, else 0; `flows` is the `Cut` that parted the line
    from the one before, else 0.
    """

    text: str
    gap: int = 0
    indent: int = 0
    bullet: str = ""
    level: int = 0
    flows: int = 0


def clean(text: str) -> str:
    """Return a text without characters that are invisible or not allowed in XML; newlines and spaces stay."""
    text = _JUNK.sub("", text)
    return _JOINER.sub("", text) if "\u200d" in text else text


def squeeze(text: str) -> str:
    """Return a text with every run of white space as one space, and none at its ends."""
    text = text.strip()
    if "  " not in text and text.isprintable():  # the only printable white space is the space
        return text
    return " ".join(text.split())


def unglue(text: str) -> str:
    """Return a text with a space where a capture glued two words: `keep readingShow` becomes `keep reading Show`."""
    return _GLUE.sub(lambda found: f" {found[0]}", text)


def is_glue(text: str, at: int) -> bool:
    """Return whether the character at place `at` begins a word that is glued to the one before."""
    return _GLUE.match(text, at) is not None


def _line(row: str, text: str, gap: int, is_markdown: bool) -> Line:
    """Return a row as a line; `text` is what it says, with its marker."""
    heading = HEADING.match(text) if is_markdown and not row.startswith(CODE) else None
    marker = heading or BULLET.match(text)
    said = squeeze(text[marker.end() :] if marker else text)
    indent = min(len(row) - len(row.lstrip()), MAX_INDENT)
    if heading:
        return Line(CLOSING.sub("", said), gap, indent, level=len(heading[1]))
    return Line(said, gap, indent, text[0] if marker else "")


def _spaced(lines: list[Line], pages: int) -> list[Line]:
    """Return the lines of a capture without blank rows as if it had them: around each line but those of long lists.

    Programs such as Beautiful Soup write a line for each text and nothing between. Menus are runs of short lines. A
    blank row may stand between two of some printed pages.
    """
    if sum(line.gap > 0 for line in lines[1:]) > pages:
        return lines
    is_long = [columns(line.text) >= LONG or ends_sentence(line.text) for line in lines]
    if sum(is_long) < FEW:
        return lines
    spaced: list[Line] = []
    for long, run in groupby(zip(is_long, lines, strict=True), key=itemgetter(0)):
        listed = [line for _, line in run]
        is_list = not long and len(listed) >= LISTED
        spaced += (line._replace(gap=int(bool(spaced) and not (is_list and i))) for i, line in enumerate(listed))
    return spaced


def split_lines(text: str) -> list[Line]:
    """Return the lines of a capture that hold at least one letter or digit, with hard-wrapped paragraphs joined.

    Numbers of links and the list of their addresses, as text browsers write them, are left out, and so are the marks of
    Markdown. Rows that hold a whole page are parted.
    """
    text = with_hashes(decoded(directed(text)))
    is_markdown = is_marked_up(text)
    text = without_markup(text) if is_markdown else text
    text = with_feeds(text)
    pages = text.count("\f")
    text, is_set = without_pages(text) if pages or may_have_columns(text) else (text, False)
    text = clean(with_soft_ends(text))
    is_mailed = has_mail_links(text)
    raw, listed = without_addresses(text.expandtabs(4).splitlines())
    raw = with_near_addresses(raw) if is_mailed else raw
    rows = without_moments(raw)
    if rows is raw:
        bare = without_pieces(without_row_numbers(raw))
        rows = unwrapped(with_cuts(bare) if may_have_cuts(text) else bare, is_set)
    rows = list(map(without_targets, rows)) if has_targets(text) else rows
    rows = list(map(without_mail_links, rows)) if is_mailed else rows
    lines: list[Line] = []
    gap = 0
    for row in rows:
        stripped = without_numbers(row.strip(), listed)
        stripped = f"{stripped[:-1]}-" if stripped.endswith(SOFT) else stripped
        if not stripped:
            gap += 1
            continue
        if not _WORD.search(stripped):
            continue
        lines.append(_line(row, stripped, min(gap, MAX_GAP) if lines else 0, is_markdown))
        gap = 0
    lines = _spaced(lines, pages)
    return list(_parted(lines)) if is_flat([line.text for line in lines]) else lines


def _parted(lines: list[Line]) -> Iterator[Line]:
    """Yield the parts of a flat capture's lines as lines that are set apart."""
    for line in lines:
        for text, cut in parted(line.text):
            if _WORD.search(text):
                yield line._replace(text=text, gap=1 if cut else line.gap, flows=cut)
