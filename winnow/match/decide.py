"""Decide by its text whether a page carries an article that is already known: as a copy, an excerpt or a new state.

A page's parent is the page's best verified match among earlier pages, and its article is the parent's article.
Candidates come from shared sketch hashes. Each candidate is verified on the full texts, so a shared hash alone decides
nothing. A page that joins an article becomes the article's canonical page where it is better than the present one, or
where it shows that the article has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from winnow.decision import KnownPage, Verdict
from winnow.items import Reason
from winnow.match.kinship import refusal
from winnow.match.overlap import MIN_CONTAINMENT, MIN_SIZE_RATIO, Overlap, compare, resemblances
from winnow.reading import Extraction

MIN_WORDS = 30  # texts of fewer words match only when equal: too few shingles to tell a quote from a copy
MIN_CLEAN_AT_SAME_PATH = 0.7
MIN_SHARED_HASHES = 2
MIN_FULL_RATIO = 0.8  # of a longer page's size; a shorter page may have been cut and never takes the longer one's place
MIN_GAIN = 0.02  # of confidence; a smaller difference tells no better than a coin which of two pages is cleaner
MAX_VERIFIED = 32  # candidates verified per page, those with most shared hashes first


class Index(Protocol):
    """What dedupe asks about the pages known so far."""

    def page_with_digest(self, digest: str) -> KnownPage | None:
        """Return the earliest page whose normalised text has this digest."""

    def candidates(self, sketch: list[int]) -> Iterable[tuple[KnownPage, int]]:
        """Return earlier pages and the number of sketch hashes shared with each."""

    def extraction(self, page_id: int) -> Extraction:
        """Return what was extracted from a page."""

    def stated(self, digest: str, url: str) -> Stated | None:
        """Return when earlier pages with this digest stated this address; None if there is no such page."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Words that stood at an address. `captured` is when they were last captured there, None where that is unknown."""

    captured: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """The best verified match: the page, and the overlaps with it and with its article's canonical page."""

    page: KnownPage
    overlap: Overlap
    with_canonical: Overlap

    @property
    def is_copy(self) -> bool:
        """Return whether the rule calls the page the same article at similar length, by either of the two."""
        return self.overlap.is_copy or self.with_canonical.is_copy

    @property
    def is_cut(self) -> bool:
        """Return whether the page is so much shorter than the canonical page that it can only be a part of that."""
        return self.with_canonical.ratio < MIN_SIZE_RATIO and not self.with_canonical.known_is_smaller


def decide(page: Extraction, index: Index, previous: KnownPage | None = None) -> Verdict:
    """Return what a page's text says about it, beside the pages known so far.

    `previous` is an article's canonical page that was read earlier at the same path, if there is one. Where the new
    text still matches `previous`, the article itself has changed.
    """
    if previous is not None:
        verdict = _decide_changed(page, index, previous)
        if verdict:
            return verdict
    same = index.page_with_digest(page.text.digest)
    if same:
        detail = f"the same {page.text.word_count} words as page {same.page_id}"
        overlap = compare(page.text, page.text)
        with_canonical = compare(page.text, index.extraction(same.canonical_id).text)
        return _joined(page, index, Match(same, overlap, with_canonical), Reason.SAME_TEXT, detail)
    match = best_match(page, index)
    if match is None:
        return Verdict(Reason.NEW, "no earlier page carries this text")
    detail = f"{match.overlap} with page {match.page.page_id}"
    if match.overlap.is_copy:
        return _joined(page, index, match, Reason.NEAR_DUPLICATE, detail)
    if match.overlap.known_is_smaller:
        return _joined(page, index, match, Reason.NEAR_DUPLICATE, f"the full text of an excerpt: {detail}")
    return _joined(page, index, match, Reason.EXCERPT, f"an excerpt: {detail}")


def decide_copy(page: Extraction | None, index: Index, same: KnownPage) -> Verdict:
    """Let a page with the bytes of the earlier page `same` join that page's article.

    `page` is given where no page with these bytes was captured earlier, and where the article's address says these
    words again: then it may become the canonical page. It must have the same words for that, which is not certain: a
    charset declared beside the bytes can change them.
    """
    detail = f"the same file as page {same.page_id}"
    if page and page.text.digest == index.extraction(same.page_id).text.digest:
        canonical = index.extraction(same.canonical_id)
        match = Match(same, compare(page.text, page.text), compare(page.text, canonical.text))
        is_again = _is_other_state(page, canonical, match) and _is_later(page, canonical, index)
        if is_again or _is_earlier(page, canonical):
            return _joined(page, index, match, Reason.SAME_BYTES, detail)
    return Verdict(Reason.SAME_BYTES, detail, same, same.similarity)


