"""What answers of live sites mean: one outcome each, what is kept, and when the address is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winnow.sites import judge
from winnow.sites.addresses import Scope, shape
from winnow.sites.exchange import Exchange
from winnow.sites.judge import ELSEWHERE, MAX_HOPS, Keep, Rules, Verdict
from winnow.sites.ledger import OUTCOMES, at
from winnow.sites.ledger_queue import Address
from winnow.sites.schedule import DAY, HOUR
from winnow.sites.soft404 import Probe
from winnow.sites.warc import Place, payload_digest

URL = "https://paper.example/news/boats"
NOW = datetime(2026, 11, 28, 3, tzinfo=UTC).timestamp()
PAGE = b"<!doctype html><html><head><title>Boats</title></head><body><p>Two boats are in the lock.</p></body></html>"
RULES = Rules("winnow", ("noindex", "noai", "tdm-reservation"), Scope("paper.example"))
NEW = Address(
    id=7, site_id=1, url=URL, host="paper.example", source_id=3, depth=0, hops=0, shape=shape(URL), published=None,
    found=at(NOW), found_run=1, every=0.0, due=at(NOW), etag=None, last_modified=None, payload_digest=None,
    captured=None, record_id=None, checks=0, changes=0, same=0, fails=0, state="new", why=None,
)  # fmt: skip
KNOWN = replace(
    NEW, every=DAY, etag='"a"', payload_digest=payload_digest(PAGE), captured=at(NOW - DAY), record_id="<urn:uuid:1>",
    checks=1, state="kept",
)  # fmt: skip
START = replace(KNOWN, source_id=None)


def answer(status: int = 200, body: bytes = PAGE, **headers: str) -> Exchange:
    headers = {"content_type": "text/html; charset=utf-8", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status} Words", *lines, "", ""]).encode("latin-1")
    return Exchange(URL, b"", head, body, NOW, 5)


def judged(address: Address, exchange: Exchange, rules: Rules = RULES) -> Verdict:
    return judge.judge(address, exchange, exchange.body, rules, NOW)


def days(verdict: Verdict) -> float:
    """Return the interval of an address in days."""
    return verdict.following.every / DAY


def test_a_page_that_is_new() -> None:
    verdict = judged(NEW, answer(etag='"a"', last_modified="Sat, 28 Nov 2026 01:00:00 GMT"))
    assert (verdict.outcome, verdict.why, verdict.keep) == ("new", None, Keep.PAGE)
    following = verdict.kept(Place("pages/x.warc.gz", 12, "<urn:uuid:9>"), at(NOW)).following
    assert (following.state, following.record_id, following.captured) == ("kept", "<urn:uuid:9>", at(NOW))
    assert (following.etag, following.last_modified) == ('"a"', "Sat, 28 Nov 2026 01:00:00 GMT")
    assert following.payload_digest == payload_digest(PAGE)
    assert (following.checks, following.changes, days(verdict)) == (1, 0, 1)
    assert following.due is not None
    assert NOW < following.due <= NOW + DAY


def test_a_page_that_has_changed_is_asked_sooner() -> None:
    verdict = judged(KNOWN, answer(body=PAGE + b" "))
    assert (verdict.outcome, verdict.keep, days(verdict)) == ("changed", Keep.PAGE, 0.5)
    assert (verdict.following.changes, verdict.following.same) == (1, 0)


@pytest.mark.parametrize(("exchange", "keep"), [(answer(304, b""), Keep.NOT_MODIFIED), (answer(), Keep.SAME)])
def test_a_page_that_is_the_same_is_asked_later_and_its_first_record_stays(exchange: Exchange, keep: Keep) -> None:
    verdict = judged(KNOWN, exchange).kept(Place("discovery/x.warc.gz", 12, "<urn:uuid:9>"), at(NOW))
    assert (verdict.outcome, verdict.keep, days(verdict)) == ("unchanged", keep, 1.5)
    assert (verdict.following.record_id, verdict.following.captured) == (KNOWN.record_id, KNOWN.captured)
    assert (verdict.following.etag, verdict.following.same) == ('"a"', 1)


def test_an_old_article_that_stays_the_same_is_done() -> None:
    old = replace(KNOWN, published="2026-10-01", same=2)
    verdict = judged(old, answer(304, b""))
    assert (verdict.following.state, verdict.following.due) == ("done", None)
    for other in (
        replace(old, same=1),
        replace(old, published="2026-11-20"),
        replace(START, published="2026-10-01", same=9),
    ):
        assert judged(other, answer(304, b"")).following.due is not None


def test_not_modified_for_what_was_never_kept_is_no_answer() -> None:
    verdict = judged(NEW, answer(304, b""))
    assert (verdict.outcome, verdict.following.state) == ("failed", "failing")


@pytest.mark.parametrize(
    ("target", "why", "found"),
    [
        ("/news/boats-and-locks?utm_source=x", None, "https://paper.example/news/boats-and-locks"),
        ("http://www.paper.example/news/boats", None, "http://www.paper.example/news/boats"),
        ("/thé".encode().decode("latin-1"), None, "https://paper.example/th%C3%A9"),
        ("boats#top", "redirect: onto itself", None),
        ("https://other.example/", "redirect: off site", None),
        ("http://169.254.169.254/latest", "redirect: off site", None),
        ("/login", "redirect: no page", None),
        ("javascript:void(0)", "redirect: nowhere", None),
        ("https://[broken/", "redirect: nowhere", None),
        ("", "redirect: nowhere", None),
    ],
)
def test_where_redirects_lead(target: str, why: str | None, found: str | None) -> None:
    verdict = judged(replace(NEW, depth=2, hops=1, published="2026-11-20"), answer(302, b"", location=target))
    assert (verdict.outcome, verdict.why, verdict.keep) == ("redirected", why, Keep.BESIDE)
    assert (verdict.following.state, days(verdict)) == ("redirected", 7)
    if found is None:
        assert verdict.found is None
    else:
        assert verdict.found is not None
        assert (verdict.found.url, verdict.found.depth, verdict.found.hops) == (found, 2, 2)
        assert verdict.found.published == "2026-11-20"


def test_redirects_end_and_lasting_ones_are_asked_rarely() -> None:
    assert judged(replace(NEW, hops=MAX_HOPS), answer(302, b"", location="/a")).why == "redirect: too many"
    assert days(judged(NEW, answer(301, b"", location="/a"))) == 90
    assert days(judged(START, answer(301, b"", location="/a"))) == 1


def test_pages_that_are_not_there_are_given_up_after_three_times_in_a_row() -> None:
    address = KNOWN
    seen = []
    for status in (404, 503, 404, 404, 404):
        following = judged(address, answer(status)).following
        seen.append((following.state, following.due is None))
        told = {name: getattr(following, name) for name in ("state", "every", "why", "fails", "checks", "captured")}
        address = replace(address, **told)
    assert seen == [("failing", False), ("kept", False), ("failing", False), ("failing", False), ("gone", True)]


def test_what_is_gone_for_good_is_given_up_at_once_but_never_the_beginning_of_a_site() -> None:
    assert judged(KNOWN, answer(410)).following.due is None
    assert judged(replace(START, fails=9, why="404"), answer(404)).following.due is not None
    assert judged(START, answer(410)).following.due is not None


def test_a_page_that_says_what_missing_ones_say_is_refused() -> None:
    rules = replace(RULES, probe=Probe.read(200, PAGE))
    verdict = judged(NEW, answer(), rules)
    assert (verdict.outcome, verdict.why, verdict.keep) == ("refused", "soft 404", Keep.BESIDE)
    assert verdict.following.due is not None
    assert judged(replace(NEW, why="soft 404", fails=2), answer(), rules).following.state == "gone"
    assert judged(replace(NEW, why="404", fails=2), answer(), rules).following.state == "refused"
    assert judged(NEW, answer(), replace(RULES, probe=Probe.read(404, PAGE))).outcome == "new"


def canonical(place: str) -> bytes:
    return PAGE.replace(b"<head>", f"<head><link rel=canonical href='{place}'>".encode())


def test_a_page_that_gives_itself_another_address_is_asked_there_from_now_on() -> None:
    address = replace(NEW, depth=2, published="2026-11-20")
    verdict = judged(address, answer(body=canonical("/news/the-boats?utm_source=x")))
    assert (verdict.outcome, verdict.keep) == ("new", Keep.PAGE)
    assert (verdict.following.state, verdict.following.due, verdict.following.why) == ("done", None, ELSEWHERE)
    assert verdict.found is not None
    assert (verdict.found.url, verdict.found.depth) == ("https://paper.example/news/the-boats", 2)
    assert (verdict.found.source_id, verdict.found.published) == (3, "2026-11-20")


@pytest.mark.parametrize(
    "place",
    [
        URL,
        "boats#top",
        "http://www.paper.example/news/boats/",
        "/",
        "https://paper.example",
        "https://other.example/news/boats",
        "/login",
        "mailto:ann@paper.example",
        "https://[broken/",
        "",
    ],
)
def test_an_address_that_is_no_other_one_changes_nothing(place: str) -> None:
    verdict = judged(NEW, answer(body=canonical(place)))
    assert (verdict.following.state, verdict.found) == ("kept", None)


def test_an_address_in_the_text_of_a_page_is_not_its_own() -> None:
    body = PAGE.replace(b"<p>", b"<p>canonical <link rel=canonical href=/other>")
    assert judged(NEW, answer(body=body)).found is None
    assert judged(START, answer(body=canonical("/other"))).found is None


@pytest.mark.parametrize(
    ("exchange", "why"),
    [
        (answer(x_robots_tag="noindex"), "noindex"),
        (answer(x_robots_tag="otherbot: noindex, winnow: noai"), "noai"),
        (answer(tdm_reservation="1"), "tdm-reservation"),
        (answer(body=b"<head><meta name=robots content=noindex></head>" + PAGE), "noindex"),
        (answer(content_type="application/pdf", body=b"%PDF-1.7"), "not a page"),
        (answer(content_type="application/xml", body=b"<urlset/>"), "not a page"),
        (answer(content_type="", body=b"\x89PNG"), "not a page"),
        (answer(204, b"", content_type=""), "not a page"),
    ],
)
def test_what_must_not_be_kept_or_is_no_page(exchange: Exchange, why: str) -> None:
    verdict = judged(NEW, exchange)
    assert (verdict.outcome, verdict.why, verdict.keep) == ("refused", why, Keep.HEAD)
    assert (verdict.following.state, days(verdict)) == ("refused", 7)
    assert days(judged(replace(NEW, fails=1), exchange)) == 14
    assert days(judged(replace(NEW, fails=50), exchange)) == 90
    assert days(judged(START, exchange)) == 1


def test_opt_outs_that_the_setting_does_not_name_are_not_heeded() -> None:
    assert judged(NEW, answer(x_robots_tag="noarchive")).outcome == "new"
    assert judged(NEW, answer(x_robots_tag="noindex"), replace(RULES, opt_out=())).outcome == "new"
    assert judged(NEW, answer(content_type="text/plain", body=b"<meta name=robots content=noindex>")).outcome == "new"


@pytest.mark.parametrize(
    "content_type", ["", "application/octet-stream", "TEXT/HTML", "application/xhtml+xml", "text/plain"]
)
def test_pages_by_their_type_or_their_bytes(content_type: str) -> None:
    assert judged(NEW, answer(content_type=content_type)).keep is Keep.PAGE


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, "refused"),
        (401, "refused"),
        (403, "refused"),
        (451, "refused"),
        (408, "failed"),
        (206, "failed"),
        (500, "failed"),
    ],
)
def test_other_statuses(status: int, outcome: str) -> None:
    verdict = judged(NEW, answer(status))
    assert (verdict.outcome, verdict.why, verdict.keep) == (outcome, str(status), Keep.BESIDE)


def test_failures_are_tried_less_and_less_and_what_was_kept_stays_kept() -> None:
    intervals = [days(judge.failed(replace(KNOWN, fails=fails), "time-out", NOW, Keep.NOTHING)) for fails in range(7)]
    assert intervals == [1, 2, 4, 8, 16, 30, 30]
    assert judge.failed(KNOWN, "time-out", NOW, Keep.NOTHING).following.state == "kept"
    assert judge.failed(NEW, "time-out", NOW, Keep.NOTHING).following.state == "failing"


def test_an_address_whose_host_is_held_stays_as_it_was() -> None:
    verdict = judge.held(KNOWN, "429")
    following = verdict.following
    assert verdict.outcome == "failed"
    assert (following.due, following.fails, following.state) == (NOW, 0, "kept")
    assert (following.record_id, following.every) == (KNOWN.record_id, KNOWN.every)


def test_headers_that_ask_for_a_change_only() -> None:
    assert judge.conditions('"a"', None) == {"If-None-Match": '"a"'}
    assert judge.conditions(None, None) == {}
    kept = judged(NEW, answer(etag="é", last_modified="x" * 501)).following
    assert (kept.etag, kept.last_modified) == (None, None)


@given(
    st.sampled_from([NEW, KNOWN, START, replace(KNOWN, fails=60, same=60)]),
    st.integers(100, 599),
    st.binary(max_size=60),
    st.dictionaries(
        st.sampled_from(["location", "etag", "content_type", "x_robots_tag"]), st.text("a/:;,é[?#%", max_size=9)
    ),
)
def test_each_answer_has_one_outcome(address: Address, status: int, body: bytes, headers: dict[str, str]) -> None:
    verdict = judged(address, answer(status, body, **headers))
    assert verdict.outcome in OUTCOMES
    assert (verdict.keep is Keep.PAGE) == (verdict.outcome in ("new", "changed"))
    assert (verdict.found is not None) <= (verdict.outcome in ("redirected", "new", "changed"))
    following = verdict.following
    assert HOUR <= following.every <= 90 * DAY
    assert following.due is None or following.due >= NOW
    assert (following.due is None) == (following.state in ("gone", "done"))
