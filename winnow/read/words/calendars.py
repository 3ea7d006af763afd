"""Days of other calendars than the Gregorian one: Japanese eras, the Republic of China, Buddhist, Persian, Ethiopian.

Hijri days are left out: in which night a month began differs by country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from winnow.read import words

# The year before the first one of each era; the Republic of China counts from 1912.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_BUDDHIST = 543  # years ahead of the Gregorian ones
_GREGORIAN = 2100  # the last year that Thai pages do not count from the Buddha
_SHORT = 43  # from this year on, two digits of a Thai year are those of a Buddhist one
_PERSIAN = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_LONG = 6  # months of 31 days with which a Persian year begins
_NEW_YEAR = date(2021, 3, 21).toordinal()  # of 1400
_LETTERS = str.maketrans("يىكأ", "ییکا")  # as Arabic keyboards write Persian
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(元|\d{{1,3}})\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日")
_THAI_MONTHS = {form: number for number, forms in enumerate(words.months("th"), 1) for form in forms}
_THAI = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s?({'|'.join(map(re.escape, sorted(_THAI_MONTHS, key=len, reverse=True)))})\.?\s?"
    r"(?:[พค]\.?\s?ศ\.?\s?)?(2[45]\d\d|(?:19|20)\d\d|\d\d)(?![\d:.])"
)
_THAI_NUMBERS = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(25\d\d)(?![\d/])")
_PERSIAN_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\s?({'|'.join(_PERSIAN)})(?:\s?ماه)?،?\s?(1[34]\d\d)(?!\d)")
_PERSIAN_NUMBERS = re.compile(r"(?<![\d/])(1[34]\d\d)/(\d{1,2})/(\d{1,2})(?![\d/])")
_ETHIOPIAN = (
    "መስከረም", "ጥቅምት", "ኅዳር|ህዳር", "ታኅሣሥ|ታህሳስ|ታኅሳስ", "ጥር", "የካቲት", "መጋቢት", "ሚያዝያ|ሚያዚያ", "ግንቦት", "ሰኔ", "ሐምሌ|ሀምሌ", "ነሐሴ|ነሀሴ",
    "ጳጉሜን?",
)  # fmt: skip
_ETHIOPIAN_DAY = re.compile(rf"({'|'.join(_ETHIOPIAN)})\s+(\d{{1,2}})(?:\s+ቀን)?[,፣]?\s+([12]\d{{3}})(?!\d)")
_INCARNATION = date(8, 8, 27).toordinal()  # the first day of the Ethiopian year 1
# What a line has in it that names such a day, as a regular expression.
SIGNS = rf"{'|'.join(_ERAS)}|\d\s?[\u0e01-\u0e2e]|/25\d\d|[\u0600-\u06ff]،?\s?1[34]\d\d"


def other_days(text: str, is_persian: bool) -> Iterator[tuple[int, int, date]]:
    """Yield the days of other calendars that a line names, with the places of their first and last character.

    The line's digits are ASCII; `is_persian` tells that Persian ones stood there.
    """
    for match in _ERA.finditer(text):
        era, year, month, day = match.groups()
        yield from _placed(match, _ERAS[era] + (1 if year == "元" else int(year)), int(month), int(day))
    for match in _THAI.finditer(text):
        year = int(match[3])
        year += 0 if year > 99 else 2500 if year >= _SHORT else 2000 + _BUDDHIST
        yield from _placed(match, year - _BUDDHIST * (year > _GREGORIAN), _THAI_MONTHS[match[2]], int(match[1]))
    for match in _THAI_NUMBERS.finditer(text):
        yield from _placed(match, int(match[3]) - _BUDDHIST, int(match[2]), int(match[1]))
    for match in _PERSIAN_DAY.finditer(text.translate(_LETTERS)):
        yield match.start(), match.end(), persian(int(match[3]), _PERSIAN.index(match[2]) + 1, int(match[1]))
    for match in _PERSIAN_NUMBERS.finditer(text) if is_persian else ():
        if 1 <= int(match[2]) <= len(_PERSIAN):
            yield match.start(), match.end(), persian(*map(int, match.groups()))
    for match in _ETHIOPIAN_DAY.finditer(text):
        month = next(i for i, names in enumerate(_ETHIOPIAN) if re.fullmatch(names, match[1]))
        if 1 <= int(match[2]) <= 30:
            yield match.start(), match.end(), ethiopian(int(match[3]), month + 1, int(match[2]))


def ethiopian(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of an Ethiopian one: months of 30 days, the last of 5 or, before a leap year, of 6."""
    return date.fromordinal(_INCARNATION + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def _placed(match: re.Match[str], year: int, month: int, day: int) -> Iterator[tuple[int, int, date]]:
    """Yield a day with its place, nothing where the calendar does not have it."""
    try:
        yield match.start(), match.end(), date(year, month, day)
    except ValueError:
        return


def persian(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a Persian one by the cycle of 33 years, 8 of them leap years: right 1343 to 1472."""
    years = year - 1400
    leaps = sum((each % 33) in (1, 5, 9, 13, 17, 22, 26, 30) for each in range(min(year, 1400), max(year, 1400)))
    months = 31 * (month - 1) - max(0, month - 1 - _LONG)
    return date.fromordinal(_NEW_YEAR + 365 * years + (leaps if years > 0 else -leaps) + months + day - 1)
