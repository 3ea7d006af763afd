"""The result of reading a text page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from winnow.read.plain.kind import Told

LineKind = Literal["paragraph", "heading", "item"]


class BodyLine(NamedTuple):
    """A line of an article's body."""

    text: str
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts that tell an article from other kinds of page.

    A stretch is prose of the body without any other line between.
    """

    stretch: int  # words of the longest stretch
    # The others are counted only where no stretch is long.
    passage: int = 0  # words of the longest passage of short lines that are text
    share: float = 0.0  # of all words that were chosen, where the capture has the form of a manual
    short: tuple[str, ...] = field(default=(), repr=False)  # the short lines
    opening: int = 0  # of them that stand at the beginning of the text, or above it
    consent_words: int = 0  # words of longer lines about cookies and consent
    other_words: int = 0  # words of all other longer lines


@dataclass(frozen=True, slots=True)
class TextPage:
    """A text page, read: its article with the head, and how sure the model is of it.

    `expected_f1` is the word-F1 that can be expected of the choice of lines; `confidence` is the mean probability, over
    the chosen words that the model holds possible, of being part of the article. Both are from 0 to 1; a page without
    an article is low in both, or has few words.
    """

    title: str | None
    standfirst: str | None
    section: str | None
    date: str | None  # ISO 8601: 2024-05-31
    byline: str | None
    body: tuple[BodyLine, ...] = field(repr=False)
    expected_f1: float
    confidence: float
    words: int  # of the body; two Chinese or Japanese characters count as one
    evidence: Evidence = field(repr=False)
    told: Told
    is_cut: bool = False  # whether the page has more lines, which were not read

    @property
    def text(self) -> str:
        """Return the body as text, one line of the article a line."""
        return "\n".join(line.text for line in self.body)


def together(page: TextPage, others: Iterable[tuple[str | None, TextPage]]) -> TextPage:
    """Return a page with the bodies of others below its own, each below a title: the one that is given, or its own."""
    body, words = list(page.body), page.words
    for title, other in others:
        headline = title or other.title
        body += [*([BodyLine(headline, "heading")] if headline else []), *other.body]
        words += other.words
    return replace(page, body=tuple(body), words=words)
