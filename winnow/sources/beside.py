"""Tell which files programs put beside saved pages: such files are passed over and counted, not rejected.

Browsers put what a page is made of into a folder named after the page; mirroring tools leave logs, caches and lists,
which their paths tell. Pictures, styles and the like are told anywhere, by their first bytes and their names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from winnow.formats import LOOKED_AT, begins_as_html
from winnow.sources.no_pages import MIN_TEXT, no_page_by_name, no_page_in

HIDDEN = "hidden"
BESIDE = "beside a page"  # begins the other reasons
_PART = f"{BESIDE} (part of it)"
_KEPT = f"{BESIDE} (kept by a tool)"
_FOR_ROBOTS = f"{BESIDE} (for robots)"

# How browsers end the name of a page's folder, in the languages of Windows.
_FOLDER = re.compile(
    r".(?:\.files|[-_](?:files|dateien|fichiers|bestanden|file|archivos|filer|tiedostot|pliki|soubory|elemei|ficheiros|"
    r"arquivos|dosyalar|datoteke|fitxers|failid|fails|bylos|fajlovi|fitxategiak))$",
    re.IGNORECASE,
)
_TOOLS = re.compile(
    r"hts-(?:cache|log\.txt|in_progress\.lock|stop\.lock|paused\.lock)|wget-log(?:\.\d+)?|.+\.cdxj?(?:\.gz)?|"
    r"thumbs\.db|desktop\.ini|__macosx|index\.dat|scrapbook\.rdf",
    re.IGNORECASE,
)
_ROBOTS = re.compile(
    r"robots\.txt|(?:app-)?ads\.txt|humans\.txt|favicon\.ico|sitemap[\w.-]*\.xml(?:\.gz)?", re.IGNORECASE
)
_PARTS = re.compile(r".+\.(?:download|tmp)", re.IGNORECASE)
_HTML, _TEXT = re.compile(r".+\.(?:x?html?|xht)", re.IGNORECASE), re.compile(r".+\.(?:txt|text|md)", re.IGNORECASE)
_UNSEEN = re.compile(rb"<(script|style|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>", re.IGNORECASE | re.DOTALL)


def beside(path: str) -> str | None:
    """Return why the file at a path, relative to what is read, is passed over; None where it may be a page.

    >>> beside("a/Page_files/logo.png"), beside("a/logo.png"), beside("a/robots.txt")
    ('beside a page (part of it)', None, 'beside a page (for robots)')
    """
    folder, _, name = path.rpartition("/")
    if _ROBOTS.fullmatch(name):
        return _FOR_ROBOTS
    if _TOOLS.fullmatch(name) or _is_kept_by_a_tool(folder):
        return _KEPT
    is_part = _is_folder_of_page(folder) and (no_page_by_name(name) or _PARTS.fullmatch(name))
    return _PART if is_part else None


def passed_by_look(path: str, begin: bytes, size: int) -> str | None:
    """Return why a file of `size` bytes, which is no container, is passed over as it begins so; None for a page.

    In a page's folder that is all but HTML with a text, anywhere what is made to be a part of pages. What cannot be
    looked at is a page, which says so.
    """
    if size and not begin:
        return None
    return _beside_by_look(path, begin) or no_page_in(path, begin)


def _beside_by_look(path: str, begin: bytes) -> str | None:
    folder, _, name = path.rpartition("/")
    if not begin or not _is_folder_of_page(folder) or _TEXT.fullmatch(name):
        return None
    if not _HTML.fullmatch(name) and not begins_as_html(begin):
        return _PART
    shown = b"".join(_UNSEEN.sub(b" ", begin).split())
    return _PART if len(shown) < MIN_TEXT and len(begin) < LOOKED_AT else None


def is_hidden(path: str) -> bool:
    """Return whether a file or a folder in its path is hidden, as their names say."""
    return any(part.startswith(".") and part not in (".", "..") for part in path.split("/"))


@lru_cache(1024)
def _is_kept_by_a_tool(folder: str) -> bool:
    return any(map(_TOOLS.fullmatch, folder.split("/")))


@lru_cache(1024)
def _is_folder_of_page(folder: str) -> bool:
    """Return whether a browser has put into a folder what a page is made of."""
    return any(map(_FOLDER.search, folder.split("/")))
