"""Pages that are gone, as a web archive still has them: which capture to take, and how it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from winnow.items import WinnowError
from winnow.sites import cdx, links
from winnow.sites.exchange import Exchange, unpacked
from winnow.sites.ledger import host_of

MAX_REDIRECTS = 3  # of an archive, from the moment that was asked for to the nearest one that it has
MAX_INDEX = 16 << 20  # bytes that an index answers
NO_ARCHIVE = "in no archive"
_LATER = (429, 503)

Fetch = Callable[[str], Awaitable["Exchange | str"]]  # an answer, or why there is none


@dataclass(frozen=True, slots=True)
class Archive:
    """Where an archive's index answers, and where its captures stand: with `{timestamp}` and `{url}`."""

    index: str = cdx.SERVER
    pages: str = cdx.REPLAY


@dataclass(frozen=True, slots=True)
class Recovered:
    """A page as an archive has it: the answer, with the page's address and the capture's moment; and from where."""

    exchange: Exchange
    capture: cdx.Capture
    via: str


class ArchiveBusy(WinnowError):
    """Raised when an archive does not answer, or asks to be left alone; the message says which, and what to do."""


async def recover(url: str, gone: datetime | None, archive: Archive, fetch: Fetch) -> Recovered | None:
    """Return a gone page as an archive has it; None if it has none. `gone` is when the page was seen to be gone.

    Raises `ArchiveBusy`.
    """
    asked = cdx.query(url, archive.index)
    answer = await fetch(asked)
    if isinstance(answer, str) or answer.status != 200:
        if not isinstance(answer, str) and answer.status == 404:
            return None  # how some servers say that they have nothing
        raise ArchiveBusy(_busy(asked, answer))
    try:
        capture = cdx.best(cdx.read(unpacked(answer, MAX_INDEX)), gone, url)
    except (cdx.NoCaptures, ValueError) as error:
        raise ArchiveBusy(f"{host_of(asked)} does not answer as an index of captures does: {error}") from None
    if capture is None:
        return None
    return await _fetched(url, capture, cdx.replay(capture, archive.pages), fetch)


async def _fetched(url: str, capture: cdx.Capture, via: str, fetch: Fetch) -> Recovered | None:
    for _ in range(MAX_REDIRECTS + 1):
        answer = await fetch(via)
        if isinstance(answer, str) or answer.status in _LATER:
            raise ArchiveBusy(_busy(via, answer))
        target = answer.field("location") if 300 <= answer.status < 400 else None
        if target is None:
            if answer.status != 200 or answer.truncated:
                return None
            return Recovered(replace(answer, url=url, at=capture.at.timestamp()), capture, via)
        following = links.joined(via, target)
        if following is None or host_of(following) != host_of(via):
            return None
        via = following
    return None


def _busy(asked: str, answer: Exchange | str) -> str:
    why = answer if isinstance(answer, str) else f"status {answer.status}"
    return f"{host_of(asked)} did not answer ({why}): what came so far is kept, run again later to go on"
