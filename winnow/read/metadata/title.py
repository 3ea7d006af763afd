"""Choose the article's headline among headings, meta titles and the page title, without the site's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from winnow.read.html.box_names import ELSEWHERE
from winnow.read.metadata.headings import Heading
from winnow.read.metadata.site_name import SEPARATOR, STRONG_SEPARATOR, is_site_name, strip_site, strip_tail
from winnow.read.metadata.structured import Head, Node, alike
from winnow.read.metadata.unstated import is_file, says_nothing
from winnow.read.metadata.values import clean_text, count_words, squash, words
from winnow.read.metadata.visible import Body, find_line, find_prose
from winnow.read.words.dates import find_dates

_PIPE = re.compile(r"\s*[|｜]\s*")
_AFTER_DAY = re.compile(r"\.?\s*[-–—|:]\s+")
_BOOK = re.compile(r"\s\([^()]*[^\W\d_][^()]*\)$")
_NUMBER = re.compile(r"^(?:\d{1,3}|[A-Z])(?:\.\d{1,3})*\.?\s+")  # of a chapter or a section
_NUMBERED = re.compile(r"(?:[^\W\d_]+ ){1,2}#?\d+")
_COLON = re.compile(r"\s*[:：]\s*")
_MOST_PARTS = 6  # separators in a title, at most
_NEAR = 6  # lines between a headline that is no heading and the text, at most
_FEW = 5  # words of the name of a site or a section, at most
_SECTIONS = 3  # headings alike on a page of which none is the headline, at least
_SECTION = re.compile(r"\w+:\s+")


@dataclass(frozen=True, slots=True)
class Title:
    """The headline, and the heading of the page that carries it (None when no h1 or h2 does)."""

    text: str | None
    heading: Heading | None


def choose_title(
    head: Head, item: Node | None, headings: list[Heading], sites: list[str], url: str | None = None
) -> Title:
    """Return the headline by agreement: the heading whose words the stated titles confirm, else a stated title.

    Where a h1 is worded for search engines, the h2 after it that has the very words of `og:title` is the headline.
    A day before it, and behind a bar the section that the page's address has, are no part of it.
    """
    title = _choose(head, item, headings, sites)
    return Title(title.text and _without_section(_without_day(title.text), headings, url), title.heading)


def part_in_line(title: str, page_title: str | None, body: Body, sites: list[str]) -> str | None:
    """Return the part of a title that a line close above the text consists of; None where no part is one.

    Pages whose headline is no heading name their site or a section beside it in any order. Of two parts the longer one
    is the headline. Where no line says the title, a part of the page's title may be it that says something else, and no
    less; the site's name is none.
    """
    prose = find_prose(body) or 0
    near = body.lines[max(prose - _NEAR, 0) : prose]
    shown = [words(line.text) for line in near if not line.bits & ELSEWHERE]
    told = words(title)
    for text in (title, page_title or ""):
        parts = STRONG_SEPARATOR.split(text) if told not in shown else []
        found = [part.strip() for part in parts if len(words(part)) > 1 and words(part) in shown]
        found = [part for part in found if not is_site_name(part, sites)]
        others = [part for part in found if text is title or _says_more(part, title)]
        if others:
            return max(others, key=len)
    return None


def without_book(title: str, body: Body) -> str:
    """Return a title without the name of a manual in parentheses, where the rest is a heading, or stands by a number.

    Manuals number their sections, and a section far down has a heading of a low level: any line above the text counts.
    """
    book = _BOOK.search(title)
    told = words(title[: book.start()]) if book else []
    if book is None or not told:
        return title
    numbered = (line.text for line in body.lines[: find_prose(body)] if _NUMBER.match(line.text))
    texts = [*(one.text for one in body.headings), *numbered]
    return title[: book.start()] if any(words(_NUMBER.sub("", text)) == told for text in texts) else title


def with_name(title: str, page_title: str, body: Body) -> str:
    """Return a title; one that is only a number (`Bug #9`) with the name behind it that a line of the page says."""
    mark = _COLON.match(page_title, len(title)) if page_title.startswith(title) and _NUMBERED.fullmatch(title) else None
    if mark is None:
        return title
    name = page_title[mark.end() :]
    cuts = [len(name), *(cut.start() for cut in reversed([*STRONG_SEPARATOR.finditer(name)]))]
    parts = (name[:cut].strip() for cut in cuts)
    said = next((part for part in parts if count_words(part) > 1 and part in body.text), None)
    return f"{title}: {said}" if said else title


def _says_more(part: str, title: str) -> bool:
    """Tell whether a part of the page's title has other words than the title, and as many."""
    return squash(title) not in squash(part) and len(words(part)) >= len(words(title))


def is_nowhere(title: str, body: Body) -> bool:
    """Tell whether a title is a few words that no line of the page says: the name of a site or of a section."""
    return len(words(title)) <= _FEW and find_line(body, title) is None


def is_another(headline: str, title: str | None) -> bool:
    """Tell whether a line has three words or more and none of a title's longer ones, if there is a title."""
    told = words(headline)
    return title is None or (len(told) > 2 and not any(len(word) > 3 and word in told for word in words(title)))


