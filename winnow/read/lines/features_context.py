"""Features of a line's neighbourhood: its neighbours, windows around it, distances to landmarks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from winnow.read.lines.features_line import Columns
from winnow.read.lines.views import Bools, Floats, View

NEAR = (
    "words", "terminal", "stop", "frequent", "capitals", "gap_before", "gap_after", "ends_colon", "bullet",
    "cue_appeal", "cue_more", "cue_social", "cue_legal", "cue_nav", "cue_month", "topic", "core", "repeats",
    "marker", "all_caps", "said_before", "taken_up", "person1_over_page", "person2_over_page", "sentences",
    "chars_per_word", "credit_line", "reads_more", "indent", "far",
)  # fmt: skip
FAR = (
    "words", "terminal", "frequent", "capitals", "gap_before", "marker", "credit_line", "cue_more", "core",
    "repeats",
)  # fmt: skip
WINDOW = (
    "log_words", "terminal", "frequent", "capitals", "cue_appeal", "cue_more", "cue_nav", "core", "topic",
    "repeats", "bullet", "sentences", "alone", "said_before", "person1_over_page", "far",
)  # fmt: skip
# From one line to another, counted from the line that is described.
WINDOWS = ((-5, -1), (1, 5), (-12, -1), (1, 12), (-3, 3), (-30, -1), (1, 30))
FAR_AWAY = 60  # lines: a greater distance is cut down to this


def shift(values: Floats, by: int, fill: float = -1.0) -> Floats:
    """Return for each line the value of the line `by` places further down, `fill` where there is none.

    `values` is one value a line, or an array features x lines.
    """
    out = np.full_like(values, fill)
    n = values.shape[-1]
    if abs(by) < n:
        if by > 0:
            out[..., : n - by] = values[..., by:]
        else:
            out[..., -by:] = values[..., : n + by]
    return out


def window_means(values: Floats, weight: Floats, spans: Sequence[tuple[int, int]]) -> list[Floats]:
    """Return the weighted means of `values` over windows of lines, one array of the shape of `values` for each span.

    `values` is one value a line, or an array features x lines; `weight` is one value a line. A span (begin, end) counts
    lines from the one described, both ends included: (-5, -1) is the five lines before it.
    """
    n = values.shape[-1]
    around = max(max(-begin, end + 1) for begin, end in spans)
    # Running sums, the last row those of the weights, with as many lines of no weight on both sides as windows reach.
    total = np.zeros((*values.shape[:-1], n + 2 * around + 1))
    weights = np.zeros(n + 2 * around + 1)
    for sums, added in ((total, values * weight), (weights, weight)):
        np.cumsum(added, axis=-1, out=sums[..., around + 1 : around + n + 1])
        sums[..., around + n + 1 :] = sums[..., around + n : around + n + 1]
    out = []
    for begin, end in spans:
        low, high = slice(around + begin, around + begin + n), slice(around + end + 1, around + end + 1 + n)
        mass = np.maximum(weights[high] - weights[low], 1e-6)
        out.append(((total[..., high] - total[..., low]) / mass).astype(np.float32))
    return out


def neighbours(columns: Columns) -> Columns:
    """Return features of the lines one to three places before and after each line."""
    out: Columns = {}
    near = np.stack([columns[name] for name in NEAR])
    far = np.stack([columns[name] for name in FAR])
    for by in (-3, -2, -1, 1, 2, 3):
        names, values = (NEAR, near) if abs(by) == 1 else (FAR, far)
        moved = shift(values, by)
        for k, name in enumerate(names):
            out[f"{name}[{by:+d}]"] = moved[k]
    return out


def windows(columns: Columns) -> Columns:
    """Return means of features over windows of lines before, around and after each line."""
    out: Columns = {}
    values = np.stack([columns[name] for name in WINDOW])
    one = np.ones(values.shape[-1], np.float32)
    for (begin, end), mean in zip(WINDOWS, window_means(values, one, WINDOWS), strict=True):
        for k, name in enumerate(WINDOW):
            out[f"{name}<{begin},{end}>"] = mean[k]
    return out


def distances(flags: Bools) -> tuple[Floats, Floats]:
    """Return how many lines it is back to the last flagged line, and on to the next one; `FAR_AWAY` at most.

    `flags` is one value a line, or an array kinds of flags x lines; so are the distances.
    """
    n = flags.shape[-1]
    i = np.arange(n)
    last = np.maximum.accumulate(np.where(flags, i, -FAR_AWAY - n), -1)
    following = np.minimum.accumulate(np.where(flags, i, 2 * n + FAR_AWAY)[..., ::-1], -1)[..., ::-1]
    back = np.minimum(i - shift(last, -1, -FAR_AWAY - n), FAR_AWAY)
    ahead = np.minimum(shift(following, 1, 2 * n + FAR_AWAY) - i, FAR_AWAY)
    return back.astype(np.float32), ahead.astype(np.float32)


def landmarks(page: View, columns: Columns) -> Columns:
    """Return the distances, in lines, to the nearest landmarks before and after each line, and how many there are."""
    words = page.words
    long = (words >= 20) & (columns["terminal"] > 0)
    marks = {
        "long": long,
        "prose": words >= 10,
        "marker": columns["marker"] > 0,
        "more": columns["reads_more"] > 0,
        "credit": columns["credit_line"] > 0,
        "legal": (columns["cue_legal"] > 0) & (words < 25),
        "date": columns["date_line"] > 0,
        "repeat": (columns["repeats"] > 0) & (words >= 3),
        "heading": (words <= 12)
        & (columns["terminal"] == 0)
        & (columns["gap_before"] > 0)
        & (columns["gap_after"] > 0),
    }
    out: Columns = {}
    flags = np.stack(list(marks.values()))
    back, ahead = distances(flags)
    before = np.cumsum(flags, -1, dtype=np.float32) - flags
    after = flags.sum(-1, dtype=np.float32)[:, np.newaxis] - before - flags
    for k, name in enumerate(marks):
        out[f"to_last_{name}"], out[f"to_next_{name}"] = back[k], ahead[k]
        out[f"{name}_before"], out[f"{name}_after"] = np.minimum(before[k], 40), np.minimum(after[k], 40)
    mass = words * long
    total = max(float(mass.sum()), 1.0)
    out["long_words_before"] = ((np.cumsum(mass) - mass) / total).astype(np.float32)
    return out
