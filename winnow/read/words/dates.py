"""The days that a line of HTML or plain text names: only forms that can mean one day alone are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from winnow.read import words
from winnow.read.words.calendars import SIGNS, other_days
from winnow.read.words.locale import ANYWHERE, Locale

# Some marks are part of a word though no letters: accents, vowel signs from Hebrew to Khmer, what joins, apostrophes.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1800) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_WORD = rf"[^\W\d_](?:[^\W\d_]++|['’\u200c\u200d{_MARKS}])*+"
_ALL_MONTHS = [form for code in words.languages() for forms in words.months(code) for form in forms]
_SECOND = "|".join(sorted({form.partition(" ")[2] for form in _ALL_MONTHS} - {"", *map(str, range(1, 13))}))
_DOT = "[.॰׳]?"  # behind a shortened name
_MONTH = rf"(?P<m>{_WORD}(?:\s(?:\d{{1,2}}(?!\d)|{_SECOND}))??){_DOT}"  # `tháng 3` has its number in it
_FAR = "\u0530-\u1dff"  # scripts in which `4, …` is no number of an issue
_TURN = "[\u200e\u200f\u061c]?"  # what sets the direction of a number
# Arabic has two names for a month: `3 أيار/مايو 2024`, `3 مايو (أيار) 2024`.
_TWICE = rf"(?:\s?[/(]\s?[\u0620-\u064a]+(?:\s(?:{_SECOND}))?\)?)?"
# A day does not begin inside a longer number, a version or an address, or at the end of a period of days. What stands
# before a number is looked at last: a search that looked there first would stop at each letter of a line.
_DAY_APART, _YEAR_APART = r"(?=\d)(?<![\d/.])(?<![\w./]-)", r"(?<![\d/.]\d{4})(?<![\w./]-\d{4})"
_YEAR, _DAY = r"(?P<y>(?:19|20)\d\d)(?!\d)", r"(?P<d>\d{1,2})"
_OF, _YEAR_WORD = words.pattern("of"), words.pattern("year")
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}{_YEAR_APART}(?P<s>[-/.])(?P<m>\d{{1,2}}|[^\W\d_]{{3,12}})(?P=s){_DAY}(?![\d/]|[.-]\d)",
        rf"{_YEAR}{_YEAR_APART}\.\s(?P<m>\d{{1,2}})\.\s{_DAY}(?:\.(?!\d)|$)",
        rf"(?<![^\W_])(?P<m>{_WORD}){_DOT},?\s*{_DAY}(?:st|nd|rd|th)?(?:(?:\s*,|\s|\s*\|)\s*|(?<=\d\d)){_YEAR}",
        rf"(?=\d)(?<!\d)(?<!\d[.,:/])(?<!\d[-–])(?<!\d\.[-–]){_DAY}(?:st|nd|rd|th|er|º|°|\.|-?an?(?![^\W\d_])|ê|ی|טן|טער)?"
        rf"(?:[\s-]*|,\s(?=[{_FAR}]))(?:(?:{_OF})\s+)?{_MONTH}"
        rf"{_TWICE}(?:\s+(?:{_OF}|{_YEAR_WORD})\s*|[\s,،-]+|(?<=\.)){_YEAR}",
        # As computers write it: `Tue Mar  7 10:21:44 CET 2006`.
        rf"(?<![^\W_])(?P<m>{_WORD})\s{{1,2}}{_DAY}\s\d\d:\d\d(?::\d\d)?(?:\s(?:[a-z]{{2,5}}|[-+]\d{{4}}))?\s{_YEAR}",
        rf"{_YEAR}(?<!\d{{5}})(?P<k>\.?[\s-]+(?:{_YEAR_WORD})\.?,?)?\s+{_DAY}(?(k)\.?[\s-]+|-){_MONTH}(?![\s-]*\d{{4}})",
        rf"{_YEAR}(?<!\d{{5}})\s*(?:[年년]|(?P<k>оны))\s*(?P<m>\d{{1,2}})\s*(?:[月월]|(?:-?р\s)?сарын)\s*"
        rf"{_DAY}(?(k)(?!\d)|\s*[日号號일])",
        rf"{_DAY_APART}{_DAY}(?:\.\s|\s\|\s)(?P<m>\d{{1,2}})(?:\.\s?|\s\|\s){_YEAR}",
    )
)
# Year, month, day: few languages write so. In others, a number before a month could mean anything.
_YEAR_FIRST = re.compile(
    rf"{_YEAR}(?<!\d{{5}})(?:[.,]|(?:\(e\))?ko)?\s+(?P<k>(?:{_YEAR_WORD})\.?\s+)?{_MONTH}\s+{_DAY}(?!\d)", re.IGNORECASE
)
_NUMERIC = re.compile(
    rf"{_DAY_APART}(?P<a>\d{{1,2}}){_TURN}(?P<s>[-/.])(?P<b>\d{{1,2}}){_TURN}(?P=s){_YEAR}(?!/|-\d(?!\d?:\d))"
)
# A year of two digits: such numbers are prices, scores and versions, too, unless the line says that they are a day.
_SHORT = re.compile(rf"{_DAY_APART}{_DAY}(?P<s>[/.])(?P<m>\d{{1,2}})(?P=s)(?P<y>\d\d)(?![\d/]|[.:,-]\d)")
# Where the next day, a time or a count is glued to a year: `2. März 20249. März 2024`, `2 March 20243 comments`.
_GLUED = re.compile(
    r"(?<=[\s./-](?:19|20)\d\d)(?=\d{1,2}(?:\.?\s?[^\W\d_]{3}|[./]\d\d?[./]\d\d|:\d\d))"
    r"|(?<=:\d\d:\d\d)(?=\d{1,2}[./]\d\d?[./]\d{4})"
)
_TIME_AFTER = re.compile(r"[\s,|–-]*(?:[^\W\d_]{1,4}\.?\s)?\d{1,2}(?:[:.]|\s?[hH]\s?)\d\d(?!\d)")
_BARS = " ,|–-/·•"  # what sets a day off
_DAY_FIRST_ENGLISH = frozenset(("en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za"))
# A pattern that begins with a set of characters is searched for fastest.
_MAY_NAME_A_DAY = re.compile(r"\d(?:(?<=[12])[90]\d\d|/25\d\d|[/.]\d\d?[/.]\d\d(?!\d))")
_MAY_NAME_ANY = re.compile(rf"{_MAY_NAME_A_DAY.pattern}|(?![0-9])\d\d|{SIGNS}")
_DIGITS = {code: str(unicodedata.decimal(chr(code))) for code in range(0x660, 0xFF1A) if chr(code).isdecimal()}
_PERSIAN_DIGIT = re.compile("[۰-۹]")
_ACCENTS = re.compile(r"[\u0300-\u036f\u200c\u200d]")  # and what joins letters, which writers do without as well
_NO_DAY = date(1970, 1, 1)  # the zero of computers' clocks: a date that was never set
_BEFORE, _AFTER = 24, 12  # characters around a date in which words may tell its language


class Found(NamedTuple):
    """A day and where in the line it stands: the first character, and the one past the end."""

    begin: int
    end: int
    day: date


def find_dates(text: str, locale: Locale = ANYWHERE) -> list[Found]:
    """Return the days that a line names, in order; impossible and ambiguous days are left out.

    `locale` settles which day 03/04/2024 is, and which month a name that languages share: listopad is October in
    Croatian, November in Polish.
    """
    if not (_MAY_NAME_A_DAY if text.isascii() else _MAY_NAME_ANY).search(text):
        return []
    if glued := _GLUED.search(text):
        at = glued.start()
        behind = find_dates(text[at:], locale)
        return find_dates(text[:at], locale) + [Found(at + begin, at + end, day) for begin, end, day in behind]
    found: list[Found] = []
    if not text.isascii() or "/25" in text:
        is_persian = bool(_PERSIAN_DIGIT.search(text))
        text = text.translate(_DIGITS)
        found = [Found(*each) for each in other_days(text, is_persian)]
    for match, month, day in _matches(text, locale):
        value = _date(_year(match["y"]), month, day)
        if value and not any(match.start() < other.end and other.begin < match.end() for other in found):
            found.append(Found(match.start(), match.end(), value))
    return sorted(found)


def _matches(text: str, locale: Locale) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield what looks like a date with the numbers of its month and day, the surest forms first."""
    for form in (*_FORMS, _YEAR_FIRST):
        for match in form.finditer(text):
            month = match["m"]
            yield match, int(month) if month.isdecimal() else _month(match, locale), int(match["d"])
    for match in _NUMERIC.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 or (second <= 12 and (first == second or _is_day_first(locale, match["s"]))):
            yield match, second, first
        elif second > 12 or locale.tag == "en-us":
            yield match, first, second
    for match in _SHORT.finditer(text):
        if words.order(locale.code) == "dmy" and _is_said(match, locale.code):
            yield match, int(match["m"]), int(match["d"])


