"""Features of a line by itself: its size, the look of its characters, its kinds of words, its cue words."""

from __future__ import annotations

import numpy as np

from winnow.read.lines import characters as v
from winnow.read.lines.cues import GROUPS
from winnow.read.lines.views import Bools, Floats, View

Columns = dict[str, Floats]  # features by name, each with one value a line


def size(page: View) -> Columns:
    """Return how long each line is (words, characters) and how it stands: blank lines around it, indent, marker."""
    chars = (page.last_char - page.first_char + 1).astype(np.float32)
    texts, gaps, indents, bullets, *_ = zip(*page.lines, strict=True) if page.lines else ((), (), (), ())
    gap, indent = np.array(gaps, np.float32), np.array(indents, np.float32)
    after = np.append(gap[1:], np.float32(6))[: len(page)]
    return {
        "words": np.minimum(page.words, 300),
        "log_words": np.log1p(page.words),
        "log_chars": np.log1p(chars),
        "chars_per_word": np.minimum(chars / np.maximum(page.words, 1), 40),
        "gap_before": np.minimum(gap, 6),
        "gap_after": np.minimum(after, 6),
        "indent": np.minimum(indent, 40),
        "indent_over_median": indent - _median_by_words(indent, page.words),
        "bullet": np.array(list(map(bool, bullets)), np.float32),
        "numbered": np.array([text[0].isdigit() for text in texts], np.float32),
        "glue": np.minimum(page.glue, 5),
    }


def _median_by_words(values: Floats, words: Floats) -> Floats:
    """Return the median of the lines' values, weighted by words; an empty array for a page without lines."""
    if not len(values):
        return values
    order = np.argsort(values, kind="stable")
    total = np.cumsum(words[order])
    middle: Floats = values[order[np.searchsorted(total, total[-1] / 2)]]
    return middle


def shape(page: View) -> Columns:
    """Return how each line begins and ends, and its shares or counts of kinds of characters, whatever the language."""
    c, first, last = page.classes, page.first_char, page.last_char
    lengths = last - first + 1
    chars = np.maximum(lengths, 1).astype(np.float32)
    words = np.maximum(page.words, 1)

    def count(bit: int) -> Floats:
        return v.per_line(c & bit > 0, first)

    word_start = np.zeros(len(c), np.bool_)
    word_start[:1] = True
    word_start[1:] = c[:-1] & v.WORD == 0
    initial = word_start & (c & v.ALPHA > 0)
    capitals = v.per_line(initial & (c & v.UPPER > 0), first)
    upper = count(v.UPPER)
    any_lower = np.bitwise_or.reduceat(c, first) & v.LOWER > 0 if len(page) else first > 0
    following = np.concatenate([c[1:], [v.SPACE]]) if len(c) else c
    sentence = (c & v.END > 0) & ((following & v.SPACE > 0) | (c & v.WIDE > 0))
    end = c[last] if len(page) else c[:0]
    before = c[np.maximum(last - 1, first)] if len(page) else c[:0]
    begin = c[first] if len(page) else c[:0]
    stops = end & v.END > 0
    dots = np.array([line.text.endswith(("...", "…", "[…]")) for line in page.lines], np.float32)
    return {
        "terminal": (stops | ((end & v.CLOSE > 0) & (before & v.END > 0))).astype(np.float32),
        "ends_colon": (end & v.COLON > 0).astype(np.float32),
        "ends_question": (end & v.QUESTION > 0).astype(np.float32),
        "ends_dots": dots,
        "sentences": np.minimum(v.per_line(sentence, first), 20),
        "commas": count(v.COMMA) / words,
        "digits": count(v.DIGIT) / chars,
        "upper": upper / chars,
        "capitals": capitals / np.maximum(v.per_line(initial, first), 1),
        "all_caps": (~any_lower & (upper > 1)).astype(np.float32),
        "starts_low": (begin & v.LOWER > 0).astype(np.float32),
        "quotes": np.minimum(count(v.QUOTE), 4),
        "bars": np.minimum(count(v.BAR), 6),
        "arrows": np.minimum(count(v.ARROW), 3),
        "punctuation": count(v.PUNCT) / chars,
    }


