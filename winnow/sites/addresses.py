"""Addresses of pages: one form for each, what differs between two of one shape, and which of them belong to a site."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import SplitResult, urlsplit

import idna

from winnow.sites.unwanted import refusal

__all__ = ["MAX_ADDRESS", "Scope", "clean", "in_scope", "refusal", "shape"]

MAX_ADDRESS = 2048  # characters
_PORTS = {"http": 80, "https": 443}
_BLANKS = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(33)))  # control characters and spaces, which a browser cuts off at both ends
_BEFORE_QUERY = re.compile(r"\A[^?#]*")  # where a browser takes a backslash for a slash
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_TO_ESCAPE = re.compile(r"[^!$&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~%|]+|%(?![0-9A-Fa-f]{2})")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
# What shops, newsletters and counters add to a link. Each name is that of one tool: a looser rule, such as courlan's,
# takes `gallery=5` for `ga` and `reference=12` for `ref`, and makes one page of many.
_TRACKING = re.compile(
    r"(?:utm|mtm|matomo|piwik|hsa|itm|oly|vero|bsft|stm|at|ns|wt|guce|_branch)_\w+|__hs\w+"
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cid)|mc_[ce]id|mkt_tok|ml_subscriber(?:_hash)?|_hsenc|_hsmi"
    r"|(?:fb|g|dc|y|ys|tw|tt|msclk|gbra|wbra|irc|epi|twc|ttc|fbc|gc|yc|ysc|tc)lid|msclkid|gbraid|wbraid|gclsrc|rdt_cid"
    r"|li_fat_id|s_kwcid|igshi?d?|_ga|_gl|_ke|_openstat|xtor|cmpid|ocid|s_cid|srsltid|spm|ref_(?:src|url)|sc_campaign"
    r"|__twitter_impression|phpsessid|jsessionid|aspsessionid\w*",
    re.I,
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.I)
_LONG_NUMBER = re.compile(r"(?<![0-9a-z])(?=[a-f]*[0-9])[0-9a-f]{8,}(?:-[0-9a-f]{4,})*(?![0-9a-z])", re.I)
_DIGITS = re.compile(r"[0-9]+")


def clean(url: str) -> str | None:
    """Return the one form of an address by which it is known and asked; None for one that is broken or not of the web.

    Left out are the fragment, the default port, dot segments, session numbers and tracking parameters. Escapes are
    written in one way (RFC 3986, 6.2.2), a host name with foreign letters as its ASCII form. All else stays as it is:
    the order of parameters, empty ones, double slashes, small and capital letters of the path.

    >>> clean("HTTP://Example.ORG:80/a/../%7Eann/?utm_source=x&id=7#top"), clean("mailto:ann@example.org")
    ('http://example.org/~ann/?id=7', None)
    """
    text = _BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), _BLANKS.sub("", url.strip(_AROUND)), count=1)
    if len(text) > MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(text)
        place = _place(parts)
    except ValueError:
        return None
    if place is None:
        return None
    path = _SESSION.sub("", _without_dots(_escaped(parts.path)))
    query = _query(parts.query)
    cleaned = f"{parts.scheme}://{place}{path}" + (f"?{query}" if query else "")
    return cleaned if len(cleaned) <= MAX_ADDRESS else None


def _place(parts: SplitResult) -> str | None:
    """Return host and port; None if there is no host that could be asked, or a user's name before it."""
    if parts.scheme not in _PORTS or "@" in parts.netloc or not parts.hostname:
        return None
    host, port = _host(parts.hostname), parts.port
    if host is None or port == 0:
        return None
    return host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"


def _host(name: str) -> str | None:
    if ":" in name:
        try:
            return f"[{IPv6Address(name)}]"
        except AddressValueError:
            return None
    name = name.removesuffix(".")
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    return name if len(name) < 254 and _HOST.fullmatch(name) else None


def _escaped(text: str) -> str:
    """Return a path or a query in which all that must be escaped is, and nothing else."""
    text = _TO_ESCAPE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text)
    return _ESCAPED.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


def _without_dots(path: str) -> str:
    """Return a path without `.` and `..` (RFC 3986, 5.2.4); it begins with a slash."""
    kept: list[str] = []
    parts = path.split("/")[1:] if path.startswith("/") else path.split("/")
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    pairs = _escaped(query.replace("&amp;", "&")).split("&")
    return "&".join(pair for pair in pairs if pair and not _TRACKING.fullmatch(pair.partition("=")[0]))


def shape(url: str) -> str:
    """Return what an address has in common with those that differ from it in numbers only, or in values of parameters.

    Calendars and other traps have few shapes and endless addresses; parameters in another order have the same shape.

    >>> shape("https://example.org/cal/2026/11/28?view=day&id=7"), shape("https://example.org/0f8fad5b-d9cb-469f-a165")
    ('https://example.org/cal/N/N/N?id=*&view=*', 'https://example.org/N')
    """
    head, _, query = url.partition("?")
    scheme, _, rest = head.partition("://")
    host, slash, path = rest.partition("/")
    names = sorted({_DIGITS.sub("N", pair.partition("=")[0]) for pair in query.split("&") if pair})
    alike = _DIGITS.sub("N", _LONG_NUMBER.sub("N", path))
    return f"{scheme}://{host}{slash}{alike}" + ("?" + "&".join(f"{name}=*" for name in names) if names else "")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which addresses belong to a site: those of one host, with or without `www.`, by http and https alike.

    `path` is the folder in which they must be, `port` the port where it is not the usual one, and `subdomains` says
    that all hosts below that one belong to the site too. As text: `*.example.org`, `example.org:8080/blog/`.
    """

    host: str
    path: str = "/"
    port: int | None = None
    subdomains: bool = False

    @classmethod
    def of(cls, url: str, *, whole_host: bool = True) -> Scope:
        """Return the scope of an address that is clean: its host, or only its folder. Raises `ValueError`."""
        cleaned = clean(url)
        if cleaned is None:
            raise ValueError(f"no address of a web site: {url[:200]!r}")
        parts = urlsplit(cleaned)
        folder = "/" if whole_host else parts.path.rpartition("/")[0] + "/"
        return cls(_bare(parts.hostname or ""), folder, parts.port)

    @classmethod
    def read(cls, text: str) -> Scope:
        """Return the scope that was written as text. Raises `ValueError` for what is none."""
        host = text.strip().removeprefix("*.")
        found = cls.of(f"http://{host}" if "://" not in host else host, whole_host=False)
        return cls(found.host, found.path, found.port, text.strip().startswith("*."))

    def __str__(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"{'*.' * self.subdomains}{self.host}{port}{'' if self.path == '/' else self.path}"


def in_scope(url: str, scope: Scope) -> bool:
    """Return whether an address that is clean belongs to a site."""
    try:
        parts = urlsplit(url)
        host, port = _bare(parts.hostname or ""), parts.port
    except ValueError:
        return False
    is_host = host == scope.host or (scope.subdomains and host.endswith(f".{scope.host}"))
    return is_host and port == scope.port and f"{parts.path}/".startswith(scope.path)


def _bare(host: str) -> str:
    name = host.removeprefix("www.")
    return f"[{name}]" if ":" in name else name