def _is_said(match: re.Match[str], code: str) -> bool:
    """Return whether three numbers are said to be a day: set off at an end of a line, or beside a word or a time."""
    apart, after = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip(" ")
    before = apart.rstrip(_BARS)
    is_set_off = (apart == "" or apart != before) and (after == "" or after[0] in _BARS)
    if is_set_off and not (before and after):
        return True
    lead = before[-_BEFORE:]
    last = lead.lower().split()[-1:]
    is_named = any(word.strip(".,") in forms for word in last for forms in words.weekdays(code))
    return is_named or bool(_TIME_AFTER.match(after)) or words.said("published", lead) or words.said("updated", lead)


def _year(digits: str) -> int:
    """Return a year in full; two digits are a year from 1970 to 2069."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 70 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    """Return a day, None where the calendar does not have it or it is the zero of computers' clocks."""
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return None if value == _NO_DAY else value


def _is_day_first(locale: Locale, separator: str) -> bool:
    if locale.code == "en":
        return locale.tag in _DAY_FIRST_ENGLISH
    return separator == "." or words.order(locale.code) in ("dmy", "ydm")


def _month(match: re.Match[str], locale: Locale) -> int:
    """Return the number of the month that a date names, 0 where no language or more than one month has that name."""
    known = _months().get(fold(match["m"]), {})
    if match.re is _YEAR_FIRST and not match["k"]:
        known = {code: month for code, month in known.items() if words.order(code) == "ymd"}
    if len(set(known.values())) > 1 or fold(match["m"]) in _words_elsewhere():
        code = _told_by_neighbours(match, known) or locale.among(known)
        return known[code] if code else 0
    return next(iter(known.values()), 0)


