"""Links that services lead through themselves, to count or to check them, and where such links lead."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

MOST = 100  # parameters of an address that are looked at, fewer than
# The parameters that hold the target, by the end of the host and the path.
_PARAMETERS = {
    "safelinks.protection.outlook.com": ("/", "url"),
    "facebook.com": ("/l.php", "u"),
    "instagram.com": ("/", "u"),
    "youtube.com": ("/redirect", "q"),
    "umblr.com": ("/redirect", "z"),
    "vk.com": ("/away.php", "to"),
    "zhihu.com": ("/", "target"),
    "slack-redir.net": ("/link", "url"),
    "duckduckgo.com": ("/l/", "uddg"),
    "steamcommunity.com": ("/linkfilter/", "url"),
    "urldefense.proofpoint.com": ("/v2/url", "u"),
}
_GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
_WRAPPED = re.compile(r"https?://urldefense\.(?:us|com|proofpoint\.com)/v3/__(https?:/{1,2}[^\s]+?)__;")
_ENCODED = str.maketrans("-_", "%/")  # as Proofpoint writes an address


def led_to(address: str) -> str:
    """Return where a link leads that goes through a service which counts or checks links; any other address as given.

    >>> led_to("https://www.google.com/url?q=https://lock.example/a&sa=D")
    'https://lock.example/a'
    """
    if "http" not in address[8:]:
        return address
    if wrapped := _WRAPPED.match(address):
        return re.sub(r"^(https?):/+", r"\1://", wrapped[1])
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:  # a broken host
        return address
    names = _names(host, parts.path)
    said = parse_qs(parts.query) if names and parts.query.count("&") < MOST else {}
    target = next((said[each][0] for each in names if each in said), "")
    if host.endswith("proofpoint.com"):
        target = unquote(target.translate(_ENCODED))
    return target if target.startswith(("https://", "http://")) else address


def _names(host: str, path: str) -> tuple[str, ...]:
    """Return the names of the parameters that hold the target at a host and a path."""
    if _GOOGLE.fullmatch(host) and path == "/url":
        return ("q", "url")
    found = (name for end, (at, name) in _PARAMETERS.items() if f".{host}".endswith(f".{end}") and path == at)
    return (*found,)[:1]
