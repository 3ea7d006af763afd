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
from winnow.read.metadata.structured import Head, Node
from winnow.read.metadata.values import clean_text
from winnow.read.metadata.visible import Body, Place, Stamp, around
from winnow.read.words.dates import find_dates
from winnow.read.words.locale import ANYWHERE, Locale

# The basic format of ISO 8601, which machine values have and lines of text do not.
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?=$|[T ]\d)")


def read_date(value: object, locale: Locale = ANYWHERE) -> date | None:
    """Return the one date that a machine-readable value states, None when it has none or several."""
    text = clean_text(value, 60) or ""
    dates = {found.day for found in find_dates(_COMPACT.sub(r"\1-\2-\3", text), locale)}
    return dates.pop() if len(dates) == 1 else None


_PUBLISHED_METAS = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time",
    "citation_publication_date", "citation_online_date", "citation_date", "parsely-pub-date", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_time", "publication_date", "sailthru.date",
    "published-date", "date", "article.published", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "originalpublicationdate", "article_date_original", "bt:pubdate",
)  # fmt: skip
# What is said of other days than that of publication; rules, which only English pages have taught.
_OTHER_WORD = re.compile(r"©|deadline|starts?\b|begins?|join|member|since|released?\b|preprint", re.IGNORECASE)


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
    return next(((day, str(value)) for value in values if (day := read_date(value, locale))), None)


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
    r"^(?:\W|this article was |first |originally |dat[ae] (?:of |d[ei] )?|fecha de )*"
    rf"(?:{words.pattern('published')})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A date a reader sees near the headline: its label (published, updated, none), distance in lines, line length."""

    day: date
    label: str
    distance: int
    size: int


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
        for day, label in _line_dates(line, lead, stamps.get(index, []), locale):
            found.append(Seen(day, label, distance, len(line.text)))
    return found


def _line_dates(line: SeenLine, lead: str, stamps: list[Stamp], locale: Locale) -> Iterator[tuple[date, str]]:
    if lead.count(" ") > 3:
        lead = ""
    stamped = False
    for stamp in stamps:
        dates = find_dates(stamp.text, locale)
        day = dates[0].day if dates else read_date(stamp.value, locale)
        if day:
            stamped = True
            before = stamp.before + " " + stamp.text[: dates[0].begin if dates else 0]
            yield day, _label(before.strip() or lead, stamp.bits, stamp.itemprop)
    if stamped:  # the others in the line are left to sentences
        return
    end = 0
    for position, finish, day in find_dates(line.text[:300], locale):
        if position > 40 and line.text.count(" ") > 30:
            return
        before = line.text[end:position][-60:].strip(" \t|•·-–—:,")
        label = _label(before or ("" if end else lead), line.bits, "")
        if label or position <= 40 or line.text.count(" ") <= 12:  # else it is a day that a sentence speaks of
            yield day, label
        end = finish


def _label(before: str, bits: int, itemprop: str) -> str:
    if itemprop == "datemodified" or words.said("updated", before):
        return "updated"
    if _OTHER_WORD.search(before):
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


_PLAIN_REACH, _MARKED_REACH, _UPDATED_REACH, _LISTED_REACH = 4, 6, 2, 12
# Characters of a line that is a date and hardly more, and of one with its label (`last updated on`): such a line may
# stand as far as a marked one.
_BARE, _LABELLED = 24, 36


def choose_date(
    head: Head, item: Node | None, body: Body, place: Place, locale: Locale, url: str | None = None
) -> str | None:
    """Return the publication date (ISO) that the page states, or None.

    A date beside the headline wins over one stated in the code, which content systems set by rules of their own,
    unless it is the date of a change: publishers show that in place of the first. A day's difference is a time zone;
    the day in the page's own address, or one that its JSON-LD has too, is the publisher's. Where only one of the two is
    there, a day that the page calls that of publication anywhere, in words, wins over it.
    """
    home = url is not None and item is None and not urlsplit(url).path.strip("/")
    statement = None if home else published_date(head, item, locale)  # a home page is as old as its site
    stated, words = statement or (None, "")
    near = seen_dates(body, place, locale)
    seen = _best_seen(near)
    if stated and seen:
        gap = (seen.day - stated).days
        zone = may_be_zone(gap, words) and seen.day not in {_url_date(url), *page_dates(head, locale)}
        changed = (
            gap > 1
            and seen.label != "says published"
            and any(abs((seen.day - day).days) <= 1 for day in modified_dates(head, item, locale))
        )
        return (stated if zone or changed else seen.day).isoformat()
    if seen and not stated and _is_listed(seen, near):
        seen = None
    told = seen.day if seen and seen.label == "says published" else far_date(body, place.zones, locale)
    found = told or (seen and seen.day) or stated or _url_date(url)
    if found is None:
        found = next((one.day for one in near if one.day in page_dates(head, locale)), None)
    if found is None:
        found = settled_date(body, place)
    if found is None:
        found = next((one.day for one in near if one.label == "updated" and _reaches(one, _UPDATED_REACH)), None)
    return found.isoformat() if found else None


_MAX_TEXT = 300_000  # characters


def _best_seen(near: list[Seen]) -> Seen | None:
    for label, reach in (("says published", 14), ("published", _MARKED_REACH), ("", _PLAIN_REACH)):
        for one in near:
            if one.label == label and _reaches(one, reach):
                return one
    return None


def _is_listed(seen: Seen, near: list[Seen]) -> bool:
    """Tell whether a date without a label is one of several: the first day of a period, or of many events."""
    unmarked = (one for one in near if not one.label and one.distance <= _LISTED_REACH)
    return not seen.label and any(one.day != seen.day for one in unmarked)


def _reaches(one: Seen, reach: int) -> bool:
    bare = one.size <= (_LABELLED if one.label else _BARE)
    return one.distance <= (max(reach, _MARKED_REACH) if bare else reach)


def settled_date(body: Body, place: Place) -> date | None:
    """Return the day that 03/04/2024 beside the headline means: the one of the two that the page has in words too."""
    readings = (_best_seen(seen_dates(body, place, locale)) for locale in map(Locale, ("en-GB", "en-US")))
    days = {one.day for one in readings if one}
    if len(days) < 2:
        return None
    told = days.intersection(found.day for found in find_dates(body.text[:_MAX_TEXT], Locale("en")))
    return told.pop() if len(told) == 1 else None


# Each word is looked for in all of the page's text: those of the languages in which pages name a wrong one most often.
_FAR_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "zh")


@cache
def _far_words(code: str) -> list[str]:
    codes = {*_FAR_LANGUAGES, *({code} & words.languages().keys())}
    stems = {word.rstrip("*") for each in codes for word in words.of("published", each)}
    return [stem for stem in stems if not any(other != stem and other in stem for other in stems)]


def far_date(body: Body, zones: int, locale: Locale) -> date | None:
    """Return the one date that follows `published` or `posted` anywhere outside comments and related items.

    The word may stand in the line before the date, alone.
    """
    if not body.mentions(_far_words(locale.stated[:2].lower())):
        return None
    stamps = {stamp.line: stamp for stamp in body.stamps}
    barred = (COMMENTS | RELATED | NAV) & ~zones
    found: set[date] = set()
    lead = ""
    for index, line in enumerate(body.lines):
        previous, lead = lead, line.text
        if line.bits & barred or len(line.text) > 160:
            continue
        if _FAR.search(line.text) or (len(previous) < 30 and _FAR.search(previous)):
            marked = [stamps[index]] if index in stamps else []
            found.update(day for day, label in _line_dates(line, previous, marked, locale) if label == "says published")
    return found.pop() if len(found) == 1 else None