def _without_day(text: str) -> str:
    first = next(iter(find_dates(text)), None)
    after = _AFTER_DAY.match(text, first.end) if first is not None and first.begin == 0 else None
    return text[after.end() :] if after and len(words(text[after.end() :])) > 1 else text


def _without_section(text: str, headings: list[Heading], url: str | None) -> str:
    """Return a title without what follows a bar: what another heading leaves, or the address has for a folder."""
    bar = _PIPE.search(text)
    if bar is None or not words(text[: bar.start()]):
        return text
    first = text[: bar.start()].strip()
    folders = {squash(folder) for folder in urlsplit(url or "").path.split("/")[:-1]}
    is_headed = any(words(one.text) == words(first) for one in headings) and len(words(first)) > 2
    return first if is_headed or squash(text[bar.end() :]) in folders - {""} else text


def _choose(head: Head, item: Node | None, headings: list[Heading], sites: list[str]) -> Title:
    headings = [one for one in headings if not (one.is_home or says_nothing(one.text))]
    if (lone := _beside_site(headings, head.title or "")) is not None:
        return Title(lone.text, lone)
    headline = clean_text(item.get("headline") or item.get("name")) if item else None
    graph = clean_text(head.first("og:title", "twitter:title", "citation_title", "parsely-title", "dc.title"))
    stated = [strip_site(text, sites) for text in (headline, graph) if text]
    if head.title:
        stated.append(strip_tail(head.title, sites))
    stated = [text for text in stated if not says_nothing(text)]
    told = _told_by_h2(headings, strip_site(graph, sites)) if graph else None
    if told is not None:
        return told
    heading = _confirmed(headings, stated, sites, head.title or "")
    found = Title(_headline(heading, stated, sites, head.title), heading) if heading else None
    found = found or _by_words(headings, stated, head.title)
    return _begins(headings, found, head.title, sites) or found or _unconfirmed(headings, stated, sites)


def _begins(headings: list[Heading], found: Title | None, title: str | None, sites: list[str]) -> Title | None:
    """Return the h1 that says what the page's title begins with, up to a strong separator; None where none does.

    It is a h2 where the h1 says what follows, as on boards. It may be one word (`Glossary`). A heading that was found
    goes before it, but not one above that says the rest.
    """
    cut = STRONG_SEPARATOR.search(title or "")
    if title is None or cut is None:
        return None
    first, rest = words(title[: cut.start()]), title[cut.end() :]
    is_long = len(first) > 2  # a tag is short
    told = (found and found.text) or ""
    if found is not None and not (_follows(told, rest) if is_long else words(told) == words(rest)):
        return None
    least = 2 if found is not None and is_long else 1  # below the name of a board stands a title
    tops = (one for one in headings if one.level <= least)
    tops = (one for one in tops if not (one.bits & ELSEWHERE or is_site_name(one.text, sites)))
    one = next((one for one in tops if first and _says(one.text, first, title)), None)
    above = headings if found is None or one is None else headings[: headings.index(one)]
    is_found = one is not None and (found is None or found.heading in above)
    return Title(title[: cut.start()].strip(), one) if is_found else None


def _says(heading: str, first: list[str], title: str) -> bool:
    """Tell whether a heading has the first words of a title, or is the number (`Bug #9`) that it begins with."""
    is_number = _NUMBERED.fullmatch(heading) and title.startswith(heading) and _COLON.match(title, len(heading))
    return words(heading) == first or bool(is_number)


def _follows(found: str, rest: str) -> bool:
    """Tell whether the rest of a title begins with a headline: it is its first or only part."""
    told = words(found)
    cuts = [*(cut.start() for cut in STRONG_SEPARATOR.finditer(rest)), len(rest)]
    return any(words(rest[:cut]) == told for cut in cuts)


def _beside_site(headings: list[Heading], title: str) -> Heading | None:
    """Return the only other h1 where one is a link that the page's title ends with, and the title has not the other.

    The link is the site's name, however the address of its first page looks; wikis put the page's name before it.
    """
    tops = [one for one in headings if one.level == 1]
    told = words(title)
    sites = [one for one in tops if one.link and told != words(one.text) == told[-len(words(one.text)) :]]
    others = [one for one in tops if one not in sites]
    if len(sites) != 1 or len(others) != 1 or others[0].link or others[0].bits & ELSEWHERE:
        return None
    return None if set(words(others[0].text)) & set(told) else others[0]


def _told_by_h2(headings: list[Heading], graph: str) -> Title | None:
    """Return the h2 soon after the first h1 that says what `og:title` says, where no h1 does."""
    tops = [at for at, one in enumerate(headings) if one.level == 1]
    if not tops or any(words(text) == words(graph) for at in tops for text, _ in _texts(headings[at])):
        return None
    for one in headings[tops[0] + 1 : tops[0] + 4]:
        for text, _ in _texts(one) if one.level == 2 and len(words(graph)) > 2 else ():
            if words(text) == words(graph):
                return Title(graph, one)
    return None


def _texts(heading: Heading) -> list[tuple[str, bool]]:
    return [(heading.text, False), *heading.shorter]


