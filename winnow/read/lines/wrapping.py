"""Undo what programs do to rows of prose: they wrap it at a width, put blank rows between, or quote it in a reply."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from winnow.read.lines.characters import CLOSES, ENDS
from winnow.text import ONE_UNSPACED

# Widths at which programs wrap prose. Shorter rows may be verse, and longer ones paragraphs of their own, unless most
# of them go on within a sentence.
USUAL = (50, 100)
WIDTHS = (USUAL, (24, 49), (101, 250))
LEAST, MANY = 3, 6  # rows that were wrapped, at least; and from which on they are proof enough
FLOW = 0.5  # share of the rows that go on which begin with a small letter, at least, where a width is not usual
FLOW_OF_FEW = 0.8  # the same where few rows were wrapped
CLOSE = 0.2  # share of the rows of a text with blank rows between that have none, such as those of a menu, at most
QUOTED = 0.6  # share of the characters of a quoted text in rows with the mark of a quotation, at least
SHORT = 7  # characters of a row that may go on in the next one, at least
WITHIN = 0.95  # share of a text that stands in rows of such a width, at least; the others are addresses and headlines
BEYOND = 1.2  # times the size of most rows, from which on a row is none that was wrapped
WRAPPED = 0.4  # share of a text that stands in rows that were broken, at least
SURELY = 0.9  # share of the wide rows that were broken, from which on fewer are enough if they go on as sentences do:
BROKEN_OFF, GOING_ON = 0.25, 0.3  # so many end a sentence, at most, and begin with a small letter, at least
MOSTLY_ENDED = 0.5  # share of broken rows that end a sentence, from which on they are paragraphs
# Where a text has few paragraphs among lists and menus, rows tell that go on within a sentence: so many, of so many
# columns, of which so many were broken at one width.
SOME, UNENDED, AT_ONE_WIDTH = 4, (60, 130), 0.8
MOST_OF_FEW = 0.75  # the same where few go on so
PRINTED = ((34, 160), (22, 33))  # usual sizes of printed rows, and of those in narrow columns
FILLED = 0.85  # share of these that had no room for the next word, at least; and share of the usual size that is room
FULL = 0.75  # share of the usual size that printed rows have, at least
ALIKE_IN_PRINT = 0.85  # the same where few rows are looked at
ALIKE = 0.7  # share of the text in long rows that such rows hold, at least
ENDED = 0.3  # share of such rows that end with a sentence, at most
PRINTED_FLOW = 0.6  # share of the rows that go on which begin with a small letter, at least
PHRASE = 0.3  # share of the width that rows have, at least, where spaces stand only between phrases
SLACK = 4  # columns that a row of Chinese or Japanese ends before the width: no row begins with a full stop

BULLET = re.compile(r"(?:[•◦▪▫‣⁃●○■□▶➤➔→✓✔✅★·*–—+\-]|o(?=\s+[A-Z*])|\\-)\s+")
_DOUBLE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_NONE = "".join(char for char in map(chr, range(0x300, 0x1AB0)) if unicodedata.category(char)[0] == "M")
_WIDE, _COMBINING, _UNEVEN = (re.compile(f"[{chars}]") for chars in (_DOUBLE, _NONE, _DOUBLE + _NONE))
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_NEVER_FIRST = frozenset("，、。；：！？」』）】》")  # of a sentence in Chinese or Japanese
CLOSED = rf"[{re.escape(CLOSES)}“]*$"
_SENTENCE = re.compile(rf"[{ENDS}॥:;]{CLOSED}")
_FIELD = re.compile(r"(?:[A-Z][a-z]*(?:-[A-Z][A-Za-z]*)+|From|To|Cc|Date|Sent|Subject): ")
_CODE = ("{", "}", ");", "];", "\\", "=")  # ends of rows of a listing
_PROMPTS = "<>.}$#|{*/+="  # first characters of such rows
_MARKS = frozenset(" >|")  # first characters of such rows
_FRAME = ("+-", "+=", "--|")  # rows above and below framed text
_QUOTING = re.compile(r" ?(?:>\s?)+|\|(?: |$)")

CELLS = "   "  # between the cells of a row
SOFT = "\u00ad"  # marks the end of a row where a word was cut

Measure = Callable[[str], int]  # of a text's width
Pairs = Sequence[tuple[str, str]]  # rows with those that may go on with them


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How rows were wrapped: at which width, and in what it is measured."""

    width: int
    measure: Measure
    is_printed: bool = False  # whether the width is a usual one, not that of all full rows

    def goes_on(self, row: str, following: str) -> bool:
        """Return whether a row goes on in the following one."""
        if has_cells(row) or self.measure(row) > BEYOND * self.width:
            return False
        first = following.lstrip()[0]
        is_ended = ends_sentence(row) or row.lstrip()[0] in _PROMPTS
        if not self.is_printed:
            is_within = first.islower() and not is_ended and self.measure(row) >= FULL * self.width
            return is_within or _full(row, following.strip(), self.width, self.measure)
        is_begin = is_ended and not first.islower()
        is_set_off = len(following) - len(following.lstrip()) > len(row) - len(row.lstrip())
        is_end = row.endswith(_CODE) or first in _PROMPTS or (is_begin and (is_set_off or len(row) < self.width))
        return len(row) >= FULL * self.width and not is_end


