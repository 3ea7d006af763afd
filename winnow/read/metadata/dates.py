"""Choose the publication date among the days that a page states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from winnow.read import words
from winnow.read.html.box_names import COMMENTS, NAV, PUBLISHED, RELATED, UPDATED
from winnow.read.html.seen import SeenLine
from winnow.read.metadata.names import end_of_by
from winnow.read.metadata.structured import Head, Node
from winnow.read.metadata.values import clean_text, count_spaces
from winnow.read.metadata.visible import Body, Place, Stamp, around
from winnow.read.words.beside import OTHER_DAY
from winnow.read.words.dates import find_dates
from winnow.read.words.locale import ANYWHERE, Locale

# The basic format of ISO 8601, which machine values have and lines of text do not.
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?=$|[T ]\d)")
# A moment as Java writes it: `Sat Mar 02 09:15:00 CET 2024`.
_JAVA = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d) [\d:]{8} (?:\S{1,9} )?(\d{4})$")


def read_date(value: object, locale: Locale = ANYWHERE) -> date | None:
    """Return the one date that a machine-readable value states, None when it has none or several."""
    text = clean_text(value, 60) or ""
    text = _JAVA.sub(r"\1, \2", _COMPACT.sub(r"\1-\2-\3", text))
    dates = {found.day for found in find_dates(text, locale)}
    return dates.pop() if len(dates) == 1 else None


_PUBLISHED_METAS = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time",
    "citation_publication_date", "citation_online_date", "citation_date", "parsely-pub-date", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_time", "publication_date", "sailthru.date",
    "published-date", "date", "article.published", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "originalpublicationdate", "article_date_original", "bt:pubdate",
)  # fmt: skip
# Names that single publishers give such an element: `published`, `w-published-date`, `article-publication-time`.
_PUBLISHED_META = re.compile(r"(?:^|[-_.:])publi(?:shed|cation)(?:[-_.]?(?:date|time|at))*$")
_MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "article:updated_time", "datemodified", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "revised",
)  # fmt: skip


def published_date(head: Head, item: Node | None, locale: Locale) -> tuple[date, str] | None:
    """Return the publication date stated for machines, by the most specific name that has one, and how it is stated."""
    values: list[object] = [head.first(name) for name in _PUBLISHED_METAS]
    if item is not None:
        values.insert(1, item.get("datePublished") or item.get("dateCreated"))
    values += [head.first(name) for name in head.metas if _PUBLISHED_META.search(name)]
    return next(((day, str(value)) for value in values if value and (day := read_date(value, locale))), None)


_UTC = re.compile(r"[T ](?P<hour>[012]\d):[0-5]\d\S*?(?:Z|[+]00:?00|\s?UTC)$")


def may_be_zone(gap: int, stated: str) -> bool:
    """Tell whether a reader's day may be `gap` days after the stated one only because the clock there shows another.

    At 22:00 UTC it is nowhere the day before, at 9:00 UTC nowhere the day after.
    """
    moment = _UTC.search(stated)
    hour = int(moment["hour"]) if moment else None
    return gap == 0 or (gap == -1 and (hour is None or hour < 12)) or (gap == 1 and (hour is None or hour >= 10))


def page_dates(head: Head, locale: Locale) -> set[date]:
    """Return the dates that JSON-LD states for anything: many sites date every page, so they only confirm."""
    return {day for node in head.items if (day := read_date(node.get("datePublished"), locale))}


def modified_dates(head: Head, item: Node | None, locale: Locale) -> set[date]:
    """Return the dates of changes stated for machines."""
    values: list[object] = list(head.all(*_MODIFIED_METAS))
    if item is not None:
        values.append(item.get("dateModified"))
    return {day for value in values if (day := read_date(value, locale))}


_FAR = re.compile(
    r"(?:\W|this article was |first |originally |dat[ae] (?:of |d[ei] )?|fecha de )*"
    rf"(?:{words.pattern('published')})",
    re.IGNORECASE,
)


# What only the page's own article is called where another stands beside it.
_OWN = re.compile(
    r"\b(?:this (?:article|entry|post|story|page)|(?:first|originally) (?:published|posted)|erstmals"
    r"|diese[rs]? (?:artikel|beitrag|eintrag)|cet article|ce billet|cette entrée|este artículo|esta entrada|este artigo"
    r"|est[ae] post|questo articolo|dit (?:artikel|bericht)|ten wpis|(?:эта )?запись)\b",
    re.IGNORECASE,
)


# What stands between the parts of a byline, right before a day and its weekday.
_BAR = re.compile(r"[|·•]\s*(?:[^\W\d_]+\W*)?$")
_WEEKDAY = 20  # characters


@dataclass(frozen=True, slots=True)
class Seen:
    """A date a reader sees near the headline: its label (published, updated, none), distance in lines, line length.

    `is_marked` tells that a `time` element or the like marks it, `is_shown` that a reader sees the day itself.
    """

    day: date
    label: str
    distance: int
    size: int
    is_marked: bool = False
    is_shown: bool = True

    @property
    def is_sure(self) -> bool:
        """Tell whether its mark, its label, or a line of its own says that it is the article's date."""
        return self.is_marked or bool(self.label) or self.size <= _LABELLED


