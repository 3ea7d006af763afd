"""Features by which the title is found among the lines near the beginning of the body."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from winnow.read.lines.features_line import Columns, share
from winnow.read.lines.features_page import line_counts, mean_where, means, subarray
from winnow.read.lines.views import Bools, Floats, Ints, View
from winnow.read.plain.menus import is_menu

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
    at = at[(page.words[at] >= least) & (page.words[at] <= MAX_WORDS)]
    return at[[not is_menu(page.lines[i].text) for i in at.tolist()]]


def title_features(page: View, columns: Columns, probability: Floats, start: Start, at: Ints) -> Floats:
    """Return the features of the candidates `at` (features x candidates), for the trees that find the title.

    `columns` are the page's features that need no model; `probability` has one value a line.
    """
    near = _tokens_near(page, at)
    body = probability > 0.5
    others = np.maximum(line_counts(page, body)[near.token] - body[near.owner], 0)
    cover, depth = means(near, [others > 0, np.minimum(others, 5)], near.content)
    names = mean_where(near, others > 0, near.proper, -0.2)
    around = np.concatenate([[0.0], probability, [0.0, 0.0]])  # of line i at i + 1
    words = page.words[at]
    alike = _alike(near, at)
    rows = [
        at - start.first,
        at - start.long,
        at < start.first,
        cover[at],
        depth[at],
        names[at],
        probability[at],
        around[at],
        around[at + 2],
        around[at + 3],
        share(near, near.content)[at],
        *(columns[name][at] for name in _COPIED),
        np.full(len(at), len(at)),
        alike,
        _rank(alike),
        _rank(words * (words <= 25)),
        _rank(cover[at] * np.minimum(words, 12)),
        _rank(columns["capitals"][at]),
        columns["repeats"][at] - columns["repeats_before"][at],
        _last_before(columns["date_line"] > 0, start.first, at),
    ]
    return np.concatenate(rows, dtype=np.float32, casting="unsafe").reshape(len(rows), -1)


def _tokens_near(page: View, at: Ints) -> View:
    """Return a page with none of its tokens but those from the first to the last of some lines."""
    tokens = slice(page.start[at[0]], page.start[at[-1] + 1])
    return replace(
        page,
        owner=page.owner[tokens],
        token=page.token[tokens],
        content=page.content[tokens],
        proper=page.proper[tokens],
    )


def _rank(values: Floats) -> Floats:
    """Return each value's place among the values, from 0 for the greatest on."""
    out = np.empty(len(values), np.float32)
    out[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return out


def _alike(page: View, at: Ints) -> Floats:
    """Return the largest share of each candidate's content words that one other candidate has too.

    The title of the page and the headline of its article are alike.
    """
    place = np.full(len(page), -1)
    place[at] = np.arange(len(at))
    content = np.zeros(page.vocabulary, np.bool_)
    content[page.token[page.content]] = True
    use = content[page.pair_token] & (place[page.pair_line] >= 0)
    line, token = place[page.pair_line[use]], page.pair_token[use]
    is_shared = np.bincount(token, minlength=page.vocabulary) > 1
    number, found = np.cumsum(is_shared) - 1, is_shared[token]
    shared = np.zeros((len(at), np.count_nonzero(is_shared)), np.float32)
    shared[line[found], number[token[found]]] = 1
    # Not `@`: the threads that a BLAS library starts for a product cost more than the product itself.
    common = np.einsum("ik,jk->ij", shared, shared)
    np.fill_diagonal(common, 0)
    own = np.bincount(line, minlength=len(at))
    alike: Floats = (common.max(1, initial=0) / np.maximum(own, 1)).astype(np.float32)
    return alike


def _last_before(flags: Bools, first: int, at: Ints) -> Floats:
    """Return how many lines each candidate stands below the last flagged line before the body (60: there is none)."""
    flagged = np.nonzero(flags[: first + 1])[0]
    if not len(flagged):
        return np.full(len(at), 60, np.float32)
    away: Floats = np.clip(at - flagged[-1], -60, 60).astype(np.float32)
    return away