def unwrapped(rows: Sequence[str], is_set: bool = False) -> Sequence[str]:
    """Return rows with hard-wrapped paragraphs joined, and without marks of quotation; blank rows as empty strings.

    `is_set` says that the rows were set in columns of print, whatever their sizes.
    """
    rows = _without_quoting(rows)
    layouts = (rows, _single_spaced(rows))
    wraps = ((each, wrap) for each in layouts for wrap in _wrappings(each))
    found = next(wraps, (rows, _Wrap(_set_width(rows), len, is_printed=True)) if is_set else None)
    return list(_unwrap(*found)) if found else rows


def _set_width(rows: Sequence[str]) -> int:
    """Return the usual size of rows that have others right below them."""
    return _at(sorted(len(a) for a, _ in _pairs(rows)) or [0], 0.8)


def _without_quoting(rows: Sequence[str]) -> Sequence[str]:
    """Return the rows of a text that is quoted, as in a reply, or framed with bars, without these marks."""
    quoted = sum(len(row) for row in rows if row[:1] in _MARKS and _QUOTING.match(row))
    if not quoted or quoted < QUOTED * sum(len(row) for row in rows if row.strip()):
        return rows
    bare = [row[mark.end() :] if (mark := _QUOTING.match(row)) else row for row in rows]
    return ["" if row.startswith(_FRAME) else row.removesuffix("|").rstrip() for row in bare]