def said_again(captured: str | None, index: Index, same: KnownPage) -> Extraction | None:
    """Return what a capture says that has the bytes of `same`, another text at the article's address; else None."""
    if captured is None or same.is_canonical:
        return None
    again = index.extraction(same.page_id)
    is_at_its_address = again.url is not None and again.url == index.extraction(same.canonical_id).url
    return replace(again, captured=captured) if is_at_its_address else None


def decide_merged(page: Extraction, index: Index, other: KnownPage) -> Verdict:
    """Let a page join another's article, as a person has said, whatever the two have in common."""
    canonical = index.extraction(other.canonical_id).text
    overlap = compare(page.text, index.extraction(other.page_id).text)
    detail = f"merged with page {other.page_id} by a person: {overlap}"
    match = Match(other, overlap, compare(page.text, canonical))
    return _joined(page, index, match, overlap.as_duplicate, detail)


def hold_pins(verdict: Verdict, page: Extraction, index: Index, pinned: Callable[[str | None], int]) -> Verdict:
    """Return a verdict by which the page that a person has pinned last is the canonical page of its article.

    `pinned` returns a number for the SHA-256 of a page's bytes, the higher the later it was pinned, 0 for never.
    """
    if verdict.parent is None:
        return verdict
    canonical = index.extraction(verdict.parent.canonical_id)
    own, other = pinned(page.sha256), pinned(canonical.sha256)
    if own > other:
        detail = f"pinned by a person: {verdict.detail}"
        return replace(verdict, reason=Reason.CHANGED, detail=detail, takes_over=True)
    if other and verdict.takes_over:
        detail = f"page {verdict.parent.canonical_id} is pinned by a person, else: {verdict.detail}"
        overlap = compare(page.text, canonical.text)
        kept = replace(verdict, reason=overlap.as_duplicate, detail=detail, takes_over=False, is_revision=False)
        return replace(kept, similarity=round(overlap.containment, 4))
    return verdict


def best_match(page: Extraction, index: Index) -> Match | None:
    """Return the verified match with the highest resemblance, of equal ones the earliest page; None without a match.

    A copy in the article that has the page's own address goes before all others. A text that is longer than the excerpt
    that it matches must match the article's canonical page too: otherwise the text could join, through the excerpt, an
    article that it only quotes.
    """
    if page.text.word_count < MIN_WORDS:
        return None
    found = [(count, known) for known, count in index.candidates(page.text.sketch) if count >= MIN_SHARED_HASHES]
    found.sort(key=lambda item: (-item[0], item[1].page_id))
    closest = _closest(page, [known for _, known in found[:MAX_VERIFIED]], index)
    there = [known for known in closest if page.url and page.url == index.extraction(known.canonical_id).url]
    copies = (match for known in there if (match := _verified(page, known, index)) and match.overlap.is_copy)
    matches = (match for known in closest if (match := _verified(page, known, index)))
    return next(copies, None) or next(matches, None)


def _closest(page: Extraction, candidates: Sequence[KnownPage], index: Index) -> list[KnownPage]:
    """Return pages by their resemblance to a page, the closest first, of equal ones the earliest."""
    texts = [index.extraction(known.page_id).text for known in candidates]
    found = zip(resemblances(page.text, texts), candidates, strict=True)
    return [known for _, known in sorted(found, key=lambda item: (-item[0], item[1].page_id))]


def _verified(page: Extraction, candidate: KnownPage, index: Index) -> Match | None:
    """Return how a page matches a candidate; None if the rule does not call the two one article."""
    known = index.extraction(candidate.page_id)
    overlap = compare(page.text, known.text)
    if known.text.word_count < MIN_WORDS or not overlap.is_match or refusal(page, known, overlap):
        return None
    is_canonical = candidate.is_canonical
    whole = overlap if is_canonical else compare(page.text, index.extraction(candidate.canonical_id).text)
    is_quoting = overlap.is_excerpt and overlap.known_is_smaller and not whole.is_match
    return None if is_quoting else Match(candidate, overlap, whole)


