"""What an answer means: its outcome, what is kept of it, and when its address is asked again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from urllib.parse import urljoin, urlsplit

from winnow.formats import begins_as_html
from winnow.sites import optout
from winnow.sites.addresses import Scope, clean, in_scope, refusal, shape
from winnow.sites.exchange import Exchange
from winnow.sites.ledger import at
from winnow.sites.ledger_queue import Address, Found, Next, kept
from winnow.sites.links import canonical
from winnow.sites.schedule import DAY, is_gone, is_settled, page_interval
from winnow.sites.soft404 import Probe
from winnow.sites.warc import Place, payload_digest
from winnow.sources.containers.stated import MEDIA_TYPES
from winnow.times import instant

MAX_HOPS = 5
MAX_DEPTH = 3
HELD = (429, 503)  # statuses by which a host asks for fewer requests
REDIRECTS = (301, 302, 303, 307, 308)
ELSEWHERE = "canonical: another address"
_PERMANENT = (301, 308)
_GONE = (404, 410)
_EARLIER = 6 * 3600.0  # seconds that a page is due earlier, so that a run at the same hour of the night finds it due
_UNSURE = ("", "application/octet-stream", "binary/octet-stream", "application/unknown")


class Keep(Enum):
    """What is kept of an answer."""

    PAGE = "as a page"
    BESIDE = "beside the pages: redirects, errors, what is no page"
    HEAD = "its head alone: what must not be kept, or is no page"
    NOT_MODIFIED = "as a revisit, since the server said that nothing has changed"
    SAME = "as a revisit, since it is the same"
    NOTHING = "nothing: there was no answer"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means: outcome and why, what is kept, what its address is from now on, and where it led to."""

    outcome: str
    why: str | None
    keep: Keep
    following: Next
    redirected_to: str | None = None
    found: Found | None = None

    def kept(self, place: Place | None, captured: str) -> Verdict:
        """Return the verdict with the place of a page's capture, to which later revisits point."""
        if self.keep is not Keep.PAGE or place is None:
            return self
        return replace(self, following=replace(self.following, record_id=place.record_id, captured=captured))


@dataclass(frozen=True, slots=True)
class Rules:
    """What answers are judged by: the crawler's name, which opt-outs are respected, and what the site holds."""

    agent: str
    opt_out: Collection[str]
    scope: Scope
    probe: Probe | None = None


def due_after(now: float, every: float) -> float:
    """Return when an address is due that was asked now, in seconds since 1970."""
    return now + every - min(every / 4, _EARLIER)


def judge(address: Address, exchange: Exchange, content: bytes, rules: Rules, now: float) -> Verdict:
    """Return what an answer means; `content` is its body without content coding, `now` in seconds since 1970."""
    status = exchange.status
    if status == 304:
        if address.captured is None:
            return failed(address, "304 unasked", now, Keep.BESIDE)
        return _unchanged(address, exchange, Keep.NOT_MODIFIED, now)
    if status in REDIRECTS:
        return _redirected(address, exchange, rules, now)
    if status in _GONE:
        return _gone(address, str(status), status, Keep.BESIDE, now)
    if 400 <= status < 500 and status not in (408, 425, 429):
        return refused(address, str(status), now, Keep.BESIDE)
    if not 200 <= status < 300 or status == 206:
        return failed(address, str(status), now, Keep.BESIDE)
    return _answered(address, exchange, content, rules, now)


def _answered(address: Address, exchange: Exchange, content: bytes, rules: Rules, now: float) -> Verdict:
    if not is_page(exchange, content):
        return refused(address, "not a page", now, Keep.HEAD)
    head = b"" if exchange.media_type == "text/plain" else content[: optout.LOOKED_AT]
    said = [each.kind for each in optout.found(exchange.fields, head, rules.agent) if each.kind in rules.opt_out]
    if said:
        return refused(address, said[0], now, Keep.HEAD)
    if rules.probe and rules.probe.says_the_same(content, address.url):
        return _missing(address, now)
    digest = payload_digest(exchange.body)
    if address.captured and digest == address.payload_digest:
        return _unchanged(address, exchange, Keep.SAME, now)
    is_new = address.captured is None
    every = _interval(address, None if is_new else True)
    etag, last_modified = validators(exchange)
    following = Next(
        state="kept",
        etag=etag,
        last_modified=last_modified,
        every=every,
        due=due_after(now, every),
        payload_digest=digest,
        captured=at(exchange.at),
        checks=address.checks + 1,
        changes=address.changes + (not is_new),
    )
    outcome = "new" if is_new else "changed"
    other = None if is_start(address) else _other_address(address, exchange, content, rules)
    if other is None:
        return Verdict(outcome, None, Keep.PAGE, following)
    # One article may have thousands of addresses: from now on it is asked at the one that it gives itself.
    following = replace(following, state="done", due=None, why=ELSEWHERE)
    found = Found(other, shape(other), address.depth, address.source_id, address.published)
    return Verdict(outcome, None, Keep.PAGE, following, found=found)


def _other_address(address: Address, exchange: Exchange, content: bytes, rules: Rules) -> str | None:
    """Return the address that a page gives itself, if that is another one of the site; None for the same one.

    A site's front page is what a careless template names on all pages. The scheme, `www.` and a slash at the end make
    no other page: servers redirect from one to the other.
    """
    stated = canonical(content, address.url, exchange.charset)
    other = clean(stated) if stated else None
    if other is None or not in_scope(other, rules.scope) or refusal(other) or not urlsplit(other).path.strip("/"):
        return None
    return None if _apart_from_form(other) == _apart_from_form(address.url) else other


