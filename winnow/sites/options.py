"""What can be set about live sites, read once and checked."""

from __future__ import annotations

import contextlib
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

from winnow import __version__
from winnow.items import StartError
from winnow.sites.addresses import clean
from winnow.sites.archived import Archive
from winnow.sites.ledger import host_of
from winnow.sites.optout import KINDS
from winnow.sites.private import Allowed

AGENT = "winnow"  # the name by which robots.txt and others may speak to the crawler
RESPECTED = ("noindex", "noai", "tdm-reservation")  # unless the setting OPT_OUT says otherwise
LEAST_DELAY = 1.0  # seconds, at hosts of others
_CONTACT = re.compile(r"[^@\s()<>]+@[^@\s()<>]+\.[^@\s()<>]+|https?://[^\s()<>]+")
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Settings(Protocol):
    """The part of Scrapy's settings that is needed here."""

    def get(self, name: Any, default: Any = None) -> Any: ...


@dataclass(frozen=True, slots=True)
class SitesOptions:
    """What a crawl of live sites can be told (see docs/settings.md); `opt_out` has kinds of `optout.KINDS`.

    `minutes` is how long a run may fetch, 0 for as long as anything is due.
    """

    folder: Path
    contact: str
    private: Allowed
    delay: float = LEAST_DELAY
    max_new: int = 2000
    opt_out: frozenset[str] = frozenset(RESPECTED)
    minutes: float = 0.0
    archive: Archive = field(default_factory=Archive)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Return the options. Raises `StartError` for a value of no use, and without the address of a contact."""
        contact = str(settings.get("USER_AGENT_CONTACT") or "").strip()
        if not _CONTACT.fullmatch(contact):
            given = f"USER_AGENT_CONTACT={contact} cannot be used" if contact else "USER_AGENT_CONTACT is not set"
            raise StartError(
                f"{given}: sites are told whom to write to, such as -s USER_AGENT_CONTACT=you@example.org or the"
                " address of a page"
            )
        return cls(
            folder=folder_of(settings),
            contact=contact,
            private=Allowed.read(settings.get("PRIVATE_HOSTS") or "", "PRIVATE_HOSTS"),
            delay=_number(settings, "DELAY", LEAST_DELAY, "seconds, such as 2 or 0.5"),
            max_new=_count(settings, "MAX_NEW", 2000),
            opt_out=_kinds(settings.get("OPT_OUT", ",".join(RESPECTED))),
            archive=_archive(settings),
            minutes=_number(settings, "FETCH_MINUTES", 0.0, "minutes, such as 180; 0 sets no limit"),
        )

    @property
    def user_agent(self) -> str:
        """Return how the crawler names itself, and whom to write to."""
        return f"{AGENT}/{__version__} (+{self.contact})"

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of each request."""
        return {"User-Agent": self.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}

    def pause(self, url: str) -> float:
        """Return the seconds between two requests to the host of an address, a second at least unless it is private."""
        return self.delay if self.private.names_host(host_of(url)) else max(self.delay, LEAST_DELAY)


def folder_of(settings: Settings) -> Path:
    """Return the folder of the ledger and of what is kept of the sites."""
    return Path(str(settings.get("SITES_FOLDER") or "sites")).expanduser().absolute()


def _number(settings: Settings, name: str, default: float, what: str) -> float:
    given = settings.get(name, default)
    with contextlib.suppress(ValueError, TypeError):
        if 0 <= (number := float(given)) < math.inf:
            return number
    raise StartError(f"{name}={given} cannot be used: give {what}")


def _archive(settings: Settings) -> Archive:
    default = Archive()
    found = Archive(
        str(settings.get("ARCHIVE_INDEX") or default.index), str(settings.get("ARCHIVE_PAGES") or default.pages)
    )
    if clean(found.index) is None:
        raise StartError(
            f"ARCHIVE_INDEX={found.index} cannot be used: give the address of an index, as {default.index}"
        )
    if "{timestamp}" not in found.pages or "{url}" not in found.pages:
        raise StartError(f"ARCHIVE_PAGES={found.pages} cannot be used: give an address as {default.pages}")
    return found


def _count(settings: Settings, name: str, default: int) -> int:
    given = settings.get(name, default)
    with contextlib.suppress(ValueError, TypeError):
        if (number := int(given)) >= 1:
            return number
    raise StartError(f"{name}={given} cannot be used: give a whole number from 1 on")


def _kinds(given: Any) -> frozenset[str]:
    names = [name.strip() for name in given.split(",")] if isinstance(given, str) else list(given)
    if names == ["all"]:
        return frozenset(KINDS)
    if names in ([], [""], ["none"]):
        return frozenset()
    if unknown := [name for name in names if name not in KINDS]:
        raise StartError(f"OPT_OUT={given} cannot be used: there is no {unknown[0]}; there are {', '.join(KINDS)}")
    return frozenset(names)
