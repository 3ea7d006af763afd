"""Name what is sure to be no page, to count it by its kind: by its media type, its first bytes, or its name."""

from __future__ import annotations

import codecs

from winnow.formats import begins_as_html, format_of, is_binary, unpacked

NO_PAGE = "neither HTML nor text"

_BY_TYPE = {
    "text/css": "styles", "text/javascript": "scripts", "application/javascript": "scripts",
    "application/x-javascript": "scripts", "application/ecmascript": "scripts", "application/json": "data",
    "application/ld+json": "data", "application/manifest+json": "data", "text/csv": "data", "application/xml": "data",
    "text/xml": "data", "application/pdf": "PDF", "application/vnd.ms-fontobject": "fonts",
    "application/font-woff": "fonts", "application/font-woff2": "fonts", "application/font-sfnt": "fonts",
    "application/rss+xml": "feeds", "application/atom+xml": "feeds",
}  # fmt: skip
_BY_FAMILY = {"image": "pictures", "font": "fonts", "audio": "sounds", "video": "films"}
_BY_ENDING = {
    ending: kind
    for kind, endings in {
        "pictures": "png jpg jpeg jpe gif webp avif svg svgz ico cur bmp tif tiff heic apng jxl",
        "styles": "css map",
        "scripts": "js mjs wasm",
        "fonts": "woff woff2 ttf otf eot",
        "films": "mp4 m4v webm ogv mov avi mpg mpeg mkv flv swf",
        "sounds": "mp3 ogg oga wav m4a aac flac opus",
    }.items()
    for ending in endings.split()
}
_OF_PAGES = frozenset(["html", "htm", "xhtml", "xht", "shtml", "txt", "text", "md", "markdown"])
_OF_TEXTS = ("styles", "scripts")  # the kinds of files that are text themselves
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MIN_TEXT = 300  # bytes from which on a text is one of its own, whatever holds it


def no_page(media_type: str) -> str:
    """Return why a record of this media type is no page, with its kind.

    >>> no_page("image/png"), no_page("application/x-unheard-of")
    ('neither HTML nor text (pictures)', 'neither HTML nor text (other)')
    """
    kind = _BY_TYPE.get(media_type) or _BY_FAMILY.get(media_type.partition("/")[0], "other")
    return f"{NO_PAGE} ({kind})"


def no_page_by_name(name: str) -> str | None:
    """Return why a file of this name, or at this address, is no page, with its kind; None where it may be one.

    >>> no_page_by_name("http://a.example/b/Site.CSS?v=2#top"), no_page_by_name("a/photo.html"), no_page_by_name("css")
    ('neither HTML nor text (styles)', None, None)
    """
    kind = _BY_ENDING.get(_ending(name))
    return f"{NO_PAGE} ({kind})" if kind else None


def no_page_in(name: str, begin: bytes) -> str | None:
    """Return why a file that begins with these bytes is no page but a part of pages, with its kind; else None.

    The bytes go before the name. A file that is named like a page is one, whatever it holds: it must be told of. So
    must be a format that may hold a text, such as a PDF, and a name that the bytes give the lie: a picture's before a
    text, a style sheet's before bytes that are none.

    >>> no_page_in("logo", b"GIF89a"), no_page_in("a.css", b"a {}"), no_page_in("a.png", b"%PDF-1.7")
    ('neither HTML nor text (pictures)', 'neither HTML nor text (styles)', None)
    """
    ending = _ending(name)
    if ending in _OF_PAGES or begins_as_html(begin):
        return None
    if found := format_of(unpacked(begin)):
        return f"{NO_PAGE} ({found.part})" if found.part else None
    kind = _BY_ENDING.get(ending)
    is_so_named = kind and _fits(kind, begin)
    return f"{NO_PAGE} ({kind})" if is_so_named else None


def _fits(kind: str, begin: bytes) -> bool:
    """Return whether bytes of no known format may be of a kind: a text of styles or scripts, binary ones of others."""
    has_text = not is_binary(begin) or begin.startswith(_UTF_16)
    return has_text if kind in _OF_TEXTS else not has_text or len(begin) < MIN_TEXT


def _ending(name: str) -> str:
    """Return the ending of a file's name, or of the last part of an address, in lower case; "" where there is none."""
    last = name.partition("#")[0].partition("?")[0].rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""
