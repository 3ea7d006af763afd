"""Where the words of a row without line ends may be cut: behind sentences, and where furniture shows.

Furniture shows by signs (`|`, `»`), by days that no sentence speaks of, by names behind a word for "by", by words that
come once more, such as the title's, and by runs of words with capitals, such as menus.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import accumulate, pairwise
from typing import Literal

from winnow.read import words as vocabulary
from winnow.read.lines.characters import CLOSES, ENDS
from winnow.read.words.beside import BESIDE
from winnow.read.words.dates import find_dates
from winnow.read.words.language import SMALL_WORDS
from winnow.read.words.locale import Locale
from winnow.text import HAN, THAI

SENTENCE = 8  # words of a sentence, at least
MENU, NAMES = 4, 7  # words with capitals that make a run: where something begins, and within a sentence, at least
LINKS = 2, 3  # small words that may follow each other in a run, and their letters, at most
BEGIN = 2  # words of a run that begin the sentence behind it where no small word tells, at most
REACH = 6  # words of a run among which a sentence may begin, at most
FLOW = 4  # small words behind a run that are a sentence, at least
AGAIN, TITLE = 4, 3  # words that come once more, at least; and of those that the row begins with
WHOLE, MOST = 25, 40  # words of a title, at most; that are compared with the row's first ones, at most
NAME = 2, 3  # words of a name, from and to
DATED = 100  # words among which a day is looked for
TAIL = 12  # characters at the end of a word that tell that a sentence ends
SHORT, LONG = 12, 60  # letters between spaces of an entry of a menu in Thai, at most, and of a sentence, at least

_END = re.compile(rf"[{ENDS}॥]+[{re.escape(CLOSES)}“]*$")
# `U.S.`, `J.`, `3.`, and what stands before a name or a number.
_SHORTENED = re.compile(
    r"(?:\W*[^\W\d_]\.)+$|\d{1,2}\.$"
    r"|\W*(?:[MDSJ]rs?|Ms|St|Prof|vs|No|Nr|Inc|Co|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Mt|bzw|ca|[A-Z][a-z]{2,3}(?<=Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sep|ept|Oct|Nov|Dec))\.$"
)
_SIGNS = frozenset("|»›•·→←▶►▼▲×✕✖")
_TIME = re.compile(
    r"\(?\d{1,2}[:.hH]\d\d(?::\d\d)?\)?[,.]?(?:[ap]m)?$|[ap]\.?m\.?,?$|[A-Z]{2,4}T,?$|UTC$|GMT$|[-–|,/]$", re.I
)
_HAN, _THAI = re.compile(f"[{HAN}]"), re.compile(f"[{THAI}]")
_BY = frozenset(word for word in vocabulary.of("by") if " " not in word)

Case = Literal[-1, 0, 1]  # of a word's first letter: small, none, capital


class Cut(IntEnum):
    """What stands above a cut: a whole sentence, perhaps the first part of one, something that a sign sets off."""

    ENDED = 1
    GUESSED = 2
    SET_OFF = 3


Cuts = dict[int, Cut]  # by the number of the word below


def cuts_in(words: Sequence[str]) -> Cuts:
    """Return where words may be cut."""
    row = _Row(words)
    row.cut_by_marks()
    row.cut_days()
    row.cut_names()
    row.cut_runs(row.cut_repeats())
    return row.cuts


def _case(word: str) -> Case:
    first = next(filter(str.isalpha, word), "")
    return 1 if first.isupper() else -1 if first.islower() else 0


class _Row:
    """The words of a row, the case of each, and its cuts."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words, self.cuts = words, Cuts()
        self.case = [_case(word) for word in words]

    def _cut(self, at: int, cut: Cut = Cut.GUESSED) -> None:
        if 0 < at < len(self.words):
            self.cuts.setdefault(at, cut)

    def _is_edge(self, at: int) -> bool:
        return at in (0, len(self.words)) or at in self.cuts

    def _stretches(self) -> Iterator[tuple[int, int]]:
        return pairwise((0, *sorted(self.cuts), len(self.words)))

    def cut_by_marks(self) -> None:
        """Cut behind sentences, around signs, and at spaces of scripts that put none between words."""
        for at, (word, following) in enumerate(pairwise(self.words), 1):
            if following[0] == "©" or any(len(each) == 1 and each in _SIGNS for each in (word, following)):
                self._cut(at, Cut.SET_OFF)
            elif self.case[at] >= 0 and _END.search(word[-TAIL:]) and not _is_shortened(word):
                self._cut(at, Cut.ENDED)
            elif not (word.isascii() and following.isascii()) and _is_apart(word, following):
                self._cut(at)

    def cut_days(self) -> None:
        """Cut around days and their times, with the words that say what they are, where no sentence goes on."""
        locale = Locale(text=lambda: " ".join(self.words))
        for begin, end in list(self._stretches()):
            for low in range(begin, end, DATED):
                for first, last in _days(self.words[low : min(low + DATED, end)], locale):
                    self._cut_day(low + first, low + last)

    def _cut_day(self, first: int, last: int) -> None:
        words, case, count = self.words, self.case, len(self.words)
        while last < count and (_TIME.match(words[last]) or (case[last] < 0 and _is_beside(words[last]))):
            last += 1
        while first and first not in self.cuts and _is_beside(words[first - 1]):
            first -= 1
        goes_on = (
            last < count
            and last not in self.cuts
            and (case[last] < 0 or (words[last - 1][-1] in ",;" and not case[last]))
        )
        if not goes_on and (self._is_edge(first) or case[first - 1] >= 0):
            self._cut(first)
            self._cut(last)

    def cut_names(self) -> None:
        """Cut around words for "by" with a name, where nothing but a name can be meant."""
        words, case = self.words, self.case
        for at, word in enumerate(words):
            if case[at] > 0 and word.rstrip(":").lower() in _BY and (self._is_edge(at) or case[at - 1] >= 0):
                end = at + 1
                while end <= at + 1 + NAME[1] and not self._ends_name(end):
                    end += 1
                if NAME[0] <= end - at - 1 <= NAME[1]:
                    self._cut(at)
                    if end < len(words) and case[end] >= 0:
                        self._cut(end)

    def _ends_name(self, at: int) -> bool:
        return self._is_edge(at) or self.case[at] <= 0 or self.words[at].lower() in SMALL_WORDS

    def cut_repeats(self) -> set[int]:
        """Cut around words that come once more; return the places within those that may be titles."""
        said = [word.lower().replace("’", "'").strip(".,:;!?\"'“”„»«|") for word in self.words]
        inside: set[int] = set()
        titles = _first_again(said)
        for begin, end in titles:
            for at in range(begin + 1, end if end - begin <= WHOLE else begin):
                self.cuts.pop(at, None)
        for begin, end in (*titles, *sorted(_said_again(said), key=lambda span: span[0] - span[1])):
            is_begin = self._is_edge(begin) or min(self.case[begin - 1 : begin + 1]) >= 0
            is_end = self._is_edge(end) or (self.case[end] >= 0 and not self._links(end - 1))
            for at, is_so in ((begin, is_begin), (end, is_end)):
                if is_so and at not in inside:
                    self._cut(at)
            if is_begin and is_end and end - begin <= WHOLE:
                inside.update(range(begin + 1, end))
        return inside

    def _links(self, at: int) -> bool:
        return self.case[at] < 0 and len(self.words[at]) <= LINKS[1]

    def cut_runs(self, inside: set[int]) -> None:
        """Cut around runs of words with capitals; never at the places `inside` titles."""
        is_text = False
        for begin, end in list(self._stretches()):
            is_ended = self._is_ended(end)
            at = begin
            while at < end:
                last, capitals = self._run(at, end)
                least = MENU if at == begin and not is_text else NAMES
                if capitals >= least and (last < end or (at > begin and not is_ended)):
                    begins = self._begin(at, last) if is_ended and self._small(last, end) >= FLOW else at
                    for place in {at, begins} - inside:
                        self._cut(place)
                at = last
            is_text = is_ended and end - begin >= SENTENCE and 2 * self._small(begin, end) >= end - begin

    def _is_ended(self, at: int) -> bool:
        return self.cuts.get(at) is Cut.ENDED or (
            at == len(self.words) and _END.search(self.words[-1][-TAIL:]) is not None
        )

    def _small(self, begin: int, end: int) -> int:
        return self.case[begin:end].count(-1)

    def _run(self, at: int, end: int) -> tuple[int, int]:
        """Return the place behind the run that begins at a place, at least one farther, and its words with capitals."""
        last, links, capitals = at + 1, 0, int(self.case[at] > 0)
        if not capitals or self.words[at][-1] in ",;":
            return last, capitals
        for i in range(last, end):
            links = links + 1 if self.case[i] < 0 else 0
            if links > LINKS[0] or (links and not self._links(i)):
                break
            if not links:
                last, capitals = i + 1, capitals + (self.case[i] > 0)
            if self.words[i][-1] in ",;":
                break
        return last, capitals

    def _begin(self, at: int, last: int) -> int:
        """Return where in a run the sentence begins that goes on behind it."""
        small = [
            i
            for i in range(max(at + 1, last - REACH), last)
            if self.case[i] > 0 and self.words[i].lower() in SMALL_WORDS and self.words[i - 1][-1] not in ":–-"
        ]
        return small[-1] if small else max(last - BEGIN, at)