def vocabulary(page: View) -> Columns:
    """Return the shares of kinds of words in each line (function words, names, …), and its count of content words.

    The page's 40 most frequent short words (`frequent`) stand in for function words in languages without a list.
    """
    n = len(page)
    words = np.maximum(page.words, 1)
    often = np.bincount(page.token[page.short], minlength=page.vocabulary)
    top = np.argsort(-often, kind="stable")[:40]
    frequent = np.zeros(page.vocabulary, np.bool_)
    frequent[top[often[top] > 1]] = True
    return {
        "stop": share(page, page.stop),
        "frequent": share(page, frequent[page.token]),
        "proper": share(page, page.proper),
        "different": (distinct(page) / words).astype(np.float32),
        "content": np.minimum(np.bincount(page.owner, page.content, n).astype(np.float32), 60),
    }


def share(page: View, flags: Bools) -> Floats:
    """Return the share of each line's tokens that are flagged; `flags` has one value a token."""
    return (np.bincount(page.owner, flags, len(page)) / np.maximum(page.words, 1)).astype(np.float32)


def distinct(page: View) -> Floats:
    """Return how many different tokens each line has."""
    return np.bincount(page.pair_line, minlength=len(page)).astype(np.float32)


def cue_words(page: View) -> Columns:
    """Return how often each group of cues occurs in a line, in long lines per fifteen words, and what the cues tell."""
    scale = np.where(page.words < 15, 1, 15 / np.maximum(page.words, 1)).astype(np.float32)
    columns = {f"cue_{name}": row for name, row in zip(GROUPS, page.cues * scale, strict=True)}
    appeal = page.cues[GROUPS.index("appeal")]
    columns["appeal_count"] = np.minimum(appeal, 12)
    columns["money"] = np.minimum(page.money, 5)
    columns["marker"] = marker(page).astype(np.float32)
    columns["reads_more"] = reads_more(page).astype(np.float32)
    columns["credit_line"] = credit_line(page).astype(np.float32)
    columns["date_line"] = date_line(page).astype(np.float32)
    return columns


def speaker(page: View) -> Columns:
    """Return how often each line says "we" and "you", per word, and how much more often than the page's prose does.

    Appeals speak to the reader; articles often do not.
    """
    words = np.maximum(page.words, 1)
    prose = page.words * (page.words >= 15)
    total = max(float(prose.sum()), 1.0)
    out: Columns = {}
    for name in ("person1", "person2"):
        rate = page.cues[GROUPS.index(name)] / words
        usual = float((rate * prose).sum()) / total
        out[f"{name}_rate"] = rate
        out[f"{name}_over_page"] = (rate - usual).astype(np.float32)
    return out


def _group(page: View, *names: str) -> Floats:
    """Return how often the cues of some groups occur in each line."""
    hits: Floats = page.cues[[GROUPS.index(name) for name in names]].sum(0)
    return hits


def marker(page: View) -> Bools:
    """Return which lines are short and announce no article: related stories, comments, an appeal, ways to share."""
    hits = _group(page, "more", "comment", "appeal", "social")
    return (page.words <= 7) & (hits * 2 >= page.words) & (page.words > 0)


def reads_more(page: View) -> Bools:
    """Return which lines are short and lead on to another page ("read more")."""
    hits = page.cues[GROUPS.index("more")] > 0
    flags: Bools = hits & (page.words <= 7)
    return flags


def credit_line(page: View) -> Bools:
    """Return which lines credit a picture: a cue of that group among few words, or two such cues."""
    hits = page.cues[GROUPS.index("credit")]
    flags: Bools = (hits > 0) & (page.words <= 60) & ((hits * 6 >= page.words) | (hits >= 2))
    return flags


def date_line(page: View) -> Bools:
    """Return which short lines name a date: four digits or more, beside a month or a word of time or nearly alone."""
    lengths = page.last_char - page.first_char + 1
    digits = v.per_line(page.classes & v.DIGIT > 0, page.first_char)
    return (digits >= 4) & (page.words <= 14) & ((_group(page, "month", "time") > 0) | (digits * 2 >= lengths))