def seen_dates(body: Body, place: Place, locale: Locale) -> list[Seen]:
    """Return the dates in the lines around the headline, nearest first. The search ends where the text has begun."""
    if place.line is None:
        return []
    stamps: dict[int, list[Stamp]] = {}
    for stamp in body.stamps:
        stamps.setdefault(stamp.line, []).append(stamp)
    found: list[Seen] = []
    for distance, index in around(body, place.line, place.zones):
        line = body.lines[index]
        lead = body.lines[index - 1].text if index and index - 1 != place.line else ""
        marks = stamps.get(index, [])
        for day, label in _line_dates(line, lead, marks, locale, place.zones):
            is_shown = not marks or any(one.day == day for one in find_dates(line.text, locale))
            found.append(Seen(day, label, distance, len(line.text), bool(marks), is_shown))
    return found


def _line_dates(
    line: SeenLine, lead: str, stamps: list[Stamp], locale: Locale, zones: int = 0
) -> Iterator[tuple[date, str]]:
    """Yield the dates of a line with their labels; the cues that the headline has too (`zones`) tell no date."""
    if count_spaces(lead) > 3 or "©" in lead:  # a picture's credit
        lead = ""
    stamped = False
    for stamp in stamps:
        dates = find_dates(stamp.text, locale)
        day = dates[0].day if dates else read_date(stamp.value, locale)
        if day:
            stamped = True
            before = stamp.before + " " + stamp.text[: dates[0].begin if dates else 0]
            label = _label(before.strip() or lead, stamp.bits, stamp.itemprop)
            behind = line.text.partition(stamp.text)[2] if len(stamps) == 1 and stamp.text else ""
            is_said = label in ("", "published") and _says_published(behind[:_BEHIND])
            yield day, "says published" if is_said else label
    if stamped:  # the others in the line are left to sentences
        return
    end, spaces = 0, count_spaces(line.text)
    is_unspaced = spaces > line.text.count(" ")
    days = find_dates(line.text[:300], locale)
    for position, finish, day in days:
        is_far = position > (_OPENING // 2 if is_unspaced else _OPENING)
        if is_far and spaces > 30:
            return
        before = line.text[end:position][-_UNSPACED if is_unspaced else -60 :].strip(" \t|•·-–—:,")
        label = _label(before or ("" if end else lead), line.bits & ~zones, "")
        if label in ("", "published") and len(days) == 1:
            label = _label_around(line.text, finish) or label
        is_quoted = line.text.endswith(":")  # a mail: `On 3 March 2008 Ada Lund wrote:`
        is_prose = (is_unspaced and spaces > _PROSE) or _is_in_sentence(before)
        if not label and (is_quoted or is_prose):
            label = "other"
        is_short = not is_far or spaces <= 12
        if label or is_short or _BAR.search(line.text[:position][-_WEEKDAY:]):  # else a sentence speaks of the day
            yield day, label
        end = finish


def _is_in_sentence(before: str) -> bool:
    """Tell whether several words without a mark between them lead to a day: `The act was signed on 3 March 1921`."""
    words_before = _MARKS.split(before)[-1].split()
    return len(words_before) >= _SENTENCE_WORDS and words_before[-1].islower()


def _label_around(line: str, finish: int) -> str:
    """Return what the words behind the only date of a line (`am 2. März gepostet`), or a byline, say of it."""
    if _says_published(line[finish:][:_BEHIND]):
        return "says published"
    return "published" if len(line) <= _LINE and end_of_by(line) else ""


def _label(before: str, bits: int, itemprop: str) -> str:
    if itemprop == "datemodified" or words.said("updated", before):
        return "updated"
    if OTHER_DAY.search(before):
        return "other"
    if _says_published(before):
        return "says published"
    if itemprop == "datepublished":
        return "published"
    if bits & UPDATED and not bits & PUBLISHED:
        return "updated"
    return "published" if bits & PUBLISHED else ""


def _says_published(before: str) -> bool:
    return words.said("published", before) or words.said("written", before)


def _url_date(url: str | None) -> date | None:
    """Return the full date in the path of the page's own address, when it holds just one."""
    path = urlsplit(url).path if url else ""
    found = {
        read_date("-".join(match.groups()))
        for match in re.finditer(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-]([0-3]\d)(?=[/_-]|$)", path)
    }
    return found.pop() if len(found) == 1 else None


_PLAIN_REACH, _MARKED_REACH, _BARE_REACH, _UPDATED_REACH, _LISTED_REACH = 4, 6, 8, 2, 12
_BEHIND = 40  # characters behind a date in which `published` may stand
_BESIDE = 2  # lines from the headline
# Characters of a line that is a date and hardly more, and of one with its label (`last updated on`): such a line may
# stand as far as a marked one.
_BARE, _LABELLED = 28, 40


def choose_date(
    head: Head, item: Node | None, body: Body, place: Place, locale: Locale, url: str | None = None
) -> str | None:
    """Return the publication date (ISO) that the page states, or None.

    A date beside the headline wins over one stated in the code, which content systems set by rules of their own,
    unless it is the date of a change: publishers show that in place of the first. Where both days stand beside the
    headline, the stated one is it; where they differ by a time zone, the one that a reader sees. A day that the page
    calls that of publication elsewhere, in words, wins over a stated one, and over one beside the headline only where
    it speaks of this article.
    """
    home = url is not None and item is None and not urlsplit(url).path.strip("/")
    statement = None if home else published_date(head, item, locale)  # a home page is as old as its site
    stated, words = statement or (None, "")
    near = seen_dates(body, place, locale)
    seen = _best_seen(near)
    if stated and seen:
        return _of_two(stated, words, seen, near, modified_dates(head, item, locale)).isoformat()
    if seen and not stated and _is_listed(seen, near):
        seen = None
    told = seen.day if seen and seen.label == "says published" else None
    found = told or far_date(body, place.zones, locale, is_own=bool(seen and seen.is_sure))
    found = found or (seen and seen.day) or stated or _url_date(url)
    if found is None:
        found = next((one.day for one in near if one.day in page_dates(head, locale)), None)
    found = found or settled_date(body, place) or _marked_day(body, place.zones, locale) or _signed_day(body, locale)
    if found is None:
        found = next((one.day for one in near if one.label == "updated" and _reaches(one, _UPDATED_REACH)), None)
    found = found or read_date(body.lone_moment, locale)
    return found.isoformat() if found else None


def _of_two(stated: date, how: str, seen: Seen, near: list[Seen], changes: set[date]) -> date:
    """Return the stated day or the seen one; `how` is the value that states it, `changes` are days of changes."""
    if any(one.day == stated and (one.label != "updated" or not seen.label) for one in near):
        return stated
    gap = (seen.day - stated).days
    is_sentence = not seen.is_sure and seen.size > _SENTENCE
    is_far = not seen.label and seen.distance > _MARKED_REACH and abs(gap) > 1
    is_zone = not seen.is_shown and may_be_zone(gap, how)
    is_change = gap > 1 and seen.label != "says published" and any(abs((seen.day - day).days) <= 1 for day in changes)
    return stated if is_sentence or is_far or is_zone or is_change else seen.day


_BARRED = COMMENTS | RELATED | NAV
_MARKS = re.compile(r"[|·•,;:/()–—-]+")
_OPENING = 40  # characters of a line before a day that it begins with
_UNSPACED = 10  # characters before a day that may say what it is, in a script without spaces
_PROSE = 20  # words of a line of prose in such a script, at least
_SENTENCE_WORDS = 5  # words right before a day, at least, that make a sentence of it
_FOOT = 160  # characters of a line that may say when a text was published
_LINE = 100  # characters of a line that is no sentence
_SENTENCE = 80  # characters of a line that says more than a day
_MAX_TEXT = 300_000  # characters


def _best_seen(near: list[Seen]) -> Seen | None:
    marked = (one for one in near if one.is_marked and one.label.endswith("published") and _reaches(one, _MARKED_REACH))
    if best := next(marked, None):
        return best
    if bare := _bare_beside(near):
        return bare
    for label, reach in (("says published", 14), ("published", _MARKED_REACH), ("", _PLAIN_REACH)):
        found = [one for one in near if one.label == label and _reaches(one, reach)]
        if found:
            return next((one for one in found if one.is_sure), found[0])
    return None


def _bare_beside(near: list[Seen]) -> Seen | None:
    """Return the day in a line of its own beside the headline, where only lines farther away say `published`."""
    first = next((one for one in near if one.label in ("", "published", "says published")), None)
    is_bare = first is not None and not first.label and first.distance <= _BESIDE and first.size <= _BARE
    return first if is_bare else None


def _is_listed(seen: Seen, near: list[Seen]) -> bool:
    """Tell whether a date without a label is one of several: the first day of a period, or of many events."""
    unmarked = (one for one in near if not one.label and one.distance <= _LISTED_REACH and one.is_sure == seen.is_sure)
    return not seen.label and any(one.day != seen.day for one in unmarked)


def _reaches(one: Seen, reach: int) -> bool:
    bare = one.size <= (_LABELLED if one.label else _BARE)
    longest = _MARKED_REACH if one.label == "updated" else _BARE_REACH
    return one.distance <= (max(reach, longest) if bare else reach)


def settled_date(body: Body, place: Place) -> date | None:
    """Return the day that 03/04/2024 beside the headline means: the one of the two that the page has in words too."""
    readings = (_best_seen(seen_dates(body, place, locale)) for locale in map(Locale, ("en-GB", "en-US")))
    days = {one.day for one in readings if one}
    if len(days) < 2:
        return None
    told = days.intersection(found.day for found in find_dates(body.text[:_MAX_TEXT], Locale("en")))
    return told.pop() if len(told) == 1 else None


def _marked_day(body: Body, zones: int, locale: Locale) -> date | None:
    """Return the one day that marks outside comments and related items call that of publication."""
    barred = _BARRED & ~zones
    cue = PUBLISHED & ~zones
    marked = (one for one in body.stamps if one.itemprop == "datepublished" or one.bits & cue)
    stamps = (one for one in marked if not (one.bits & barred or words.said("updated", one.before)))
    near = (one for one in body.lines if one.bits & cue and len(one.text) <= _LABELLED)
    lines = (one for one in near if not one.bits & (barred | UPDATED))
    found = {read_date(one.value, locale) or read_date(one.text, locale) for one in stamps} - {None}
    found.update(each.day for line in lines for each in find_dates(line.text, locale))
    return found.pop() if len(found) == 1 else None


# What programs call the day of a document, below its text; farther up it may be the day of an event.
_DAY_LABEL = re.compile(
    r"(?:date|datum|dat[ao]|fecha|дата|tarih|日期|日付|날짜|التاريخ|दिनांक)\s*[:：]\s*", re.IGNORECASE
)
_SIGNED = 6  # lines from the end of a page, at most


def _signed_day(body: Body, locale: Locale) -> date | None:
    """Return the one day that stands behind its label, and nothing else, in one of the last lines of a page."""
    found: set[date] = set()
    for line in body.lines[-_SIGNED:]:
        label = _DAY_LABEL.match(line.text) if len(line.text) <= _LABELLED else None
        found.update(each.day for each in find_dates(line.text[label.end() :], locale)) if label else None
    return found.pop() if len(found) == 1 else None


# Each word is looked for in all of the page's text: those of the languages in which pages name a wrong one most often.
_FAR_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "zh")


