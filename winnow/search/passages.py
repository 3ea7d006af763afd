"""Show where in a text the words that were looked for are: the passage that has most of them, and marks around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from winnow.search.fold import BREAK, PIECE, UNSPACED, fold, prepare, words
from winnow.search.forms import core, forms_of
from winnow.search.query import Term

START, END = "\x02", "\x03"  # around what matched
_BETWEEN = re.compile(f"(?<=[{UNSPACED}])(?=[{UNSPACED}])|(?<=[。、！？，])")  # where words may end without a space
_PASSAGE = re.compile(r"\S.{0,250}(?:(?<=[\s。、！？，…])|(?=\s)|\Z)|\S.{0,250}", re.S)

Search = Callable[[str], re.Match[str] | None]
Token = tuple[str, int, int, str]  # folded, where it begins and ends in the text, the prepared word it comes from


def snippet(text: str, terms: Sequence[Term], language: str) -> str:
    """Return the passage of a text that has most of the terms, with marks; the first passage if none has any.

    A passage is some 250 characters long. `language` is that of the text.
    """
    return next(iter(snippets(text, terms, language, most=1)), "")


def snippets(text: str, terms: Sequence[Term], language: str, most: int) -> list[str]:
    """Return the passage of a text that has most of the terms, and up to `most` passages in all, with marks.

    Each further one has most of the terms that are in none before it.
    """
    passages = list(_PASSAGE.finditer(text))
    left, found = list(terms), list[re.Match[str]]()
    while passages and len(found) < most and (left or not found):
        best, has = _best(passages, left)
        if found and not has:
            break
        found.append(best)
        left = [term for term in left if term not in has]
        passages.remove(best)
    end = len(text.rstrip())
    return [
        ("…" if each.start() else "") + marked(each[0].strip(), terms, language) + ("…" if each.end() < end else "")
        for each in found
    ]


def shortened(text: str, length: int) -> str:
    """Return a text as one line of about so many characters at most, cut between words."""
    line = " ".join(text[: 2 * length + 100].split())
    if len(line) <= length:
        return line
    at = max(line.rfind(" ", 0, length + 1), *(found.end() for found in _BETWEEN.finditer(line, 0, length)), 0)
    return line[: at or length].rstrip(" ,;:–—-，、") + "…"


def _best(passages: Sequence[re.Match[str]], terms: Sequence[Term]) -> tuple[re.Match[str], list[Term]]:
    """Return the first passage that has most of the terms, and these terms.

    Folding takes long. Where all terms stand somewhere as they are looked for, or no letter would become another one,
    only passages that have some are folded.
    """
    if not terms:
        return passages[0], []
    needles = [_needles(term) for term in terms]
    letters = [_letters(term) for term in terms]
    lowered = [passage[0].lower() for passage in passages]
    standing = [[may_have(passage) is not None for may_have in letters] for passage in lowered]
    if not all(map(any, zip(*standing, strict=True))) and not all(map(_all_stay, lowered)):
        standing = [[True] * len(terms)] * len(passages)
    best, most = passages[0], list[Term]()
    for bound, passage in sorted(zip(map(sum, standing), passages, strict=True), key=lambda pair: -pair[0]):
        if bound <= len(most):
            break
        folded = f" {' '.join(words(passage[0]))} "
        has = [term for term, of_term in zip(terms, needles, strict=True) if any(each in folded for each in of_term)]
        if len(has) > len(most):
            best, most = passage, has
    return best, most


def _all_stay(lowered: str) -> bool:
    """Return whether each character of a text in lower case is folded into itself, or divides words."""
    return lowered.isascii() or all(map(_stays, set(lowered)))


@cache
def _stays(character: str) -> bool:
    return words(f"a{character}a") in ([f"a{character}a"], ["a", "a"])


@lru_cache(1 << 8)
def _letters(term: Term) -> Search:
    """Return the search for letters of which some stand in a text in lower case that has a term as it is folded."""
    longest = {max(needle.split(), key=len) for needle in _needles(term)}
    return re.compile("|".join(map(re.escape, sorted(longest)))).search


@lru_cache(1 << 8)
def _needles(term: Term) -> tuple[str, ...]:
    """Return what a folded passage between spaces holds, one or another, if it may have a term."""
    needles = []
    for way in term.ways:
        stem = core(way[0])
        if stem:  # most words begin as their stem does, but for its last letter
            needles.append(f" {stem[: max(3, len(stem) - 1)]}")
        else:
            needles.append(f" {' '.join(way)}" + ("" if term.is_start else " "))
    return tuple(dict.fromkeys(needles))


def marked(text: str, terms: Sequence[Term], language: str) -> str:
    """Return a short text with `START` and `END` around each word or phrase that is one of the terms."""
    text = unicodedata.normalize("NFC", text).replace(START, "").replace(END, "")
    tokens = list(_tokens(text))
    pieces, done = [], 0
    for begin, end in _merged(sorted(span for term in terms for span in _spans(tokens, term, language))):
        pieces += [text[done:begin], START, text[begin:end], END]
        done = end
    return "".join([*pieces, text[done:]])


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch as one."""
    merged: list[tuple[int, int]] = []
    for span in spans:
        last = merged.pop() if merged and span[0] <= merged[-1][1] else span
        merged.append((last[0], max(last[1], span[1])))
    return merged


def _tokens(text: str) -> Iterator[Token]:
    for piece in re.finditer(PIECE, text):
        begin, end = piece.span()
        prepared, folded = _folded(piece[0])
        for word in folded:
            yield word, begin, end, prepared


@lru_cache(1 << 12)
def _folded(piece: str) -> tuple[str, list[str]]:
    prepared = prepare(piece)
    return prepared, fold(prepared)


def _spans(tokens: list[Token], term: Term, language: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a term begin and end."""
    ways = [[word for word in way if word != BREAK] for way in term.ways]
    yield from _single(tokens, frozenset(way[0] for way in ways if len(way) == 1), term, language)
    for *first, last in (way for way in ways if len(way) > 1):
        for place, token in enumerate(tokens):
            found = tokens[place : place + len(first) + 1]
            if token[0] == first[0] and [word for word, *_ in found[:-1]] == first:
                yield from ((token[1], end) for _, end in _single(found[-1:], frozenset([last]), term, language))


def _single(tokens: list[Token], wanted: frozenset[str], term: Term, language: str) -> Iterator[tuple[int, int]]:
    """Yield where one of several words begins and ends, also a word that stands there in two or three parts."""
    initials = {word[0] for word in wanted}
    is_like = _looks_like(wanted if not term.is_exact else frozenset())
    starts = tuple(wanted) if term.is_start else ()
    for place, (word, begin, end, prepared) in enumerate(tokens):
        is_wanted = word in wanted or word.startswith(starts)
        if is_wanted or (is_like(word) and not wanted.isdisjoint(forms_of(prepared, language))):
            yield begin, end
        elif word[0] in initials:
            for parts in (tokens[place : place + 2], tokens[place : place + 3]):
                if "".join(part for part, *_ in parts) in wanted:
                    yield begin, parts[-1][2]


@lru_cache(1 << 8)
def _looks_like(wanted: frozenset[str]) -> Search:
    """Return the search for a word of which a wanted word may be another form, so that its forms are looked up."""
    return re.compile("|".join(sorted(re.escape((core(word) or word)[:2]) for word in wanted)) or "(?!)").search
