"""Show where in a text the words that were looked for are: the passage that has most of them, and marks around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from winnow.search.fold import BREAK, PIECE, prepare, words
from winnow.search.forms import core, forms_of
from winnow.search.query import Term

START, END = "\x02", "\x03"  # around what matched
_PASSAGE = re.compile(r"\S.{0,250}(?:(?<=[\s。、！？，…])|(?=\s)|\Z)|\S.{0,250}", re.S)

Token = tuple[str, int, int, str]  # folded, where it begins and ends in the text, the prepared word it comes from


def snippet(text: str, terms: Sequence[Term], language: str) -> str:
    """Return the passage of a text that has most of the terms, with marks; the first passage if none has any.

    A passage is some 250 characters long. `language` is that of the text.
    """
    best, most = None, -1
    for passage in _PASSAGE.finditer(text):
        folded = f" {' '.join(words(passage[0]))} "
        count = sum(any(needle in folded for needle in _needles(term)) for term in terms)
        if count > most:
            best, most = passage, count
        if most == len(terms):
            break
    if best is None:
        return ""
    shown = marked(best[0].strip(), terms, language)
    return ("…" if best.start() else "") + shown + ("…" if best.end() < len(text.rstrip()) else "")


def _needles(term: Term) -> Iterator[str]:
    """Yield what a folded passage between spaces holds if it may have a term."""
    for way in term.ways:
        stem = core(way[0])
        if stem:  # most words begin as their stem does, but for its last letter
            yield f" {stem[: max(3, len(stem) - 1)]}"
        else:
            yield f" {' '.join(way)}" + ("" if term.is_start else " ")


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
    for piece in PIECE.finditer(text):
        prepared = prepare(piece[0])
        yield from ((word, piece.start(), piece.end(), prepared) for word in words(piece[0]))


def _spans(tokens: list[Token], term: Term, language: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a term begin and end, also a word that stands there in two or three parts."""
    for way in term.ways:
        wanted = [word for word in way if word != BREAK]
        for place, token in enumerate(tokens):
            found = tokens[place : place + len(wanted)]
            if [word for word, *_ in found[:-1]] == wanted[:-1] and _is(found[-1], wanted[-1], term, language):
                yield token[1], found[-1][2]
            elif len(wanted) == 1 and wanted[0].startswith(token[0]):
                for parts in (tokens[place : place + 2], tokens[place : place + 3]):
                    if "".join(word for word, *_ in parts) == wanted[0]:
                        yield token[1], parts[-1][2]


def _is(token: Token, wanted: str, term: Term, language: str) -> bool:
    """Return whether a token is a word, or, where the term may be in other forms, has it as another form."""
    word, _, _, prepared = token
    if word == wanted or (term.is_start and word.startswith(wanted)):
        return True
    is_like = (core(wanted) or wanted)[:2] in word  # other forms are looked up only of words that look alike
    return not term.is_exact and is_like and wanted in forms_of(prepared, language)
