"""The head of the page: title, standfirst, section, date and byline, from the lines around the begin of the body.

Only the title is learnt; the others are rules that rather find nothing than something wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winnow.read import words
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.line import unglue
from winnow.read.lines.steps import Judged, without
from winnow.read.lines.views import Bools
from winnow.read.plain.bylines import bare_name, byline, signed
from winnow.read.plain.model import Model
from winnow.read.plain.sections import SECTIONS
from winnow.read.plain.title_features import body_start
from winnow.read.plain.title_text import clean_title
from winnow.read.words.dates import Found, find_dates
from winnow.read.words.locale import Locale
from winnow.text import tokens

MIN_TITLE = 0.06  # probability below which no line is called the title
REACH = 6  # lines after the title, or before the body, in which its date and byline are looked for
TAKEN = 4  # lines after the title in which the date is looked for even where they were taken for the body
FAR, BELOW = 15, 4  # lines below the title, or above the body, and lines below the body, in which it may stand alone
ABOVE = 4  # lines above the title in which a byline may stand
FEW = 14  # words of such a line
FIRST_YEAR = 1990  # of the web: an earlier day is one that the text speaks of, unless it fills its line
STANDFIRST = (6, 60)  # words
_DATE = re.compile(r"\bdate\b", re.I)
# A count of comments or a link to them (`3 comments`, `no comments`, `leave a comment`) stands in the byline itself.
_NOT_PUBLISHED = re.compile(
    r"©|deadline|(?<!\d )(?<!\bno )(?<!\ba )comment(?!s off)",
    re.I,
)
_SENTENCE = re.compile(r"[.!?…。:;,][\"'”’)]*$")
_CAPTION = re.compile(
    r"\b(?:photo|close-?up)\b|\b(?:wom[ae]n|couples?|groups?|famil(?:y|ies)|\w+ers)\b.*\s\w{2,}ing\b"
    r"|^(?:by|posted|last updated|learn)\b",
    re.I,
)
_DISCLOSURE = re.compile(r"\bcommissions?\b|\baffiliates?\b", re.I)
_NO_STANDFIRST = ("appeal", "action", "nav", "credit", "author")


@dataclass(frozen=True, slots=True)
class Head:
    """What was found, and which lines it stands in."""

    title: str | None
    standfirst: str | None
    section: str | None
    date: str | None
    byline: str | None
    used: frozenset[int]  # lines that are head and therefore not body

    def drop_head(self, _: Judged, chosen: Bools) -> Bools:
        """Leave out the lines that have a column of their own."""
        return without(chosen, [*self.used])


def read_head(model: Model, judged: Judged, body: Bools) -> Head:
    """Find the head of a page, given the lines chosen as its body."""
    lines = [line.text for line in judged.page.lines]
    at = np.nonzero(body)[0]
    first = int(at[0]) if len(at) else len(lines)
    title = _title(model, judged)
    if title is not None and len(at):
        later = at[at > title]
        if len(later) > 1 and later[0] == title + 1 and later[1] > title + 2:
            later = later[1:]  # one line, then others: the byline and the date may well stand below a standfirst
        first = int(later[0]) if len(later) else first
    used: set[int] = set()
    if title is not None:
        used |= {i for i in range(min(first + 1, len(lines))) if lines[i] == lines[title]}
    standfirst = _standfirst(judged, body, title)
    if standfirst is not None:
        used.add(standfirst)
        later = at[at > standfirst]
        first = int(later[0]) if len(later) else first
    around = _around(title, first, len(lines))
    locale = Locale(text=lambda: "\n".join(lines[i] for i in at))
    return Head(
        title=clean_title(lines[title], lines) if title is not None else None,
        standfirst=lines[standfirst] if standfirst is not None else None,
        section=_section(judged, title, first),
        date=_date(lines, around, title, first, locale) or _date_elsewhere(lines, at.tolist(), title, locale),
        byline=_byline(judged, around, title, first) or _byline_elsewhere(lines, at.tolist(), title),
        used=frozenset(used),
    )


def _title(model: Model, judged: Judged) -> int | None:
    start = body_start(judged.page, judged.probability)
    at, chance = model.title_chances(judged, start)
    if not len(at) or chance.max() < MIN_TITLE:
        return None
    return int(at[chance.argmax()])


def _around(title: int | None, first: int, count: int) -> list[int]:
    """Return the lines in which the date and the byline may stand, the likeliest first."""
    if title is None:
        return list(range(first - 1, max(-1, first - REACH - 1), -1))
    after = list(range(title + 1, min(title + 1 + REACH, max(first, title + 1), count)))
    before_body = [i for i in range(max(title + 1, first - REACH), first) if i not in after]
    above = list(range(title - 1, max(-1, title - 4), -1))
    return after + before_body + above


def _standfirst(judged: Judged, body: Bools, title: int | None) -> int | None:
    """Find the line right after the title that sums the article up.

    It is a sentence about the body's subject, and something else than body follows it or it has no full stop.
    """
    page, columns = judged.page, judged.columns
    if title is None or title + 2 >= len(page):
        return None
    i = title + 1
    low, high = STANDFIRST
    cues = sum(float(page.cues[GROUPS.index(name), i]) for name in _NO_STANDFIRST)
    if not low <= page.words[i] <= high or cues > 1 or columns["date_line"][i] or columns["bars"][i] > 1:
        return None
    if columns["repeats"][i] > 0 or columns["credit_line"][i] or columns["marker"][i] or columns["ends_colon"][i]:
        return None
    if columns["core"][i] < 0.25 or columns["capitals"][i] > 0.75 or not body[i + 1 :].any():
        return None
    text = page.lines[i].text
    if find_dates(text) or byline(text) or _no_standfirst(text, page.lines[title].text):
        return None
    set_off = not body[i + 1]
    one_sentence = columns["sentences"][i] <= 2
    return i if one_sentence and (set_off or not columns["terminal"][i]) and page.lines[i].bullet == "" else None


def _no_standfirst(text: str, title: str) -> bool:
    """Tell captions, alternative texts, crumb trails and disclosures from a standfirst.

    A caption is mostly words of the title again, or has no full stop and is about people in a picture.
    """
    told, titled = set(tokens(text)), set(tokens(title))
    if _DISCLOSURE.search(text) or tokens(title) == tokens(text)[-len(tokens(title)) :]:
        return True
    if text.rstrip("\"'”’)")[-1:] in ".!?…":
        return False
    return text[:1].islower() or bool(_CAPTION.search(text)) or len(told & titled) >= 0.5 * min(len(told), len(titled))


def _section(judged: Judged, title: int | None, first: int) -> str | None:
    """Find a line beside the title that is the name of a section, alone."""
    if title is None:
        return None
    page = judged.page
    places = [*range(title + 1, min(first, title + 5))]
    # Above the title only when it stands apart: the last entry of a menu is no section of this article.
    if title and page.lines[title - 1].gap and page.lines[title].gap:
        places.append(title - 1)
    for i in places:
        line = page.lines[i]
        name: str = line.text.strip(" :|/›»>#")
        if name.lower() in SECTIONS and not line.bullet and line.text[:1].isupper():
            return name
    return None


def _date(lines: Sequence[str], around: Sequence[int], title: int | None, first: int, locale: Locale) -> str | None:
    """Find the day of publication near the title; an update's day only when no other is there."""
    best: tuple[float, str] | None = None
    taken = () if title is None else range(title + 1, min(title + 1 + TAKEN, len(lines)))
    for i in dict.fromkeys((*around, *(i for i in taken if not _SENTENCE.search(lines[i]) or _is_day(lines[i])))):
        text = unglue(lines[i])
        count = len(text.split())
        if count > 25 or _NOT_PUBLISHED.search(text):
            continue
        for order, found in enumerate(find_dates(text, locale)):
            if found.day.year < FIRST_YEAR and not _fills(text, found):
                continue
            score = _date_score(text, found, order, lines[i - 1] if i else "") - 0.5 * _distance(i, title, first)
            score -= 0.2 * count
            if score > -8 and (best is None or score > best[0]):
                best = (score, found.day.isoformat())
    return best[1] if best else None


