"""Captures whose line ends were lost: what belongs together is kept together, and written as paragraphs again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from winnow.read.lines.flattened import joined
from winnow.read.lines.flattened_cuts import Cut
from winnow.read.lines.line import PROSE
from winnow.read.lines.steps import Judged
from winnow.read.lines.views import Bools
from winnow.read.plain.doubt import furniture
from winnow.read.plain.page import BodyLine, LineKind

WHOLE = 0.9  # share of the words that are chosen of a capture that holds nothing but a text, at least
ENDS = 0.6  # the same where both its first and its last words are of the text
MAYBE = 0.1  # probability of a sentence between two others, at least
PART = 12  # words of a part of a sentence that stays between two others, at most


def is_flat(judged: Judged) -> bool:
    """Return whether the lines of a capture are parts of long rows."""
    return any(line.flows for line in judged.page.lines)


def parts(judged: Judged) -> Bools:
    """Return which lines are parts of rows."""
    flows = np.array([line.flows > 0 for line in judged.page.lines], np.bool_)
    found: Bools = flows | np.append(flows[1:], False)
    return found


def may_be_title(judged: Judged, chosen: Bools, at: int | None) -> bool:
    """Return whether a line may be the title: of parts of a row, one whose words a page says once more."""
    lines = judged.page.lines
    if at is None or not any(line.flows for line in lines[at : at + 2]):
        return True
    said = " ".join(line.text for line in lines).lower()
    return said.count(lines[at].text.lower()) > 1 and not holds_a_text(judged, chosen)


def together_again(judged: Judged, at: Sequence[int], kinds: Iterable[LineKind]) -> Iterator[BodyLine]:
    """Yield the lines of these numbers, of these kinds, with the parts of a row that follow each other as one."""
    paragraph: list[str] = []
    for i, following, kind in zip(at, (*at, -1)[1:], kinds, strict=True):
        paragraph.append(judged.page.lines[i].text)
        if following != i + 1 or not judged.page.lines[following].flows:
            yield BodyLine(joined(paragraph) if len(paragraph) > 1 else paragraph[0], kind)
            paragraph.clear()


def keep_sentences(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice with single lines between others: short parts of a sentence, and what may be one."""
    guessed = np.array([line.flows == Cut.GUESSED for line in judged.page.lines], np.bool_)
    parted = (guessed | np.append(guessed[1:], False)) & (judged.page.words <= PART)
    between = np.append(False, chosen[:-1]) & np.append(chosen[1:], False)
    kept: Bools = chosen | (between & (parted | _may_be_text(judged)))
    return kept


def _may_be_text(judged: Judged) -> Bools:
    """Return which lines may be sentences of the text, likely or not: they have no words of furniture."""
    found: Bools = ~furniture(judged) & (judged.probability >= MAYBE)
    return found


def keep_text(judged: Judged, chosen: Bools) -> Bools:
    """Return the choice of all lines where a capture holds nothing but a text, as the choice tells."""
    return np.ones_like(chosen) if holds_a_text(judged, chosen) else chosen


def holds_a_text(judged: Judged, chosen: Bools) -> bool:
    """Return whether a flat capture holds nothing but a text: its ends are sentences, and most others were chosen."""
    words, columns = judged.page.words, judged.columns
    share = float((words * chosen).sum() / max(words.sum(), 1))
    is_text = chosen | (_may_be_text(judged) & (words >= PROSE) & (columns["terminal"] > 0))
    ends = int(is_text[:1].sum() + is_text[-1:].sum())
    return ends > 0 and share >= (ENDS if ends > 1 else WHOLE)