def _is_shortened(word: str) -> bool:
    return len(word) <= TAIL and _SHORTENED.match(word) is not None


def _is_apart(word: str, following: str) -> bool:
    """Return whether a space sets something off: in Chinese and Japanese each, in Thai and the like some.

    There it ends a sentence, or stands between an entry of a menu and a sentence.
    """
    if not (_THAI.search(word) and _THAI.search(following)):
        return _HAN.search(word) is not None or _HAN.search(following) is not None
    return (len(word) < SHORT) != (len(following) < SHORT) or len(word) > LONG


def _days(words: Sequence[str], locale: Locale) -> Iterator[tuple[int, int]]:
    """Yield the first word of each day, and the word behind it."""
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    for found in find_dates(" ".join(words), locale):
        yield bisect_right(starts, found.begin) - 1, bisect_left(starts, found.end)


def _is_beside(word: str) -> bool:
    """Return whether a word may stand beside a day in a line that says nothing else."""
    bare = word.lower().strip(".,:;()–-|")
    return not bare or bare in BESIDE or vocabulary.said("published", bare) or vocabulary.said("updated", bare)


def _first_again(said: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the words stand, as many as may be, that a row begins with and has once more: mostly the title."""
    first = said[:TITLE]
    places = [
        at for at in range(TITLE, len(said) - TITLE + 1) if said[at] == first[0] and said[at : at + TITLE] == first
    ]
    lengths = {at: _alike(said, 0, at, MOST) for at in places}
    longest = max(lengths.values(), default=0)
    return [(at, at + longest) for at in (0, *(at for at in places if lengths[at] == longest))] if longest else []


def _alike(said: Sequence[str], at: int, later: int, most: int | None = None) -> int:
    """Return how many words from two places on are the same, up to the second place."""
    end = min(later, len(said) - later + at, at + (most or len(said)))
    return next((i - at for i in range(at, end) if said[i] != said[later - at + i]), end - at)


def _said_again(said: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Yield where words begin and end that were said before, and where these did."""
    seen: dict[tuple[str, ...], int] = {}
    at = 0
    while at + AGAIN <= len(said):
        key = tuple(said[at : at + AGAIN])
        before = seen.setdefault(key, at)
        if before + AGAIN > at:
            at += 1
            continue
        length = _alike(said, before, at)
        yield before, before + length
        yield at, at + length
        for i in range(at, at + length - AGAIN + 1):
            seen.setdefault(tuple(said[i : i + AGAIN]), i)
        at += length
