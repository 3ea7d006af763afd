"""A page's lines as arrays: tokens, hashes and characters, looked at once and used by every feature group."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from .cues import CUES, GROUPS, STOP
from .lines import Line, unglue

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Bools = NDArray[np.bool_]

# Chinese and Japanese put no spaces between words: two characters are about one word.
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{1,2}|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_CURRENCY = re.compile(r"[$€£¥₹₽₴₩¢]|\b(?:euros?|dollars?|pounds?|EUR|USD|GBP|CHF|zł|руб)\b|元|円")
_DIGIT = re.compile(r"\d")

# Bits of the character classes.
WORD, UPPER, DIGIT, PUNCT, ALPHA, LOWER, END, COMMA, BAR, ARROW, QUOTE, COLON, SPACE, QUESTION, CLOSE, WIDE = (
    1 << bit for bit in range(16)
)
_CHARS = {
    END: ".!?。！？…؟।",
    COMMA: ",，、、;；",
    BAR: "|·/•¦",
    ARROW: "›»→▸>←«<‹",
    QUOTE: '"“”„«»‘’『』「」',
    COLON: ":：",
    QUESTION: "?？؟",
    CLOSE: "\"”’')]»」』",
    WIDE: "。！？",
}


@dataclass(frozen=True, slots=True)
class View:
    """What the feature groups read. Arrays of tokens are flat; `owner` says which line a token belongs to."""

    lines: tuple[Line, ...]
    owner: Ints  # line of each token
    start: Ints  # first token of each line, and one past the end
    words: Floats  # tokens per line
    token: Ints  # page-local number of each token
    vocabulary: int  # how many numbers there are
    pair_line: Ints  # every different (line, token) pair
    pair_token: Ints
    hashes: Hashes  # hash of each token, digits as 0
    stop: Bools  # per token: function word
    content: Bools  # per token: longer than three characters (any CJK), not a function word
    short: Bools  # per token: at most five characters
    long: Bools  # per token: content of more than six characters (any CJK)
    proper: Bools  # per token: capitalised, and never in lower case on this page
    cues: Floats  # (groups, lines): how often each cue group occurs
    classes: NDArray[np.uint16]  # of each character of the lines joined by newlines
    first_char: Ints  # of each line, into `classes`
    last_char: Ints  # one before the newline
    glue: Floats  # glued words per line
    money: Floats  # currency signs per line

    def __len__(self) -> int:
        return len(self.lines)


@cache
def _class_table() -> NDArray[np.uint16]:
    """Give the class bits of every character of the basic plane."""
    table = np.zeros(0x10000, np.uint16)
    table[0x3040:0xD7B0] = table[0xF900:0xFB00] = WORD | ALPHA
    for code in (*range(0x3041), *range(0xFB00, 0xFFFE)):
        char = chr(code)
        bits = WORD if char.isalnum() or char == "_" else 0
        bits |= ALPHA if char.isalpha() else 0
        bits |= UPPER if char.isupper() else 0
        bits |= LOWER if char.islower() else 0
        bits |= DIGIT if char.isdigit() else 0
        bits |= SPACE if char.isspace() else 0
        table[code] = bits | (PUNCT if not bits & (WORD | SPACE) else 0)
    for bit, chars in _CHARS.items():
        for char in chars:
            table[ord(char)] |= bit
    return table


def _classes(text: str) -> NDArray[np.uint16]:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    return _class_table()[np.minimum(codes, 0xFFFF)]


@cache
def _cue_words() -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    """Give whole words, and beginnings of words, with the bits of their groups."""
    words: dict[str, int] = {}
    beginnings: dict[str, int] = {}
    for bit, name in enumerate(GROUPS):
        for word in CUES[name].words.split():
            target, key = (beginnings, word[:-1]) if word.endswith("*") else (words, word)
            target[key] = target.get(key, 0) | 1 << bit
    return words, tuple(beginnings.items())


@cache
def _beginnings() -> dict[str, list[tuple[str, int]]]:
    table: dict[str, list[tuple[str, int]]] = {}
    for beginning, bits in _cue_words()[1]:
        table.setdefault(beginning[:3], []).append((beginning, bits))
    return table


@cache
def _cue_phrases() -> tuple[tuple[int, Hashes, NDArray[np.uint32], Bools], ...]:
    """Give (length, sorted hashes, group bits, known upper halves) for the phrases of two to four words."""
    found: dict[int, dict[int, int]] = {}
    for bit, name in enumerate(GROUPS):
        for phrase in CUES[name].phrases.split("|"):
            tokens = phrase.split()
            if len(tokens) < 2:
                continue
            code = int(ngram(np.array([[_hash(token)] for token in tokens], np.uint32))[0])
            table = found.setdefault(len(tokens), {})
            table[code] = table.get(code, 0) | 1 << bit
    out = []
    for length, table in sorted(found.items()):
        keys = np.array(sorted(table), np.uint32)
        filter_ = np.zeros(1 << 16, np.bool_)
        filter_[keys >> np.uint32(16)] = True
        out.append((length, keys, np.array([table[int(key)] for key in keys], np.uint32), filter_))
    return tuple(out)


def _hash(token: str) -> int:
    return zlib.crc32(token.encode("utf-8", "replace"))


def ngram(parts: Sequence[Hashes] | Hashes) -> Hashes:
    """Combine the hashes of consecutive tokens into one; the order counts."""
    out = np.full(len(parts[0]), 0x9E3779B9, np.uint32)
    for part in parts:
        out = (out ^ part) * np.uint32(0x85EBCA6B)
        out ^= out >> np.uint32(15)
    return out


_STOP, _CONTENT, _CAPITAL, _SHORT, _LONG = 1, 2, 4, 8, 16


@lru_cache(1 << 16)
def _look(token: str) -> tuple[str, int, int, int]:
    """Give (lower case, hash, cue bits, flags) of a token."""
    lower = token.lower()
    words, _ = _cue_words()
    bits = words.get(lower, 0)
    for beginning, more in _beginnings().get(lower[:3], ()):
        if lower.startswith(beginning):
            bits |= more
    stop = lower in STOP
    flags = _STOP if stop else 0
    if not stop and (len(lower) > 3 or ord(lower[0]) >= 0x3040):
        flags |= _CONTENT
        if len(lower) > 6 or ord(lower[0]) >= 0x3040:
            flags |= _LONG
    if len(token) > 2 and token[0].isupper():
        flags |= _CAPITAL
    if len(lower) <= 5:
        flags |= _SHORT
    return lower, _hash(_DIGIT.sub("0", lower)), bits, flags


def view(lines: Sequence[Line]) -> View:
    """Tokenise the lines of a page and look up what is known about each token."""
    text = "\n".join([line.text for line in lines]) + "\n"
    classes = _classes(text)
    lengths = np.array([len(line.text) for line in lines], np.int64)
    first = np.cumsum(lengths + 1) - lengths - 1
    glued = np.zeros(len(classes), np.bool_)
    glued[:-2] = (classes[:-2] & LOWER > 0) & (classes[1:-1] & UPPER > 0) & (classes[2:] & LOWER > 0)
    glue = per_line(glued, first)
    rows = [_TOKEN.findall(unglue(line.text) if g else line.text) for line, g in zip(lines, glue.tolist(), strict=True)]
    counts = np.array([len(row) for row in rows], np.int64)
    flat = [token for row in rows for token in row]
    unique = {token: number for number, token in enumerate(dict.fromkeys(flat))}
    index = np.array([unique[token] for token in flat], np.int64)
    known = [_look(token) for token in unique]
    lower: dict[str, int] = {}
    number = np.array([lower.setdefault(info[0], len(lower)) for info in known], np.int64)
    hashes = np.array([info[1] for info in known], np.uint32)[index]
    bits = np.array([info[2] for info in known], np.uint32)[index]
    flags = np.array([info[3] for info in known], np.uint8)
    capital = flags & _CAPITAL > 0
    ever_low = np.zeros(len(lower), np.bool_)
    ever_low[number[~capital]] = True
    flag = flags[index]
    owner = np.repeat(np.arange(len(rows)), counts)
    pairs = _different(owner, number[index], len(lower))
    return View(
        lines=tuple(lines),
        owner=owner,
        start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        words=counts.astype(np.float32),
        token=number[index],
        vocabulary=len(lower),
        pair_line=pairs[0],
        pair_token=pairs[1],
        hashes=hashes,
        stop=flag & _STOP > 0,
        content=flag & _CONTENT > 0,
        short=flag & _SHORT > 0,
        long=flag & _LONG > 0,
        proper=(capital & ~ever_low[number])[index],
        cues=_cue_counts(_with_phrases(bits, hashes, owner), owner, len(rows)),
        classes=classes,
        first_char=first,
        last_char=first + np.maximum(lengths - 1, 0),
        glue=glue,
        money=_money(text, lengths),
    )


def _different(owner: Ints, token: Ints, size: int) -> tuple[Ints, Ints]:
    """Give every (line, token) pair once, by line."""
    codes = np.sort(owner * max(size, 1) + token)
    once = np.ones(len(codes), np.bool_)
    once[1:] = codes[1:] != codes[:-1]
    lines, tokens = np.divmod(codes[once], max(size, 1))
    return lines, tokens


def per_line(flags: Bools, first: Ints) -> Floats:
    """Count the flagged characters of each line, its newline included; `flags` has one entry a character."""
    if not len(first):
        return np.zeros(0, np.float32)
    return np.add.reduceat(flags.view(np.uint8), first, dtype=np.uint32).astype(np.float32)


def _money(text: str, lengths: Ints) -> Floats:
    """Count the currency signs of each line; `text` holds the lines, each with its newline."""
    places = [found.start() for found in _CURRENCY.finditer(text)]
    lines = np.searchsorted(np.cumsum(lengths + 1), places, side="right")
    return np.bincount(lines.astype(np.int64), minlength=len(lengths)).astype(np.float32)


def _with_phrases(bits: NDArray[np.uint32], hashes: Hashes, owner: Ints) -> NDArray[np.uint32]:
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
    out = np.zeros((len(GROUPS), lines), np.float32)
    hit = np.nonzero(bits)[0]
    for group in range(len(GROUPS)):
        chosen = hit[(bits[hit] >> np.uint32(group)) & np.uint32(1) > 0]
        if len(chosen):
            out[group] = np.bincount(owner[chosen], minlength=lines)
    return out
