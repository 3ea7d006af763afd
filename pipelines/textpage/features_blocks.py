"""Features from evidence per line (a probability, another tool's choice): smoothing, and blocks of likely lines.

A teaser card is prose too. What tells it from the article is its block: short, cut off by a marker or a credit line,
headed by a repeated title, on another topic than the page's main block.
"""

from __future__ import annotations

import numpy as np

from .features_context import shift, window_means
from .features_line import Columns
from .features_page import line_counts, mean_where, run
from .views import Bools, Floats, Ints, View

LIKELY = 0.35  # of the word model; lower than a decision, since blocks should not miss article lines
MIN_WORDS = 9
MAX_HOLE = 2  # lines between two likely lines of one block
WINDOWS = ((-5, -1), (1, 5), (-15, -1), (1, 15), (-40, -1), (1, 40))


def evidence(page: View, values: Floats, name: str) -> Columns:
    """Spread evidence (0..1 per line) over neighbours, windows and runs."""
    weight = page.words + 1
    out: Columns = {name: values}
    for by in (-3, -2, -1, 1, 2, 3):
        out[f"{name}[{by:+d}]"] = shift(values, by, 0.0)
    for (begin, end), mean in zip(WINDOWS, window_means(values, weight, WINDOWS), strict=True):
        out[f"{name}<{begin},{end}>"] = mean
    out |= run((values - 0.5) * weight, f"{name}_run")
    mass = values * page.words
    total = max(float(mass.sum()), 1e-6)
    out[f"{name}_mass_before"] = ((np.cumsum(mass) - mass) / total).astype(np.float32)
    out[f"{name}_share"] = np.full(len(page), total / max(float(page.words.sum()), 1.0), np.float32)
    return out


def number_blocks(likely: Bools, cut: Bools) -> Ints:
    """Number the blocks of likely lines from 0; -1 for other lines. Holes and cuts end a block."""
    block = np.full(len(likely), -1, np.int64)
    at = np.nonzero(likely)[0]
    if len(at):
        cuts = np.cumsum(cut)
        new = (np.diff(at) > MAX_HOLE + 1) | (np.diff(cuts[at]) > 0)
        block[at] = np.concatenate([[0], np.cumsum(new)])
    return block


def blocks(page: View, probability: Floats, columns: Columns) -> Columns:
    """Describe each line's block and its relation to the page's main block."""
    cut = (columns["reads_more"] > 0) | (columns["credit_line"] > 0) | (columns["marker"] > 0)
    likely = (page.words >= MIN_WORDS) & (probability > LIKELY) & ~cut
    block = number_blocks(likely, cut)
    count = int(block.max(initial=-1)) + 1
    if not count:
        return dict.fromkeys(BLOCK_NAMES, np.zeros(len(page), np.float32))
    inside = block >= 0
    at = np.nonzero(inside)[0]
    own = block[at]
    words = np.bincount(own, page.words[at], count)
    begin = np.zeros(count, np.int64)
    begin[own[::-1]] = at[::-1]
    end = np.zeros(count, np.int64)
    end[own] = at
    main = int(words.argmax())
    rank = np.zeros(count)
    rank[np.argsort(-words, kind="stable")] = np.arange(count)
    hole = np.where(np.arange(count) > main, begin - end[main], begin[main] - end)
    lead = _short_run_before(page, likely)
    heading = _repeated_before(columns, begin)
    marked = np.array([cut[e + 1 : e + 4].any() for e in end], np.float32)
    dots = columns["ends_dots"][end]
    overlap, proper = _overlap_with(page, block == main)
    i = np.arange(len(page))
    in_main = page.words * (block == main)
    typical = float((overlap * in_main).sum() / max(float(in_main.sum()), 1.0))

    def spread(per_block: Floats | Ints, outside: float = -1.0) -> Floats:
        out = np.full(len(page), outside, np.float32)
        out[at] = per_block[own]
        return out

    values = (
        likely.astype(np.float32),
        spread(np.log1p(words)),
        spread(words / max(words.sum(), 1)),
        (block == main).astype(np.float32),
        spread(np.clip(np.arange(count) - main, -9, 9), -10),
        spread(np.clip(hole, 0, 60)),
        spread(np.minimum(rank, 20), 21),
        spread(marked),
        spread(dots),
        spread(heading),
        spread(lead[begin]),
        spread(np.minimum(np.bincount(own, minlength=count), 40)),
        spread(_block_mean(block, overlap * page.words, page.words, count)),
        spread(_block_mean(block, proper, np.ones(len(page), np.float32), count)),
        overlap,
        proper,
        overlap / max(typical, 0.05),
        spread(_block_mean(block, overlap * page.words, page.words, count) / max(typical, 0.05)),
        np.full(len(page), np.log1p(words[main]), np.float32),
        np.full(len(page), min(count, 30), np.float32),
        np.clip(i - end[main], -60, 60).astype(np.float32),
        np.clip(i - begin[main], -60, 60).astype(np.float32),
        lead,
        (np.cumsum(cut) - cut.cumsum()[end[main]]).clip(-10, 10).astype(np.float32),
    )
    return dict(zip(BLOCK_NAMES, values, strict=True))


_BLOCK_NAMES = """
likely words share main order hole rank marked dots heading lead lines overlap proper line_overlap line_proper
line_relative relative main_words count from_main_end from_main_begin lead_here cuts_after_main
"""
BLOCK_NAMES = tuple("block_" + name for name in _BLOCK_NAMES.split())


def _short_run_before(page: View, likely: Bools) -> Floats:
    """Count the short, unlikely lines right before each line (at most 12)."""
    short = (page.words <= 12) & ~likely
    i = np.arange(len(page))
    last_other = np.maximum.accumulate(np.where(short, -1, i)).astype(np.float32)
    lead: Floats = np.minimum(i - 1 - shift(last_other, -1, -1), 12).astype(np.float32)
    return lead


def _repeated_before(columns: Columns, begin: Ints) -> Floats:
    """Count the repeated lines of three words and more among the six lines before each block."""
    flags = (columns["repeats"] > 0) & (columns["words"] >= 3) & (columns["words"] <= 25)
    total = np.concatenate([[0], np.cumsum(flags)])
    count: Floats = (total[begin] - total[np.maximum(begin - 6, 0)]).astype(np.float32)
    return count


def _overlap_with(page: View, main: Bools) -> tuple[Floats, Floats]:
    """Share of each line's content words, and of its names, that occur in other lines of the main block."""
    counts = line_counts(page, main)
    others = (counts[page.token] > main[page.owner]).astype(np.float32)
    return mean_where(page, others, page.content), mean_where(page, others, page.proper, -0.2)


def _block_mean(block: Ints, values: Floats, weight: Floats, count: int) -> Floats:
    inside = block >= 0
    own = block[inside]
    mass = np.bincount(own, weight[inside], count)
    return (np.bincount(own, values[inside], count) / np.maximum(mass, 1)).astype(np.float32)
