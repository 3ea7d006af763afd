"""Markdown (CommonMark with the tables of GFM) of single lines: escaped text, runs of one look, addresses.

What a page says must neither become markup by accident nor bring HTML or unsafe links with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urljoin

MAX_URL = 2000  # characters; longer addresses hold data or are hostile
_SCHEMES = ("http", "https", "mailto", "tel", "ftp")

# Characters that mean something wherever they stand; `_` does so only at the edge of a word, `&` before an entity.
# A pattern that begins with a set of characters is searched for fastest.
_MARKUP = re.compile(r"[\\`*\[\]<~|&_](?:(?<=[^&_])|(?<=&)(?=#?[0-9A-Za-z]*(?:;|$))|(?<=_)(?:(?<![^\W_]_)|(?![^\W_])))")
_BEGINNING = re.compile(r"[-#+=>:]|\d{1,9}(?=[.)](?:\s|$))")  # means something at the beginning of a line
_IGNORED = re.compile("[\t\n\r]")  # browsers leave these out of addresses
_NOT_IN_URL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"\s*([^/?#]*?):")
_QUOTED = re.compile(r"[\s<>\"`|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_IN_URL = re.compile(r"[\\()\[\]]|&(?=[#A-Za-z][0-9A-Za-z]*;)")
_BACKTICKS = re.compile("`+")


class Look(NamedTuple):
    """How a stretch of text looks; equal for text that looks alike."""

    href: str | None = None  # the address that it links to, as `safe_url` returns it
    is_strong: bool = False
    is_emphasised: bool = False
    is_code: bool = False


PLAIN = Look()


class Run(NamedTuple):
    """A stretch of text of one look."""

    text: str
    look: Look = PLAIN


def escaped(text: str) -> str:
    """Return a text such that it reads as it stands, but for what means something at the beginning of a line."""
    return _MARKUP.sub(_with_backslash, text)


def _with_backslash(found: re.Match[str]) -> str:
    return "\\" + found[0]


def line(runs: Iterable[Run]) -> str:
    """Return the Markdown of a line made of these runs, with no white space at its ends."""
    written: list[str] = []
    runs = list(runs)
    if len(runs) == 1 and runs[0].look is PLAIN:
        return _begun(escaped(runs[0].text))
    before, at = "", 0
    for href, group in groupby(runs, key=lambda run: run.look.href):
        linked = list(group)
        at += len(linked)
        after = runs[at].text[:1] if at < len(runs) else ""
        if href is None:
            text = _styled(linked, before, "[" if after else "")
            written.append(text[:-1] + "\\!" if after and text.endswith("!") else text)  # `![` begins an image
        else:
            written.append(f"[{_styled(linked, '[', ']')}]({destination(href)})")
        before = linked[-1].text[-1:] if href is None else ")"
    return _begun("".join(written))


def heading(level: int, runs: Iterable[Run]) -> str:
    """Return the Markdown of a heading; the level is 1 to 6."""
    text = line(runs)
    # Number signs at the end of a heading would be read as its end.
    text = f"{text[:-1]}\\#" if text.endswith("#") and not text.endswith("\\#") else text
    return f"{'#' * level} {text}"


def _begun(text: str) -> str:
    """Return a line of Markdown whose beginning is taken for nothing but text."""
    beginning = _BEGINNING.match(text)
    if beginning is None:
        return text
    end = beginning.end() if beginning[0].isdigit() else 0
    return f"{text[:end]}\\{text[end:]}"


def _styled(runs: Sequence[Run], before: str, after: str) -> str:
    """Return runs of one link (or of none) between the characters `before` and `after` ("" for an end of the line)."""
    out: list[str] = []
    mark = ""
    for i, (text, look) in enumerate(runs):
        if look.is_code or not (look.is_strong or look.is_emphasised):
            out.append(code_span(text) if look.is_code else escaped(text))
            mark, before = "", text[-1]
            continue
        following = runs[i + 1].text[0] if i + 1 < len(runs) else after
        # Asterisks that follow asterisks, or that neither begin nor end a word, would be read as text.
        is_marked = not mark and _opens(before, text[0]) and _opens(following, text[-1])
        mark = "*" * (2 * look.is_strong + look.is_emphasised) if is_marked else ""
        out.append(mark + escaped(text) + mark)
        before = text[-1]
    return "".join(out)


def _opens(outside: str, inside: str) -> bool:
    """Return whether asterisks between these two characters begin an emphasis, or end it, read from the right."""
    return inside.isalnum() or not outside or outside.isspace() or (outside.isascii() and not outside.isalnum())


def code_span(text: str) -> str:
    """Return a text as inline code. In code no escapes hold, but for that of `|` in the cell of a table."""
    fence = "`" * (1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fence_of(code: str) -> str:
    """Return a fence longer than any run of backticks in a block of code."""
    return "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(code)), default=0))


def safe_url(address: str | None, base: str | None = None) -> str | None:
    """Return the address of a link or image, absolute where `base` is known; None where it is none, or unsafe."""
    url = (address or "").strip()
    if not url.isprintable():
        url = _IGNORED.sub("", url)
    if not url or len(url) > MAX_URL or not (url.isprintable() or not _NOT_IN_URL.search(url)):
        return None
    if url.startswith(("https://", "http://")):
        return url
    if not (_is_safe(url) and ("&" not in url or _is_safe(unescape(url)))):
        return None
    if base:
        try:
            url = urljoin(base, url)
        except ValueError:  # a broken host
            return None
    return url if len(url) <= MAX_URL else None


def _is_safe(url: str) -> bool:
    """Return whether an address has no scheme, or a harmless one. A colon before any `/`, `?` or `#` ends a scheme."""
    scheme = _SCHEME.match(_IGNORED.sub("", url))
    return scheme is None or scheme[1].lower() in _SCHEMES


def destination(url: str) -> str:
    """Return an address as it is to stand between the parentheses of a link."""
    quoted = _QUOTED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    return _IN_URL.sub(_with_backslash, quoted)


def image(url: str, alternative: str, caption: str = "") -> str:
    """Return an image with its alternative text and, as its title, a caption."""
    title = f' "{escaped(caption).replace(chr(34), chr(92) + chr(34))}"' if caption else ""
    return f"![{escaped(alternative)}]({destination(url)}{title})"
