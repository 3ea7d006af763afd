"""Signs of what kind a page is: counts of its lines, and which of them the line model takes for its content."""

from __future__ import annotations

import re

import numpy as np

from winnow.read.html.judged import JudgedBlocks
from winnow.read.lines.cues import GROUPS as CUES
from winnow.read.lines.kind_model import Signs
from winnow.read.lines.views import Bools, Floats

SHORT = 12  # words of a line at most that may only say a day
PROSE = 25  # words of a paragraph that only running text has
LETTERS = 6.0  # characters of a word and the space behind it; languages with longer words need fewer of them
SURE, BIG = 0.9, 30  # probability of a line that is surely content; words of a long stretch of lines
AFTER = 12  # lines below the headline that are looked at
_AGO = re.compile(r"\b(?:\d+|an?) ?[a-z]{1,7}\.? ago\b|\b(?:vor|il y a|hace|há) \d+ |\d \w+ (?:temu|назад|geleden)\b")
_SHARES = ("linked", "kind_code", "kind_row", "kind_item", "kind_quote", "bold", "terminal", "proper", "digits")

Sorts = dict[str, Bools]


def line_signs(judged: JudgedBlocks, chosen: Bools, expected: float) -> Signs:
    """Return signs of the lines of a page, all of them and the chosen ones.

    `expected` is the word-F1 that the choice may expect.
    """
    sorts = _sorts(judged)
    out = _counted(judged, sorts) | _kept(judged, sorts, chosen) | _stretches(judged, sorts, chosen)
    return out | _below_headline(judged, sorts, chosen) | {"expected": expected}


def apart(judged: JudgedBlocks) -> Bools:
    """Return which lines stand in menus and footers."""
    out: Bools = (judged.columns["around_nav"] > 0) | (judged.columns["around_footer"] > 0)
    return out


def _sorts(judged: JudgedBlocks) -> Sorts:
    words, columns = judged.page.words, judged.columns
    linked, heading, inside = columns["linked"], columns["kind_heading"] > 0, ~apart(judged)
    lengths = judged.page.last_char - judged.page.first_char + 1
    short = (words <= SHORT) & inside
    ago = np.zeros(len(words), np.bool_)
    has_digit = (columns["digits"] > 0).tolist()
    for i in np.flatnonzero(words <= SHORT).tolist():
        text = judged.blocks[i].line.text
        ago[i] = (has_digit[i] or " ago" in text) and _AGO.search(text) is not None
    return {
        "title": (linked > 0.6) & (words >= 3) & (words <= 30) & inside,
        "prose": (np.maximum(words, lengths / LETTERS) >= PROSE) & (linked < 0.5) & ~heading,
        "dated": (columns["date_line"] > 0) & short | ago,
        "money": (judged.page.money > 0) & (words <= 30),
        "heading": heading & inside,
        "question": columns["ends_question"] > 0,
        "short": short,
    }


def _counted(judged: JudgedBlocks, sorts: Sorts) -> Signs:
    """Return counts of a page's lines, and shares of its words in lines of certain kinds."""
    words, columns = judged.page.words, judged.columns
    total = max(float(words.sum()), 1.0)
    out = {"lines": float(np.log1p(len(words))), "words": float(np.log1p(total))}
    out |= {f"{sort} lines": float(np.log1p(np.count_nonzero(flags))) for sort, flags in sorts.items()}
    shares = sorts | {part: columns[part] for part in _SHARES}
    out |= {f"{sort} share": float(words @ values) / total for sort, values in shares.items()}
    cues = judged.page.cues.sum(1).tolist()
    return out | {f"cue {cue}": count / total * 100 for cue, count in zip(CUES, cues, strict=True)}


def _kept(judged: JudgedBlocks, sorts: Sorts, chosen: Bools) -> Signs:
    """Return what the chosen lines are like, and what is left out."""
    words, probability = judged.page.words, judged.probability
    kept = words * chosen
    total, size, lines = max(float(words.sum()), 1.0), max(float(kept.sum()), 1.0), max(int(chosen.sum()), 1)
    out = {f"kept {sort} lines": float(np.log1p(np.count_nonzero(flags & chosen))) for sort, flags in sorts.items()}
    out |= {f"left {sort} lines": float(np.log1p(np.count_nonzero(flags & ~chosen))) for sort, flags in sorts.items()}
    out |= {f"kept {part} share": float(kept @ judged.columns[part]) / size for part in _SHARES}
    for kind in ("heading", "code", "row", "item", "quote"):
        out[f"kept {kind} part"] = float(chosen @ judged.columns[f"kind_{kind}"]) / lines
    prose = words * sorts["prose"]
    return out | {
        "kept share": size / total,
        "kept words": float(np.log1p(size)),
        "kept lines": float(np.log1p(lines)),
        "kept mean": float(np.log1p(size / lines)),
        "kept prose share": float(kept @ sorts["prose"]) / size,
        "left prose share": float((prose * ~chosen).sum()) / max(float(prose.sum()), 1.0),
        "kept sure": float(kept @ probability) / size,
        "sure share": float(words @ (probability > SURE)) / total,
        "unsure share": float(words @ (abs(probability - 0.5) < 0.35)) / total,
        "mean probability": float(words @ probability) / total,
    }


def _stretches(judged: JudgedBlocks, sorts: Sorts, chosen: Bools) -> Signs:
    """Return where the chosen lines stand: their stretches, their boxes, first and last."""
    words, count = judged.page.words, len(chosen)
    at = np.flatnonzero(chosen)
    if not len(at):
        at = np.zeros(1, np.int64) if count else np.zeros(0, np.int64)
    if not len(at):
        return dict.fromkeys(_PLACES, 0.0)
    new = np.diff(at, prepend=-2) > 1
    runs = np.bincount(np.cumsum(new) - 1, words[at])
    parents = [judged.blocks[i].box.parent for i in at.tolist()]
    _, group = np.unique([parent.number if parent else -1 for parent in parents], return_inverse=True)
    boxes = np.bincount(group, words[at])
    size = max(float(words[at].sum()), 1.0)
    paragraphs = words[chosen & sorts["prose"]]
    values = (
        at[0] / count, at[-1] / count, len(at) / (at[-1] - at[0] + 1), np.log1p(len(runs)), runs.max() / size,
        (runs > BIG).sum(), boxes.max() / size, np.log1p(len(boxes)),
        paragraphs.std() / paragraphs.mean() if len(paragraphs) else 0.0,
    )  # fmt: skip
    return {name: float(value) for name, value in zip(_PLACES, values, strict=True)}


_PLACES = ("first", "last", "filled", "runs", "longest run", "long runs", "largest box", "boxes", "uneven")


def _below_headline(judged: JudgedBlocks, sorts: Sorts, chosen: Bools) -> Signs:
    """Return what stands below the headline: the first heading of level 1, else the first chosen line."""
    ones = [i for i, block in enumerate(judged.blocks) if block.level == 1]
    at = ones[0] if ones else int(chosen.argmax()) if len(chosen) else 0
    below, near = slice(at + 1, at + 1 + AFTER), slice(max(0, at - 3), at + 6)

    def mean(values: Floats | Bools) -> float:
        return float(values[below].mean()) if len(values[below]) else 0.0

    return {
        "headlines": float(len(ones)),
        "headline kept": float(bool(ones) and bool(chosen[ones[0]])),
        "near date": float((judged.columns["date_line"][near] > 0).any()),
        "below prose": float(sorts["prose"][below].any()),
        "below linked": mean(judged.columns["linked"]),
        "below probability": mean(judged.probability),
        "below words": float(np.log1p(mean(judged.page.words))),
    }
