"""The result of reading an HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from winnow.items import Kind


@dataclass(frozen=True, slots=True)
class HtmlEvidence:
    """Counts that tell an article from other kinds of page.

    A stretch is the text between two titles that are links: long in an article, a line or two in a list of teasers.
    """

    heads: tuple[str, ...] = field(repr=False)  # the page's title and its first headings and short lines
    linked_titles: int  # lines of a title's length that are links, outside menus and footers
    stretch: int  # words of the longest stretch of chosen text
    text_words: int  # chosen words that are neither headings nor links
    consent_words: int  # words of running text about cookies and consent
    other_words: int  # words of all other running text
    # The next two are looked for only where most words are about consent.
    heads_consent: bool  # whether the page's title or a heading speaks of it, too
    asks: bool  # whether a line says what a site says when it asks for it
    moments: int  # lines among the chosen ones that say when something was said


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An HTML page, read: the article's text, and how sure the model is of it.

    `expected_f1` is the word-F1 that can be expected of the choice of lines; `confidence` is the mean probability, over
    the chosen words, of being part of the article. Both are from 0 to 1.
    """

    text: str = field(repr=False)
    chosen: Sequence[bool] = field(repr=False)  # for each line of the page whether it is in the text
    kind: Kind
    words: int  # of the chosen lines; two Chinese or Japanese characters count as one
    expected_f1: float
    confidence: float
    evidence: HtmlEvidence = field(repr=False)
