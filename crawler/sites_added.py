"""What `scrapy sites add` takes: addresses of sites, and lists of feeds in OPML."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from winnow.items import WinnowError
from winnow.sites.addresses import Scope, clean, in_scope, shape
from winnow.sites.ledger import FEED, Site, add_site, host_of, sites, writing
from winnow.sites.ledger_queue import add_source
from winnow.sites.opml import NoOpml, Outline, read
from winnow.sites.schedule import LONGEST_SOURCE
from winnow.text import one_line


@dataclass(frozen=True, slots=True)
class Wanted:
    """What belongs to a site: its host, only the folder of its address, or subdomains too; and its sources by kind."""

    folder: bool = False
    subdomains: bool = False
    sources: Mapping[str, Sequence[str]] = field(default_factory=dict)


def add(db: sqlite3.Connection, names: Sequence[str], wanted: Wanted, now: float) -> list[str]:
    """Add sites by their addresses and the files that list feeds, all or none; return a line for each.

    Raises `WinnowError` for what is no address and no list.
    """
    if len(names) > 1 and any(wanted.sources.values()):
        raise WinnowError("a feed or sitemap belongs to one site: add the others by themselves")
    with writing(db):
        return [line for name in names for line in _added(db, name, wanted, now)]


def _added(db: sqlite3.Connection, name: str, wanted: Wanted, now: float) -> Iterator[str]:
    if Path(name).is_file():
        for outline in _outlines(Path(name)):
            yield _add(db, _home(outline), replace(wanted, sources={FEED: [outline.feed]}), now)
    elif "://" not in name and (name.endswith(".opml") or name.startswith(("/", "."))):  # no host is called so
        raise WinnowError(f"there is no file {one_line(name)}")
    else:
        yield _add(db, name, wanted, now)


def _outlines(path: Path) -> list[Outline]:
    try:
        found = read(path.read_bytes())
    except (NoOpml, OSError) as error:
        raise WinnowError(f"{path} cannot be read: {error}") from None
    if not found:
        raise WinnowError(f"{path} lists no feed: an OPML file has them as outlines with an xmlUrl")
    return found


def _home(outline: Outline) -> str:
    """Return the address of a feed's site, if the list has none that of the home page at the feed's host."""
    return outline.site or "{0.scheme}://{0.netloc}/".format(urlsplit(outline.feed))


def _add(db: sqlite3.Connection, name: str, wanted: Wanted, now: float) -> str:
    """Add a site unless it is known, and its sources; return what was done."""
    url = address(name)
    scope = replace(Scope.of(url, whole_host=not wanted.folder), subdomains=wanted.subdomains)
    site_id = add_site(db, url, str(scope), now, shape(url))
    is_new = site_id is not None
    known: object = scope
    if site_id is None:
        site_id, known = db.execute("select id, scope from sites where url = ?", (url,)).fetchone()
    sources = [(kind, address(each)) for kind, listed in wanted.sources.items() for each in listed]
    added = [each for kind, each in sources if add_source(db, site_id, each, kind, LONGEST_SOURCE, now)]
    more = f", with {', '.join(added)}" if added else ""
    return f"{'added' if is_new else 'known already'}: {url} (all below {known}{more})"


def address(name: str) -> str:
    """Return an address in the form in which it is known. Raises `WinnowError` for what is none."""
    url = clean(name if "://" in name else f"https://{name}")
    if url is None:
        raise WinnowError(f"{one_line(name)} is no address of a web site: write it as https://example.org/")
    return url


def find(db: sqlite3.Connection, name: str) -> list[Site]:
    """Return the site with an address, or the sites of a host. Raises `WinnowError` if there is none."""
    known = sites(db)
    url = clean(name if "://" in name else f"https://{name}")
    found = [site for site in known if site.url == url] or [site for site in known if name == host_of(site.url)]
    if not found and url:
        found = [site for site in known if in_scope(url, Scope.read(site.scope)) and urlsplit(url).path == "/"]
    if not found:
        raise WinnowError(f"no site is known as {one_line(name)}: `scrapy sites list` names them")
    return found
