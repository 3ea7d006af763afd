"""The day of publication of a capture: the likeliest of the days in the lines around its title and its body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from winnow.read import words
from winnow.read.plain.bylines import says_by
from winnow.read.plain.place import BELOW, FAR, FEW, REACH, TAKEN, Place, words_of
from winnow.read.words.beside import BESIDE, OTHER_DAY
from winnow.read.words.dates import Found, find_dates
from winnow.read.words.locale import ANYWHERE, Locale
from winnow.text import THAI, tokens

ABOVE = 8  # lines above the title in which a line that says nothing else may be the day
MOST = 25  # words of a line beside the title
_NOTE = 40  # words of a note that says when an article was published
FIRST_YEAR = 1990  # of the web: an earlier day is one that the text speaks of, unless it fills its line
ASIDE = 5  # lines that a day right above the body is farther away than one right below the title
_LEAD = 4  # words of a line that says what the next one is
_LONG = 120  # characters of a line that may say nothing else
_LEFT = 12  # characters of a line beside its day, its time and words that stand with them
_BESIDE = 30  # characters before a day, and behind it, that say what it is
_THAI = re.compile(f"[{THAI}]")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")  # no line without one names a day
_BARS = tuple(".:;)|–—-/·•")
_QUOTES = '„“”"«»‘’'
_DATE = re.compile(r"\b(?:dat[ea]|datum|fecha|päivämäärä|dato|дата)\b|日期|日付", re.I)
# A count of comments or a link to them (`3 comments`, `no comments`, `leave a comment`) stands in the byline itself.
_COMMENT = re.compile(r"(?<!\d )(?<!\bno )(?<!\ba )comment(?!s off)", re.I)
_TIME = re.compile(r"\b\d{1,2}\s?(?:[:.hH]|시|時|时)\s?\d\d(?:[:.]\d\d)?(?:\s?[ap]m\b|h\b|分|분)?", re.I)
_SECONDS = re.compile(r"[T ]\d\d:\d\d:\d\d")
_COUNT = re.compile(r"\b\d{1,4}\s?[^\W\d_]+\.?")  # `3 Min.`, `0 Kommentare`
_SENTENCE = re.compile(r"[.!?…。:;,][\"'”’)]*$")


def find_day(lines: Sequence[str], place: Place, locale: Locale) -> str | None:
    """Return the day of publication (ISO 8601), None where no line says it."""
    for days in (_near, _elsewhere, _said_anywhere, _dateline, _only):
        if day := days(lines, place, locale):
            return day
    return None


def _near(lines: Sequence[str], place: Place, locale: Locale) -> str | None:
    """Find the day near the title; an update's day only when no other is there."""
    best: tuple[float, str] | None = None
    for i in _lines_near(lines, place, locale):
        text = words_of(lines[i])
        days = find_dates(text, locale)
        for order, found in enumerate(days):
            if _is_other(text, found, days):
                continue
            score = _score(text, found, _lead(lines, i)) + 2.0 * fills(text, days) - 0.5 * order
            score -= _is_stamp(text, found) + 0.5 * _distance(i, place, text) + 0.2 * len(text.split())
            if score > -8 and (best is None or score > best[0]):
                best = (score, found.day.isoformat())
    return best[1] if best else None


def _lines_near(lines: Sequence[str], place: Place, locale: Locale) -> Iterator[int]:
    """Yield the lines near the title that may name the day, of those that were taken for the body no sentences."""
    start, reach = (place.first, REACH) if place.title is None else (place.title + 1, TAKEN)
    taken = [i for i in range(start, min(start + reach, len(lines))) if not is_sentence(lines[i], locale)]
    above = [] if place.title is None else range(place.title - 1, max(-1, place.title - 1 - ABOVE), -1)
    alone = [i for i in above if is_day(lines[i], locale)]
    for i in dict.fromkeys((*place.around(len(lines)), *taken, *alone)):
        if _words(lines[i]) <= MOST and not _COMMENT.search(lines[i]):
            yield i


def _words(line: str) -> int:
    """Return the words of a line; in Thai and the like, whose sentences end with no mark, four letters are one."""
    return len(line.split()) if line.isascii() else len(line.split()) + len(_THAI.findall(line)) // 4


def _elsewhere(lines: Sequence[str], place: Place, locale: Locale) -> str | None:
    """Find the day farther from the title, or right below the body, in a line that says nothing else."""
    title = place.title
    start, reach = (max(0, place.first - FAR), 2 * FAR) if title is None else (title + 1, FAR)
    above = (*range(start, min(start + reach, place.last + 1)), *range(max(0, place.last - 2), place.last + 1))
    for i in (*above, *range(place.last + 1, min(place.last + 1 + BELOW, len(lines)))):
        text, days = _days_of(lines[i], locale)
        if days and (_says_published(f"{_lead(lines, i)} {text}") or (i <= place.last and fills(text, days))):
            for found in days:
                if not _is_other(text, found, days) and not words.said("updated", text[: found.begin]):
                    return found.day.isoformat()
    return None


def _days_of(line: str, locale: Locale) -> tuple[str, list[Found]]:
    """Return a line without what it says of a picture, and its days: none of a long line, or one about comments."""
    text = words_of(line) if _DIGIT.search(line) else ""
    days = find_dates(text, locale) if _words(text) <= FEW else []
    return text, [] if days and _COMMENT.search(text) else days


