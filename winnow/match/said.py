"""What persons have said of pages, gathered by the bytes of each page; it goes before what Winnow finds by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from winnow.corrections import Action, Correction
from winnow.fingerprint import fingerprint
from winnow.items import Article, Kind, Reason, Rejection
from winnow.reading import Reading
from winnow.text import one_line, storable

REJECTED = "rejected by a person"


@dataclass(slots=True)
class OfPage:
    """What holds of a page: each number is the place of a correction among all, from 1; the later one goes first.

    `begins`: the page begins an article of its own. `joins` are SHA-256 of the pages whose article it carries too.
    `is_article` says whether it carries an article at all, None where nobody has said so. `pinned` is 0 for a page that
    is not pinned. `fields` has what is set (None: cleared).
    """

    begins: bool = False
    joins: dict[str, int] = field(default_factory=dict)
    is_article: bool | None = None
    pinned: int = 0
    fields: dict[str, tuple[int, str | None]] = field(default_factory=dict)


Said = Mapping[str, OfPage]  # by the SHA-256 of the page's bytes


def gather(corrections: Iterable[Correction]) -> Said:
    """Return what corrections say together; of two that contradict each other the later one holds."""
    said: dict[str, OfPage] = {}
    for place, each in enumerate(sorted(corrections, key=lambda correction: correction.moment), 1):
        page = said.setdefault(each.sha256, OfPage())
        match each.action:
            case Action.SPLIT:
                page.begins = True
                for other in page.joins:
                    del said[other].joins[each.sha256]
                page.joins.clear()
            case Action.MERGE:
                assert each.other
                page.joins[each.other] = said.setdefault(each.other, OfPage()).joins[each.sha256] = place
            case Action.ACCEPT | Action.REJECT:
                page.is_article = each.action is Action.ACCEPT
            case Action.PIN:
                page.pinned = place
            case Action.SET | Action.CLEAR:
                assert each.field
                page.fields[each.field] = place, each.value
    return said


def as_said(reading: Reading, said: Said) -> Reading:
    """Return a reading as a person has said: accepted with the text that was refused, or rejected.

    A rejected one keeps its article, for the day on which the correction is taken back; `overruled` says what Winnow
    had found. Where there is no text to accept, and where Winnow finds no article either, the reading stays as it is.
    """
    told = said.get(reading.sha256 or "") if said else None
    if told is None or told.is_article is None or reading.overruled:
        return reading
    if told.is_article:
        return _accepted(reading, reading.rejection) if reading.rejection and reading.rejection.text else reading
    return _rejected(reading, reading.article) if reading.article else reading


def _accepted(reading: Reading, rejection: Rejection) -> Reading:
    text, kind = storable(rejection.text), rejection.kind
    found = {"reason": rejection.reason, "detail": rejection.detail, "kind": kind}
    article = Article(text, kind=kind or Kind.ARTICLE, title=one_line(text.strip().partition("\n")[0]) or None)
    accepted = replace(reading, article=article, fingerprint=fingerprint(text), rejection=None)
    return replace(accepted, overruled=json.dumps(found, ensure_ascii=False))


def _rejected(reading: Reading, article: Article) -> Reading:
    found = {"kind": article.kind, "markdown": storable(article.markdown) or None}
    detail = f"{REJECTED} [{article.note}]" if article.note else REJECTED
    rejection = Rejection(Reason.NO_ARTICLE, detail, article.text)
    return replace(reading, rejection=rejection, overruled=json.dumps(found, ensure_ascii=False))


def before_said(reading: Reading) -> Reading:
    """Return a reading with what Winnow had found where a person has overruled that; any other as it is."""
    if reading.overruled is None or reading.article is None:
        return reading
    found, article = json.loads(reading.overruled), reading.article
    kind = found["kind"] and Kind(found["kind"])
    if "reason" in found:
        rejection = Rejection(Reason(found["reason"]), found["detail"], article.text, kind)
        return replace(reading, article=None, fingerprint=None, rejection=rejection, overruled=None)
    article = replace(article, kind=kind, markdown=found["markdown"] or "")
    return replace(reading, article=article, overruled=None)


def latest_fields(said: Said, pages: Iterable[str]) -> dict[str, str | None]:
    """Return what is set in the article that these pages carry, by field (None: cleared); the latest of each."""
    places: dict[str, tuple[int, str | None]] = {}
    for sha256 in pages:
        for name, told in said[sha256].fields.items():
            places[name] = max(places.get(name, told), told, key=lambda each: each[0])
    return {name: value for name, (_, value) in places.items()}


def pinned(said: Said, sha256: str | None) -> int:
    """Return the place of the correction by which a page is pinned, 0 where there is none."""
    told = said.get(sha256 or "")
    return told.pinned if told else 0