def _date_elsewhere(lines: Sequence[str], body: Sequence[int], title: int | None, locale: Locale) -> str | None:
    """Find the day of publication farther from the title, or right below the body, in a line that says nothing else."""
    first, last = (body[0], body[-1]) if body else (len(lines), len(lines) - 1)
    start = max(0, first - FAR) if title is None else title + 1
    above = range(start, min(start + FAR, last + 1))
    for i in (*above, *range(last + 1, min(last + 1 + BELOW, len(lines)))):
        text = unglue(lines[i])
        if len(text.split()) <= FEW and not _NOT_PUBLISHED.search(text):
            lead = lines[i - 1] if i and len(lines[i - 1].split()) < 4 else ""
            for found in find_dates(text, locale):
                is_said = words.said("published", f"{lead} {text}") or (i <= last and _fills(text, found))
                if found.day.year >= FIRST_YEAR and is_said and not words.said("updated", text[: found.begin]):
                    return found.day.isoformat()
    return None


def _date_score(text: str, found: Found, order: int, previous: str) -> float:
    """Prefer dates that are said to be of publication, and dates that fill their line."""
    lead = text[: found.begin][-30:] or (previous if len(previous.split()) < 4 else "")
    published = words.said("published", lead) or bool(_DATE.search(lead))
    score = 3.0 * published - 4.0 * words.said("updated", lead) - 0.5 * order
    return score + 2.0 * _fills(text, found)