def _apart_from_form(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def is_page(exchange: Exchange, content: bytes) -> bool:
    """Return whether an answer is read as a page: by its type, or by its content where the type says little."""
    media_type = exchange.media_type
    return media_type in MEDIA_TYPES or (media_type in _UNSURE and begins_as_html(content[:4096]))


def _unchanged(address: Address, exchange: Exchange, keep: Keep, now: float) -> Verdict:
    every = _interval(address, False)
    moment = datetime.fromtimestamp(now, UTC)
    is_done = not is_start(address) and is_settled(address.same + 1, instant(address.published), moment)
    etag, last_modified = validators(exchange)
    following = replace(
        _as_before(address),
        state="done" if is_done else "kept",
        why=None,
        every=every,
        due=None if is_done else due_after(now, every),
        etag=etag or address.etag,
        last_modified=last_modified or address.last_modified,
        checks=address.checks + 1,
        same=address.same + 1,
        fails=0,
    )
    return Verdict("unchanged", None, keep, following)


def _redirected(address: Address, exchange: Exchange, rules: Rules, now: float) -> Verdict:
    target = location(exchange)
    every = 90 * DAY if exchange.status in _PERMANENT else 7 * DAY
    if is_start(address):
        every = DAY
    before = replace(_as_before(address), checks=address.checks + 1, fails=0)
    following = replace(before, state="redirected", every=every, due=due_after(now, every))
    found = None
    if target is None:
        why: str | None = "redirect: nowhere"
    elif target == address.url:
        why = "redirect: onto itself"
    elif not in_scope(target, rules.scope):
        why = "redirect: off site"
    elif address.hops >= MAX_HOPS:
        why = "redirect: too many"
    elif refusal(target):
        why = "redirect: no page"
    else:
        why = None
        found = Found(target, shape(target), address.depth, address.source_id, address.published, hops=address.hops + 1)
    return Verdict("redirected", why, Keep.BESIDE, replace(following, why=why), target, found)


def location(exchange: Exchange) -> str | None:
    """Return where a redirect leads to, clean; None if that is no address."""
    stated = exchange.field("location")
    if not stated:
        return None
    try:
        # Servers send foreign letters as bytes of UTF-8.
        return clean(urljoin(exchange.url, stated.encode("latin-1").decode("utf-8", "replace")))
    except ValueError:
        return None


def _gone(address: Address, why: str, status: int, keep: Keep, now: float) -> Verdict:
    fails = address.fails + 1 if address.why == why else 1  # in a row: a time-out in between says nothing
    is_over = is_gone(status, fails) and not is_start(address)
    following = replace(
        _as_before(address),
        state="gone" if is_over else "failing",
        why=why,
        every=DAY,
        due=None if is_over else due_after(now, DAY),
        checks=address.checks + 1,
        fails=fails,
    )
    return Verdict("gone", why, keep, following)


def _missing(address: Address, now: float) -> Verdict:
    """Return the verdict on a page that says what missing ones say, with status 200: in the end it is gone as well."""
    why = "soft 404"
    verdict = refused(address, why, now, Keep.BESIDE)
    if address.why != why or not is_gone(404, address.fails + 1):
        return verdict
    return replace(verdict, following=replace(verdict.following, state="gone", due=None))


def refused(address: Address, why: str, now: float, keep: Keep = Keep.NOTHING) -> Verdict:
    """Return the verdict on an address that may not be asked or kept; it is tried again in a week, then less often."""
    every = DAY if is_start(address) else min(7 * DAY * 2.0 ** min(address.fails, 10), 90 * DAY)
    following = replace(
        _as_before(address),
        state="refused",
        why=why,
        every=every,
        due=due_after(now, every),
        checks=address.checks + (keep is not Keep.NOTHING),
        fails=address.fails + 1,
    )
    return Verdict("refused", why, keep, following)


def failed(address: Address, why: str, now: float, keep: Keep) -> Verdict:
    """Return the verdict on an address without a sound answer; it is tried again the next night, then less often."""
    every = DAY if is_start(address) else min(DAY * 2.0 ** min(address.fails, 10), 30 * DAY)
    following = replace(
        _as_before(address),
        state="kept" if address.captured else "failing",
        why=why,
        every=every,
        due=due_after(now, every),
        fails=address.fails + 1,
    )
    return Verdict("failed", why, keep, following)


def held(address: Address, why: str) -> Verdict:
    """Return the verdict on an address whose host asks for fewer requests: it stays as it was, and due."""
    return Verdict("failed", why, Keep.BESIDE, replace(_as_before(address), fails=address.fails))


def is_start(address: Address) -> bool:
    """Return whether an address is a site's own, at which its crawl begins, or the one to which that leads."""
    return address.depth == 0 and address.source_id is None


def _interval(address: Address, changed: bool | None) -> float:
    first = address.captured is None or not address.every
    every = page_interval(None if first else address.every, changed)
    return min(every, DAY) if is_start(address) else every


def _as_before(address: Address) -> Next:
    return Next(
        state=address.state,
        every=address.every,
        due=None if address.due is None else datetime.fromisoformat(address.due).timestamp(),
        why=address.why,
        checks=address.checks,
        changes=address.changes,
        same=address.same,
        fails=address.fails,
        **kept(address),
    )


def validators(exchange: Exchange) -> tuple[str | None, str | None]:
    """Return what a later request can ask with whether the answer is still the same: ETag and Last-Modified."""
    return _storable(exchange.field("etag")), _storable(exchange.field("last-modified"))


def _storable(value: str | None) -> str | None:
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers of a request that asks for an answer only if it has changed."""
    stated = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in stated.items() if value}
