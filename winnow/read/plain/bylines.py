"""Who wrote a capture: names in lines that say so, beside a day, a portrait or a role, else nothing."""

from __future__ import annotations

import re

from winnow.read import words
from winnow.read.lines.line import unglue
from winnow.read.metadata.names import (
    BY,
    BY_AFTER_DATE,
    BY_ALONE,
    ENDS_WITH_BY,
    NOT_A_NAME,
    behind_by,
    end_of_by,
    is_by_alone,
    is_of_others,
    other_name,
    read_names,
)
from winnow.read.plain.place import words_of
from winnow.read.words.beside import BESIDE
from winnow.read.words.language import SMALL_WORDS
from winnow.read.words.locale import Locale
from winnow.read.words.names_east_asian import KOREAN_NAME, reporter
from winnow.text import MARKS, ONE_UNSPACED

MAX_WORDS = 16
_CAPITAL = "".join(chr(code) for code in range(0x41, 0x590) if chr(code).isupper())
_PARTICLE = r"(?:de|del|della|der|den|van|von|zu|la|le|da|di|do|dos|bin|ibn|al|el|y|e)"
_INITIAL = rf"(?:[{_CAPITAL}]\.\s?)+"
_WORD = rf"[{_CAPITAL}][\w'’.-]*\w"
_FORM = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir)\.?\s+)?"
_MORE = rf"(?:\s+(?!Il y a\b)(?:{_PARTICLE}\s+)*(?:[JS]r\.|{_WORD}|(?:[{_CAPITAL}]\.)+))"
_NAME = rf"{_FORM}(?:{_INITIAL}\s?{_WORD}{_MORE}{{0,2}}|{_WORD}{_MORE}{{1,3}})"
_NAMES = rf"{_NAME}(?:\s*(?:,|&|{words.pattern('and')})\s+{_NAME}){{0,3}}"
_BY_WORDS = ("written by", "words by", "text by", "story by", "posted by", "published by")
_LEAD = rf"(?:{'|'.join(_BY_WORDS)}|{words.pattern('by', 'author', 'text')})"
_BY = re.compile(rf"(?:^|[|•·–—]\s*|\b(?=written|posted|published))(?i:{_LEAD})\s*:?\s+(?P<names>{_NAMES})")
_TEXT_SIZE = re.compile(rf"(?:{words.pattern('text')})\s+(?!(?:{words.pattern('by')})\b)\w", re.IGNORECASE)
_BARS = ("|", "•", "·")
_BY_LAST = re.compile(rf"\b(?i:{_LEAD})\s*:?\s+(?P<names>{_NAMES})$")
_BY_HAN = "|".join((*words.of("author", "zh"), *words.of("role", "zh")))
# A Japanese name may have a space in it; in Chinese another word may follow: 摄 (photo), 编辑 (editor).
_GIVEN = (
    r"[\s　](?!摄|攝|图|圖|文|编|編|责|責|通讯|校|来源)[\u3005\u3040-\u30ff\u4e00-\u9fff]{1,3}"
    r"(?![\u3005\u3040-\u30ff\u4e00-\u9fff:：／/])"
)
_HAN = re.compile(
    rf"(?:{_BY_HAN})\s*[:：/／|・＝]\s*"
    rf"(?P<names>[\u3005\u3040-\u30ff\u4e00-\u9fff]{{1,4}}{_GIVEN}|[\u4e00-\u9fff]{{2,4}}(?![\u4e00-\u9fff]))"
)
# Words of which no name consists: where they follow one it ends.
_NO_NAME = re.compile(
    r"\b(?:subscribe|share|read|home|menu|search|blog|news|more|the|about|contact|photo|image|updated|minutes?|comments?|posted"
    r"|category|tags?|follow|article|download|published|getty|reuters|email|print|guest|contributor"
    r"|our|your|how|what|why|this|in|view|released|disclosure"
    rf"|tips|hub|trends|select|checked|{'|'.join(name for name, *_ in words.months('en'))})\b",
    re.I,
)
_ONE = re.compile(_NAME)
_UNCASED = re.compile(
    r"[\u3005\u3040-\u30ff\u4e00-\u9fff]{1,4}[\s　·]?[\u3005\u3040-\u30ff\u4e00-\u9fff]{1,4}|[\uac00-\ud7a3]{2,4}"
)
_LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}\u200c\u200d])+")
_OTHERS = re.compile(f"{ONE_UNSPACED.pattern}|[\uac00-\ud7a3]")  # scripts in which names have no spaces
_PLACE = re.compile(r"[,،]\s")  # behind a name the place follows from where it was written
_OBJECT = "を"  # stands before a verb, as on buttons, and in no name
# How papers of Korea and China begin a report, or end it: `(서울=연합뉴스) 한지우 기자 =`, `（记者 陈晓雯）`.
_DATELINE = re.compile(
    rf"^\([^()]{{2,20}}\)\s?{KOREAN_NAME}(?:[\s·,][\uac00-\ud7a3]{{2,4}}){{0,2}}\s?(?:기자|특파원)\s?="
    rf"|^\[[\uac00-\ud7a3\w]{{2,12}}[=\s]{KOREAN_NAME}\s?(?:기자|특파원)\]"
    r"|^.{0,30}[（(](?:本[报報]|实习|實習)?[记記]者[\s:：]*([\u4e00-\u9fff]{2,3})(?![\u4e00-\u9fff])"
    r"|[（(](?:本[报報])?[记記]者[\s:：]*([\u4e00-\u9fff]{2,3})[）)]$"
)
_ENDS = NOT_A_NAME | BESIDE
_GENDERS = re.compile(r"[*:/_](?<=\w.)in(?:nen)?\b", re.I)  # `Autor*in`
_APART = "|•·–—-/,(;:0123456789"
_ROLE_WORDS = 8
LONGEST_SIGNATURE = 70  # characters
LONGEST_ALONE = 100  # characters of a line that is nothing but a byline word, what it says of a picture not counted
_GLUED = re.compile(r"[^\W\d_A-Z]{3}[A-ZÀ-Þ]")  # `CentreLatest`, not `McNamara` or `DeSiato`
_ROLE = re.compile(rf"\b(?:{words.pattern('role')})", re.I)


