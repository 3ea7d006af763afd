"""What became of every line of a page, for a person who looks into its reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

import numpy as np

from winnow.items import MAX_PAGE_BYTES, Page
from winnow.read.lines.choose import FLOOR
from winnow.read.lines.steps import Trace
from winnow.read.lines.views import Bools
from winnow.read.page import read_page
from winnow.reading import Reading

KEPT = "kept"
HEAD = "repeats the head"  # title, author or day once more, before the first sentence
UNWRITTEN = "lost in writing"  # trafilatura, which writes the text of captures, drops buttons and repeated lines


@dataclass(frozen=True, slots=True)
class LineAccount:
    """One line: its probabilities of being part of the article, whether the article has it, and the reason.

    `second` is the probability after trafilatura's choice was known, None where trafilatura was not asked; `step` is
    the name of the function that dropped or kept the line, "" where the probability alone did.
    """

    text: str
    first: float
    second: float | None
    is_kept: bool
    why: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class PageAccount:
    """A page's reading, and what became of each line, in order; no lines where the page could not be decoded."""

    reading: Reading
    lines: tuple[LineAccount, ...]


def account(page: Page, max_bytes: int = MAX_PAGE_BYTES, with_comments: bool = False) -> PageAccount:
    """Return the reading of a page, with what became of each line.

    Where the page holds no article, the lines that are kept are the likeliest ones. `with_comments` keeps the comments
    below an article.
    """
    trace = Trace()
    reading = read_page(page, max_bytes, trace=trace, with_comments=with_comments)
    if trace.judged is None:
        return PageAccount(reading, ())
    reasons = _reasons(trace)
    texts = [line.text for line in trace.judged.page.lines]
    chosen = trace.choices[-1][1]
    if reading.article:
        written = _written(texts, np.flatnonzero(chosen).tolist(), reading.article.text)
        reasons |= {i: (why, "without_head" if why == HEAD else "article_text") for i, why in written.items()}
        chosen = np.array([is_kept and i not in written for i, is_kept in enumerate(chosen.tolist())], np.bool_)
    return PageAccount(reading, tuple(_accounts(trace, texts, chosen, reasons)))


def _accounts(
    trace: Trace, texts: Sequence[str], chosen: Bools, reasons: dict[int, tuple[str, str]]
) -> list[LineAccount]:
    """Return the accounts of all lines; `reasons` has why and step, by the line's number, where a step decided."""
    assert trace.judged is not None
    last = trace.judged.probability.tolist()
    first = last if trace.first is None else trace.first.tolist()
    seconds = [None] * len(texts) if trace.first is None else last
    floor = min((last[i] for i in np.flatnonzero(trace.choices[0][1]).tolist()), default=FLOOR)
    unlikely = f"below {floor:.2f}"
    return [
        LineAccount(text, first[i], seconds[i], is_kept, *reasons.get(i, (KEPT if is_kept else unlikely, "")))
        for i, (text, is_kept) in enumerate(zip(texts, chosen.tolist(), strict=True))
    ]


def _reasons(trace: Trace) -> dict[int, tuple[str, str]]:
    """Return the reason and the name of the last step that changed a line, by the line's number."""
    found: dict[int, tuple[str, str]] = {}
    before = trace.choices[0][1]
    for step, after in trace.choices[1:]:
        assert step is not None
        found |= dict.fromkeys(np.flatnonzero(before != after).tolist(), (step.why, step.name))
        before = after
    return found


def _written(texts: Sequence[str], chosen: Sequence[int], article: str) -> dict[int, str]:
    """Return why chosen lines are missing in the article's text, by number; lines and text are compared from the end.

    Lines missing at the beginning were taken off as a repeated head, others were lost when the text was written.
    """
    whole, missing, first = _letters(article), [], len(texts)
    end = len(whole)
    for i in reversed(chosen):
        letters = _letters(texts[i])
        if whole.endswith(letters, 0, end):
            end, first = end - len(letters), i
        else:
            missing.append(i)
    return {i: HEAD if i < first else UNWRITTEN for i in missing}


def _letters(text: str) -> str:
    """Return the letters and digits of a text, with HTML entities resolved."""
    return "".join(filter(str.isalnum, unescape(text)))
