"""A page's lines as arrays of tokens, hashes and characters, made once and used by every group of features."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines import tokens
from winnow.read.lines.characters import Classes, classes_of, codes_of, glued, per_line
from winnow.read.lines.cues import CUES, GROUPS
from winnow.read.lines.line import Line

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Bools = NDArray[np.bool_]
V = TypeVar("V", str, int)

_CURRENCY_SIGN = re.compile("[$€£¥₹₽₴₩¢元円]")
_CURRENCY_NAME = re.compile(r"\b(?:euros?|dollars?|pounds?|EUR|USD|GBP|CHF|zł|руб)\b")
_CURRENCY_NAMES = {"euro", "euros", "dollar", "dollars", "pound", "pounds", "EUR", "USD", "GBP", "CHF", "zł", "руб"}


@dataclass(frozen=True, slots=True)
class View:
    """What the groups of features read. Arrays of tokens are flat; `owner` says which line a token belongs to."""

    lines: tuple[Line, ...]
    owner: Ints  # line of each token
    start: Ints  # first token of each line, and at the end the number of all tokens
    words: Floats  # tokens per line
    token: Ints  # number of each token, the same for equal words of this page
    vocabulary: int  # how many such numbers there are
    pair_line: Ints  # every different pair of line and token number: its line
    pair_token: Ints  # and its token number
    hashes: Hashes  # hash of each token, digits as 0
    stop: Bools  # per token: function word
    content: Bools  # per token: longer than three characters (any CJK), not a function word
    short: Bools  # per token: at most five characters
    long: Bools  # per token: content of more than six characters (any CJK)
    proper: Bools  # per token: capitalised, and never in lower case on this page
    cues: Floats  # groups x lines: how often each cue group occurs
    classes: Classes  # of each character of the lines joined by newlines
    first_char: Ints  # place in `classes` of each line's first character
    last_char: Ints  # and of its last, the one before the newline
    glue: Floats  # glued words per line
    money: Floats  # currency signs per line

    def __len__(self) -> int:
        return len(self.lines)


@cache
def _cue_phrases() -> tuple[tuple[int, Hashes, NDArray[np.uint32], Bools], ...]:
    """Return the cue phrases by length: the number of words, sorted hashes, group bits of each, known upper halves.

    The last array has a flag for each upper half (16 bits) of a hash: most hashes of a page are ruled out by it.
    """
    found: dict[int, dict[int, int]] = {}
    for bit, name in enumerate(GROUPS):
        for phrase in CUES[name].phrases.split("|"):
            words = phrase.split()
            if len(words) < 2:
                continue
            code = int(ngram(np.array([[tokens.token_hash(token)] for token in words], np.uint32))[0])
            table = found.setdefault(len(words), {})
            table[code] = table.get(code, 0) | 1 << bit
    out = []
    for length, table in sorted(found.items()):
        keys = np.array(sorted(table), np.uint32)
        filter_ = np.zeros(1 << 16, np.bool_)
        filter_[keys >> np.uint32(16)] = True
        out.append((length, keys, np.array([table[int(key)] for key in keys], np.uint32), filter_))
    return tuple(out)


def ngram(parts: Sequence[Hashes] | Hashes) -> Hashes:
    """Return one hash for each sequence of tokens; `parts` are the hashes of their first tokens, second tokens, …"""
    out = np.full(len(parts[0]), 0x9E3779B9, np.uint32)
    for part in parts:
        out = (out ^ part) * np.uint32(0x85EBCA6B)
        out ^= out >> np.uint32(15)
    return out


def view(lines: Sequence[Line]) -> View:
    """Return the lines of a page as arrays: cut into tokens, with what is known about each token."""
    text = "\n".join([line.text for line in lines]) + "\n"
    codes = codes_of(text)
    classes = classes_of(codes)
    lengths = np.array([len(line.text) for line in lines], np.int64)
    first = np.cumsum(lengths + 1) - lengths - 1
    flat, counts = tokens.cut(lines, first, text, codes, classes)
    index, different = numbered(flat)
    number, lower = numbered(map(str.lower, different))
    token = number[index]
    known = np.fromiter(map(tokens.known.__getitem__, different), np.int64, len(different))
    hashes = known.astype(np.uint32)[index]
    flags = (known >> tokens.HASH_BITS).astype(np.uint8)
    bits = (known >> tokens.HASH_BITS + tokens.FLAG_BITS).astype(np.uint32)[index]
    capital = flags & tokens.CAPITAL > 0
    ever_low = np.zeros(len(lower), np.bool_)
    ever_low[number[~capital]] = True
    flag = flags[index]
    owner = np.repeat(np.arange(len(lines)), counts)
    pairs = _different(owner, token, len(lower))
    return View(
        lines=tuple(lines),
        owner=owner,
        start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        words=counts.astype(np.float32),
        token=token,
        vocabulary=len(lower),
        pair_line=pairs[0],
        pair_token=pairs[1],
        hashes=hashes,
        stop=flag & tokens.STOP_WORD > 0,
        content=flag & tokens.CONTENT > 0,
        short=flag & tokens.SHORT > 0,
        long=flag & tokens.LONG > 0,
        proper=(capital & ~ever_low[number])[index],
        cues=_cue_counts(_with_phrases(bits, hashes, owner), owner, len(lines)),
        classes=classes,
        first_char=first,
        last_char=first + np.maximum(lengths - 1, 0),
        glue=per_line(glued(classes), first),
        money=_money(text, lengths, different),
    )


def numbered(values: Iterable[V]) -> tuple[Ints, list[V]]:
    """Return the number of each value, and the different values in the order of their numbers, that of appearance."""
    numbers: defaultdict[V, int] = defaultdict(count().__next__)
    return np.fromiter(map(numbers.__getitem__, values), np.int64), list(numbers)


def _different(owner: Ints, token: Ints, size: int) -> tuple[Ints, Ints]:
    """Return the lines and the token numbers of all different pairs of line and token, in the order of the lines."""
    codes = np.sort(owner * max(size, 1) + token)
    once = np.ones(len(codes), np.bool_)
    once[1:] = codes[1:] != codes[:-1]
    lines, tokens = np.divmod(codes[once], max(size, 1))
    return lines, tokens


def _money(text: str, lengths: Ints, words: Sequence[str]) -> Floats:
    """Return how many signs and names of currencies each line has.

    `text` holds the lines, each with its newline, `lengths` their characters, `words` all words that occur.
    """
    places = [found.start() for found in _CURRENCY_SIGN.finditer(text)]
    if not _CURRENCY_NAMES.isdisjoint(words):
        places += [found.start() for found in _CURRENCY_NAME.finditer(text)]
    lines = np.searchsorted(np.cumsum(lengths + 1), places, side="right")
    return np.bincount(lines.astype(np.int64), minlength=len(lengths)).astype(np.float32)


def _with_phrases(bits: NDArray[np.uint32], hashes: Hashes, owner: Ints) -> NDArray[np.uint32]:
    """Return the cue bits of each token, with those of the phrases that begin at it."""
    out = bits.copy()
    for length, keys, groups, filter_ in _cue_phrases():
        count = len(hashes) - length + 1
        if count <= 0:
            continue
        codes = ngram([hashes[k : k + count] for k in range(length)])
        maybe = np.nonzero(filter_[codes >> np.uint32(16)] & (owner[:count] == owner[length - 1 :]))[0]
        at = np.minimum(np.searchsorted(keys, codes[maybe]), len(keys) - 1)
        right = keys[at] == codes[maybe]
        out[maybe[right]] |= groups[at[right]]
    return out


def _cue_counts(bits: NDArray[np.uint32], owner: Ints, lines: int) -> Floats:
    """Return how often each cue group occurs in each line (groups x lines)."""
    out = np.zeros((len(GROUPS), lines), np.float32)
    hit = np.nonzero(bits)[0]
    for group in range(len(GROUPS)):
        chosen = hit[(bits[hit] >> np.uint32(group)) & np.uint32(1) > 0]
        if len(chosen):
            out[group] = np.bincount(owner[chosen], minlength=lines)
    return out
