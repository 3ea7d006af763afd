"""Name what is sure to be no page, to count it by its kind: by its media type, or by the ending of its name."""

from __future__ import annotations

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
    last = name.partition("#")[0].partition("?")[0].rpartition("/")[2]
    kind = _BY_ENDING.get(last.rpartition(".")[2].lower()) if "." in last else None
    return f"{NO_PAGE} ({kind})" if kind else None
