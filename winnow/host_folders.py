"""Tell the address of a page by folders that are named like a host, as wget and other mirroring tools make them.

The names of such tools are paths of addresses: `www.paper.example/news/index.html`. A folder may have a dot without
being a host, and a page may lie in the folder of its host under a name that somebody else gave it. So the layout is
believed where the name is a host's beyond doubt, or the page names the host, and the page's own link to itself, where
there is one, does not contradict.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from tld import get_tld, is_tld

from winnow.files import unescape_path

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](?:[:+]\d{1,5})?")
# Suffixes that hardly any name of a file, a program or a heading ends with, unlike `.md`, `.app` or `.net`.
_CLEAR = frozenset({"com", "org", "edu", "gov", "mil"})
_INDEX = re.compile(r"index\.(?:x?html?|php|aspx?|jsp)")
_EVIDENCE = ("robots.txt", "index.html")  # in the folder of a host: tools fetch the first, and begin at the second
_OWN_LINK = re.compile(
    rb"""<link\b[^>]*\brel=["']?canonical\b[^>]*>|<meta\b[^>]*\bproperty=["']?og:url\b[^>]*>""", re.IGNORECASE
)
_TARGET = re.compile(rb"""\b(?:href|content)=["']?([^"'\s>]+)""", re.IGNORECASE)
_SAFE = "/!$&'()*+,;=:@~"


@dataclass(frozen=True, slots=True)
class HostFolder:
    """A page below a folder named like a host: what is above that folder, the host, and the path below it."""

    above: str
    host: str
    below: str


def host_folder(path: str, root: str = "") -> HostFolder | None:
    """Return the outermost folder of a path that is named like a host, or `root`, the folder that the path begins in.

    >>> host_folder("a/www.paper.com/news/x.html")
    HostFolder(above='a/', host='www.paper.com', below='news/x.html')
    >>> host_folder("v1.2/x.html"), host_folder("Page.files/x.html"), host_folder("x.com")
    (None, None, None)
    """
    if is_host(root):
        return HostFolder("", root, path)
    parts = path.split("/")
    for place, part in enumerate(parts[:-1]):
        if is_host(part):
            return HostFolder("".join(f"{each}/" for each in parts[:place]), part, "/".join(parts[place + 1 :]))
    return None


@lru_cache(1024)
def is_host(name: str) -> bool:
    """Return whether a name is that of a host, in lower case and below a public suffix."""
    return _HOST.fullmatch(name) is not None and _suffix(name) is not None


def address_in(found: HostFolder, body: bytes, is_file: Callable[[str], bool]) -> str | None:
    """Return the address of a page that lies so, which has these bytes; None where there is doubt.

    `is_file` says whether there is a file at a path below the folder that is named like a host.
    """
    host = found.host.replace("+", ":")
    names = body.lower()
    is_named = re.search(b"//" + re.escape(host.encode()) + b"""[/"'\\s?#<]""", names) is not None
    if not is_named and not _is_clear(found.host):
        return None
    is_deep = "/" in found.below or _INDEX.fullmatch(found.below)
    if not is_deep and not any(map(is_file, _EVIDENCE)):
        return None
    url = f"http{'s' if b'https://' + host.encode() in names else ''}://{host}/{_as_address(found.below)}"
    own = _own_address(body, host)
    if own is None:
        return url
    return own if _key(own) == _key(url) else None


def _is_clear(host: str) -> bool:
    suffix = _suffix(host)
    return host.startswith("www.") or suffix in _CLEAR or "." in (suffix or "") or ":" in host


def _suffix(host: str) -> str | None:
    name = re.split("[:+]", host)[0]
    if is_tld(name, search_private=False):  # which `get_tld` calls a domain below itself
        return None
    found = get_tld(f"http://{name}", fail_silently=True, search_private=False)
    return str(found) if found else None


def _as_address(below: str) -> str:
    """Return the path of an address that a tool has written as the path of a file.

    Tools unpack what is escaped; a name with a query and `.html` behind it had none.
    """
    path, sign, query = unescape_path(below).partition("?")
    folder, slash, name = path.rpartition("/")
    if not sign:
        path = folder + slash if _INDEX.fullmatch(name) else path
    query = query.removesuffix(".html")
    return (
        quote(path.encode("utf-8", "surrogateescape"), _SAFE)
        + sign
        + quote(query.encode("utf-8", "surrogateescape"), _SAFE + "?")
    )


def _own_address(body: bytes, host: str) -> str | None:
    """Return the address on this host that the page gives as its own."""
    for link in _OWN_LINK.finditer(body):
        if target := _TARGET.search(link[0]):
            url = html.unescape(target[1].decode("utf-8", "replace"))
            if url.startswith(("http://", "https://")) and _bare(urlsplit(url).netloc) == _bare(host):
                return url
    return None


def _key(url: str) -> tuple[str, str]:
    """Return what two ways to write an address have in common: endings of HTML and of folders tell nothing."""
    parts = urlsplit(url)
    path = re.sub(r"(?:/index)?(?:\.x?html?|\.php)?$", "", parts.path.rstrip("/"))
    return quote(path, "/%"), parts.query


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