def _headline(heading: Heading, stated: list[str], sites: list[str], title: str | None) -> str:
    """Return the text of a heading without the site's name, a kicker, or a section (`Blog: `) that a title leaves."""
    told = [words(one) for one in stated]
    whole = [heading.text] if ":" in heading.text else []  # with the kicker, where a colon joins the two
    named = (text for text, is_named in heading.shorter if is_named)
    texts = (text for one in told for text in (*whole, *(text for text, _ in heading.shorter)) if words(text) == one)
    text = next(texts, None) or next(named, None) or heading.text
    size = len(words(text))
    # Where the title goes on after these words, with the site's name, they are the whole headline.
    text = strip_site(text, sites, is_whole=words(title or "")[:size] == words(text) and len(words(title or "")) > size)
    section = _SECTION.match(text)
    bare = text[section.end() :] if section else text
    return bare if words(bare) in told and words(text) not in told else text


def _by_words(headings: list[Heading], stated: list[str], title: str | None) -> Title | None:
    """Return the heading that has the very words of a stated title, or of a stretch of the page's title."""
    for text in (*stated, *_stretches(title or "")):
        told = words(text)
        exact = (one for one in headings if count_words(text) > 1 and words(one.text) == told)
        if (one := next(exact, None)) is not None:
            return Title(one.text, one)
    return None


def _stretches(title: str) -> list[str]:
    """Return the parts of a title and the stretches of several of them, the longest first."""
    cuts = list(SEPARATOR.finditer(title))[:_MOST_PARTS]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(title)]
    found = [title[start:end] for start in starts for end in ends if start < end]
    return sorted(found, key=len, reverse=True)


def _unconfirmed(headings: list[Heading], stated: list[str], sites: list[str]) -> Title:
    """Return the best stated title, or the first heading where that is a short name on no heading."""
    found = stated[0] if stated else ""
    heading = _carrier(headings, found)
    told = {word for word in words(found) if len(word) > 3}
    is_short = count_words(found) <= 4 or is_site_name(found, sites)
    if heading is None and is_short and not any(told and told <= set(words(one.text)) for one in headings):
        near = [one for one in headings if one.line is not None and not one.bits & ELSEWHERE]
        first = next((one for one in near if not _is_day(one.text)), None)
        if first is not None and _is_headline(first, near, found, sites):
            return Title(first.text, first)
    return Title(found or None, heading)


def _is_headline(first: Heading, headings: list[Heading], title: str, sites: list[str]) -> bool:
    """Tell whether the first heading is the headline rather than a short title that it says nothing of.

    Where two others are of its level, it heads a section of what the title names, if that is no site and no file.
    Headings that are links are those of other pages.
    """
    sections = {squash(one.text) for one in headings if one.level <= first.level and one.link is None}
    is_section = first.link is None and len(sections) >= _SECTIONS
    if is_section and title and not (is_file(title) or is_site_name(title, sites)):
        return False
    least = 4 if not is_file(title) else 2 if is_section else 1
    return count_words(first.text) >= least and not is_site_name(first.text, sites)


def _is_day(text: str) -> bool:
    """Tell whether a heading is a day, with its weekday maybe: blogs put it above the posts of that day."""
    found = next(iter(find_dates(text)), None)
    return found is not None and len(words(f"{text[: found.begin]} {text[found.end :]}")) <= 2


def _confirmed(headings: list[Heading], stated: list[str], sites: list[str], title: str) -> Heading | None:
    usable = [one for one in headings if one.level == 1 and not is_site_name(one.text, sites)]
    barred = [one for one in usable if one.bits & ELSEWHERE]  # the page may stand in a box named like a sidebar
    usable = [one for one in usable if one not in barred] or usable
    if not stated:
        return usable[0] if usable else None
    best = max(usable, key=lambda one: max(alike(one.text, text) for text in stated), default=None)
    if best is None:
        return None
    likeness = max(alike(best.text, text) for text in stated)
    told = (one for one in barred if len(words(one.text)) > 2 and any(_starts(text, one.text) for text in stated))
    if likeness < 0.4 and (one := next(told, None)) is not None:
        return one
    if len(usable) == 1 and _joins(best.text, title):
        return best
    # The only headline of the page, where what is stated for search engines says it in other words.
    lone = len(usable) == 1 and likeness > 0 and len(words(best.text)) >= 6 and not best.text.endswith(":")
    return best if likeness >= 0.4 or (lone and not _carrier(headings, stated[0])) else None


def _joins(heading: str, title: str) -> bool:
    """Tell whether a heading has words of several parts of a title, and no others: `Quay Tutorial` of both ends."""
    told = set(words(heading))
    return told <= set(words(title)) and squash(heading) not in squash(title) and bool(SEPARATOR.search(title))


def _starts(text: str, heading: str) -> bool:
    return words(text)[: len(words(heading))] == words(heading)


def _carrier(headings: list[Heading], text: str) -> Heading | None:
    """Return the heading that carries `text` though it was not chosen for it (a h2, or a h1 with more in it)."""
    scored = [(alike(one.text, text), -one.level, one) for one in headings]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] >= 0.85 else None