def says_by(line: str) -> bool:
    """Return whether a line begins with a byline word."""
    return bool(BY.match(line))


def byline(line: str, following: str = "") -> str | None:
    """Read the author's name from a line like `By Anna Kowalska | May 3`, or from the line after a lone `By`."""
    text = _GENDERS.sub("", words_of(line))
    if len(text.split()) > MAX_WORDS:
        return None
    if (hit := _HAN.search(text)) is not None:
        return hit["names"]
    if name := reporter(text):
        return name
    if (hit := _BY.search(text)) is not None and (names := whole(_checked(hit["names"]), line)):
        return names
    if leads_on(text):
        return whole("; ".join(people(unglue(following).strip().rstrip(",|•· "))) or None, following)
    end = end_of_by(text)
    is_named = end and not text.startswith(_BARS, end)  # `by | May 3 | Harbours` names nobody
    return whole("; ".join(people(text[end:])) or None, line) if is_named else None


def leads_on(text: str) -> bool:
    """Tell whether a short line ends with a byline word, so that the next one names who wrote."""
    end = ENDS_WITH_BY.search(text) if len(text.split()) <= 3 else None
    return is_by_alone(text) or (end is not None and not is_of_others(text[: end.start()]))


def names_others(line: str) -> bool:
    """Tell whether a line leads to somebody in the next one who did not write: `Reviewed by`."""
    text = words_of(line)
    end = ENDS_WITH_BY.search(text)
    return end is not None and not BY_ALONE.fullmatch(text) and is_of_others(text[: end.start()])


def people(text: str) -> list[str]:
    """Return the people that what follows a byline word names."""
    if len(text.split()) > MAX_WORDS:
        return []
    return [name for name in read_names(text) if " " in name or not name.isascii()]


def last_byline(text: str) -> str | None:
    """Read the author's name where a byline word leads to it at the end of what stands before a day."""
    return _checked(hit["names"]) if (hit := _BY_LAST.search(text)) else None


def is_alone(line: str) -> bool:
    """Return whether a line is nothing but a byline word."""
    if len(line) > LONGEST_ALONE and "[" not in line:
        return False
    return bool(BY_ALONE.fullmatch(_GENDERS.sub("", words_of(line))))


def signed(line: str) -> str | None:
    """Read who wrote it from a line that begins with a byline word (`Von Ida Verlane, Brunnau`)."""
    text = unglue(line).strip()
    hit = _BY.match(text)
    return whole(_checked(hit["names"]), line) if hit else None


