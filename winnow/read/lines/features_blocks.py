"""Features from evidence about each line (a probability, another tool's choice): smoothing, blocks of likely lines.

A teaser card is prose too. What tells a teaser from the article is the block that it stands in: short, cut off by a
marker or a credit line, headed by a repeated title, on another topic than the page's main block.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from winnow.read.lines.features_context import shift, window_means
from winnow.read.lines.features_line import Columns
from winnow.read.lines.features_page import line_counts, mean_where, runs_of
from winnow.read.lines.views import Bools, Floats, Ints, View

LIKELY = 0.35  # probability of the word model; below one half, since blocks should not miss article lines
MIN_WORDS = 9  # words of a line that may belong to a block
MAX_HOLE = 2  # lines between two likely lines of one block, at most
# From one line to another, counted from the line that is described.
WINDOWS = ((-5, -1), (1, 5), (-15, -1), (1, 15), (-40, -1), (1, 40))


def evidence(page: View, sources: Columns) -> Columns:
    """Return evidence (values from 0 to 1, one a line, by source) spread over neighbours, windows and runs of lines."""
    weight = page.words + 1
    values = np.stack(list(sources.values()))
    moved = {f"[{by:+d}]": shift(values, by, 0.0) for by in (-3, -2, -1, 1, 2, 3)}
    means = window_means(values, weight, WINDOWS)
    moved |= {f"<{begin},{end}>": mean for (begin, end), mean in zip(WINDOWS, means, strict=True)}
    masses = values * page.words
    before = np.cumsum(masses, -1) - masses
    words = max(float(page.words.sum()), 1.0)
    runs = runs_of((values - 0.5) * weight, [f"{name}_run" for name in sources])
    out: Columns = {}
    for k, name in enumerate(sources):
        out[name] = values[k]
        out |= {name + place: rows[k] for place, rows in moved.items()}
        out |= {f"{name}_run{end}": runs[f"{name}_run{end}"] for end in ("_in", "_begin", "_end")}
        total = max(float(masses[k].sum()), 1e-6)
        out[f"{name}_mass_before"] = (before[k] / total).astype(np.float32)
        out[f"{name}_share"] = np.full(len(page), total / words, np.float32)
    return out


def number_blocks(likely: Bools, cut: Bools) -> Ints:
    """Return the number of each line's block, from 0 on; -1 for an unlikely line. Holes and cuts end a block."""
    block = np.full(len(likely), -1, np.int64)
    at = np.nonzero(likely)[0]
    if len(at):
        cuts = np.cumsum(cut)
        new = (np.diff(at) > MAX_HOLE + 1) | (np.diff(cuts[at]) > 0)
        block[at] = np.concatenate([[0], np.cumsum(new)])
    return block


class _Blocks(NamedTuple):
    """The blocks of a page: `of_line` has one value a line (-1: in no block), the other arrays one value a block."""

    of_line: Ints
    words: npt.NDArray[Any]
    begin: Ints  # the first line
    end: Ints  # the last line
    main: int  # the block with the most words


def blocks(page: View, probability: Floats, columns: Columns) -> Columns:
    """Return features of each line's block and of its relation to the main block, the one with the most words."""
    cut = (columns["reads_more"] > 0) | (columns["credit_line"] > 0) | (columns["marker"] > 0)
    likely = (page.words >= MIN_WORDS) & (probability > LIKELY) & ~cut
    found = _measured(page, number_blocks(likely, cut))
    if found is None:
        return dict.fromkeys(BLOCK_NAMES, np.zeros(len(page), np.float32))
    is_main = found.of_line == found.main
    lead = _short_run_before(page, likely)
    overlap, proper = _overlap_with(page, is_main)
    in_main = page.words * is_main
    typical = max(float((overlap * in_main).sum() / max(float(in_main.sum()), 1.0)), 0.05)
    place = np.arange(len(page))
    values: Columns = {
        "likely": likely.astype(np.float32),
        "main": is_main.astype(np.float32),
        "line_overlap": overlap,
        "line_proper": proper,
        "line_relative": overlap / typical,
        "main_words": np.full(len(page), np.log1p(found.words[found.main]), np.float32),
        "count": np.full(len(page), min(len(found.words), 30), np.float32),
        "from_main_end": np.clip(place - found.end[found.main], -60, 60).astype(np.float32),
        "from_main_begin": np.clip(place - found.begin[found.main], -60, 60).astype(np.float32),
        "lead_here": lead,
        "cuts_after_main": (np.cumsum(cut) - cut.cumsum()[found.end[found.main]]).clip(-10, 10).astype(np.float32),
    }
    inside = found.of_line >= 0
    shared = _block_mean(found.of_line, overlap * page.words, page.words, len(found.words))
    per_block = _relations(found) | {
        "marked": np.array([cut[end + 1 : end + 4].any() for end in found.end], np.float32),
        "dots": columns["ends_dots"][found.end],
        "heading": _repeated_before(columns, found.begin),
        "lead": lead[found.begin],
        "overlap": shared,
        "proper": _block_mean(found.of_line, proper, np.ones(len(page), np.float32), len(found.words)),
        "relative": shared / typical,
    }
    for name, value in per_block.items():
        values[name] = np.full(len(page), OUTSIDE.get(name, -1), np.float32)
        values[name][inside] = value[found.of_line[inside]]
    return {name: values[name.removeprefix("block_")] for name in BLOCK_NAMES}


