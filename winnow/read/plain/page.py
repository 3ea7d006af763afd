"""The result of reading a text page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["paragraph", "heading", "item"]


class BodyLine(NamedTuple):
    """A line of the article."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells an article from other kinds of page. A stretch is prose of the body without any other line between."""

    stretch: int  # words of the longest one
    short: tuple[str, ...] = field(default=(), repr=False)  # the short lines, where there is no long stretch
    consent_words: int = 0  # likewise: words of longer lines about cookies and consent
    other_words: int = 0  # and of all others


@dataclass(frozen=True, slots=True)
class TextPage:
    """A text page, read: what the article is, and how sure the model is of it.

    `expected_f1` is the word-F1 that the choice of lines can be expected to have; `confidence` the mean probability of
    the chosen words to be article. A page without an article is low in both, or has few words.
    """

    title: str | None
    standfirst: str | None
    section: str | None
    date: str | None  # ISO
    byline: str | None
    body: tuple[BodyLine, ...] = field(repr=False)
    expected_f1: float
    confidence: float
    words: int  # of the body; two Chinese or Japanese characters count as one
    evidence: Evidence = field(repr=False)

    @property
    def text(self) -> str:
        """The body, a line each."""
        return "\n".join(line.text for line in self.body)