def byline_here(line: str, locale: Locale) -> str | None:
    """Read a line that begins with a word that says `by` in the page's own language alone."""
    rest = behind_by(line, locale)
    return leading_name(rest) if rest else None


def bare_name(line: str) -> str | None:
    """Read a line that is nothing but one person's name, as far as its form can tell."""
    text = line.strip()
    parts = [part for part in text.split() if not re.fullmatch(_PARTICLE, part)]
    if not 2 <= len(parts) <= 4 or len(set(parts)) < len(parts) or _GLUED.search(text):
        return None
    return _checked(text) if re.fullmatch(_NAME, text) else None


def leading_name(line: str) -> str | None:
    """Read a line that begins with one person's name, and goes on with a role, a bar or what no name consists of."""
    hit = _ONE.match(line)
    if hit is None or _GLUED.search(hit[0]):
        return None
    tokens = hit[0].split()
    ends = (k for k, token in enumerate(tokens) if k > 1 and token.lower().strip(".,") in _ENDS)
    end = next((k for k in ends if not re.fullmatch(_PARTICLE, tokens[k])), len(tokens))
    rest = line[hit.end() :].lstrip()
    if (rest and rest[0] not in _APART and end == len(tokens)) or tokens[0].lower() in SMALL_WORDS:
        return None
    name = bare_name(" ".join(tokens[:end]))
    is_label = name is not None and any(words.said(kind, name) for kind in ("published", "updated"))
    return None if is_label else name


def account(line: str, is_dated: bool) -> str | None:
    """Read the account, the desk or the agency that a line names after a byline word: `Posted on May 3 by ada_l`.

    Where no day stands beside it, the line says nothing else.
    """
    text = words_of(line)
    end = end_of_by(text) if len(text.split()) <= MAX_WORDS else 0
    if _TEXT_SIZE.match(text):
        return None
    name = other_name(text[end:]) if end and (BY.match(text) or BY_AFTER_DATE.search(text)) else None
    if name and name.islower() and " " in name:
        return None  # `By the numbers`
    return whole(name, line) if is_dated or name == text[end:].strip() else None


def uncased_name(line: str) -> str | None:
    """Read a line that is nothing but a short name in a script without capitals: `大渡 美咲`, not `記事を印刷する`.

    In scripts with spaces a name has two to four words, and a place may follow.
    """
    if _UNCASED.fullmatch(line):
        return None if _OBJECT in line else line
    line = _PLACE.split(line, maxsplit=1)[0]
    parts = line.split()
    if line.isascii() or not 2 <= len(parts) <= 4 or line.lower() != line.upper() or _OTHERS.search(line):
        return None
    is_known = not _ENDS.isdisjoint(parts) or any(words.said(kind, line) for kind in ("published", "updated"))
    return None if is_known or not all(map(_LETTERS.fullmatch, parts)) else line


def datelined(text: str) -> str | None:
    """Return whom the dateline of a paragraph names in Korean or Chinese, None where it names nobody."""
    found = _DATELINE.search(text)
    return next(filter(None, found.groups()), None) if found else None


def signature(line: str) -> str | None:
    """Read a line with which a reporter of Korea or China signs: `한지우 기자`."""
    return None if len(line) > LONGEST_SIGNATURE or line.isascii() else reporter(line.strip())


def has_role(text: str) -> bool:
    """Return whether a short line says what somebody is: `Redakteurin`, `FOCUS-Experte Ada Lund`."""
    return len(text.split()) <= _ROLE_WORDS and bool(_ROLE.search(text))


def whole(names: str | None, line: str) -> str | None:
    """Undo `Mc Kay` where the line says `McKay`: a word of which both halves are part of the name was never glued."""
    if not names or unglue(line) == line:
        return names
    for token in line.split():
        word = token.strip(",;|·•")
        parts = unglue(word).split()
        for count in range(len(parts), 1, -1):  # `SanSonePublished:`
            names = names.replace(" ".join(parts[:count]), "".join(parts[:count]))
    return names


def _checked(names: str) -> str | None:
    """Cut names off where words follow that are part of none; nothing when what is left is not people's names."""
    return "; ".join(read_names(_NO_NAME.split(names)[0].strip(" ,&"), formal=False)) or None