def _measured(page: View, of_line: Ints) -> _Blocks | None:
    """Return the blocks of a page with their measures, None where there is no block."""
    count = int(of_line.max(initial=-1)) + 1
    if not count:
        return None
    at = np.nonzero(of_line >= 0)[0]
    own = of_line[at]
    words = np.bincount(own, page.words[at], count)
    begin, end = np.zeros(count, np.int64), np.zeros(count, np.int64)
    begin[own[::-1]] = at[::-1]
    end[own] = at
    return _Blocks(of_line, words, begin, end, int(words.argmax()))


def _relations(found: _Blocks) -> Columns:
    """Return how large each block is and where it stands among the others, one value a block."""
    order, main = np.arange(len(found.words)), found.main
    rank = np.zeros(len(order))
    rank[np.argsort(-found.words, kind="stable")] = order
    hole = np.where(order > main, found.begin - found.end[main], found.begin[main] - found.end)
    lines = np.bincount(found.of_line[found.of_line >= 0], minlength=len(order))
    return {
        "words": np.log1p(found.words),
        "share": found.words / max(found.words.sum(), 1),
        "order": np.clip(order - main, -9, 9),
        "hole": np.clip(hole, 0, 60),
        "rank": np.minimum(rank, 20),
        "lines": np.minimum(lines, 40),
    }


_BLOCK_NAMES = """
likely words share main order hole rank marked dots heading lead lines overlap proper line_overlap line_proper
line_relative relative main_words count from_main_end from_main_begin lead_here cuts_after_main
"""
BLOCK_NAMES = tuple("block_" + name for name in _BLOCK_NAMES.split())
OUTSIDE = {"order": -10, "rank": 21}  # values of lines outside of blocks; in all other columns -1


def _short_run_before(page: View, likely: Bools) -> Floats:
    """Return how many short, unlikely lines stand right before each line, 12 at most."""
    short = (page.words <= 12) & ~likely
    i = np.arange(len(page))
    last_other = np.maximum.accumulate(np.where(short, -1, i)).astype(np.float32)
    lead: Floats = np.minimum(i - 1 - shift(last_other, -1, -1), 12).astype(np.float32)
    return lead


def _repeated_before(columns: Columns, begin: Ints) -> Floats:
    """Return how many repeated lines of 3 to 25 words are among the six lines before each block."""
    flags = (columns["repeats"] > 0) & (columns["words"] >= 3) & (columns["words"] <= 25)
    total = np.concatenate([[0], np.cumsum(flags)])
    count: Floats = (total[begin] - total[np.maximum(begin - 6, 0)]).astype(np.float32)
    return count


def _overlap_with(page: View, main: Bools) -> tuple[Floats, Floats]:
    """Return the share of each line's content words, and of its names, that other lines of the main block have too."""
    counts = line_counts(page, main)
    others = (counts[page.token] > main[page.owner]).astype(np.float32)
    return mean_where(page, others, page.content), mean_where(page, others, page.proper, -0.2)


def _block_mean(block: Ints, values: Floats, weight: Floats, count: int) -> Floats:
    """Return for each of `count` blocks the sum of its lines' values over the sum of their weights."""
    inside = block >= 0
    own = block[inside]
    mass = np.bincount(own, weight[inside], count)
    return (np.bincount(own, values[inside], count) / np.maximum(mass, 1)).astype(np.float32)
