"""Features by which the title is found among the lines near the beginning of the body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from winnow.read.lines.features_context import shift
from winnow.read.lines.features_line import Columns, share
from winnow.read.lines.features_page import line_counts, mean_where, subarray
from winnow.read.lines.views import Bools, Floats, Ints, View

BEFORE, AFTER = 60, 3  # lines before and after the beginning of the body that may be the title
FAR = 250  # lines further up that may be the title too, if they are long enough
FAR_WORDS = 3  # words of such a line, at least
MAX_WORDS = 40  # words of a title

_COPIED = (
    "words", "log_chars", "gap_before", "gap_after", "indent", "bullet", "numbered", "glue", "terminal",
    "ends_colon", "ends_question", "ends_dots", "sentences", "upper", "capitals", "all_caps", "bars", "arrows",
    "punctuation", "digits", "stop", "frequent", "proper", "repeats", "repeats_before", "cue_appeal",
    "cue_action", "cue_more", "cue_social", "cue_nav", "cue_credit", "cue_comment", "cue_author", "cue_time",
    "cue_month", "cue_toc", "cue_legal", "date_line", "credit_line", "marker", "core", "topic", "core_proper",
    "from_start", "log_lines", "to_next_date", "to_last_date", "to_next_long", "to_next_heading",
    "to_last_heading", "words[-1]", "words[+1]", "words[-2]", "words[+2]", "gap_before[+1]", "cue_month[+1]",
    "cue_month[-1]", "stop[+1]", "capitals[+1]", "terminal[+1]", "terminal[-1]", "repeats[-1]", "repeats[+1]",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """Where the body begins: the numbers of its first likely line, and of its first long one."""

    first: int
    long: int


def body_start(page: View, probability: Floats) -> Start:
    """Return where the run of lines begins that are more likely body than not; `probability` has one value a line."""
    begin, end = subarray((probability - 0.5) * (page.words + 1))
    likely = np.nonzero((probability > 0.5) & (page.words >= 8))[0]
    likely = likely[(likely >= begin) & (likely < end)]
    long = likely[page.words[likely] >= 15]
    first = int(likely[0]) if len(likely) else begin
    return Start(first, int(long[0]) if len(long) else first)


def candidates(page: View, start: Start) -> Ints:
    """Return the numbers of the lines that may be the title."""
    begin = min(start.first, start.long)
    at = np.arange(max(0, begin - FAR), min(len(page), start.long + AFTER + 1))
    least = np.where(at < begin - BEFORE, FAR_WORDS, 1)
    return at[(page.words[at] >= least) & (page.words[at] <= MAX_WORDS)]


def title_features(page: View, columns: Columns, probability: Floats, start: Start, at: Ints) -> Floats:
    """Return the features of the candidates `at` (features x candidates), for the trees that find the title.

    `columns` are the page's features that need no model; `probability` has one value a line.
    """
    body = probability > 0.5
    counts = line_counts(page, body)
    others = np.maximum(counts[page.token] - body[page.owner], 0)
    cover = mean_where(page, (others > 0).astype(np.float32), page.content)
    depth = mean_where(page, np.minimum(others, 5).astype(np.float32), page.content)
    names = mean_where(page, (others > 0).astype(np.float32), page.proper, -0.2)
    i = np.arange(len(page), dtype=np.float32)
    whole = [
        i - start.first,
        i - start.long,
        (i < start.first).astype(np.float32),
        cover,
        depth,
        names,
        probability,
        shift(probability, -1, 0.0),
        shift(probability, 1, 0.0),
        shift(probability, 2, 0.0),
        share(page, page.content),
    ]
    rows = [column[at] for column in whole] + [columns[name][at] for name in _COPIED]
    words = page.words[at]
    alike = _alike(page, at)
    rows += [
        np.full(len(at), len(at), np.float32),
        alike,
        _rank(alike),
        _rank(words * (words <= 25)),
        _rank(cover[at] * np.minimum(words, 12)),
        _rank(columns["capitals"][at]),
        (columns["repeats"][at] - columns["repeats_before"][at]).astype(np.float32),
        _last_before(columns["date_line"] > 0, start.first, at),
    ]
    return np.stack(rows).astype(np.float32)


def _rank(values: Floats) -> Floats:
    """Return each value's place among the values, from 0 for the greatest on."""
    out = np.empty(len(values), np.float32)
    out[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return out


def _alike(page: View, at: Ints) -> Floats:
    """Return the largest share of each candidate's content words that one other candidate has too.

    The title of the page and the headline of its article are alike.
    """
    size = page.vocabulary
    place = np.full(len(page), -1)
    place[at] = np.arange(len(at))
    use = page.content & (place[page.owner] >= 0)
    has = np.zeros((len(at), size), np.float32)
    has[place[page.owner[use]], page.token[use]] = 1
    own = has.sum(1)
    shared = has[:, has.sum(0) > 1]
    # Not `@`: the threads that a BLAS library starts for a product cost more than the product itself.
    common = np.einsum("ik,jk->ij", shared, shared)
    np.fill_diagonal(common, 0)
    alike: Floats = (common.max(1, initial=0) / np.maximum(own, 1)).astype(np.float32)
    return alike


def _last_before(flags: Bools, first: int, at: Ints) -> Floats:
    """Return how many lines each candidate stands below the last flagged line before the body (60: there is none)."""
    flagged = np.nonzero(flags[: first + 1])[0]
    if not len(flagged):
        return np.full(len(at), 60, np.float32)
    away: Floats = np.clip(at - flagged[-1], -60, 60).astype(np.float32)
    return away
