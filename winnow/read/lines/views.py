"""A page's lines as arrays of tokens, hashes and characters, made once and used by every group of features."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, count

import numpy as np
from numpy.typing import NDArray

from winnow.read.lines import tokens
from winnow.read.lines.characters import Classes, Codes, classes_of, codes_of, glued, per_line
from winnow.read.lines.cues import CUES, GROUPS
from winnow.read.lines.line import Line

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Bools = NDArray[np.bool_]

_CURRENCY_NAME = re.compile(r"\b(?:euros?|dollars?|pounds?|EUR|USD|GBP|CHF|zł|руб)\b")
_NO_TOKEN = np.uint32(0x9E3779B9)  # hash of a sequence of none
_GROUP_BITS = np.uint32(1) << np.arange(len(GROUPS), dtype=np.uint32)[:, np.newaxis]


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
    small_print: Bools  # per line: a hint at the words of consent platforms and the like may stand in it
    hints: str  # the words in which it may, in lower case

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


def ngram(parts: Sequence[Hashes] | Hashes, before: Hashes | np.uint32 = _NO_TOKEN) -> Hashes:
    """Return one hash for each sequence of tokens; `parts` are the hashes of their first tokens, second tokens, …

    `before` are the hashes of what stands before them in the sequences, as this function returns them.
    """
    out = before
    for part in parts:
        out = (out ^ part) * np.uint32(0x85EBCA6B)
        out ^= out >> np.uint32(15)
    return np.asarray(out)


def view(lines: Sequence[Line]) -> View:
    """Return the lines of a page as arrays: cut into tokens, with what is known about each token."""
    texts = [line.text for line in lines]
    text = "\n".join(texts) + "\n"
    codes = codes_of(text)
    classes = classes_of(codes)
    glue = glued(classes)
    lengths = np.array(list(map(len, texts)), np.int64)
    first = np.cumsum(lengths + 1) - lengths - 1
    flat, counts = tokens.cut(lines, first, text, codes, classes, glue)
    known, lower = tokens.look_up(flat)
    token, vocabulary = renumbered(lower)
    hashes = tokens.hashes(known)
    flag = (known >> np.uint64(tokens.HASH_BITS)).astype(np.uint8)
    bits = (known >> np.uint64(tokens.HASH_BITS + tokens.FLAG_BITS)).astype(np.uint32)
    capital = flag & tokens.CAPITAL > 0
    ever_low = np.zeros(vocabulary, np.bool_)
    ever_low[token[~capital]] = True
    owner = np.repeat(np.arange(len(lines)), counts)
    pairs = _different(owner, token, len(lines))
    glued_words = per_line(glue, first)
    hinted = np.flatnonzero(flag & tokens.SMALL_PRINT)
    small_print = glued_words > 0  # a hint may stand where two words were cut apart
    hints = " ".join([*{flat[i] for i in hinted.tolist()}, *compress(texts, small_print.tolist())]).lower()
    small_print[owner[hinted]] = True
    return View(
        lines=tuple(lines),
        owner=owner,
        start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        words=counts.astype(np.float32),
        token=token,
        vocabulary=vocabulary,
        pair_line=pairs[0],
        pair_token=pairs[1],
        hashes=hashes,
        stop=flag & tokens.STOP_WORD > 0,
        content=flag & tokens.CONTENT > 0,
        short=flag & tokens.SHORT > 0,
        long=flag & tokens.LONG > 0,
        proper=capital & ~ever_low[token],
        cues=_cue_counts(_with_phrases(bits, hashes, owner), owner, len(lines)),
        classes=classes,
        first_char=first,
        last_char=first + np.maximum(lengths - 1, 0),
        glue=glued_words,
        money=_money(texts, codes, first, owner[flag & tokens.MONEY > 0]),
        small_print=small_print,
        hints=hints,
    )


def renumbered(values: Ints) -> tuple[Ints, int]:
    """Return a number for each value, equal for equal ones and counted in the order of appearance; how many there are.

    No value is negative; an array is made that is as long as the greatest.
    """
    places = np.arange(len(values))
    first = np.empty(int(values.max(initial=-1)) + 1, np.int64)
    first[values[::-1]] = places[::-1]
    begun = first[values]
    numbers = np.cumsum(begun == places) - 1
    return numbers[begun], int(numbers[-1]) + 1 if len(values) else 0


def numbered(values: Iterable[int | str]) -> Ints:
    """Return the number of each value, counted in the order of their appearance."""
    numbers: defaultdict[int | str, int] = defaultdict(count().__next__)
    return np.fromiter(map(numbers.__getitem__, values), np.int64)


def _different(owner: Ints, token: Ints, lines: int) -> tuple[Ints, Ints]:
    """Return the lines and the token numbers of all different pairs of line and token, in the order of the tokens."""
    codes = np.sort(token * max(lines, 1) + owner)
    once = np.ones(len(codes), np.bool_)
    once[1:] = codes[1:] != codes[:-1]
    numbers, places = np.divmod(codes[once], max(lines, 1))
    return places, numbers


def _money(texts: Sequence[str], codes: Codes, first: Ints, named: Ints) -> Floats:
    """Return how many signs and names of currencies each line has.

    `codes` holds the characters of the lines, which begin at `first`; `named` are the lines with names, in order.
    """
    found = per_line(_currency_signs().take(codes, mode="clip"), first)
    for line in dict.fromkeys(named.tolist()):
        found[line] += len(_CURRENCY_NAME.findall(texts[line]))
    return found


@cache
def _currency_signs() -> Bools:
    """Return for every character of the basic plane, by code point, whether it is the sign of a currency."""
    signs = np.zeros(0x10000, np.bool_)
    signs[[ord(sign) for sign in "$€£¥₹₽₴₩¢元円"]] = True
    return signs


def _with_phrases(bits: NDArray[np.uint32], hashes: Hashes, owner: Ints) -> NDArray[np.uint32]:
    """Return the cue bits of each token, with those of the phrases that begin at it."""
    out = bits.copy()
    codes, size = ngram([hashes]), 1
    for length, keys, groups, filter_ in _cue_phrases():
        while size < length:
            codes, size = ngram([hashes[size:]], codes[:-1]), size + 1
        count = len(codes)
        maybe = np.flatnonzero(filter_[codes >> np.uint32(16)] & (owner[:count] == owner[length - 1 :]))
        at = np.minimum(np.searchsorted(keys, codes[maybe]), len(keys) - 1)
        right = keys[at] == codes[maybe]
        out[maybe[right]] |= groups[at[right]]
    return out


def _cue_counts(bits: NDArray[np.uint32], owner: Ints, lines: int) -> Floats:
    """Return how often each cue group occurs in each line (groups x lines)."""
    hit = np.flatnonzero(bits)
    group, at = np.nonzero(bits[hit] & _GROUP_BITS > 0)
    counts = np.bincount(group * lines + owner[hit][at], minlength=len(GROUPS) * lines)
    return counts.astype(np.float32).reshape(len(GROUPS), lines)