def _decide_changed(page: Extraction, index: Index, previous: KnownPage) -> Verdict | None:
    """Return a verdict if the page at this path is still the same page with a changed text, otherwise None.

    A text at the same path may have been rewritten further than a copy elsewhere (`MIN_CLEAN_AT_SAME_PATH`). A page of
    which only the beginning is left has been cut, by a paywall, say; that does not change the article.
    """
    earlier = index.extraction(previous.page_id)
    overlap = compare(page.text, earlier.text)
    if overlap.resemblance == 1.0:
        detail = "the same words on a changed page"
        return Verdict(Reason.CHANGED, detail, previous, takes_over=True, is_revision=True)
    is_cut = overlap.is_excerpt and not overlap.known_is_smaller
    is_other = overlap.containment < MIN_CONTAINMENT or overlap.clean < MIN_CLEAN_AT_SAME_PATH
    if page.text.word_count < MIN_WORDS or is_cut or is_other or _is_earlier(page, earlier):
        return None
    detail = f"the page has changed: {overlap} with its earlier text"
    similarity = round(overlap.containment, 4)
    return Verdict(Reason.CHANGED, detail, previous, similarity, takes_over=True, is_revision=True)


def _joined(page: Extraction, index: Index, match: Match, reason: Reason, detail: str) -> Verdict:
    """Let a page join the article of its match, as the canonical page if it is a revision or the better page."""
    known, similarity = match.page, round(match.with_canonical.containment, 4)
    canonical = index.extraction(known.canonical_id)
    if _is_other_state(page, canonical, match) and _is_later(page, canonical, index):
        detail = f"a later text at the same address: {match.overlap} with page {known.page_id}"
        return Verdict(Reason.CHANGED, detail, known, similarity, takes_over=True, is_revision=True)
    why = _why_better(page, canonical, match)
    if why:
        return Verdict(Reason.CHANGED, f"{why}: {detail}", known, similarity, takes_over=True)
    return Verdict(reason, detail, known, similarity)


def _is_other_state(page: Extraction, canonical: Extraction, match: Match) -> bool:
    """Return whether the page holds another text of the article at the address that the canonical page states too."""
    return (
        page.url is not None
        and page.url == canonical.url
        and page.is_html == canonical.is_html
        and match.is_copy
        and not match.is_cut
        and page.text.digest != canonical.text.digest
    )


def _is_later(page: Extraction, canonical: Extraction, index: Index) -> bool:
    """Return whether another text at the canonical page's address is later than what stands there by now.

    A text that was not captured earlier is later. Words that stood at the address before are so only if they were
    captured there after the canonical words: else they are another copy of the earlier text.
    """
    assert page.url
    latest = index.stated(canonical.text.digest, page.url)
    since = latest.captured if latest else None
    if page.captured is None or since is None or page.captured == since:
        return index.stated(page.text.digest, page.url) is None
    return page.captured > since


def _is_earlier(page: Extraction, canonical: Extraction) -> bool:
    """Return whether a page is known to have been captured before the canonical page."""
    return page.captured is not None and canonical.captured is not None and page.captured < canonical.captured


def _why_better(page: Extraction, canonical: Extraction, match: Match) -> str:
    """Return why a page is better than the article's canonical page, "" where it is not.

    A full text is better than an excerpt, HTML than plain text, a page with less boilerplate than one with more, an
    earlier capture than a later one. A page that matches a former text of an article does not bring that text back.
    """
    overlap = match.with_canonical
    if match.page.is_revised and not match.page.is_canonical:
        return ""
    if overlap.is_excerpt and overlap.known_is_smaller:
        return "better, as the full text of an excerpt"
    is_cut = overlap.ratio < MIN_FULL_RATIO and not overlap.known_is_smaller
    if not overlap.is_copy or is_cut:
        return ""
    if page.is_html != canonical.is_html:
        return "better, as HTML" if page.is_html else ""
    if _is_other_state(page, canonical, match):
        return ""  # the page is an earlier state of the article at the same address
    if overlap.resemblance == 1.0 or page.confidence < canonical.confidence + MIN_GAIN:
        # Another page with the same words is no gain, unless it was captured earlier.
        is_earlier = _is_earlier(page, canonical)
        is_as_good = overlap.resemblance == 1.0 or page.confidence > canonical.confidence - MIN_GAIN
        return f"better, as captured earlier ({page.captured})" if is_earlier and is_as_good else ""
    return f"better, as surer to be free of boilerplate ({page.confidence:.2f}, not {canonical.confidence:.2f})"