def _said_anywhere(lines: Sequence[str], _: Place, locale: Locale) -> str | None:
    """Return the only day of the page that a short line or a note calls that of publication."""
    told: set[str] = set()
    for line in filter(_DIGIT.search, lines):
        if len(line.split()) <= _NOTE and words.said("published", line):
            text = words_of(line)
            days = find_dates(text, locale)
            said = (found for found in days if not _is_other(text, found, days) and _score(text, found, "") > 0)
            told.update(found.day.isoformat() for found in islice(said, 1))
    return told.pop() if len(told) == 1 else None


def _dateline(lines: Sequence[str], place: Place, locale: Locale) -> str | None:
    """Return the day with which one of the first paragraphs begins: `31. Oktober 2023. Das Amt …`."""
    for i in range(place.first, min(place.first + 2, place.last + 1, len(lines))):
        for found in find_dates(lines[i][:60], locale)[:1]:
            behind = lines[i][found.end :].lstrip(" ")
            if not _LETTER.search(lines[i][: found.begin]) and (
                behind[:1] in _BARS or behind.lstrip(_QUOTES)[:1].isupper()
            ):
                return found.day.isoformat()
    return None


def _only(lines: Sequence[str], place: Place, locale: Locale) -> str | None:
    """Return the day of a line that says nothing else, from the title to right below the body, with none like it.

    Below the body a bare day is mostly that of another article; one of this article has its time.
    """
    start = place.first if place.title is None else place.title + 1
    near = range(start, min(place.last + 1 + FAR, len(lines)))
    told = [(i, day) for i in near if (day := _alone(lines[i], locale)) and not (i and _says_who(lines[i - 1]))]
    if len(told) != 1 or told[0][0] > place.last + BELOW:
        return None
    at, day = told[0]
    text = words_of(lines[at])
    return day if at <= place.last or _TIME.search(_without_days(text, find_dates(text, locale))) else None


def _alone(line: str, locale: Locale) -> str | None:
    """Return the day of a line that says nothing else; of several the first; none of an update or a machine."""
    text, days = _days_of(line, locale)
    if not fills(text, days) or text.endswith(":") or any(_is_other(text, found, days) for found in days):
        return None
    first = min(days, key=lambda found: _is_stamp(text, found))
    is_none = _is_stamp(text, first) or words.said("updated", text[: first.begin])
    return None if is_none else first.day.isoformat()


def _says_who(line: str) -> bool:
    """Return whether a line says whose comment the next one dates: `2. Anna says:`."""
    return line.endswith(":") and " " in line


def _is_other(text: str, found: Found, days: list[Found]) -> bool:
    """Return whether a day is one that the page speaks of: far in the past, or of an event, a birth, an end."""
    before = text[: found.begin][-_BESIDE:]
    is_old = found.day.year < FIRST_YEAR and not fills(text, days)
    return is_old or bool(OTHER_DAY.search(before))


def _is_stamp(text: str, found: Found) -> bool:
    """Return whether a day is one that a machine wrote for machines, to the second; such a day may be of a change."""
    return bool(_SECONDS.match(text, found.end))


def _score(text: str, found: Found, lead: str) -> float:
    """Prefer dates that are said to be of publication."""
    lead = text[: found.begin][-_BESIDE:] or lead
    is_updated = words.said("updated", lead)
    behind = not is_updated and words.said("published", text[found.end :][:_BESIDE])
    return 3.0 * (behind or _says_published(lead)) - 4.0 * is_updated


def _says_published(text: str) -> bool:
    return words.said("published", text) or bool(_DATE.search(text))


def _lead(lines: Sequence[str], i: int) -> str:
    """Return the line before one where it is short enough to say what the line is."""
    return lines[i - 1] if i and len(lines[i - 1].split()) < _LEAD else ""


def _distance(i: int, place: Place, text: str) -> float:
    if place.title is None:
        return float(abs(place.first - i))
    if place.title < i < place.first and not words.said("updated", text):
        return float(min(i - place.title, place.first - i + ASIDE))
    return float(i - place.title) if i > place.title else 2.0 * (place.title - i)


def is_sentence(text: str, locale: Locale) -> bool:
    """Return whether a line ends like a sentence, and neither is a day (`12 maja 2021 r.`) nor a byline."""
    if not _SENTENCE.search(text) or is_day(text, locale):
        return False
    return len(text.split()) > FEW or not says_by(text)


def is_day(text: str, locale: Locale = ANYWHERE) -> bool:
    """Return whether a line says hardly more than a day."""
    return len(text) <= _LONG and fills(text, find_dates(text, locale))


def fills(text: str, days: list[Found]) -> bool:
    """Return whether a line has hardly more than its days, their time and words that stand beside days."""
    if not days or len(text) > _LONG:
        return False
    text = _without_days(text, days)
    if len(text) <= _LEFT:
        return True
    rest = _COUNT.sub(" ", _TIME.sub(" ", text))
    left = (word for word in tokens(rest) if word not in BESIDE and not words.said("updated", word))
    return len(" ".join(left)) < _LEFT


def _without_days(text: str, days: list[Found]) -> str:
    for found in reversed(days):
        text = text[: found.begin] + " " + text[found.end :]
    return text