def _is_day(text: str) -> bool:
    """Return whether a line with a dot at its end is no sentence but a day: `12 maja 2021 r.`, `2021. március 12.`"""
    return any(_fills(text, found) for found in find_dates(text))


def _fills(text: str, found: Found) -> bool:
    return len(text) - (found.end - found.begin) < 12


def _distance(i: int, title: int | None, first: int) -> float:
    if title is None:
        return float(first - i)
    return float(i - title) if i > title else 2.0 * (title - i)


def _byline(judged: Judged, around: Sequence[int], title: int | None, first: int) -> str | None:
    """Find who wrote it near the title; a bare name only beside a date, and only in words that are names."""
    lines = [line.text for line in judged.page.lines]
    for i in around:
        name = byline(lines[i], lines[i + 1] if i + 1 < len(lines) and i + 1 != title else "")
        if name:
            return name
    for i in around:
        name = _beside_date(lines[i])
        if name:
            return name
    if title is None:
        return None
    for i in around:
        if i > title + 3 or i >= first or judged.columns["proper"][i] < 1 or lines[i].lower() in SECTIONS:
            continue
        if any(judged.columns["date_line"][k] for k in range(max(0, i - 2), min(i + 3, first)) if k not in (i, title)):
            name = bare_name(lines[i])
            if name:
                return name
    return None


def _byline_elsewhere(lines: Sequence[str], body: Sequence[int], title: int | None) -> str | None:
    """Find who wrote it in a line that says nothing else, farther from the title or right below the body."""
    first, last = (body[0], body[-1]) if body else (len(lines), len(lines) - 1)
    start = max(0, first - FAR if title is None else title - ABOVE)
    above = range(start, min(start + FAR + ABOVE, last + 1))
    for i in (*above, *range(last + 1, min(last + 1 + BELOW, len(lines)))):
        name = signed(lines[i].strip(" []")) if len(lines[i].split()) <= FEW else None
        if name:
            return name
    return None


def _beside_date(line: str) -> str | None:
    """Read the name from a line that holds a date and a name: `May 3, 2024 By Anna Kowalska`."""
    text = unglue(line)
    found = find_dates(text)
    if not found or len(text.split()) > 16:
        return None
    before, after = text[: found[0].begin].strip(" ,|•·–—-"), text[found[-1].end :].strip(" ,|•·–—-")
    return byline(before) or byline(after) or (bare_name(before) if not after else None)