def _told_by_neighbours(match: re.Match[str], known: dict[str, int]) -> str | None:
    """Return the language that words around a date tell (a weekday, `r.`, `objavljeno`), None where they tell none."""
    text = match.string[max(0, match.start() - _BEFORE) : match.start()] + match.string[match.end() :][:_AFTER]
    around = set(re.findall(r"\w+", text.lower()))
    told = [code for code in known if not around.isdisjoint(_beside(code))]
    return told[0] if len({known[code] for code in told}) == 1 else None


@cache
def _beside(code: str) -> frozenset[str]:
    """Return the words of a language that stand beside dates."""
    days = {form for forms in words.weekdays(code) for form in forms}
    return frozenset(days.union(words.of("year", code), words.of("published", code), words.of("updated", code)))


@cache
def _words_elsewhere() -> frozenset[str]:
    """Return the names of months, folded, that are common words in another language."""
    return frozenset(map(fold, words.of("words elsewhere")))


@cache
def _months() -> dict[str, dict[str, int]]:
    """Return for each name of a month, folded, the languages that have this name and the month's number in each."""
    table: dict[str, dict[str, int]] = {}
    for code in words.languages():
        joined = ("", *words.of("joined", code))
        for number, forms in enumerate(words.months(code), 1):
            for form in forms:
                for before in joined:
                    table.setdefault(fold(before + form), {})[code] = number
    return table


def fold(word: str) -> str:
    """Return a word in lower case without accents, which capitals and hasty writers do without (`AOUT`, `KASIM`)."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", word.lower())).replace("ı", "i").replace("’", "'")