def _single_spaced(rows: Sequence[str]) -> Sequence[str]:
    """Return rows of which nearly all are followed by a blank one, with one blank row fewer between them; else none."""
    blank = [not row.strip() for row in rows]
    if sum(not (a or b) for a, b in pairwise(blank)) > CLOSE * blank.count(False):
        return ()
    return [row for row, is_blank, before in zip(rows, blank, (True, *blank), strict=False) if not is_blank or before]


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    A character of Chinese, Japanese or Korean takes two, a combining mark, such as a vowel sign, none.
    """
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text)) - len(_COMBINING.findall(text))


def _wrappings(rows: Sequence[str]) -> Iterator[_Wrap]:
    """Yield how rows were hard-wrapped, in columns or else in characters, and last at the width of printed letters."""
    pairs = _pairs(rows)
    is_uneven = any(map(_UNEVEN.search, (row for row in rows if not row.isascii())))
    measures = (columns, len) if is_uneven else (len,)
    for measure in measures:
        if width := wrap_width(rows, measure, pairs):
            yield _Wrap(width, measure)
    if width := _printed_width(rows, pairs):
        yield _Wrap(width, len, is_printed=True)
    unended = list({b: (a, b) for a, b in pairs if _is_unended(a, b)}.values())
    for measure in measures if len(unended) >= LEAST else ():
        if width := _unended_width(unended, pairs, measure):
            yield _Wrap(width, measure)
    if width := _unended_printed_width(rows, unended, pairs):
        yield _Wrap(width, len, is_printed=True)


def wrap_width(rows: Sequence[str], measure: Measure = len, pairs: Pairs | None = None) -> int:
    """Return the width at which the rows were hard-wrapped, 0 where they were not.

    Wrapped prose stands nearly all in rows of similar length, and the first word of each next row would not have fitted
    into the one before.
    """
    pairs = _pairs(rows) if pairs is None else pairs
    if len(pairs) < LEAST:
        return 0
    sizes = [measure(row.rstrip()) for row in rows]
    return next((width for least, most in WIDTHS if (width := _width(sizes, pairs, least, most, measure))), 0)


def _pairs(rows: Sequence[str]) -> list[tuple[str, str]]:
    """Return each row of some length with the one that may go on with it: no blank one, and no item of a list."""
    return [
        (a, b)
        for row, following in pairwise(rows)
        if len(row) >= SHORT
        and (a := row.rstrip())
        and (b := following.strip())
        and not _is_item(b)
        and not has_cells(a)
    ]


def has_cells(row: str) -> bool:
    """Return whether a row has wide spaces in it, as rows of tables do."""
    return CELLS in row and CELLS in row.strip()


def _is_item(text: str) -> bool:
    """Return whether a row begins an item of a list, or a field of the head of a mail."""
    if text[0].isupper():
        return ":" in text and _FIELD.match(text) is not None
    return (not text[0].isalnum() or text[0] == "o") and BULLET.match(text) is not None


def _width(sizes: Sequence[int], pairs: Pairs, least: int, most: int, measure: Measure) -> int:
    """Return the width of rows, given by their sizes and in pairs, if it is one from `least` to `most`; else 0."""
    total = sum(sizes)
    if sum(size for size in sizes if size <= most) < WITHIN * total:
        return 0
    wide = sorted(size for a, _ in pairs if (size := measure(a)) >= 0.6 * least)
    if len(wide) < LEAST:
        return 0
    wide = [size for size in wide if size <= BEYOND * _at(wide, 0.8)]
    width = _at(wide, 0.98)
    if not least <= width <= most:
        return 0
    full = [(a, b) for a, b in pairs if measure(a) <= wide[-1] and _full(a, b, width, measure)]
    size, most_of = sum(measure(a) for a, _ in full), sum(size for size in wide if size >= 0.6 * width)
    ended, going_on = _ended(full), flow([b for _, b in full])
    # Paragraphs may be short, and menus long.
    is_sure = size >= SURELY * most_of and ended <= BROKEN_OFF and going_on >= GOING_ON
    if size < 0.8 * most_of or ended > MOSTLY_ENDED or (size < WRAPPED * total and not is_sure):
        return 0
    is_few, is_usual = len(wide) < MANY, (least, most) == USUAL
    least_flow = (GOING_ON if is_sure else FLOW_OF_FEW) if is_few else 0.0 if is_usual else FLOW
    return width if going_on >= least_flow else 0


def _is_unended(row: str, following: str) -> bool:
    """Return whether a row of some length goes on within a sentence."""
    least, most = UNENDED
    first = following[0]
    is_within = first in _NEVER_FIRST or (first.isalpha() and not first.isupper() and not ends_sentence(row))
    return is_within and FULL * least <= columns(row.lstrip()) and columns(row) <= most


def _unended_width(unended: Pairs, pairs: Pairs, measure: Measure) -> int:
    """Return the width at which nearly all rows were broken that go on within a sentence; else 0.

    Rows that end at a link go on so in captures that are not wrapped, too, but these are of any size.
    """
    width = _at(sorted(measure(a) for a, _ in unended), 0.98)
    long = [(a, b) for a, b in unended if measure(a) >= FULL * width]
    full = sum(_full(a, b, width, measure) for a, b in long)
    is_sure = full >= (LEAST if any(b[0].islower() for _, b in long) else SOME)
    if not is_sure or full < AT_ONE_WIDTH * len(long) or len(long) < AT_ONE_WIDTH * len(unended):
        return 0
    broken = [(a, b) for a, b in pairs if measure(a) <= BEYOND * width and _full(a, b, width, measure)]
    return width if width >= UNENDED[0] and _are_sentences(broken) else 0


def _unended_printed_width(rows: Sequence[str], unended: Pairs, pairs: Pairs) -> int:
    """Return the usual size of rows that go on within a sentence, if nearly all of them have it; else 0.

    Where these are few, no row of the text is longer.
    """
    if len(unended) < LEAST:
        return 0
    width = _at(sorted(len(a) for a, _ in unended), 0.8)
    least, most = ALIKE_IN_PRINT * width, width / ALIKE_IN_PRINT
    alike = sum(least <= len(a) <= most for a, _ in unended)
    is_few = len(unended) < MANY
    if is_few and (alike < LEAST or max(len(row.strip()) for row in rows) > most):
        return 0
    broken = [(a, b) for a, b in pairs if least <= len(a) <= most]
    is_one = alike >= (MOST_OF_FEW if is_few else AT_ONE_WIDTH) * len(unended) and width >= UNENDED[0]
    return width if is_one and _are_sentences(broken) and flow([b for _, b in broken]) >= FLOW else 0


def _are_sentences(broken: Pairs) -> bool:
    """Return whether most rows that were broken end no sentence, and go on without a capital."""
    letters = [b[0] for _, b in broken if b[0].isalpha()]
    return _ended(broken) <= MOSTLY_ENDED and sum(map(str.isupper, letters)) <= (1 - FLOW) * len(letters)


def _ended(pairs: Pairs) -> float:
    """Return the share of rows that end a sentence, though others follow."""
    return sum(ends_sentence(a) for a, _ in pairs) / max(1, len(pairs))


def _at(sizes: Sequence[int], share: float) -> int:
    """Return the size below which this share of sorted sizes is."""
    return sizes[min(len(sizes) - 1, int(share * len(sizes)))]


def _printed_width(rows: Sequence[str], pairs: Pairs) -> int:
    """Return the usual size of rows that were broken where print had no room, as in text from PDF; else 0.

    Letters have different widths in print, so rows differ in size, but little; and most go on within a sentence.
    """
    total = sum(map(len, rows))
    return next((width for least, most in PRINTED if (width := _usual_size(total, pairs, least, most))), 0)


def _usual_size(total: int, pairs: Pairs, least: int, most: int) -> int:
    """Return the usual size of printed rows, if it is one from `least` to `most`; else 0."""
    wide = [(a, b) for a, b in pairs if len(a) >= least * 0.6]
    if len(wide) < MANY:
        return 0
    width = _at(sorted(len(a) for a, _ in wide), 0.8)
    full = [(a, b) for a, b in wide if FULL <= len(a) / width <= BEYOND]
    enough = max(ALIKE * sum(len(a) for a, _ in wide), 0.4 * total)
    if not least <= width <= most or sum(len(a) for a, _ in full) < enough:
        return 0
    is_filled = _are_filled(wide, width)
    if (least, most) != PRINTED[0] and not is_filled:
        return 0
    least_flow = GOING_ON if is_filled else PRINTED_FLOW  # German nouns have capitals
    return width if _ended(full) <= ENDED and flow([b for _, b in full]) >= least_flow else 0


def _are_filled(pairs: Pairs, width: int) -> bool:
    """Return whether the next word had no room in nearly all rows that end no sentence, as in no verse."""
    unended = [(a, b) for a, b in pairs if not ends_sentence(a)]
    filled = sum(len(a) + 1 + len(b.split(None, 1)[0]) >= FILLED * width for a, b in unended)
    return filled >= FILLED * len(unended)


def flow(rows: Sequence[str]) -> float:
    """Return the share of rows that go on within a sentence, as far as their script has small letters.

    Rows that all begin with a time or a number go on with nothing.
    """
    small, capital = (sum(is_so(row[:1]) for row in rows) for is_so in (str.islower, str.isupper))
    return small / (small + capital) if capital else float(any(row[:1].isalpha() for row in rows))


def _full(row: str, following: str, width: int, measure: Measure) -> bool:
    """Return whether a row was broken because the next row's first word did not fit."""
    size = measure(row)
    if _CJK.match(following):
        return size >= width - SLACK
    first = following.split(None, 1)[0]
    least = PHRASE if ONE_UNSPACED.match(following) else 0.6
    return size + 1 + measure(first) > width and size >= least * width


def joined(text: str, row: str) -> str:
    """Return a text with the row that goes on with it: no space stands in Chinese and Japanese, or behind a hyphen.

    A soft hyphen goes.
    """
    if text.endswith(SOFT):
        return text[:-1] + row
    glued = text.endswith("-") or (_CJK.search(text[-1:]) and _CJK.match(row))
    return text + row if glued else f"{text} {row}"


def ends_sentence(row: str) -> bool:
    """Return whether a row ends a sentence, or leads to what follows."""
    return _SENTENCE.search(row) is not None


def _unwrap(rows: Sequence[str], wrap: _Wrap) -> Iterator[str]:
    """Yield the rows with those joined that were hard-wrapped at a width; blank rows as empty strings."""
    paragraph, last = "", ""
    for row in rows:
        stripped = row.strip()
        if last.strip() and stripped and not _is_item(stripped) and wrap.goes_on(last.rstrip(), row):
            paragraph = joined(paragraph, stripped)
        else:
            if last.strip():
                yield paragraph
            if not stripped:
                yield ""
            paragraph = row.rstrip()
        last = row
    if last.strip():
        yield paragraph