@cache
def _far_words(code: str) -> list[str]:
    codes = {*_FAR_LANGUAGES, *({code} & words.languages().keys())}
    stems = {word.rstrip("*") for each in codes for word in words.of("published", each)}
    return [stem for stem in stems if not any(other != stem and other in stem for other in stems)]


def far_date(body: Body, zones: int, locale: Locale, is_own: bool = False) -> date | None:
    """Return the one date that follows `published` or `posted` anywhere outside comments and related items.

    The word may stand in the line before the date, alone. With `is_own` only a line that speaks of this article counts,
    where others do not contradict it.
    """
    if not body.mentions(_far_words(locale.stated[:2].lower())):
        return None
    stamps = {stamp.line: stamp for stamp in body.stamps}
    barred = _BARRED & ~zones
    found: set[date] = set()
    lead = ""
    is_told = not is_own
    for index, line in enumerate(body.lines):
        previous, lead = lead, line.text
        if line.bits & barred or (len(line.text) > _FOOT and not _OWN.match(line.text)):
            continue
        is_said = bool(_FAR.match(line.text) or _OWN.match(line.text))
        is_said = is_said or (len(line.text) < _LINE and words.said("published", line.text))
        if is_said or (len(previous) < 30 and _FAR.match(previous)):
            marked = [stamps[index]] if index in stamps else []
            days = [day for day, label in _line_dates(line, previous, marked, locale) if label == "says published"]
            is_told = is_told or bool(days and _OWN.search(line.text))
            found.update(days)
    return found.pop() if len(found) == 1 and is_told else None
