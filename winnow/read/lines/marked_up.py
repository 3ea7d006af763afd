"""Undo Markdown: captures by html2text, pandoc and services that write Markdown have marks where a page shows none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import indent

from winnow.read.lines.wrapping import columns

ROW = (68, 80)  # width from which a row is full, and of a full row at most: html2text wraps at 78, pandoc at 72
FEWEST = 3  # links that tell Markdown where no heading does

CODE = "    "  # before a row of code
HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
CLOSING = re.compile(r"\s#+$")  # behind a heading
_SET_OFF = re.compile(r"(?:\A\s*|\n[ \t\r]*\n)#{2,6}[ \t]+\S[^\n]*(?=\n[ \t\r]*\n|\s*\Z)")
_FIRST = re.compile(r"(?m)^# +\S")
_TITLE = re.compile(r"(?:\A\s*|\n[ \t\r]*\n)# +\S")
_TARGET = r"\([ \t]*+<?[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+>?(?:\s\"[^\"\n]*+\")?[ \t]*+\)"
_IMAGE = re.compile(rf"!\[[^\[\]]*\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]*)\]{_TARGET}")
_BLOCK = re.compile(r"\s*(?:[-*+] |\d{1,9}[.)] |#{1,6} |\|)")
_UNDERLINED = re.compile(r"(?:(?<=\n\n)|\A)([^\s\n][^\n]*)\n(={3,}|-{3,})[ \t]*(?=\n|\Z)")
_STARRED = re.compile(r"(?m)^(\*{4,6}) (?=\S)([^*\n]{1,200}(?:\n[^*\n]{1,200})?) \1$")
_FENCES = ("```", "~~~")
_CODE = re.compile(r"(`[^`\n]+`)")
_STRONG = re.compile(r"\*\*(?=[^\s*])([^*]{1,300})(?<=[^\s*])\*\*")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,300})(?<=[^\s*_])\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_QUOTE = re.compile(r"(?m)^ {0,3}(?:> ?)+")
_BREAK = re.compile(r"(?m)\\$")
_CALLOUT = re.compile(r"(?m)^\[!\w+\][+-]?[ \t]*")
_NOTE = re.compile(r"\[\^[\w-]{1,30}\](?::[ \t]*)?")  # the mark of a note, and that before the note
_STRUCK = re.compile(r"(==|~~)(?=[^\s=~])([^=~\n]{1,300})(?<=\S)\1")
_ATTRIBUTES = r"(?:\s[^<>]{0,2000})?/?>"
_TITLED = re.compile(rf"<h([1-6]){_ATTRIBUTES}((?:(?!<h[1-6]).){{1,2000}}?)</h\1>", re.I | re.S)
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|br|center|dd|details|div|dl|dt|figcaption|figure|hr|li|ol|p|section|summary|table|tr"
    rf"|ul){_ATTRIBUTES}",
    re.I,
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|code|del|em|font|i|iframe|img|ins|kbd|mark|picture|s|small|source|span|strong|sub|sup|tbody|td|th"
    rf"|thead|u){_ATTRIBUTES}|<!--(?:[^<-]++|-(?!->)|<(?!!--))*+-->",
    re.I,
)


def with_hashes(text: str) -> str:
    """Return a text with its headings marked by `#` that are underlined, or stand between four to six asterisks.

    The first is an older form of Markdown, the other what Debian's html2text writes, with six for the first level.
    """
    if "\n===" in text or "\n---" in text:
        text = _UNDERLINED.sub(_underlined, text)
    return _STARRED.sub(_starred, text) if "** " in text else text


def _underlined(found: re.Match[str]) -> str:
    """Return a row as a heading where the row below is a line of its size."""
    said, line = found[1].rstrip(), found[2]
    is_so = min(len(said), columns(said)) - 1 <= len(line) <= max(len(said), columns(said)) + 1
    return f"\n{'#' if line[0] == '=' else '##'} {said}\n" if is_so and not _BLOCK.match(said) else found[0]


def _starred(found: re.Match[str]) -> str:
    return f"{'#' * (7 - len(found[1]))} {' '.join(found[2].split())}"


def is_marked_up(text: str) -> bool:
    """Return whether a text is Markdown: it has links, one title, or a heading below it that blank rows set off.

    Many rows with a single `#` are comments in code.
    """
    if "#" in text and (_SET_OFF.search(text) or (_TITLE.search(text) and len(_FIRST.findall(text)) == 1)):
        return True
    return "](" in text and sum(1 for _ in _LINK.finditer(text)) >= FEWEST


def without_markup(text: str) -> str:
    """Return a text of Markdown without the marks of links, images, emphasis, quotes and code; those of headings stay.

    Rows of code are indented as in the oldest form of Markdown, so that none of them looks like a heading. Tags of HTML
    go where links or a second heading show that the text is no page about code with a `#` in it.
    """
    has_tags = "<" in text and ("](" in text or _SET_OFF.search(text) is not None)
    return "\n".join(
        indent(part, CODE) if is_code else _without_inline(_with_bare_tags(part) if has_tags else part)
        for is_code, part in _parts(text)
    )


def _without_tags(text: str) -> str:
    """Return a text without tags of HTML, which Markdown may have; a heading in tags becomes one of Markdown."""
    return _BLOCK_TAG.sub("\n", _TAG.sub("", _TITLED.sub(_titled, text)))


def _titled(found: re.Match[str]) -> str:
    said = " ".join(_BLOCK_TAG.sub(" ", _TAG.sub("", found[2])).split())
    return f"\n\n{'#' * int(found[1])} {said}\n\n"


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text between fences, and whether each is code."""
    is_code, rows = False, list[str]()
    for row in text.splitlines():
        if row.lstrip().startswith(_FENCES):
            yield is_code, "\n".join(rows)
            is_code, rows = not is_code, []
        else:
            rows.append(row)
    yield is_code, "\n".join(rows)


def _unwrapped(rows: list[str]) -> Iterator[str]:
    """Yield rows with those joined that stood in one paragraph and were wrapped at a usual width, marks and all."""
    paragraph: list[str] = []
    for row in rows:
        last, first = paragraph[-1:], row.split(None, 1)[:1]
        is_full = bool(last and first) and ROW[0] < len(last[0]) + 1 + len(first[0]) and len(last[0]) <= ROW[1]
        if paragraph and not (is_full and not _BLOCK.match(row) and not HEADING.match(last[0])):
            yield " ".join(paragraph)
            paragraph = []
        paragraph.append(row.strip() if paragraph else row.rstrip())
    yield " ".join(paragraph)


def _without_inline(text: str) -> str:
    whole = "\n".join(_unwrapped(_CALLOUT.sub("", _QUOTE.sub("", text)).split("\n")))
    parts = _CODE.split(_LINK.sub(r"\1", _IMAGE.sub("", whole)))
    parts[1::2] = (part[1:-1] for part in parts[1::2])
    parts[::2] = map(_without_signs, parts[::2])
    return "".join(parts)


def _with_bare_tags(text: str) -> str:
    parts = _CODE.split(text)
    parts[::2] = map(_without_tags, parts[::2])
    return "".join(parts)


def _without_signs(text: str) -> str:
    """Return a text without the signs of emphasis, of marked and struck words, of notes, and without escapes."""
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\1", text))
    text = _STRUCK.sub(r"\2", text) if "==" in text or "~~" in text else text
    text = _NOTE.sub("", text) if "[^" in text else text
    return _ESCAPED.sub(r"\1", _BREAK.sub("", text))
