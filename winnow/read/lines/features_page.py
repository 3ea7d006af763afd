"""Features that need the whole page: position, repetition, topic, cohesion, and the run of the longest lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from winnow.read.lines.features_line import Columns, share
from winnow.read.lines.views import Bools, Floats, Ints, View, numbered

# Words that a line must have to make a run better, for four guesses of how long the lines of an article are.
PENALTIES = (4, 8, 15, 25)
APART = 4  # lines; a line further away is not near
NEAR_WORDS = 400  # words; less far away is "shortly" before or after


def position(page: View) -> Columns:
    """Return where on the page each line stands, in lines and in words, and how long the page is."""
    n = len(page)
    i = np.arange(n, dtype=np.float32)
    total = max(float(page.words.sum()), 1.0)
    before = (np.cumsum(page.words) - page.words) / total
    return {
        "line_share": i / max(n, 1),
        "from_start": np.minimum(i, 60),
        "from_end": np.minimum(n - 1 - i, 60),
        "words_before": before.astype(np.float32),
        "log_lines": np.full(n, np.log1p(n), np.float32),
        "log_total": np.full(n, np.log1p(total), np.float32),
    }


def repetition(page: View) -> Columns:
    """Return how often each line, whatever its case, occurs elsewhere on the page, and how often before; 5 at most."""
    number = numbered([line.text.lower() for line in page.lines])
    total = np.bincount(number, minlength=1)
    begin = np.cumsum(total) - total
    order = np.argsort(number, kind="stable")
    before = np.empty(len(page), np.float32)
    before[order] = np.arange(len(page)) - begin[number[order]]
    return {
        "repeats": np.minimum(total[number] - 1, 5).astype(np.float32),
        "repeats_before": np.minimum(before, 5),
    }


def subarray(values: Floats) -> tuple[int, int]:
    """Return the range (begin, past the end) of `values` with the greatest sum; (0, 0) where no value is positive.

    One pass over running sums (J. Kadane; J. Bentley, Programming Pearls, 1984).
    """
    total = np.zeros(len(values) + 1)
    np.cumsum(values, dtype=np.float64, out=total[1:])
    low = np.minimum.accumulate(total)
    gain = total - low
    end = int(gain.argmax())
    if gain[end] <= 0:
        return 0, 0
    return int(np.flatnonzero(total[:end] == low[end])[-1]), end


def runs_of(values: Floats, names: Sequence[str]) -> Columns:
    """Return whether each line is in the run with the greatest sum of values, and its distance from both ends.

    `values` has a row for each of the names.
    """
    ends = np.array([subarray(row) for row in values], np.float32).reshape(len(names), 2, 1)
    away = np.arange(values.shape[1], dtype=np.float32) - ends  # names x ends x lines
    inside = ((away[:, 0] >= 0) & (away[:, 1] < 0)).astype(np.float32)
    away = np.minimum(np.maximum(away, -60), 60)
    columns: Columns = {}
    for name, within, (begin, end) in zip(names, inside, away, strict=True):
        columns |= {f"{name}_in": within, f"{name}_begin": begin, f"{name}_end": end}
    return columns


def runs(page: View) -> Columns:
    """Return where each line stands relative to the runs of long lines, one run for each of `PENALTIES`."""
    return runs_of(page.words - np.array(PENALTIES, np.float32)[:, np.newaxis], [f"run{each}" for each in PENALTIES])


def line_counts(page: View, inside: Bools | None = None) -> Ints:
    """Return for each token of the page's vocabulary in how many lines, or in how many of those `inside`, it occurs."""
    token = page.pair_token if inside is None else page.pair_token[inside[page.pair_line]]
    return np.bincount(token, minlength=page.vocabulary)


def mean_where(page: View, values: Floats | Bools, where: Bools, default: float = 0.0) -> Floats:
    """Return each line's mean of a value over its flagged tokens, `default` where it has none.

    `values` and `where` have one entry a token.
    """
    return means(page, [values], where, default)[0]


def means(page: View, rows: Sequence[Floats | Bools], where: Bools, default: float = 0.0) -> list[Floats]:
    """Return each line's means of several values over its flagged tokens, `default` where it has none.

    Each of `rows` has one entry a token, and so has `where`.
    """
    n, at = len(page), np.flatnonzero(where)
    owner = page.owner[at]
    count = np.bincount(owner, minlength=n)
    none, count = count == 0, np.maximum(count, 1)
    means = [(np.bincount(owner, values[at], n) / count).astype(np.float32) for values in rows]
    for mean in means if default else ():
        mean[none] = default
    return means


def topic(page: View) -> Columns:
    """Return how much each line's words recur in other lines, and in the core: the longest run of prose."""
    everywhere = line_counts(page)
    begin, end = subarray(page.words - 8)
    core = np.zeros(len(page), np.bool_)
    core[begin:end] = True
    others = line_counts(page, core)[page.token] - core[page.owner]
    recurs = others > 0
    far = _far(page, core)
    logs = np.log(np.maximum(everywhere, 1)).astype(np.float32)
    of_others = np.log1p(np.arange(len(page) + 1)).astype(np.float32)
    shared = (everywhere > 1)[page.token]
    per_content = (logs[page.token], ~shared, recurs, of_others[np.maximum(others, 0)], far)
    subject, alone, cored, core_topic, afar = means(page, per_content, page.content)
    return {
        "shared": share(page, shared),
        "topic": subject,
        "alone": alone,
        "core": cored,
        "core_topic": core_topic,
        "core_proper": mean_where(page, recurs, page.proper, -0.2),
        "far": afar,
        "far_long": mean_where(page, far, page.long, -0.2),
    }


def _far(page: View, core: Bools) -> Bools:
    """Return for each token whether it occurs in the core too, more than `APART` lines away.

    The lines of an aside share words with each other; an article comes back to its subject further away.
    """
    inside = core[page.pair_line]
    line, token = page.pair_line[inside], page.pair_token[inside]
    last = np.full(page.vocabulary, -1 - APART)
    last[token] = line
    first = np.full(page.vocabulary, len(page) + APART)
    first[token[::-1]] = line[::-1]
    far: Bools = (page.owner - first[page.token] > APART) | (last[page.token] - page.owner > APART)
    return far


def cohesion(page: View) -> Columns:
    """Return the shares of each line's content words that occur before and after it: anywhere, or shortly."""
    content = np.zeros(max(page.vocabulary, 1), np.bool_)
    content[page.token[page.content]] = True
    chosen = content[page.pair_token]
    line, token = page.pair_line[chosen], page.pair_token[chosen]
    n = len(page)
    # Distances count words, so that a menu between two paragraphs is as short as it reads.
    place = np.cumsum(page.words) - page.words / 2
    same = token[1:] == token[:-1]
    distance = np.where(same, place[line[1:]] - place[line[:-1]], np.inf)
    near = distance < NEAR_WORDS
    count = np.maximum(np.bincount(line, minlength=n), 1)
    before = np.bincount(line[1:][near], minlength=n) / count
    after = np.bincount(line[:-1][near], minlength=n) / count
    earlier = np.bincount(line[1:][same], minlength=n) / count
    later = np.bincount(line[:-1][same], minlength=n) / count
    return {
        "said_before": before.astype(np.float32),
        "taken_up": after.astype(np.float32),
        "said_earlier": earlier.astype(np.float32),
        "said_later": later.astype(np.float32),
    }
